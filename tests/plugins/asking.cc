#include "tests/plugins/asking.h"

#include <gtest/gtest.h>

#include "catalog/match/compiler.h"
#include "catalog/match/matcher.h"
#include "catalog/match/wording.h"
#include "tests/plugins/bundled_catalog.h"

namespace stackport {

using json::Value;

namespace {

json::Document Parsed(const std::string& text) {
  auto document = json::Parse(text, "request");
  if (document) return *std::move(document);
  ADD_FAILURE() << document.error().ToString();
  return json::Document(rapidjson::kObjectType);
}

json::Document OrFailure(Result<json::Document> result) {
  if (result) return *std::move(result);
  ADD_FAILURE() << result.error().ToString();
  return json::Document(rapidjson::kObjectType);
}

match::Matcher BundledMatcher() {
  return match::Matcher(BundledCatalog(), CountryIndex::Builtin());
}

}  // namespace

std::string Text(const Value& value, const char* name) {
  return std::string(json::StringOr(value, name, ""));
}

match::Request ReadRequest(const Value& document) {
  match::ParsedRequest parsed =
      match::ParseRequest(document, Registry::Builtin(), CountryIndex::Builtin());
  for (const Finding& finding : parsed.findings) ADD_FAILURE() << ToText(finding);
  return std::move(parsed.request).value_or(match::Request{});
}

match::Request ReadRequest(const std::string& text) {
  return ReadRequest(Parsed(text));
}

json::Document Answer(const Value& document) {
  return OrFailure(BundledMatcher().Match(ReadRequest(document)));
}

json::Document Answer(const std::string& text) {
  return Answer(Parsed(text));
}

json::Document Explain(const std::string& text, const std::string& component) {
  return OrFailure(BundledMatcher().Explain(ReadRequest(text), component));
}

std::string WhyLeftOut(const std::string& text, const std::string& component) {
  const json::Document explained = Explain(text, component);
  const Value* exclusion = json::Find(explained, "exclusion");
  return exclusion == nullptr ? "" : Text(*exclusion, "reason");
}

std::map<std::string, std::string> LeftOut(const std::string& text) {
  static const match::PreparedCatalog prepared(BundledCatalog());
  std::map<std::string, std::string> reasons;
  const CountryIndex& countries = CountryIndex::Builtin();
  const match::Request request = ReadRequest(text);
  const auto compiled = match::Compile(prepared, countries, request);
  EXPECT_TRUE(compiled.ok());
  if (!compiled) return reasons;
  const match::Wording wording(prepared, countries, request, *compiled);
  for (const match::LeftOut& left_out :
       match::FindLeftOut(prepared, countries, request, *compiled)) {
    const match::Exclusion exclusion = wording.Of(left_out);
    reasons[exclusion.component] = exclusion.reason + ": " + exclusion.text;
  }
  return reasons;
}

const Value* PartOfKind(const Value& candidate, const std::string& kind) {
  for (const Value& part : json::Find(candidate, "parts")->GetArray()) {
    if (Text(part, "kind") == kind) return &part;
  }
  return nullptr;
}

std::set<std::string> ComponentsOf(const Value& candidate) {
  std::set<std::string> ids;
  for (const Value& part : json::Find(candidate, "parts")->GetArray()) {
    ids.insert(Text(part, "component"));
  }
  return ids;
}

}  // namespace stackport
