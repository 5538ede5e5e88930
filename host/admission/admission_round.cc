#include "host/admission/admission_round.h"

#include <algorithm>
#include <exception>
#include <set>
#include <thread>
#include <utility>

#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "host/admission/admission_records.h"
#include "host/admission/conflicts.h"
#include "host/admission/parallel.h"
#include "host/admission/plugin_folder.h"
#include "host/admission/quarantine.h"

namespace stackport {
namespace {

// A folder's path is the operator's own, and worth reading in full.
constexpr std::size_t kPathText = 400;

// What a verdict can hang on beside the content.
constexpr std::string_view kWhileFilesStay = "files:";
constexpr std::string_view kWhileOwnerStays = "owner:";

void RefuseFinding(AdmissionReport& report, std::string code, std::string message,
                   std::string expected, std::string remedy, std::string pointer = {}) {
  report.Add(std::string(kManifestName),
             {{Severity::kError, std::move(code), std::move(pointer), std::move(message),
               std::move(expected), std::move(remedy)}});
}

std::string StateOfFiles(const PluginCandidate& candidate) {
  const auto folder = PluginFolder::Open(candidate.path);
  if (!folder) return {};
  std::vector<std::string> paths;
  for (const ManifestFile& file : candidate.manifest.files) paths.push_back(file.path);
  return folder->StateOf(paths);
}

}  // namespace

AdmissionRoundRunner::AdmissionRoundRunner(CatalogStore& store, const AdmitAllSettings& settings,
                                           SnapshotPtr before, const AdmissionObserver& observer)
    : store_(store),
      settings_(settings),
      registry_(settings.registry ? *settings.registry : Registry::Builtin()),
      judge_(JudgeVersion(registry_)),
      now_(settings.clock ? settings.clock->NowUtc() : SystemClock().NowUtc()),
      before_(std::move(before)),
      observer_(observer) {
  for (const PluginRecord& plugin : before_->plugins) in_service_[plugin.id] = &plugin;
}

Result<AdmitAllReport> AdmissionRoundRunner::Run(const std::vector<AdmissionTarget>& targets) {
  items_.resize(targets.size());
  for (std::size_t i = 0; i < targets.size(); ++i) items_[i].target = targets[i];
  if (auto closed = CloseUnfinishedSteps(store_); !closed) return closed.error();
  if (auto opened = Open(); !opened) return opened.error();
  if (auto decided = Decide(); !decided) return decided.error();
  if (auto judged = JudgeAll(); !judged) return judged.error();
  FindRemoved();
  FindConflicts();
  return Finish();
}

// Reads every manifest. No code of a plugin runs, and no other file of it is read.
Status AdmissionRoundRunner::Open() {
  return RunOnThreads(items_.size(), Threads(), [&](std::size_t i) -> Status {
    Item& item = items_[i];
    try {
      item.candidate = OpenCandidate(item.target.path, item.target.trust, item.report);
    } catch (const std::exception& error) {
      return Internal(std::string("a plugin folder could not be read: ") + Printable(error.what()),
                      Printable(item.target.path, kPathText));
    }
    return {};
  });
}

Status AdmissionRoundRunner::Decide() {
  for (Item& item : items_) {
    const std::string& id = item.report.plugin.id;
    if (!item.candidate) {
      if (auto kept = KeepFormer(item); !kept) return kept;
      continue;
    }
    const auto [first, is_new] = folder_of_.emplace(id, item.target.path);
    if (is_new) {
      content_of_.emplace(id, item.report.plugin.content_hash);
      continue;
    }
    item.candidate.reset();
    RefuseFinding(item.report, "duplicate_plugin",
                  "the plugin id " + Quoted(id) + " is taken by the folder " +
                      Printable(first->second, kPathText),
                  "one folder for each plugin id", "remove or rename one of the two folders",
                  "/id");
  }
  if (auto fetched = FetchVerdicts(); !fetched) return fetched;
  for (Item& item : items_) {
    if (item.candidate) {
      if (auto decided = DecideOne(item); !decided) return decided;
    }
    if (!item.to_judge) Settle(item);
  }
  return {};
}

// A folder whose manifest cannot be read or trusted still stands for the plugin it held before,
// unless another folder holds that plugin now.
Status AdmissionRoundRunner::KeepFormer(const Item& item) {
  const std::string& id = item.report.plugin.id;
  auto former = id.empty() ? FormerId(store_, item.report.folder) : Result<std::string>(id);
  if (!former) return former.error();
  if (!former->empty()) id_of_unjudged_[item.report.folder] = *std::move(former);
  return {};
}

Status AdmissionRoundRunner::FetchVerdicts() {
  std::vector<std::string> hashes;
  std::map<std::string, Item*> item_of;
  for (Item& item : items_) {
    if (!item.candidate) continue;
    hashes.push_back(item.report.plugin.content_hash);
    item_of[hashes.back()] = &item;
  }
  auto verdicts = store_.Verdicts(hashes);
  if (!verdicts) return verdicts.error();
  for (ContentVerdict& verdict : *verdicts) {
    Item& item = *item_of.at(verdict.content_hash);
    item.known = std::move(verdict);
  }
  return {};
}

Status AdmissionRoundRunner::DecideOne(Item& item) {
  if (!item.known) return DecideAnew(item);
  const ContentVerdict& known = *item.known;
  switch (known.kind) {
    case VerdictKind::kAdmitted:
      if (known.judge == judge_ && UseAdmitted(item)) return {};
      return DecideAnew(item);
    case VerdictKind::kRefused:
      if (known.judge != judge_ || settings_.again || !Holds(item)) return DecideAnew(item);
      RefuseAsBefore(known, item.report);
      return {};
    case VerdictKind::kQuarantined:
      // Whatever the judge's version: what the code did, it did.
      if (known.next_retry <= now_) return DecideAnew(item);
      RefuseAsBefore(known, item.report);
      return {};
    case VerdictKind::kReleased:
      return DecideAnew(item);
  }
  return {};
}

Status AdmissionRoundRunner::DecideAnew(Item& item) {
  const auto interruptions =
      Interruptions(store_, item.report.folder, item.report.plugin.content_hash);
  if (!interruptions) return interruptions.error();
  // A content that was quarantined before has used up its excuse.
  const bool suspect = WasQuarantined(item);
  if (*interruptions >= (suspect ? 1 : kMaxInterruptions)) {
    RefuseFinding(
        item.report, "interrupted",
        "the host ended " + std::to_string(*interruptions) +
            (*interruptions == 1 ? " time" : " times") + " while it judged this content",
        "a plugin that can be judged to the end",
        "run stackport plugin check on the folder, and release the plugin when the host's "
        "end had another cause; a changed plugin is judged again");
    SetQuarantine(item);
    item.judged = true;
    return {};
  }
  item.to_judge = true;
  item.alone = *interruptions > 0 || suspect;
  return {};
}

bool AdmissionRoundRunner::WasQuarantined(const Item& item) {
  return item.known && item.known->kind == VerdictKind::kQuarantined;
}

void AdmissionRoundRunner::SetQuarantine(Item& item) const {
  const std::int64_t failures = WasQuarantined(item) ? item.known->failures + 1 : 1;
  item.report.outcome = AdmissionOutcome::kQuarantined;
  item.report.quarantine = Quarantine{failures, NextRetry(now_, failures), false};
}

// False when the catalog does not have the content any more.
bool AdmissionRoundRunner::UseAdmitted(Item& item) {
  AdmissionReport& report = item.report;
  const auto serving = in_service_.find(report.plugin.id);
  if (serving != in_service_.end() && serving->second->content_hash == report.plugin.content_hash &&
      serving->second->trust == report.plugin.trust) {
    report.outcome = AdmissionOutcome::kUnchanged;
    return true;
  }
  auto stored = store_.FindAdmitted(report.plugin.id, report.plugin.content_hash);
  if (!stored || !*stored) return false;
  report.outcome = AdmissionOutcome::kAdmitted;
  report.components = std::move((*stored)->components);
  return true;
}

// Whether what the verdict hangs on, beside the content, is as it was.
bool AdmissionRoundRunner::Holds(const Item& item) const {
  const std::string& condition = item.known->condition;
  if (condition.empty()) return true;
  if (condition.starts_with(kWhileFilesStay)) {
    return condition.substr(kWhileFilesStay.size()) == StateOfFiles(*item.candidate);
  }
  const std::string owner = condition.substr(kWhileOwnerStays.size());
  const std::size_t at = owner.find('@');
  const auto present = content_of_.find(owner.substr(0, at));
  return present != content_of_.end() && present->second == owner.substr(at + 1);
}

Status AdmissionRoundRunner::JudgeAll() {
  std::vector<Item*> alone;
  std::vector<Item*> others;
  for (Item& item : items_) {
    if (item.to_judge) (item.alone ? alone : others).push_back(&item);
  }
  const auto judge = [&](const std::vector<Item*>& jobs, std::size_t threads) {
    return RunOnThreads(jobs.size(), threads, [&](std::size_t i) { return JudgeOne(*jobs[i]); });
  };
  if (auto judged = judge(alone, 1); !judged) return judged;
  return judge(others, Threads());
}

// An error is the store's, or the caller's wish to stop; the plugin's fate is in its report.
Status AdmissionRoundRunner::JudgeOne(Item& item) {
  const auto stopped = [] {
    return Unavailable("admission was stopped before its end; nothing was changed");
  };
  if (Cancelled()) return stopped();
  const AdmissionReport& report = item.report;
  const auto note = store_.BeginRiskyStep(report.folder, report.plugin.content_hash, "admission");
  if (!note) return note.error();
  Judge(item);
  if (auto ended = store_.EndRiskyStep(*note); !ended) return ended;
  if (Cancelled()) return stopped();
  Settle(item);
  return {};
}

void AdmissionRoundRunner::Judge(Item& item) {
  AdmissionReport& report = item.report;
  const AdmissionSettings settings{item.target.trust, settings_.scan, settings_.registry};
  // Before the files are read, so that whatever changes later is noticed.
  const std::string state = StateOfFiles(*item.candidate);
  try {
    AdmitCandidate(*item.candidate, settings, report);
  } catch (const std::exception& error) {
    report.components.clear();
    RefuseFinding(report, "internal",
                  std::string("the plugin could not be judged: ") + Printable(error.what()),
                  "a verdict", "report this fault with the plugin");
    return;
  }
  if (report.evidence && IsTheMachinesFault(report.evidence->outcome)) return;
  item.judged = true;
  if (report.evidence && IsMisbehaviour(report.evidence->outcome)) {
    SetQuarantine(item);
  } else if (report.refused() && StageOf(report) == "files") {
    item.condition = std::string(kWhileFilesStay) + state;
  }
}

// Tells the observer, who hears of the plugins in their order.
void AdmissionRoundRunner::Settle(Item& item) {
  const std::lock_guard lock(settling_);
  item.settled = true;
  for (; told_ < items_.size() && items_[told_].settled; ++told_) {
    if (observer_) observer_({told_ + 1, items_.size(), items_[told_].report});
  }
}

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
    round.change.put.push_back({report.plugin, report.components});
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
    if (report.outcome == AdmissionOutcome::kUnchanged) continue;
    if (item.judged) {
      round.verdicts.push_back(VerdictOf(report, judge_));
      round.verdicts.back().condition = item.condition;
    }
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

bool AdmissionRoundRunner::Cancelled() const {
  return settings_.scan.cancel && settings_.scan.cancel->load();
}

std::size_t AdmissionRoundRunner::Threads() const {
  if (settings_.threads > 0) return settings_.threads;
  return std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

}  // namespace stackport
