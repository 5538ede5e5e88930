#include "catalog/model/schema_text.h"

#include <gtest/gtest.h>

namespace stackport {
namespace {

std::string Described(const std::string& schema) {
  const auto document = json::Parse(schema, "test");
  EXPECT_TRUE(document.ok()) << schema;
  return DescribeSchema(*document, *document);
}

TEST(DescribeSchema, SaysWhatIsAskedFor) {
  EXPECT_EQ(Described(R"({"type": "string", "minLength": 1, "maxLength": 9})"),
            "text from 1 to 9 characters");
  EXPECT_EQ(Described(R"({"type": "string", "pattern": "^a$"})"), "text of the form ^a$");
  EXPECT_EQ(Described(R"({"type": "integer", "minimum": 1})"), "a whole number of at least 1");
  EXPECT_EQ(Described(R"({"enum": ["a", "b"]})"), "one of a, b");
  EXPECT_EQ(Described(R"({"const": "x"})"), "exactly \"x\"");
  EXPECT_EQ(Described(R"({"type": "array", "maxItems": 4})"), "a list of at most 4 elements");
  EXPECT_EQ(Described(R"({"type": "object", "required": ["a", "b"]})"),
            "an object with the members a, b");
  EXPECT_EQ(Described(R"({"type": "boolean", "description": "Yes."})"), "true or false (Yes.)");
  EXPECT_EQ(Described(R"({"oneOf": [{"type": "number"}, {"type": "boolean"}]})"),
            "exactly one of: a number; or true or false");
  EXPECT_EQ(Described(R"({"$ref": "#/definitions/d", "definitions": {"d": {"const": 1}}})"),
            "exactly 1");
  EXPECT_EQ(Described(R"({"$ref": "#/definitions/missing"})"), "a value the schema allows");
}

TEST(DescribeValue, SaysWhatIsThere) {
  const auto document = json::Parse(R"(["a\u0007", [1, 2], {"x": 1}, 0.5, true, null])", "test");
  ASSERT_TRUE(document.ok());
  const auto& list = *document;
  EXPECT_EQ(DescribeValue(list[0]), "'a\\x07'");
  EXPECT_EQ(DescribeValue(list[1]), "a list of 2 elements");
  EXPECT_EQ(DescribeValue(list[2]), "an object of 1 member");
  EXPECT_EQ(DescribeValue(list[3]), "0.5");
  EXPECT_EQ(DescribeValue(list[5]), "null");
}

}  // namespace
}  // namespace stackport
