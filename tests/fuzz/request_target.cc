#include "catalog/countries/country_index.h"
#include "catalog/match/request.h"
#include "catalog/model/registry.h"
#include "tests/fuzz/targets.h"

namespace stackport::fuzz {

void JudgeRequest(std::string_view bytes) {
  const auto document = json::Parse(bytes, "request");
  if (!document) {
    PromiseShowable(document.error().message);
    return;
  }
  const auto parse = [](const json::Value& value) {
    return match::ParseRequest(value, Registry::Builtin(), CountryIndex::Builtin());
  };
  const match::ParsedRequest parsed = parse(*document);
  PromiseFindings(parsed.findings);
  Promise(parsed.request.has_value() != HasErrors(parsed.findings),
          "a request is there when no finding is an error, and only then");
  if (!parsed.request) return;

  // Every result repeats the effective request, and somebody sends it again.
  const auto effective = [](const match::Request& request) {
    json::Document whole;
    const json::Value value = match::EffectiveRequestJson(request, whole.GetAllocator());
    return json::Write(value);
  };
  const std::string text = effective(*parsed.request);
  const auto again_document = json::Parse(text, "effective request");
  Promise(again_document.ok(), "the effective request is JSON");
  const match::ParsedRequest again = parse(*again_document);
  Promise(again.request.has_value(), "the effective request is accepted");
  Promise(effective(*again.request) == text, "the effective request parses back to itself");
}

}  // namespace stackport::fuzz
