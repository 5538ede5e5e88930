#include "catalog/programme/verdict.h"

#include <utility>

namespace stackport {

std::string_view ConfidenceMark(Confidence confidence) {
  switch (confidence) {
    case Confidence::kPrimary:
      return "P";
    case Confidence::kSecondary:
      return "S";
    case Confidence::kInference:
      return "I";
    case Confidence::kUnconfirmed:
      return "U";
  }
  return "U";
}

json::Value ToJson(const RuleVerdict& verdict, json::Allocator& allocator) {
  json::Value object(rapidjson::kObjectType);
  json::Set(object, "rule", std::string_view(verdict.rule), allocator);
  json::Set(object, "holds", TruthName(verdict.holds), allocator);
  json::Set(object, "explanation", std::string_view(verdict.explanation), allocator);
  json::Value sources(rapidjson::kArrayType);
  for (const RuleSource& source : verdict.sources) {
    json::Value entry(rapidjson::kObjectType);
    json::Set(entry, "source", std::string_view(source.address), allocator);
    json::Set(entry, "as_of", std::string_view(source.as_of), allocator);
    sources.PushBack(std::move(entry), allocator);
  }
  json::Set(object, "sources", std::move(sources), allocator);
  json::Set(object, "confidence", ConfidenceMark(verdict.confidence), allocator);
  if (!verdict.open_questions.empty()) {
    json::Set(object, "open_questions", json::StringArray(verdict.open_questions, allocator),
              allocator);
  }
  return object;
}

}  // namespace stackport
