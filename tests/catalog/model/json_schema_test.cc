#include "catalog/model/json_schema.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/model/finding_sink.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;

std::vector<Finding> Check(const std::string& schema, const std::string& document) {
  const auto compiled = JsonSchema::Compile(schema, "test schema");
  const auto value = json::Parse(document, "test");
  EXPECT_TRUE(compiled.ok() && value.ok());
  return compiled->Check(*value);
}

// The one finding for a document that must have exactly one.
Finding Only(const std::string& schema, const std::string& document) {
  const auto findings = Check(schema, document);
  for (const Finding& finding : findings) {
    if (findings.size() != 1) ADD_FAILURE() << ToText(finding);
  }
  EXPECT_EQ(findings.size(), 1u) << document;
  return findings.empty() ? Finding{} : findings[0];
}

constexpr const char* kPerson = R"({
  "type": "object", "additionalProperties": false, "required": ["name"],
  "properties": {
    "name": {"type": "string", "maxLength": 5, "pattern": "^[a-z]+$"},
    "age": {"type": "integer", "minimum": 0, "maximum": 150},
    "kind": {"enum": ["human", "other"]},
    "tags": {"type": "array", "maxItems": 2, "items": {"type": "string"}}
  }})";

TEST(JsonSchema, HasNothingToSayOfAGoodDocument) {
  EXPECT_TRUE(Check(kPerson, R"({"name": "ann", "age": 7, "tags": ["a"]})").empty());
}

TEST(JsonSchema, NamesThePlaceAndTheExpectationOfEachFault) {
  Finding finding = Only(kPerson, R"({"age": 7})");
  EXPECT_EQ(finding.code, "schema_required");
  EXPECT_EQ(finding.pointer, "");
  EXPECT_THAT(finding.message, HasSubstr("'name' is missing"));

  finding = Only(kPerson, R"({"name": "ann", "agee": 7})");
  EXPECT_EQ(finding.code, "schema_unknown_member");
  EXPECT_EQ(finding.pointer, "/agee");
  EXPECT_THAT(finding.message, HasSubstr("did you mean 'age'?"));

  finding = Only(kPerson, R"({"name": "ann", "age": "7"})");
  EXPECT_EQ(finding.code, "schema_type");
  EXPECT_EQ(finding.pointer, "/age");
  EXPECT_EQ(finding.message, "found '7'");
  EXPECT_EQ(finding.expected, "a whole number from 0 to 150");

  finding = Only(kPerson, R"({"name": "ann", "age": 151})");
  EXPECT_EQ(finding.code, "schema_range");

  finding = Only(kPerson, R"({"name": "ann", "kind": "robot"})");
  EXPECT_EQ(finding.code, "schema_value");
  EXPECT_EQ(finding.expected, "one of human, other");

  finding = Only(kPerson, R"({"name": "ANN"})");
  EXPECT_EQ(finding.code, "schema_pattern");

  finding = Only(kPerson, R"({"name": "annabel"})");
  EXPECT_EQ(finding.code, "schema_length");

  finding = Only(kPerson, R"({"name": "ann", "tags": ["a", "b", "c"]})");
  EXPECT_EQ(finding.pointer, "/tags");
  EXPECT_EQ(finding.expected, "a list of at most 2 elements");

  finding = Only(kPerson, R"({"name": "ann", "tags": ["a", 2]})");
  EXPECT_EQ(finding.pointer, "/tags/1");
}

TEST(JsonSchema, ReportsSeveralFaultsAtOnce) {
  EXPECT_EQ(Check(kPerson, R"({"age": -1, "kind": 3, "other": 1})").size(), 4u);
}

// Of two alternatives only the one that was meant is spoken of.
TEST(JsonSchema, JudgesByTheAlternativeThatWasMeant) {
  const std::string schema = R"({"type": "object", "additionalProperties": {"oneOf": [
      {"type": "object", "additionalProperties": false, "required": ["value", "source"],
       "properties": {"value": {"type": "number"}, "source": {"type": "string"}}},
      {"type": "object", "additionalProperties": false, "required": ["unknown"],
       "properties": {"unknown": {"type": "string"}}}]}})";
  EXPECT_TRUE(
      Check(schema, R"({"a": {"value": 1, "source": "s"}, "b": {"unknown": "w"}})").empty());
  Finding finding = Only(schema, R"({"a": {"value": 1}})");
  EXPECT_EQ(finding.code, "schema_required");
  EXPECT_EQ(finding.pointer, "/a");
  EXPECT_THAT(finding.message, HasSubstr("'source'"));
  finding = Only(schema, R"({"a": {"unknown": 7}})");
  EXPECT_EQ(finding.pointer, "/a/unknown");
}

TEST(JsonSchema, DescribesScalarAlternatives) {
  const Finding finding =
      Only(R"({"properties": {"n": {"oneOf": [{"type": "number"}, {"type": "string"}]}}})",
           R"({"n": []})");
  EXPECT_EQ(finding.code, "schema_choice");
  EXPECT_EQ(finding.pointer, "/n");
  EXPECT_EQ(finding.expected, "exactly one of: a number; or text");
}

TEST(JsonSchema, JudgesMemberNames) {
  const Finding finding =
      Only(R"({"properties": {"f": {"propertyNames": {"pattern": "^[a-z]+$"}}}})",
           R"({"f": {"good": 1, "Bad/name": 2}})");
  EXPECT_EQ(finding.code, "schema_name");
  EXPECT_EQ(finding.pointer, "/f/Bad~1name");
}

TEST(JsonSchema, StopsAtTheLimitOfFindings) {
  std::string list = "[0";
  for (std::size_t i = 1; i < kMaxFindings; ++i) list += ",0";
  const std::string schema = R"({"type": "array", "items": {"type": "string"}})";
  EXPECT_EQ(Check(schema, list + "]").size(), kMaxFindings);
  EXPECT_EQ(Check(schema, list + ",0]").size(), kMaxFindings);
}

// std::regex overflows the stack on long texts; the limit must come first.
TEST(JsonSchema, RefusesLongTextBeforeAPatternIsTried) {
  const std::string schema = R"({"type": "string", "pattern": "^(a|b)*$"})";
  EXPECT_TRUE(Check(schema, '"' + std::string(4096, 'a') + '"').empty());
  EXPECT_EQ(Only(schema, '"' + std::string(4097, 'a') + '"').code, "limit");
  EXPECT_EQ(Only(schema, '"' + std::string(900'000, 'a') + '"').code, "limit");
}

TEST(JsonSchema, RefusesASchemaThatIsNone) {
  EXPECT_FALSE(JsonSchema::Compile("[", "broken").ok());
  EXPECT_FALSE(JsonSchema::Compile(R"({"type": 7})", "wrong").ok());
  EXPECT_FALSE(JsonSchema::Compile(R"({"$ref": "#/definitions/missing"})", "dangling").ok());
}

}  // namespace
}  // namespace stackport
