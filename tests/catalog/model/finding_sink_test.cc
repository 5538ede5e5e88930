#include "catalog/model/finding_sink.h"

#include <gtest/gtest.h>

namespace stackport {
namespace {

TEST(FindingSink, KeepsFindingsUpToTheLimitAndForgetsNoError) {
  FindingSink sink;
  for (std::size_t i = 0; i < kMaxFindings + 1; ++i) sink.Warning("w", "", "m", "e", "r");
  EXPECT_TRUE(sink.warnings_full());
  EXPECT_FALSE(sink.has_errors() || sink.errors_full());
  for (std::size_t i = 0; i < kMaxFindings; ++i) sink.Error("e", "", "m", "e", "r");
  EXPECT_TRUE(sink.errors_full());
  sink.Error("e", "", "one past", "e", "r");
  EXPECT_TRUE(sink.has_errors());
  const std::vector<Finding> findings = sink.Take();
  EXPECT_EQ(findings.size(), 2 * kMaxFindings);
  EXPECT_TRUE(HasErrors(findings));
}

TEST(FindingSink, MakesPointersPrintable) {
  FindingSink sink;
  sink.Error("e", "/facts/\x1b[31m", "m", "e", "r");
  EXPECT_EQ(sink.Take()[0].pointer, "/facts/\\x1b[31m");
}

TEST(DidYouMean, IsSilentWithoutANearName) {
  EXPECT_EQ(DidYouMean("memroy", {"memory"}), "; did you mean 'memory'?");
  EXPECT_EQ(DidYouMean("xyz", {"memory"}), "");
}

}  // namespace
}  // namespace stackport
