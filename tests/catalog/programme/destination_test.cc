#include "catalog/programme/destination.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackport {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

const CountryIndex& Countries() {
  return CountryIndex::Builtin();
}

TEST(DestinationTest, BlocksExactlyTheFourCountries) {
  std::vector<std::string> blocked;
  for (const Country& country : Countries().All()) {
    if (JudgeDestination(Countries(), country.code).holds == Truth::kFalse) {
      blocked.push_back(country.code);
    }
  }
  EXPECT_THAT(blocked, ElementsAre("CU", "IR", "KP", "SY"));
}

TEST(DestinationTest, NorthKoreaIsBlockedTwiceOver) {
  const RuleVerdict verdict = JudgeDestination(Countries(), "KP");
  EXPECT_THAT(verdict.explanation, HasSubstr("E:1"));
  EXPECT_THAT(verdict.explanation, HasSubstr("sanctions programme"));
}

TEST(DestinationTest, SyriaIsBlockedByItsGroupAlone) {
  const RuleVerdict verdict = JudgeDestination(Countries(), "SY");
  EXPECT_EQ(verdict.holds, Truth::kFalse);
  EXPECT_THAT(verdict.explanation, HasSubstr("ended on 2025-06-30"));
}

TEST(DestinationTest, UkraineIsOpenButForItsSanctionedRegions) {
  const RuleVerdict verdict = JudgeDestination(Countries(), "UA");
  EXPECT_EQ(verdict.holds, Truth::kTrue);
  EXPECT_THAT(verdict.explanation, HasSubstr("Crimea"));
  EXPECT_EQ(verdict.open_questions.size(), 1u);
}

TEST(DestinationTest, AnUnknownCodeIsNeverPermitted) {
  EXPECT_EQ(JudgeDestination(Countries(), "ZZ").holds, Truth::kUnknown);
  EXPECT_EQ(JudgeMarket(Countries(), "").holds, Truth::kUnknown);
}

TEST(DestinationTest, ChinaIsNoMarketThoughNotBlocked) {
  for (const char* code : {"CN", "HK", "MO"}) {
    EXPECT_EQ(JudgeDestination(Countries(), code).holds, Truth::kTrue) << code;
    EXPECT_EQ(JudgeMarket(Countries(), code).holds, Truth::kFalse) << code;
  }
  EXPECT_EQ(JudgeMarket(Countries(), "TW").holds, Truth::kTrue);
}

}  // namespace
}  // namespace stackport
