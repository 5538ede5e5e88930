#include <utility>

#include "catalog/base/text.h"
#include "host/admission/admission.h"

namespace stackport {
namespace {

// A folder's path is the operator's own, and worth reading in full.
constexpr std::size_t kMaxPathText = 400;

std::string_view TrustName(PluginTrust trust) {
  switch (trust) {
    case PluginTrust::kSigned:
      return "signed";
    case PluginTrust::kUnsignedTrustedFolder:
      return "unsigned_trusted_folder";
  }
  return "unsigned_trusted_folder";
}

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
    json::Set(object, "trust", TrustName(report.plugin.trust), allocator);
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

}  // namespace stackport
