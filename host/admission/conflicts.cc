#include "host/admission/conflicts.h"

#include <optional>
#include <set>
#include <string_view>
#include <utility>

#include "catalog/base/text.h"
#include "host/admission/plugin_folder.h"

namespace stackport {
namespace {

// A folder's path is the operator's own, and worth reading in full.
constexpr std::size_t kPathText = 400;

using Owners = std::map<std::string_view, std::string>;  // component id -> plugin id

class ConflictFinder {
 public:
  ConflictFinder(const CatalogSnapshot& before, const std::vector<std::string>& removed,
                 const std::map<std::string, std::string>& folder_of,
                 const std::vector<AdmissionReport*>& reports)
      : before_(before), removed_(removed), folder_of_(folder_of), reports_(reports) {
    for (const PluginRecord& plugin : before.plugins) in_service_.insert(plugin.id);
  }

  std::optional<ComponentConflict> RefuseOne() {
    Owners owners = OwnersThatStay();
    // Plugins in service first: what is new gives way to what was there.
    for (const bool serving : {true, false}) {
      for (AdmissionReport* report : reports_) {
        if (report->outcome != AdmissionOutcome::kAdmitted) continue;
        if (in_service_.contains(report->plugin.id) != serving) continue;
        if (auto conflict = Enter(*report, owners)) return conflict;
      }
    }
    return std::nullopt;
  }

 private:
  Owners OwnersThatStay() const {
    std::set<std::string> replaced(removed_.begin(), removed_.end());
    for (const AdmissionReport* report : reports_) {
      if (report->outcome == AdmissionOutcome::kAdmitted) replaced.insert(report->plugin.id);
    }
    Owners owners;
    for (const auto& [component, plugin] : before_.plugin_of) {
      if (!replaced.contains(plugin)) owners.emplace(component, plugin);
    }
    return owners;
  }

  // Enters the plugin's components among the owned ones, or refuses it.
  std::optional<ComponentConflict> Enter(AdmissionReport& report, Owners& owners) const {
    for (const Component& component : report.components) {
      const auto [found, is_new] = owners.emplace(component.id, report.plugin.id);
      if (is_new) continue;
      const std::string owner = found->second;
      const auto folder = folder_of_.find(owner);
      report.Add(
          std::string(kManifestName),
          {{Severity::kError, "duplicate_component", "",
            "the component " + Quoted(component.id) + " belongs to the plugin " + Quoted(owner) +
                (folder == folder_of_.end()
                     ? std::string()
                     : " in the folder " + Printable(folder->second, kPathText)),
            "each component in one plugin", "remove it from one of the two plugins, then reload"}});
      report.components.clear();
      return ComponentConflict{&report, owner};
    }
    return std::nullopt;
  }

  const CatalogSnapshot& before_;
  const std::vector<std::string>& removed_;
  const std::map<std::string, std::string>& folder_of_;
  const std::vector<AdmissionReport*>& reports_;
  std::set<std::string> in_service_;
};

}  // namespace

std::vector<ComponentConflict> RefuseComponentConflicts(
    const CatalogSnapshot& before, const std::vector<std::string>& removed,
    const std::map<std::string, std::string>& folder_of,
    const std::vector<AdmissionReport*>& reports) {
  ConflictFinder finder(before, removed, folder_of, reports);
  std::vector<ComponentConflict> conflicts;
  // A refused plugin's earlier version may own ids that an admitted one claims, so each refusal
  // starts the comparison again.
  while (auto conflict = finder.RefuseOne()) conflicts.push_back(*std::move(conflict));
  return conflicts;
}

}  // namespace stackport
