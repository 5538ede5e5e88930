#include "catalog/base/findings.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

namespace stackport {
namespace {

std::string_view SeverityName(Severity severity) {
  switch (severity) {
    case Severity::kError:
      return "error";
    case Severity::kWarning:
      return "warning";
  }
  return "error";
}

// One sentence of ToText: a space before it, a full stop after it unless it has its own.
void AppendSentence(std::string& line, std::string_view lead, std::string_view sentence) {
  if (sentence.empty()) return;
  line += ' ';
  line += lead;
  line += sentence;
  if (sentence.back() != '.' && sentence.back() != '?') line += '.';
}

}  // namespace

bool HasErrors(const std::vector<Finding>& findings) {
  return std::any_of(findings.begin(), findings.end(),
                     [](const Finding& f) { return f.severity == Severity::kError; });
}

json::Value ToJson(const Finding& finding, json::Allocator& allocator) {
  json::Value object(rapidjson::kObjectType);
  json::Set(object, "severity", SeverityName(finding.severity), allocator);
  json::Set(object, "code", finding.code, allocator);
  json::Set(object, "pointer", finding.pointer, allocator);
  json::Set(object, "message", finding.message, allocator);
  json::Set(object, "expected", finding.expected, allocator);
  json::Set(object, "remedy", finding.remedy, allocator);
  return object;
}

std::string ToText(const Finding& finding) {
  std::string line = fmt::format("{} at {}:", SeverityName(finding.severity),
                                 finding.pointer.empty() ? "the document" : finding.pointer);
  AppendSentence(line, "", finding.message);
  AppendSentence(line, "Expected: ", finding.expected);
  AppendSentence(line, "Mend: ", finding.remedy);
  return line;
}

}  // namespace stackport
