#include <algorithm>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/model/trust_label.h"
#include "host/admission/admission.h"
#include "host/admission/admit_all.h"

namespace stackport {
namespace {

// A folder's path is the operator's own, and worth reading in full.
constexpr std::size_t kMaxPathText = 400;

}  // namespace

json::Value ToJson(const AdmissionReport& report, json::Allocator& allocator) {
  json::Value object(rapidjson::kObjectType);
  json::Set(object, "folder", Printable(report.folder, kMaxPathText), allocator);
  json::Set(object, "outcome", AdmissionOutcomeName(report.outcome), allocator);
  if (!report.plugin.id.empty()) {
    json::Set(object, "plugin", report.plugin.id, allocator);
    json::Set(object, "version", report.plugin.version, allocator);
    json::Set(object, "content_hash", report.plugin.content_hash, allocator);
    json::Set(object, "vendor", report.plugin.vendor.id, allocator);
    json::Set(object, "form", report.plugin.form, allocator);
    SetTrust(object, report.plugin, allocator);
  }
  if (report.quarantine) {
    json::Set(object, "failures", report.quarantine->failures, allocator);
    json::Set(object, "next_retry", report.quarantine->next_retry, allocator);
  }
  if (report.earlier) json::Set(object, "judged_at", report.earlier->at, allocator);
  if (const std::string reason = report.Reason(); report.refused() && !reason.empty()) {
    json::Set(object, "reason", reason, allocator);
  }
  if (!report.stale_version.empty()) {
    json::Set(object, "stale_version", report.stale_version, allocator);
  }
  json::Set(object, "components", report.components.size(), allocator);
  json::Value documents(rapidjson::kArrayType);
  for (const DocumentFindings& document : report.documents) {
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "origin", document.origin, allocator);
    json::Value findings(rapidjson::kArrayType);
    for (const Finding& finding : document.findings) {
      findings.PushBack(ToJson(finding, allocator), allocator);
    }
    json::Set(item, "findings", std::move(findings), allocator);
    documents.PushBack(item, allocator);
  }
  json::Set(object, "documents", std::move(documents), allocator);
  if (report.evidence) {
    json::Set(object, "evidence", ToJson(*report.evidence, allocator), allocator);
  }
  return object;
}

std::string ToText(const AdmissionReport& report) {
  std::string text = report.plugin.id.empty() ? Printable(report.folder, kMaxPathText)
                                              : report.plugin.id + " " + report.plugin.version;
  text += ": ";
  text += AdmissionOutcomeName(report.outcome);
  if (report.outcome == AdmissionOutcome::kAdmitted) {
    const std::size_t count = report.components.size();
    text += ", " + std::to_string(count) + (count == 1 ? " component" : " components");
  }
  if (report.quarantine) {
    text += " until " + report.quarantine->next_retry + " or its release";
  }
  if (report.earlier) text += "; unchanged since it was judged at " + report.earlier->at;
  if (!report.stale_version.empty()) {
    text += "; version " + report.stale_version + " stays in service, marked stale";
  }
  text += "\n";
  for (const DocumentFindings& document : report.documents) {
    for (const Finding& finding : document.findings) {
      text += "  " + document.origin + ": " + ToText(finding) + "\n";
    }
  }
  return text;
}

std::size_t AdmitAllReport::Count(AdmissionOutcome outcome) const {
  return static_cast<std::size_t>(
      std::count_if(plugins.begin(), plugins.end(),
                    [&](const AdmissionReport& plugin) { return plugin.outcome == outcome; }));
}

std::string AdmitAllReport::Summary() const {
  std::string text = std::to_string(Count(AdmissionOutcome::kAdmitted)) + " admitted";
  for (const AdmissionOutcome outcome :
       {AdmissionOutcome::kUnchanged, AdmissionOutcome::kRefused, AdmissionOutcome::kQuarantined}) {
    const std::size_t count = Count(outcome);
    if (count > 0) {
      text += ", " + std::to_string(count) + " " + std::string(AdmissionOutcomeName(outcome));
    }
  }
  if (!removed.empty()) text += ", " + std::to_string(removed.size()) + " removed";
  return text + "; " + difference.Summary();
}

json::Value ToJson(const AdmitAllReport& report, json::Allocator& allocator) {
  json::Value object(rapidjson::kObjectType);
  json::Set(object, "snapshot", report.snapshot->id, allocator);
  json::Set(object, "summary", report.Summary(), allocator);
  json::Value counts(rapidjson::kObjectType);
  for (const AdmissionOutcome outcome :
       {AdmissionOutcome::kAdmitted, AdmissionOutcome::kUnchanged, AdmissionOutcome::kRefused,
        AdmissionOutcome::kQuarantined}) {
    json::Set(counts, AdmissionOutcomeName(outcome), report.Count(outcome), allocator);
  }
  json::Set(counts, "removed", report.removed.size(), allocator);
  json::Set(object, "counts", std::move(counts), allocator);
  json::Value plugins(rapidjson::kArrayType);
  for (const AdmissionReport& plugin : report.plugins) {
    if (plugin.outcome == AdmissionOutcome::kUnchanged) continue;
    plugins.PushBack(ToJson(plugin, allocator), allocator);
  }
  json::Set(object, "plugins", std::move(plugins), allocator);
  json::Set(object, "removed", json::StringArray(report.removed, allocator), allocator);
  json::Set(object, "difference", ToJson(report.difference, allocator), allocator);
  if (report.revocations.applied) {
    json::Set(object, "revocations", ToJson(report.revocations, allocator), allocator);
  }
  if (!report.trust_findings.empty()) {
    json::Value findings(rapidjson::kArrayType);
    for (const Finding& finding : report.trust_findings) {
      findings.PushBack(ToJson(finding, allocator), allocator);
    }
    json::Set(object, "trust_findings", std::move(findings), allocator);
  }
  return object;
}

json::Value ToJson(const RevocationEffect& effect, json::Allocator& allocator) {
  json::Value object(rapidjson::kObjectType);
  const auto list = [&](const char* name, const std::vector<std::string>& names) {
    json::Set(object, name, json::StringArray(names, allocator), allocator);
  };
  json::Set(object, "serial", effect.serial, allocator);
  json::Set(object, "applied", effect.applied, allocator);
  list("removed_plugins", effect.removed_plugins);
  list("withheld_components", effect.withheld_components);
  list("restored_components", effect.restored_components);
  json::Set(object, "flagged_answers", effect.flagged_answers, allocator);
  return object;
}

std::string ToText(const RevocationEffect& effect) {
  const auto count = [](std::int64_t number, const char* what) {
    return std::to_string(number) + " " + what + (number == 1 ? "" : "s");
  };
  const auto size = [](const auto& names) { return static_cast<std::int64_t>(names.size()); };
  return "revocations with the serial " + std::to_string(effect.serial) +
         " applied: " + count(size(effect.removed_plugins), "plugin") + " removed, " +
         count(size(effect.withheld_components), "component") + " withheld, " +
         std::to_string(effect.restored_components.size()) + " restored, " +
         count(effect.flagged_answers, "given answer") + " flagged";
}

}  // namespace stackport
