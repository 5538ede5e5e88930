#include "catalog/model/document_limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackport {
namespace {

using ::testing::HasSubstr;

std::optional<Finding> Check(const std::string& text, const DocumentLimits& limits) {
  const auto document = json::Parse(text, "test");
  EXPECT_TRUE(document.ok());
  return CheckLimits(*document, limits);
}

TEST(DocumentLimits, TextAtTheLimitAndOnePast) {
  const DocumentLimits limits = {.max_string = 3};
  EXPECT_FALSE(Check(R"({"a": ["abc"]})", limits));
  const auto breach = Check(R"({"a": ["x", "abcd"]})", limits);
  ASSERT_TRUE(breach);
  EXPECT_EQ(breach->code, "limit");
  EXPECT_EQ(breach->pointer, "/a/1");
  EXPECT_THAT(breach->message, HasSubstr("more than 3 bytes"));
}

TEST(DocumentLimits, MemberNameAtTheLimitAndOnePast) {
  const DocumentLimits limits = {.max_string = 3};
  EXPECT_FALSE(Check(R"({"abc": 1})", limits));
  EXPECT_TRUE(Check(R"({"abcd": 1})", limits));
}

TEST(DocumentLimits, ElementsAtTheLimitAndOnePast) {
  const DocumentLimits limits = {.max_elements = 2};
  EXPECT_FALSE(Check(R"([{"a": 1, "b": 2}, 3])", limits));
  EXPECT_EQ(Check(R"([{"a": 1, "b": 2, "c": 3}])", limits).value_or(Finding{}).pointer, "/0");
  EXPECT_TRUE(Check("[1, 2, 3]", limits));
}

TEST(DocumentLimits, ValuesAtTheLimitAndOnePast) {
  const DocumentLimits limits = {.max_values = 4};
  EXPECT_FALSE(Check("[1, [2]]", limits));
  EXPECT_TRUE(Check("[1, [2, 3]]", limits));
}

TEST(DocumentLimits, DepthAtTheLimitAndOnePast) {
  const DocumentLimits limits = {.max_depth = 2};
  EXPECT_FALSE(Check("[[1], 2, [3]]", limits));
  EXPECT_TRUE(Check("[[[]]]", limits));
}

// The walk must not recurse: it is what finds out that the document is too deep.
TEST(DocumentLimits, SurvivesADocumentOfAnyDepth) {
  constexpr std::size_t kDepth = 200'000;
  const json::Limits generous = {.max_bytes = 2 * kDepth, .max_depth = kDepth};
  const auto document =
      json::Parse(std::string(kDepth, '[') + std::string(kDepth, ']'), "test", generous);
  ASSERT_TRUE(document.ok());
  EXPECT_TRUE(CheckLimits(*document));
}

}  // namespace
}  // namespace stackport
