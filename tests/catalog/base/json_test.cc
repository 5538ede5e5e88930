#include "catalog/base/json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <limits>

#include "catalog/base/text.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;

// The error of a text that must be refused.
Error Refused(std::string_view text, const json::Limits& limits = {}) {
  const auto document = json::Parse(text, "request body", limits);
  EXPECT_FALSE(document.ok()) << Printable(text);
  return document.ok() ? Error{} : document.error();
}

TEST(JsonParse, ReadsEveryKindOfValue) {
  const auto document = json::Parse(R"( {"a": [1, -2.5, "é", true, null]} )", "test");
  ASSERT_TRUE(document.ok());
  EXPECT_EQ(json::Write(*document), R"({"a":[1,-2.5,"é",true,null]})");
}

TEST(JsonParse, SaysWhereAndWhatWasExpected) {
  const Error error = Refused("{\n  \"é\": 1,\n  \"b\" 2\n}");
  EXPECT_EQ(error.code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(error.context, "request body");
  EXPECT_THAT(error.message, HasSubstr("line 3, column 7"));
  EXPECT_THAT(error.message, HasSubstr("expected ':'"));
}

TEST(JsonParse, CountsColumnsInCharacters) {
  EXPECT_THAT(Refused("[\"日本\" 1]").message, HasSubstr("line 1, column 7"));
}

TEST(JsonParse, ExplainsCommonSlips) {
  EXPECT_THAT(Refused("").message, HasSubstr("the text is empty"));
  EXPECT_THAT(Refused("{} {}").message, HasSubstr("text follows"));
  EXPECT_THAT(Refused("{'a': 1}").message, HasSubstr("member name in double quotes"));
  EXPECT_THAT(Refused("{\"a\": 1,}").message, HasSubstr("no comma after the last member"));
  EXPECT_THAT(Refused("[NaN]").message, HasSubstr("expected a JSON value"));
  EXPECT_THAT(Refused("[Infinity]").message, HasSubstr("expected a JSON value"));
  EXPECT_THAT(Refused("[1e999]").message, HasSubstr("range of a double"));
  EXPECT_THAT(Refused("[\"a").message, HasSubstr("does not end"));
}

TEST(JsonParse, RefusesDuplicateNamesAtAnyDepthButNotInSiblings) {
  EXPECT_THAT(Refused(R"({"a": 1, "b": 2, "a": 3})").message, HasSubstr("'a' appears twice"));
  EXPECT_THAT(Refused(R"([{"x": {"a": 1, "\u0061": 2}}])").message, HasSubstr("'a' appears twice"));
  EXPECT_TRUE(json::Parse(R"([{"a": {"a": 1}}, {"a": 2}])", "test").ok());
}

TEST(JsonParse, RefusesInvalidUtf8) {
  EXPECT_THAT(Refused("[\"\xff\"]").message, HasSubstr("not valid UTF-8"));
  EXPECT_THAT(Refused("[\"\xc0\xaf\"]").message, HasSubstr("not valid UTF-8"));
  EXPECT_THAT(Refused("[\"\xed\xa0\x80\"]").message, HasSubstr("not valid UTF-8"));
  EXPECT_THAT(Refused("{\"\xff\": 1}").message, HasSubstr("not valid UTF-8"));
}

// RapidJSON 1.1 accepts the second and third form and makes invalid UTF-8 of them.
TEST(JsonParse, RefusesHalfASurrogatePair) {
  EXPECT_THAT(Refused(R"(["\ud800"])").message, HasSubstr("surrogate"));
  EXPECT_THAT(Refused(R"(["\udc00"])").message, HasSubstr("surrogate"));
  EXPECT_THAT(Refused(R"({"\udfff": 1})").message, HasSubstr("surrogate"));
  EXPECT_TRUE(json::Parse(R"(["\ud83c\udf0d"])", "test").ok());
}

TEST(JsonParse, NamesAByteOrderMark) {
  EXPECT_THAT(Refused("\xEF\xBB\xBF{}").message, HasSubstr("byte order mark"));
}

// RapidJSON takes a zero byte for the end, and would not see the rest.
TEST(JsonParse, RefusesAZeroByte) {
  EXPECT_THAT(Refused(std::string_view("{}\0evil", 7)).message, HasSubstr("column 3: a zero byte"));
  EXPECT_THAT(Refused(std::string_view("[\"a\0b\"]", 7)).message, HasSubstr("a zero byte"));
}

TEST(JsonParse, EnforcesSizeAtTheLimitAndOnePast) {
  const json::Limits limits = {.max_bytes = 4};
  EXPECT_TRUE(json::Parse("1234", "test", limits).ok());
  const Error error = Refused("12345", limits);
  EXPECT_EQ(error.code, ErrorCode::kResourceLimit);
  EXPECT_THAT(error.message, HasSubstr("5 bytes, more than the limit of 4"));
}

TEST(JsonParse, EnforcesDepthAtTheLimitAndOnePast) {
  const json::Limits limits = {.max_depth = 3};
  EXPECT_TRUE(json::Parse(R"([{"a": []}])", "test", limits).ok());
  const Error error = Refused(R"([{"a": [[]]}])", limits);
  EXPECT_EQ(error.code, ErrorCode::kResourceLimit);
  EXPECT_THAT(error.message, HasSubstr("nested deeper than 3"));
}

TEST(JsonParse, EnforcesTheNumberOfValuesAtTheLimitAndOnePast) {
  const json::Limits limits = {.max_values = 4};
  EXPECT_TRUE(json::Parse("[1,2,3]", "test", limits).ok());
  EXPECT_EQ(Refused("[1,2,3,4]", limits).code, ErrorCode::kResourceLimit);
  EXPECT_EQ(Refused("[1,2,3,[]]", limits).code, ErrorCode::kResourceLimit);
}

// Nesting must cost heap at most, never stack.
TEST(JsonParse, SurvivesAMillionOpenBrackets) {
  EXPECT_EQ(Refused(std::string(1'000'000, '[')).code, ErrorCode::kResourceLimit);
  const json::Limits deep = {
      .max_bytes = 4'000'000, .max_depth = 2'000'000, .max_values = 4'000'000};
  EXPECT_EQ(Refused(std::string(1'000'000, '['), deep).code, ErrorCode::kInvalidArgument);
}

TEST(JsonParse, ReadsVeryLongNumbers) {
  const std::string digits(10'000, '7');
  EXPECT_FALSE(json::Parse("[" + digits + "]", "test").ok());
  const auto small = json::Parse("[0." + digits + "]", "test");
  ASSERT_TRUE(small.ok());
  EXPECT_DOUBLE_EQ((*small)[0].GetDouble(), 7.0 / 9.0);
  EXPECT_TRUE(json::Parse("[1e-99999999999]", "test").ok());
  EXPECT_FALSE(json::Parse("[1e99999999999]", "test").ok());
}

TEST(JsonParse, EscapesTheOriginAndTheNamesItCites) {
  const auto document = json::Parse("{\"\\u001b\": 1, \"\\u001b\": 2}", "evil\nname");
  ASSERT_FALSE(document.ok());
  EXPECT_EQ(document.error().context, "evil\\x0aname");
  EXPECT_THAT(document.error().message, HasSubstr("'\\x1b' appears twice"));
}

class JsonParseFile : public ::testing::Test {
 protected:
  JsonParseFile() { std::filesystem::create_directories(folder_); }
  ~JsonParseFile() override { std::filesystem::remove_all(folder_); }

  std::string Write(const std::string& name, std::string_view text) {
    const std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  const std::filesystem::path folder_ =
      std::filesystem::path(::testing::TempDir()) / "stackport_json_test";
};

TEST_F(JsonParseFile, ReadsAFileAndNamesItInErrors) {
  const auto good = json::ParseFile(Write("good.json", "[1]"));
  ASSERT_TRUE(good.ok());
  const std::string path = Write("bad.json", "[1");
  const auto bad = json::ParseFile(path);
  ASSERT_FALSE(bad.ok());
  EXPECT_EQ(bad.error().context, path);
}

TEST_F(JsonParseFile, RefusesAFileOnePastTheLimit) {
  const json::Limits limits = {.max_bytes = 3};
  EXPECT_TRUE(json::ParseFile(Write("at.json", "123"), limits).ok());
  const auto past = json::ParseFile(Write("past.json", "1234"), limits);
  ASSERT_FALSE(past.ok());
  EXPECT_EQ(past.error().code, ErrorCode::kResourceLimit);
}

TEST_F(JsonParseFile, RefusesWhatIsNoFile) {
  const auto missing = json::ParseFile(folder_ / "missing.json");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
  const auto folder = json::ParseFile(folder_);
  ASSERT_FALSE(folder.ok());
  EXPECT_EQ(folder.error().code, ErrorCode::kInvalidArgument);
}

TEST(Json, NumbersHaveTheValueThatIsWritten) {
  const auto document = json::Parse(
      R"([0.00000000000000000000000000000, 0.000000000000000000000000000000000000000000001, 1e-400,
          -0, 9223372036854775807, 9223372036854775808, -9223372036854775808, 0.1, 1.5e3])",
      "numbers");
  ASSERT_TRUE(document.ok()) << document.error().ToString();
  const json::Value& list = *document;
  EXPECT_EQ(list[0].GetDouble(), 0.0);
  EXPECT_EQ(list[1].GetDouble(), 1e-45);
  EXPECT_EQ(list[2].GetDouble(), 0.0);
  EXPECT_EQ(list[3].GetInt64(), 0);
  EXPECT_EQ(list[4].GetInt64(), std::numeric_limits<std::int64_t>::max());
  EXPECT_FALSE(list[5].IsInt64());
  EXPECT_EQ(list[5].GetUint64(), 9223372036854775808U);
  EXPECT_EQ(list[6].GetInt64(), std::numeric_limits<std::int64_t>::min());
  EXPECT_EQ(list[7].GetDouble(), 0.1);
  EXPECT_EQ(list[8].GetDouble(), 1500.0);
  EXPECT_FALSE(json::Parse("[1e309]", "numbers").ok());
}

}  // namespace
}  // namespace stackport
