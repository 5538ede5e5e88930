// Writing, member access and building; parsing is in json_test.cc.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "catalog/base/json.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

json::Document Parsed(std::string_view text) {
  auto document = json::Parse(text, "test");
  EXPECT_TRUE(document.ok()) << text;
  return document.ok() ? *std::move(document) : json::Document();
}

TEST(JsonWrite, CanonicalTextDoesNotDependOnMemberOrderOrSpace) {
  const std::string canonical = R"({"B":1,"a":{"x":[],"y":[3,1,2]},"é":null})";
  EXPECT_EQ(json::WriteCanonical(Parsed(R"({"é": null, "a": {"y": [3, 1, 2], "x": []}, "B": 1})")),
            canonical);
  EXPECT_EQ(json::WriteCanonical(Parsed(R"( {"B":1, "a":{"x":[ ],"y":[3,1,2]},"\u00e9":null})")),
            canonical);
}

TEST(JsonWrite, CanonicalOrderIsBytewise) {
  EXPECT_EQ(json::WriteCanonical(Parsed(R"({"b":1,"a~":2,"a":3,"Z":4,"":5})")),
            R"({"":5,"Z":4,"a":3,"a~":2,"b":1})");
}

TEST(JsonWrite, NumbersComeBackAsTheyWere) {
  EXPECT_EQ(json::WriteCanonical(Parsed("[0,-1,9223372036854775807,18446744073709551615]")),
            "[0,-1,9223372036854775807,18446744073709551615]");
  for (const double number : {0.1, 1.0 / 3.0, 6.02214076e23, 5e-324, 1.7976931348623157e308}) {
    const json::Document again = Parsed(json::WriteCanonical(json::Value(number)));
    EXPECT_EQ(again.GetDouble(), number);
  }
}

TEST(JsonWrite, ANumberJsonCannotHoldBecomesNull) {
  EXPECT_EQ(json::Write(json::Value(std::nan(""))), "null");
  EXPECT_EQ(json::Write(json::Value(std::numeric_limits<double>::infinity())), "null");
}

TEST(JsonWrite, PrettyTextIndentsByTwo) {
  EXPECT_EQ(json::WritePretty(Parsed(R"({"b":[1],"a":{}})")),
            "{\n  \"b\": [\n    1\n  ],\n  \"a\": {}\n}");
}

// RapidJSON's own writer recurses and overflows the stack here.
TEST(JsonWrite, WritesAMillionNestedArrays) {
  constexpr std::size_t kDepth = 1'000'000;
  const std::string text = std::string(kDepth, '[') + std::string(kDepth, ']');
  const json::Limits limits = {.max_bytes = 4 * kDepth, .max_depth = kDepth, .max_values = kDepth};
  const auto document = json::Parse(text, "test", limits);
  ASSERT_TRUE(document.ok());
  EXPECT_TRUE(json::WriteCanonical(*document) == text);
}

TEST(JsonAccess, NeverFaultsOnTheWrongType) {
  const json::Document object = Parsed(R"({"text":"t","number":7,"flag":true,"half":0.5})");
  EXPECT_EQ(json::Find(object, "missing"), nullptr);
  EXPECT_EQ(json::Find(json::Value(3), "text"), nullptr);
  EXPECT_EQ(json::Find(object, std::string_view()), nullptr);
  EXPECT_EQ(json::StringOr(object, "text", "f"), "t");
  EXPECT_EQ(json::StringOr(object, "number", "f"), "f");
  EXPECT_EQ(json::IntOr(object, "number", -1), 7);
  EXPECT_EQ(json::IntOr(object, "half", -1), -1);
  EXPECT_EQ(json::BoolOr(object, "flag", false), true);
  EXPECT_EQ(json::BoolOr(object, "text", false), false);
}

TEST(JsonAccess, ASingleStringIsAListOfOne) {
  EXPECT_THAT(json::Strings(Parsed(R"("one")")), ElementsAre("one"));
  EXPECT_THAT(json::Strings(Parsed(R"(["a", 1, "b"])")), ElementsAre("a", "b"));
  EXPECT_THAT(json::Strings(Parsed("7")), IsEmpty());
}

TEST(JsonPointer, EscapesTildeAndSlash) {
  EXPECT_EQ(json::PointerPush("/facts", "a/b~c"), "/facts/a~1b~0c");
  EXPECT_EQ(json::PointerPush("", std::size_t{3}), "/3");
}

TEST(JsonBuild, SetReplacesWhatIsThere) {
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  json::Set(document, "a", 1, allocator);
  json::Set(document, "b", "text", allocator);
  json::Set(document, "a", true, allocator);
  json::Set(document, "c", std::int64_t{-5}, allocator);
  json::Set(document, "d", std::size_t{5}, allocator);
  json::Set(document, "e", 0.5, allocator);
  json::Set(document, "f", json::StringArray({"x", "y"}, allocator), allocator);
  json::Set(document, "g", std::string_view(), allocator);
  EXPECT_EQ(json::Write(document),
            R"({"a":true,"b":"text","c":-5,"d":5,"e":0.5,"f":["x","y"],"g":""})");
}

TEST(JsonBuild, CopiesTheTextItIsGiven) {
  json::Document document(rapidjson::kObjectType);
  {
    std::string name = "temporary name that is longer than any small buffer";
    json::Set(document, name, name, document.GetAllocator());
    name.assign(name.size(), '#');
  }
  EXPECT_EQ(json::StringOr(document, "temporary name that is longer than any small buffer", ""),
            "temporary name that is longer than any small buffer");
}

}  // namespace
}  // namespace stackport
