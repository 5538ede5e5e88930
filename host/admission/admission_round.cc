#include "host/admission/admission_round.h"

#include <algorithm>
#include <exception>
#include <thread>
#include <utility>

#include "catalog/base/text.h"
#include "host/admission/admission_records.h"
#include "host/admission/parallel.h"
#include "host/admission/plugin_folder.h"
#include "host/admission/quarantine.h"
#include "host/admission/revoked.h"

namespace stackport {
namespace {

// A folder's path is the operator's own, and worth reading in full.
constexpr std::size_t kPathText = 400;

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
                                           SnapshotPtr before, RevocationList revocations,
                                           const AdmissionObserver& observer)
    : store_(store),
      settings_(settings),
      registry_(settings.registry ? *settings.registry : Registry::Builtin()),
      judge_(JudgeVersion(registry_)),
      now_(settings.clock ? settings.clock->NowUtc() : SystemClock().NowUtc()),
      before_(std::move(before)),
      revocations_(std::move(revocations)),
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
  for (Item& item : items_) WithholdRevoked(revocations_, item.report);
  FindConflicts();
  return Finish();
}

// Reads every manifest. No code of a plugin runs, and no other file of it is read; what the file
// system says of them is noted before they are, so that whatever changes later is noticed.
Status AdmissionRoundRunner::Open() {
  return RunOnThreads(items_.size(), Threads(), [&](std::size_t i) -> Status {
    Item& item = items_[i];
    try {
      item.candidate = OpenCandidate(item.target.path, item.target.trust, item.report);
      if (item.candidate) item.files = StateOfFiles(*item.candidate);
    } catch (const std::exception& error) {
      return Internal(std::string("a plugin folder could not be read: ") + Printable(error.what()),
                      Printable(item.target.path, kPathText));
    }
    return {};
  });
}

Status AdmissionRoundRunner::Decide() {
  for (Item& item : items_) {
    if (!item.candidate) {
      if (auto kept = KeepFormer(item); !kept) return kept;
    } else if (!ClaimId(item)) {
      item.candidate.reset();
    }
  }
  if (auto fetched = FetchVerdicts(); !fetched) return fetched;
  if (auto verified = VerifyTouched(); !verified) return verified;
  for (Item& item : items_) {
    if (item.candidate) {
      if (auto decided = DecideOne(item); !decided) return decided;
    }
    if (!item.to_judge) Settle(item);
  }
  return {};
}

// False when the plugin is refused: another folder has its id, or it is revoked. What is revoked is
// refused whatever the cache says, and not for the cache: another list may allow it again.
bool AdmissionRoundRunner::ClaimId(Item& item) {
  const PluginRecord& plugin = item.report.plugin;
  const auto [first, is_new] = folder_of_.emplace(plugin.id, item.target.path);
  if (!is_new) {
    RefuseFinding(item.report, "duplicate_plugin",
                  "the plugin id " + Quoted(plugin.id) + " is taken by the folder " +
                      Printable(first->second, kPathText),
                  "one folder for each plugin id", "remove or rename one of the two folders",
                  "/id");
    return false;
  }
  if (RefuseRevoked(revocations_, item.report)) return false;
  content_of_.emplace(plugin.id, plugin.content_hash);
  return true;
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

// Whether files of an admitted content may be others than those that were judged.
bool AdmissionRoundRunner::Touched(const Item& item) const {
  return item.candidate && item.known && item.known->kind == VerdictKind::kAdmitted &&
         item.known->judge == judge_ &&
         item.known->condition != std::string(kWhileFilesStay) + item.files;
}

// Somebody may have edited a file and left the manifest as it was. What was touched is read and
// compared with the manifest; no code runs.
Status AdmissionRoundRunner::VerifyTouched() {
  std::vector<Item*> touched;
  for (Item& item : items_) {
    if (Touched(item)) touched.push_back(&item);
  }
  return RunOnThreads(touched.size(), Threads(), [&](std::size_t i) -> Status {
    Item& item = *touched[i];
    try {
      item.verified = ReadVerified(*item.candidate, item.report).has_value();
    } catch (const std::exception& error) {
      return Internal(
          std::string("the files of a plugin could not be read: ") + Printable(error.what()),
          Printable(item.target.path, kPathText));
    }
    if (item.verified) item.condition = std::string(kWhileFilesStay) + item.files;
    return {};
  });
}

Status AdmissionRoundRunner::DecideOne(Item& item) {
  if (!item.known) return DecideAnew(item);
  const ContentVerdict& known = *item.known;
  switch (known.kind) {
    case VerdictKind::kAdmitted:
      // Refused by what VerifyTouched found; the verdict on the content itself stays.
      if (Touched(item) && !item.verified) return {};
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
      serving->second->trust == report.plugin.trust &&
      serving->second->key_id == report.plugin.key_id) {
    report.outcome = AdmissionOutcome::kUnchanged;
    return true;
  }
  auto stored = store_.FindAdmitted(report.plugin.id, report.plugin.content_hash);
  if (!stored || !*stored) return false;
  report.outcome = AdmissionOutcome::kAdmitted;
  report.components = std::move((*stored)->components);
  report.withheld = std::move((*stored)->withheld);
  return true;
}

// Whether what the verdict hangs on, beside the content, is as it was.
bool AdmissionRoundRunner::Holds(const Item& item) const {
  const std::string& condition = item.known->condition;
  if (condition.empty()) return true;
  if (condition.starts_with(kWhileFilesStay)) {
    return condition.substr(kWhileFilesStay.size()) == item.files;
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
  } else if (!report.refused() || StageOf(report) == "files") {
    item.condition = std::string(kWhileFilesStay) + item.files;
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

bool AdmissionRoundRunner::Cancelled() const {
  return settings_.scan.cancel && settings_.scan.cancel->load();
}

std::size_t AdmissionRoundRunner::Threads() const {
  if (settings_.threads > 0) return settings_.threads;
  return std::max<std::size_t>(1, std::thread::hardware_concurrency());
}

}  // namespace stackport
