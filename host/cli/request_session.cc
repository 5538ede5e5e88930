#include "host/cli/request_session.h"

#include <algorithm>

#include "catalog/base/text.h"
#include "catalog/countries/country_index.h"
#include "catalog/model/registry.h"
#include "host/cli/figures_text.h"
#include "host/cli/findings_text.h"

namespace stackport::cli {
namespace {

void PrintRequestFindings(Session& session, const RequestFlags& flags,
                          const std::vector<Finding>& findings, bool as_json) {
  const auto problems = static_cast<std::int64_t>(findings.size());
  session.err() << "stackport: the request has " << Count(problems, "problem") << "\n";
  PrintFindings(session.err(), session.error_style(), findings,
                flags.file.empty() ? RequestFlags::FlagOf : nullptr);
  if (!as_json) return;
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  json::Value error(rapidjson::kObjectType);
  json::Set(error, "code", ErrorCodeName(ErrorCode::kInvalidArgument), allocator);
  json::Set(error, "message", "the request has problems", allocator);
  json::Value list(rapidjson::kArrayType);
  for (const Finding& finding : findings) list.PushBack(ToJson(finding, allocator), allocator);
  json::Set(error, "findings", std::move(list), allocator);
  json::Set(document, "error", std::move(error), allocator);
  session.PrintJson(document);
}

// Names in pins and bans that the catalog does not have: a misspelt ban would silently do nothing.
std::vector<Finding> UnknownNames(const match::Request& request, const CatalogSnapshot& snapshot) {
  std::vector<std::string> components, vendors;
  for (const Component& component : snapshot.components) components.push_back(component.id);
  for (const auto& [id, vendor] : snapshot.vendors) vendors.push_back(id);
  std::vector<Finding> findings;
  const auto check = [&](const std::vector<std::string>& names,
                         const std::vector<std::string>& known, const char* pointer,
                         const char* what, const char* list) {
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (std::find(known.begin(), known.end(), names[i]) != known.end()) continue;
      const std::string near = NearestName(names[i], known);
      findings.push_back(
          {Severity::kError, std::string("unknown_") + what, json::PointerPush(pointer, i),
           "the catalog has no " + std::string(what) + " " + Quoted(names[i]),
           std::string("a ") + what + " of the catalog",
           near.empty() ? "see `" + std::string(list) + "`" : "did you mean '" + near + "'?"});
    }
  };
  check(request.pinned_components, components, "/pin/components", "component",
        "stackport components");
  check(request.banned_components, components, "/ban/components", "component",
        "stackport components");
  check(request.pinned_vendors, vendors, "/pin/vendors", "vendor", "stackport vendors");
  check(request.banned_vendors, vendors, "/ban/vendors", "vendor", "stackport vendors");
  return findings;
}

}  // namespace

Result<AskedRequest> AskRequest(Session& session, const RequestFlags& flags, bool as_json) {
  const CountryIndex& countries = CountryIndex::Builtin();
  auto document = flags.Build(session.environment().in);
  if (!document) return document.error();
  match::ParsedRequest parsed = match::ParseRequest(*document, Registry::Builtin(), countries);
  AskedRequest asked;
  if (!parsed.request) {
    PrintRequestFindings(session, flags, parsed.findings, as_json);
    return asked;
  }
  auto application = session.OpenCatalog();
  if (!application) return application.error();
  asked.application = *std::move(application);
  const SnapshotPtr snapshot = asked.application->snapshot();
  const std::vector<Finding> unknown = UnknownNames(*parsed.request, *snapshot);
  if (!unknown.empty()) {
    PrintRequestFindings(session, flags, unknown, as_json);
    return asked;
  }
  asked.matcher = std::make_unique<match::Matcher>(snapshot, countries);
  asked.request = std::move(parsed.request);
  return asked;
}

}  // namespace stackport::cli
