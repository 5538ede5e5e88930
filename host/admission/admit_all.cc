#include "host/admission/admit_all.h"

#include <algorithm>
#include <exception>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "catalog/base/text.h"
#include "host/admission/admission_records.h"

namespace stackport {
namespace {

struct Target {
  std::string path;
  TrustPolicy trust;
};

Result<std::vector<Target>> FindTargets(std::span<const PluginSource> sources) {
  std::vector<Target> targets;
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

// One call of AdmitAll.
class Round {
 public:
  Round(CatalogStore& store, const AdmitAllSettings& settings, SnapshotPtr before)
      : store_(store), settings_(settings), records_(store), before_(std::move(before)) {
    for (const PluginRecord& plugin : before_->plugins) in_service_[plugin.id] = &plugin;
  }

  Result<AdmitAllReport> Run(const std::vector<Target>& targets,
                             const AdmissionObserver& observer) {
    if (auto closed = records_.CloseUnfinishedSteps(); !closed) return closed.error();
    reports_.reserve(targets.size());
    for (const Target& target : targets) {
      if (auto judged = JudgeOne(target); !judged) return judged.error();
      if (observer) observer({reports_.size(), targets.size(), reports_.back()});
    }
    FindRemoved();
    RefuseConflicts();
    return Finish();
  }

 private:
  // An error is the store's; the plugin's fate is in the report that is added.
  Status JudgeOne(const Target& target) {
    AdmissionReport& report = reports_.emplace_back();
    const auto candidate = OpenCandidate(target.path, target.trust, report);
    if (!candidate) return KeepFormer(report);
    const auto [first, is_new] = folder_of_.emplace(report.plugin.id, target.path);
    if (!is_new) {
      Refuse(report, "duplicate_plugin",
             "the plugin id " + Quoted(report.plugin.id) + " is taken by the folder " +
                 Printable(first->second, kPathText),
             "one folder for each plugin id", "remove or rename one of the two folders", "/id");
      return {};
    }
    auto known = records_.Known(report.plugin, report.folder);
    if (!known) return known.error();
    if (*known) {
      UseKnown(report, **std::move(known));
      return {};
    }
    return JudgeAnew(*candidate, target.trust, report);
  }

  // A folder whose manifest cannot be read or trusted still stands for the plugin it held before,
  // unless another folder holds that plugin now.
  Status KeepFormer(const AdmissionReport& report) {
    auto former = records_.FormerId(report.folder);
    if (!former) return former.error();
    const std::string id = !report.plugin.id.empty() ? report.plugin.id : *former;
    if (!id.empty()) id_of_unjudged_[report.folder] = id;
    return {};
  }

  void UseKnown(AdmissionReport& report, AdmittedPlugin known) {
    const auto serving = in_service_.find(report.plugin.id);
    if (serving != in_service_.end() &&
        serving->second->content_hash == report.plugin.content_hash &&
        serving->second->trust == report.plugin.trust) {
      report.outcome = AdmissionOutcome::kUnchanged;
      return;
    }
    report.outcome = AdmissionOutcome::kAdmitted;
    report.components = std::move(known.components);
  }

  Status JudgeAnew(const PluginCandidate& candidate, const TrustPolicy& trust,
                   AdmissionReport& report) {
    const auto interruptions = records_.Interruptions(report.folder, report.plugin.content_hash);
    if (!interruptions) return interruptions.error();
    if (*interruptions >= kMaxInterruptions) {
      Refuse(report, "interrupted",
             "the host ended " + std::to_string(*interruptions) +
                 " times while it judged this content",
             "a plugin that can be judged to the end",
             "run stackport plugin check on the folder; a changed plugin is judged again");
      return {};
    }
    return records_.WithNote(report, [&] {
      const AdmissionSettings settings{trust, settings_.scan, settings_.registry};
      try {
        AdmitCandidate(candidate, settings, report);
      } catch (const std::exception& error) {
        report.components.clear();
        Refuse(report, "internal",
               std::string("the plugin could not be judged: ") + Printable(error.what()),
               "a verdict", "report this fault with the plugin");
      }
    });
  }

  static void Refuse(AdmissionReport& report, std::string code, std::string message,
                     std::string expected, std::string remedy, std::string pointer = {}) {
    report.Add(std::string(kManifestName),
               {{Severity::kError, std::move(code), std::move(pointer), std::move(message),
                 std::move(expected), std::move(remedy)}});
  }

  void FindRemoved() {
    std::set<std::string> kept;
    for (const auto& [folder, id] : id_of_unjudged_) kept.insert(id);
    for (const auto& [id, record] : in_service_) {
      if (!folder_of_.contains(id) && !kept.contains(id)) removed_.push_back(id);
    }
  }

  // A refused plugin's earlier version may own ids that an admitted one claims, so each refusal
  // starts the comparison again.
  void RefuseConflicts() {
    while (RefuseOneConflict()) {
    }
  }

  bool RefuseOneConflict() {
    std::set<std::string> replaced(removed_.begin(), removed_.end());
    for (const AdmissionReport& report : reports_) {
      if (report.outcome == AdmissionOutcome::kAdmitted) replaced.insert(report.plugin.id);
    }
    std::map<std::string_view, std::string> owners;
    for (const auto& [component, plugin] : before_->plugin_of) {
      if (!replaced.contains(plugin)) owners.emplace(component, plugin);
    }
    // Plugins in service first: what is new gives way to what was there.
    for (const bool serving : {true, false}) {
      for (AdmissionReport& report : reports_) {
        if (report.outcome != AdmissionOutcome::kAdmitted) continue;
        if (in_service_.contains(report.plugin.id) != serving) continue;
        if (RefuseWhenOwned(report, owners)) return true;
      }
    }
    return false;
  }

  // Enters the plugin's components among the owned ones, or refuses it.
  bool RefuseWhenOwned(AdmissionReport& report, std::map<std::string_view, std::string>& owners) {
    for (const Component& component : report.components) {
      const auto [owner, is_new] = owners.emplace(component.id, report.plugin.id);
      if (is_new) continue;
      const auto folder = folder_of_.find(owner->second);
      Refuse(report, "duplicate_component",
             "the component " + Quoted(component.id) + " belongs to the plugin " +
                 Quoted(owner->second) +
                 (folder == folder_of_.end()
                      ? std::string()
                      : " in the folder " + Printable(folder->second, kPathText)),
             "each component in one plugin", "remove it from one of the two plugins, then reload");
      report.components.clear();
      return true;
    }
    return false;
  }

  Result<AdmitAllReport> Finish() {
    CatalogChange change;
    std::size_t refused = 0;
    for (AdmissionReport& report : reports_) {
      if (report.outcome == AdmissionOutcome::kAdmitted) {
        change.put.push_back({report.plugin, report.components});
      }
      if (report.outcome == AdmissionOutcome::kRefused) {
        ++refused;
        MarkStale(report);
      }
    }
    change.remove_plugin_ids = removed_;
    change.reason = "admission: " + std::to_string(change.put.size()) + " put, " +
                    std::to_string(removed_.size()) + " removed, " + std::to_string(refused) +
                    " refused";

    AdmitAllReport result;
    result.snapshot = before_;
    if (!change.put.empty() || !change.remove_plugin_ids.empty()) {
      auto after = store_.ApplyChange(change);
      if (!after) return after.error();
      result.snapshot = *std::move(after);
    }
    // After the change: an attempt that says "admitted" is what the cache goes by.
    if (auto recorded = RecordOutcomes(); !recorded) return recorded.error();
    result.plugins = std::move(reports_);
    result.removed = std::move(removed_);
    return result;
  }

  void MarkStale(AdmissionReport& report) {
    const auto serving = in_service_.find(PluginIdOf(report));
    if (serving != in_service_.end()) report.stale_version = serving->second->version;
  }

  // The plugin that a refused folder stands for; empty when it stands for none, or when another
  // folder does.
  std::string PluginIdOf(const AdmissionReport& report) const {
    const auto unjudged = id_of_unjudged_.find(report.folder);
    const std::string& id = unjudged == id_of_unjudged_.end() ? report.plugin.id : unjudged->second;
    const auto holder = folder_of_.find(id);
    return holder == folder_of_.end() || holder->second == report.folder ? id : std::string();
  }

  Status RecordOutcomes() {
    std::set<std::string> problems;
    for (const AdmissionReport& report : reports_) {
      if (report.outcome == AdmissionOutcome::kUnchanged) continue;
      if (auto recorded = records_.RecordAttempt(report); !recorded) return recorded;
      if (report.outcome != AdmissionOutcome::kRefused) continue;
      const std::string id = PluginIdOf(report);
      const std::string key = id.empty() ? FolderName(report.folder) : id;
      problems.insert(key);
      if (auto recorded = records_.RecordProblem(report, key); !recorded) return recorded;
    }
    for (const std::string& id : removed_) {
      if (auto recorded = records_.RecordRemoval(*in_service_.at(id)); !recorded) return recorded;
    }
    return ClearSolved(problems);
  }

  // This round has judged every folder, so a problem it did not meet is no more.
  Status ClearSolved(const std::set<std::string>& problems) {
    const auto recorded = store_.Problems();
    if (!recorded) return recorded.error();
    for (const PluginProblem& problem : *recorded) {
      if (problems.contains(problem.plugin)) continue;
      if (auto cleared = store_.ClearProblem(problem.plugin); !cleared) return cleared;
    }
    return {};
  }

  // A folder's path is the operator's own, and worth reading in full.
  static constexpr std::size_t kPathText = 400;

  CatalogStore& store_;
  const AdmitAllSettings& settings_;
  AdmissionRecords records_;
  SnapshotPtr before_;
  std::map<std::string, const PluginRecord*> in_service_;  // by plugin id, in before_
  std::map<std::string, std::string> folder_of_;           // plugin id -> its folder in this round
  std::map<std::string, std::string> id_of_unjudged_;      // folder -> id it holds or held before
  std::vector<AdmissionReport> reports_;
  std::vector<std::string> removed_;
};

}  // namespace

Result<AdmitAllReport> AdmitAll(std::span<const PluginSource> sources, CatalogStore& store,
                                const AdmitAllSettings& settings,
                                const AdmissionObserver& observer) {
  try {
    const auto targets = FindTargets(sources);
    if (!targets) return targets.error();
    auto before = store.Current();
    if (!before) return before.error();
    return Round(store, settings, *std::move(before)).Run(*targets, observer);
  } catch (const std::exception& error) {
    return Internal(std::string("admission failed: ") + Printable(error.what()));
  }
}

}  // namespace stackport
