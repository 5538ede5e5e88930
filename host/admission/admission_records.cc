#include "host/admission/admission_records.h"

#include <algorithm>
#include <utility>

#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "host/admission/plugin_folder.h"
#include "host/admission/revoked.h"

namespace stackport {
namespace {

// Findings that an attempt keeps: the rest comes back with `stackport plugin check`.
constexpr std::size_t kKeptFindings = 20;
// Attempts at one folder that are looked through; older ones decide nothing.
constexpr std::size_t kAttemptsRead = 50;

constexpr const char* kInterrupted = "interrupted";

}  // namespace

std::string JudgeVersion(const Registry& registry) {
  // As much of the hash as tells two registries apart.
  constexpr std::size_t kHashText = 16;
  return std::string(kScannerVersion) + "/" + registry.content_hash().substr(0, kHashText);
}

std::string EvidenceText(const AdmissionReport& report) {
  if (report.earlier) return report.earlier->evidence;
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  json::Set(document, "scanner", kScannerVersion, allocator);
  if (const std::string reason = report.Reason(); !reason.empty()) {
    json::Set(document, "reason", reason, allocator);
  }
  json::Value findings(rapidjson::kArrayType);
  // Errors first: warnings must not push out what the plugin was refused for.
  for (const Severity severity : {Severity::kError, Severity::kWarning}) {
    for (const DocumentFindings& source : report.documents) {
      for (const Finding& finding : source.findings) {
        if (finding.severity != severity || findings.Size() >= kKeptFindings) continue;
        json::Value item = ToJson(finding, allocator);
        json::Set(item, "origin", source.origin, allocator);
        findings.PushBack(item, allocator);
      }
    }
  }
  json::Set(document, "findings", std::move(findings), allocator);
  if (report.evidence) json::Set(document, "scan", ToJson(*report.evidence, allocator), allocator);
  return json::WriteCanonical(document);
}

std::string StageOf(const AdmissionReport& report) {
  if (report.earlier) return report.earlier->stage;
  if (report.evidence) {
    return report.evidence->outcome == ScanOutcome::kDescribed ? "documents" : "scan";
  }
  for (const DocumentFindings& document : report.documents) {
    if (!HasErrors(document.findings)) continue;
    if (document.findings.back().code == kInterrupted) return kInterrupted;
    if (document.findings.back().code == kRevoked) return "revocation";
    if (document.origin == kSignatureName) return "signature";
    if (document.origin != kManifestName) return report.plugin.id.empty() ? "folder" : "documents";
    const auto error =
        std::find_if(document.findings.begin(), document.findings.end(),
                     [](const Finding& finding) { return finding.severity == Severity::kError; });
    const bool files = error->pointer.starts_with("/files");
    return report.plugin.id.empty() || !files ? "manifest" : "files";
  }
  return "documents";
}

std::string FolderName(const std::string& path) {
  const std::string plain = path.substr(0, path.find_last_not_of('/') + 1);
  return Printable(plain.substr(plain.rfind('/') + 1));
}

AdmissionAttempt AttemptOf(const AdmissionReport& report) {
  AdmissionAttempt attempt;
  attempt.plugin_folder = report.folder;
  attempt.plugin_id = report.plugin.id;
  attempt.content_hash = report.plugin.content_hash;
  attempt.stage = StageOf(report);
  attempt.outcome = AdmissionOutcomeName(report.outcome);
  attempt.evidence = EvidenceText(report);
  return attempt;
}

AdmissionAttempt RemovalOf(const PluginRecord& plugin) {
  AdmissionAttempt attempt;
  attempt.plugin_id = plugin.id;
  attempt.content_hash = plugin.content_hash;
  attempt.stage = "folder";
  attempt.outcome = "removed";
  attempt.evidence = R"({"reason":"no plugin folder holds this plugin any more"})";
  return attempt;
}

PluginProblem ProblemOf(const AdmissionReport& report, const std::string& key) {
  PluginProblem problem;
  problem.plugin = key;
  problem.content_hash = report.plugin.content_hash;
  problem.stage = StageOf(report);
  problem.evidence = EvidenceText(report);
  problem.stale = !report.stale_version.empty();
  problem.reason = report.Reason();
  return problem;
}

ContentVerdict VerdictOf(const AdmissionReport& report, const std::string& judge) {
  ContentVerdict verdict;
  verdict.content_hash = report.plugin.content_hash;
  verdict.judge = judge;
  verdict.plugin_id = report.plugin.id;
  verdict.plugin_folder = report.folder;
  if (!report.refused()) {
    verdict.kind = VerdictKind::kAdmitted;
    return verdict;
  }
  verdict.kind = report.quarantine ? VerdictKind::kQuarantined : VerdictKind::kRefused;
  if (report.quarantine) {
    verdict.failures = report.quarantine->failures;
    verdict.next_retry = report.quarantine->next_retry;
  }
  verdict.stage = StageOf(report);
  verdict.reason = report.Reason();
  verdict.evidence = EvidenceText(report);
  return verdict;
}

void RefuseAsBefore(const ContentVerdict& verdict, AdmissionReport& report) {
  report.outcome = AdmissionOutcome::kRefused;
  report.earlier = EarlierJudgement{verdict.at, verdict.stage, verdict.evidence};
  if (verdict.kind == VerdictKind::kQuarantined) {
    report.outcome = AdmissionOutcome::kQuarantined;
    report.quarantine = Quarantine{verdict.failures, verdict.next_retry, false};
  }
  const auto evidence = json::Parse(verdict.evidence, "evidence of a verdict");
  const json::Value* findings = evidence ? json::Find(*evidence, "findings") : nullptr;
  if (!findings || !findings->IsArray()) return;
  for (const json::Value& item : findings->GetArray()) {
    const auto text = [&](const char* name) { return std::string(json::StringOr(item, name, "")); };
    const Severity severity = text("severity") == "warning" ? Severity::kWarning : Severity::kError;
    const std::string origin = text("origin");
    if (origin == kSignatureName) continue;  // keys come and go; this round has judged them
    if (report.documents.empty() || report.documents.back().origin != origin) {
      report.documents.push_back({origin, {}});
    }
    report.documents.back().findings.push_back({severity, text("code"), text("pointer"),
                                                text("message"), text("expected"), text("remedy")});
  }
}

Status CloseUnfinishedSteps(CatalogStore& store) {
  const auto steps = store.UnfinishedSteps();
  if (!steps) return steps.error();
  if (steps->empty()) return {};
  AdmissionRound round;
  for (const RiskyStep& step : *steps) {
    AdmissionAttempt attempt;
    attempt.plugin_folder = step.plugin_folder;
    attempt.content_hash = step.content_hash;
    attempt.stage = step.step;
    attempt.outcome = kInterrupted;
    attempt.evidence = R"({"reason":"the host ended while it judged this plugin"})";
    round.attempts.push_back(std::move(attempt));
    round.ended_steps.push_back(step.id);
  }
  const auto recorded = store.RecordRound(round);
  return recorded ? Status() : Status(recorded.error());
}

Result<int> Interruptions(CatalogStore& store, const std::string& folder,
                          const std::string& content_hash) {
  const auto attempts = store.Attempts(folder, kAttemptsRead);
  if (!attempts) return attempts.error();
  int count = 0;
  for (const AdmissionAttempt& attempt : *attempts) {
    if (attempt.content_hash != content_hash || attempt.outcome != kInterrupted) break;
    ++count;
  }
  return count;
}

Result<std::string> FormerId(CatalogStore& store, const std::string& folder) {
  const auto attempts = store.Attempts(folder, kAttemptsRead);
  if (!attempts) return attempts.error();
  for (const AdmissionAttempt& attempt : *attempts) {
    if (!attempt.plugin_id.empty()) return attempt.plugin_id;
  }
  return std::string();
}

}  // namespace stackport
