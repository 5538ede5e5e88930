// The end of a round: what leaves, who owns what, and the one transaction that writes it down.
#include <map>
#include <set>
#include <utility>

#include "catalog/base/json.h"
#include "host/admission/admission_records.h"
#include "host/admission/admission_round.h"
#include "host/admission/conflicts.h"

namespace stackport {

void AdmissionRoundRunner::FindRemoved() {
  std::set<std::string> kept;
  for (const auto& [folder, id] : id_of_unjudged_) kept.insert(id);
  for (const auto& [id, record] : in_service_) {
    if (!folder_of_.contains(id) && !kept.contains(id)) removed_.push_back(id);
  }
}

void AdmissionRoundRunner::FindConflicts() {
  std::vector<AdmissionReport*> reports;
  for (Item& item : items_) reports.push_back(&item.report);
  for (const ComponentConflict& conflict :
       RefuseComponentConflicts(*before_, removed_, folder_of_, reports)) {
    for (Item& item : items_) {
      if (&item.report != conflict.refused) continue;
      const auto content = content_of_.find(conflict.owner);
      item.judged = true;
      item.condition = std::string(kWhileOwnerStays) + conflict.owner + "@" +
                       (content == content_of_.end() ? std::string() : content->second);
    }
  }
}

Result<AdmitAllReport> AdmissionRoundRunner::Finish() {
  AdmitAllReport result;
  AdmissionRound round;
  FillChange(round, result.difference);
  if (auto filled = FillRound(round); !filled) return filled.error();
  const bool changes = !round.change.put.empty() || !removed_.empty();
  result.snapshot = before_;
  if (changes || !round.attempts.empty() || !round.verdicts.empty() || !round.problems.empty() ||
      !round.solved.empty()) {
    auto after = store_.RecordRound(round);
    if (!after) return after.error();
    result.snapshot = *std::move(after);
  }
  result.plugins.reserve(items_.size());
  for (Item& item : items_) result.plugins.push_back(std::move(item.report));
  result.removed = std::move(removed_);
  return result;
}

void AdmissionRoundRunner::FillChange(AdmissionRound& round, ComponentDifference& difference) {
  std::size_t refused = 0;
  std::set<std::string_view> replaced(removed_.begin(), removed_.end());
  std::vector<const Component*> before, after;
  for (Item& item : items_) {
    AdmissionReport& report = item.report;
    if (report.refused()) {
      ++refused;
      MarkStale(report);
    }
    if (report.outcome != AdmissionOutcome::kAdmitted) continue;
    round.change.put.push_back({report.plugin, report.components, report.withheld});
    replaced.insert(report.plugin.id);
    for (const Component& component : report.components) after.push_back(&component);
  }
  round.change.remove_plugin_ids = removed_;
  if (replaced.empty()) return;
  for (const Component& component : before_->components) {
    if (replaced.contains(before_->plugin_of.find(component.id)->second)) {
      before.push_back(&component);
    }
  }
  difference = Compare(before, after);
  json::Document document;
  round.difference = json::WriteCanonical(ToJson(difference, document.GetAllocator()));
  round.change.reason = "admission: " + std::to_string(round.change.put.size()) + " put, " +
                        std::to_string(removed_.size()) + " removed, " + std::to_string(refused) +
                        " refused; " + difference.Summary();
}

Status AdmissionRoundRunner::FillRound(AdmissionRound& round) {
  auto recorded = store_.Problems();
  if (!recorded) return recorded.error();
  std::map<std::string, const PluginProblem*> problem_of;
  for (const PluginProblem& problem : *recorded) problem_of[problem.plugin] = &problem;
  std::set<std::string> problems;
  for (const Item& item : items_) {
    const AdmissionReport& report = item.report;
    if (item.judged || item.verified) {
      round.verdicts.push_back(VerdictOf(report, judge_));
      round.verdicts.back().condition = item.condition;
    }
    if (report.outcome == AdmissionOutcome::kUnchanged) continue;
    if (!report.refused()) {
      round.attempts.push_back(AttemptOf(report));
      continue;
    }
    const std::string id = PluginIdOf(report);
    PluginProblem problem = ProblemOf(report, id.empty() ? FolderName(report.folder) : id);
    problems.insert(problem.plugin);
    const auto known = problem_of.find(problem.plugin);
    // What is known already is not written down at every call.
    if (!item.judged && known != problem_of.end() &&
        known->second->content_hash == problem.content_hash &&
        known->second->stage == problem.stage && known->second->reason == problem.reason &&
        known->second->stale == problem.stale) {
      continue;
    }
    round.attempts.push_back(AttemptOf(report));
    round.problems.push_back(std::move(problem));
  }
  for (const std::string& id : removed_) round.attempts.push_back(RemovalOf(*in_service_.at(id)));
  // This round has looked at every folder, so a problem it did not meet is no more.
  for (const auto& [plugin, problem] : problem_of) {
    if (!problems.contains(plugin)) round.solved.push_back(plugin);
  }
  return {};
}

void AdmissionRoundRunner::MarkStale(AdmissionReport& report) const {
  const auto serving = in_service_.find(PluginIdOf(report));
  if (serving != in_service_.end()) report.stale_version = serving->second->version;
}

// The plugin that a refused folder stands for; empty when it stands for none, or when another
// folder does.
std::string AdmissionRoundRunner::PluginIdOf(const AdmissionReport& report) const {
  const auto unjudged = id_of_unjudged_.find(report.folder);
  const std::string& id = unjudged == id_of_unjudged_.end() ? report.plugin.id : unjudged->second;
  const auto holder = folder_of_.find(id);
  return holder == folder_of_.end() || holder->second == report.folder ? id : std::string();
}

}  // namespace stackport
