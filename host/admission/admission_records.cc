#include "host/admission/admission_records.h"

#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/text.h"

namespace stackport {
namespace {

// Findings that an attempt keeps: the rest comes back with `stackport plugin check`.
constexpr std::size_t kKeptFindings = 20;
// Attempts at one folder that are looked through; older ones decide nothing.
constexpr std::size_t kAttemptsRead = 50;

constexpr const char* kInterrupted = "interrupted";

}  // namespace

std::string EvidenceText(const AdmissionReport& report) {
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  json::Set(document, "scanner", kScannerVersion, allocator);
  if (const std::string reason = report.Reason(); !reason.empty()) {
    json::Set(document, "reason", reason, allocator);
  }
  json::Value findings(rapidjson::kArrayType);
  for (const DocumentFindings& source : report.documents) {
    for (const Finding& finding : source.findings) {
      if (findings.Size() >= kKeptFindings) break;
      json::Value item = ToJson(finding, allocator);
      json::Set(item, "origin", source.origin, allocator);
      findings.PushBack(item, allocator);
    }
  }
  json::Set(document, "findings", std::move(findings), allocator);
  if (report.evidence) json::Set(document, "scan", ToJson(*report.evidence, allocator), allocator);
  return json::WriteCanonical(document);
}

std::string StageOf(const AdmissionReport& report) {
  if (report.evidence) {
    return report.evidence->outcome == ScanOutcome::kDescribed ? "documents" : "scan";
  }
  for (const DocumentFindings& document : report.documents) {
    if (!HasErrors(document.findings)) continue;
    if (document.findings.back().code == kInterrupted) return kInterrupted;
    if (document.origin != kManifestName) return report.plugin.id.empty() ? "folder" : "documents";
    const bool files = document.findings.front().pointer.starts_with("/files");
    return report.plugin.id.empty() || !files ? "manifest" : "files";
  }
  return "documents";
}

std::string FolderName(const std::string& path) {
  const std::string plain = path.substr(0, path.find_last_not_of('/') + 1);
  return Printable(plain.substr(plain.rfind('/') + 1));
}

Status AdmissionRecords::CloseUnfinishedSteps() {
  const auto steps = store_.UnfinishedSteps();
  if (!steps) return steps.error();
  for (const RiskyStep& step : *steps) {
    AdmissionAttempt attempt;
    attempt.plugin_folder = step.plugin_folder;
    attempt.content_hash = step.content_hash;
    attempt.stage = step.step;
    attempt.outcome = kInterrupted;
    attempt.evidence = R"({"reason":"the host ended while it judged this plugin"})";
    if (auto recorded = store_.RecordAttempt(attempt); !recorded) return recorded;
    if (auto ended = store_.EndRiskyStep(step.id); !ended) return ended;
  }
  return {};
}

Result<int> AdmissionRecords::Interruptions(const std::string& folder,
                                            const std::string& content_hash) {
  const auto attempts = store_.Attempts(folder, kAttemptsRead);
  if (!attempts) return attempts.error();
  int count = 0;
  for (const AdmissionAttempt& attempt : *attempts) {
    if (attempt.content_hash != content_hash) break;
    if (attempt.outcome == kInterrupted) {
      ++count;
    } else if (attempt.stage != kInterrupted) {
      break;  // a verdict was reached
    }
  }
  return count;
}

Result<std::optional<AdmittedPlugin>> AdmissionRecords::Known(const PluginRecord& plugin,
                                                              const std::string& folder) {
  const auto attempts = store_.Attempts(folder, kAttemptsRead);
  if (!attempts) return attempts.error();
  for (const AdmissionAttempt& attempt : *attempts) {
    if (attempt.content_hash != plugin.content_hash) continue;
    if (attempt.outcome != AdmissionOutcomeName(AdmissionOutcome::kAdmitted)) break;
    const auto evidence = json::Parse(attempt.evidence, "evidence of an attempt");
    if (!evidence || json::StringOr(*evidence, "scanner", "") != kScannerVersion) break;
    return store_.FindAdmitted(plugin.id, plugin.content_hash);
  }
  return std::optional<AdmittedPlugin>();
}

Result<std::string> AdmissionRecords::FormerId(const std::string& folder) {
  const auto attempts = store_.Attempts(folder, kAttemptsRead);
  if (!attempts) return attempts.error();
  for (const AdmissionAttempt& attempt : *attempts) {
    if (!attempt.plugin_id.empty()) return attempt.plugin_id;
  }
  return std::string();
}

Status AdmissionRecords::RecordAttempt(const AdmissionReport& report) {
  AdmissionAttempt attempt;
  attempt.plugin_folder = report.folder;
  attempt.plugin_id = report.plugin.id;
  attempt.content_hash = report.plugin.content_hash;
  attempt.stage = StageOf(report);
  attempt.outcome = AdmissionOutcomeName(report.outcome);
  attempt.evidence = EvidenceText(report);
  return store_.RecordAttempt(attempt);
}

Status AdmissionRecords::RecordRemoval(const PluginRecord& plugin) {
  AdmissionAttempt attempt;
  attempt.plugin_id = plugin.id;
  attempt.content_hash = plugin.content_hash;
  attempt.stage = "folder";
  attempt.outcome = "removed";
  attempt.evidence = R"({"reason":"no plugin folder holds this plugin any more"})";
  return store_.RecordAttempt(attempt);
}

Status AdmissionRecords::RecordProblem(const AdmissionReport& report, const std::string& key) {
  PluginProblem problem;
  problem.plugin = key;
  problem.content_hash = report.plugin.content_hash;
  problem.stage = StageOf(report);
  problem.evidence = EvidenceText(report);
  problem.stale = !report.stale_version.empty();
  problem.reason = report.Reason();
  return store_.RecordProblem(problem);
}

}  // namespace stackport
