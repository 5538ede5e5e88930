// Short documents for the tests of the component parser.
#ifndef STACKPORT_TESTS_CATALOG_MODEL_PARSING_H_
#define STACKPORT_TESTS_CATALOG_MODEL_PARSING_H_

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "catalog/model/component_parser.h"

namespace stackport {

// A document of `kind` with `members` (each with a leading comma) added.
inline std::string Document(std::string_view members, std::string_view kind = "accelerator") {
  return R"({"schema": "stackport.component/1", "id": "acme/one", "name": "One", "kind": ")" +
         std::string(kind) + R"(", "summary": "A test component.")" + std::string(members) + "}";
}

// A document with one fact; `value` is everything before the source.
inline std::string FactDocument(std::string_view name, std::string_view value) {
  return Document(R"(, "facts": {")" + std::string(name) + R"(": {)" + std::string(value) +
                  R"(, "source": "data sheet", "as_of": "2025-01"}})");
}

inline ParsedComponent Parse(std::string_view text, std::string_view vendor = "acme") {
  return ParseComponent(text, vendor, Registry::Builtin());
}

// The component of a document that must be good, without even a warning.
inline Component Good(std::string_view text) {
  ParsedComponent parsed = Parse(text);
  for (const Finding& finding : parsed.findings) ADD_FAILURE() << ToText(finding);
  EXPECT_TRUE(parsed.component.has_value());
  return parsed.component.value_or(Component());
}

// The one finding of a document that must have exactly one.
inline Finding Only(const ParsedComponent& parsed) {
  EXPECT_EQ(parsed.findings.size(), 1u);
  for (const Finding& finding : parsed.findings) {
    EXPECT_FALSE(finding.message.empty());
    EXPECT_FALSE(finding.expected.empty()) << finding.message;
    EXPECT_FALSE(finding.remedy.empty()) << finding.message;
    if (parsed.findings.size() != 1) ADD_FAILURE() << ToText(finding);
  }
  return parsed.findings.empty() ? Finding{} : parsed.findings[0];
}

// The one finding of a document that must be refused.
inline Finding Refusal(std::string_view text) {
  const ParsedComponent parsed = Parse(text);
  EXPECT_FALSE(parsed.component.has_value()) << text;
  const Finding finding = Only(parsed);
  EXPECT_EQ(finding.severity, Severity::kError);
  return finding;
}

// The one finding of a document that must be taken with a warning.
inline Finding Warning(std::string_view text) {
  const ParsedComponent parsed = Parse(text);
  EXPECT_TRUE(parsed.component.has_value()) << text;
  const Finding finding = Only(parsed);
  EXPECT_EQ(finding.severity, Severity::kWarning);
  return finding;
}

}  // namespace stackport

#endif  // STACKPORT_TESTS_CATALOG_MODEL_PARSING_H_
