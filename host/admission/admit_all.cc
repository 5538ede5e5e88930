#include "host/admission/admit_all.h"

#include <exception>
#include <set>
#include <utility>

#include "catalog/base/text.h"
#include "host/admission/admission_round.h"

namespace stackport {
namespace {

Result<std::vector<AdmissionTarget>> FindTargets(std::span<const PluginSource> sources) {
  std::vector<AdmissionTarget> targets;
  std::set<std::string> seen;
  for (const PluginSource& source : sources) {
    auto plugins = DiscoverPlugins(source.folder);
    if (!plugins) return plugins.error();
    for (std::string& path : *plugins) {
      if (seen.insert(path).second) targets.push_back({std::move(path), source.trust});
    }
  }
  return targets;
}

}  // namespace

Result<AdmitAllReport> AdmitAll(std::span<const PluginSource> sources, CatalogStore& store,
                                const AdmitAllSettings& settings,
                                const AdmissionObserver& observer) {
  try {
    const auto targets = FindTargets(sources);
    if (!targets) return targets.error();
    auto before = store.Current();
    if (!before) return before.error();
    auto revocations = store.Revocations();
    if (!revocations) return revocations.error();
    return AdmissionRoundRunner(store, settings, *std::move(before), *std::move(revocations),
                                observer)
        .Run(*targets);
  } catch (const std::exception& error) {
    return Internal(std::string("admission failed: ") + Printable(error.what()));
  }
}

}  // namespace stackport
