#include "catalog/programme/licence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace stackport {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;

const CountryIndex& Countries() {
  return CountryIndex::Builtin();
}

ExportClassification WithTpp(std::int64_t tpp) {
  AcceleratorFigures figures;
  figures.tpp = Interval{tpp, tpp};
  return ClassifyAccelerator(figures);
}

LicenceAnswer Ask(const std::string& destination, std::vector<Party> parties = {},
                  EndUser end_user = EndUser::kUnknown, std::int64_t tpp = 15832) {
  return JudgeLicence(Countries(), {destination, std::move(parties), end_user}, WithTpp(tpp));
}

TEST(LicenceTest, TheDestinationRuleGivesTheFortyFiveCountries) {
  const std::vector<std::string> expected = {
      "AF", "AM", "AZ", "BH", "BY", "CD", "CF", "CN", "CU", "EG", "ER", "GE", "HT", "IQ", "IR",
      "JO", "KG", "KH", "KP", "KW", "KZ", "LA", "LB", "LY", "MD", "MM", "MN", "MO", "NI", "OM",
      "PK", "QA", "RU", "SA", "SD", "SO", "SS", "SY", "TJ", "TM", "UZ", "VE", "VN", "YE", "ZW"};
  std::vector<std::string> derived;
  for (const Country& country : Countries().All()) {
    // Hong Kong has no row of its own in the table the list was derived from.
    if (country.code == "HK") continue;
    if (IsLicenceDestination(Countries(), country.code) == Truth::kTrue) {
      derived.push_back(country.code);
    }
  }
  EXPECT_EQ(derived, expected);
}

TEST(LicenceTest, TheHeadquartersRuleGivesMacauAndTheTwentyTwoOfD5) {
  std::vector<std::string> derived;
  for (const Country& country : Countries().All()) {
    if (country.code != "HK" && IsLicenceHeadquarters(Countries(), country.code)) {
      derived.push_back(country.code);
    }
  }
  const std::vector<std::string> expected = {"AF", "BY", "CD", "CF", "CN", "CU", "ER", "HT",
                                             "IQ", "IR", "KP", "LB", "LY", "MM", "MO", "NI",
                                             "RU", "SD", "SO", "SS", "SY", "VE", "ZW"};
  EXPECT_EQ(derived, expected);
}

TEST(LicenceTest, KenyaNeedsNoneAndSaudiArabiaDoes) {
  const LicenceAnswer kenya = Ask("KE");
  EXPECT_EQ(kenya.need, LicenceNeed::kNotRequired);
  EXPECT_EQ(kenya.planning_days, (Interval{0, 0}));
  const LicenceAnswer saudi = Ask("SA");
  EXPECT_EQ(saudi.need, LicenceNeed::kRequired);
  EXPECT_EQ(saudi.planning_days, (Interval{90, 180}));
  EXPECT_EQ(saudi.verdict.holds, Truth::kFalse);
  EXPECT_EQ(saudi.verdict.confidence, Confidence::kInference);
}

TEST(LicenceTest, GroupA6LiftsIsraelOutOfItsDGroups) {
  const LicenceAnswer israel = Ask("IL");
  EXPECT_EQ(israel.need, LicenceNeed::kNotRequired);
  EXPECT_THAT(israel.verdict.explanation, HasSubstr("A:6"));
  EXPECT_EQ(Ask("TW").need, LicenceNeed::kNotRequired);
}

TEST(LicenceTest, MacauIsInD1AndHongKongIsReadAsChina) {
  EXPECT_EQ(Ask("MO").need, LicenceNeed::kRequired);
  const LicenceAnswer hong_kong = Ask("HK");
  EXPECT_EQ(hong_kong.need, LicenceNeed::kRequired);
  EXPECT_EQ(hong_kong.verdict.confidence, Confidence::kUnconfirmed);
  EXPECT_THAT(hong_kong.verdict.explanation, HasSubstr("read as CN"));
}

TEST(LicenceTest, TheEmiratesNeedOneUnlessTheEndUserIsExcepted) {
  const LicenceAnswer unknown = Ask("AE");
  EXPECT_EQ(unknown.need, LicenceNeed::kRequired);
  ASSERT_EQ(unknown.verdict.open_questions.size(), 1u);
  EXPECT_THAT(unknown.verdict.open_questions[0], HasSubstr("government"));
  const LicenceAnswer other = Ask("AE", {}, EndUser::kOther);
  EXPECT_EQ(other.need, LicenceNeed::kRequired);
  EXPECT_THAT(other.verdict.open_questions, IsEmpty());
  for (const EndUser end_user :
       {EndUser::kGovernment, EndUser::kApprovedEntity, EndUser::kUsAiCompany}) {
    EXPECT_EQ(Ask("AE", {}, end_user).need, LicenceNeed::kNotRequired);
  }
}

TEST(LicenceTest, ABuyerOwnedFromD5NeedsOneAnywhereButAtHome) {
  const std::vector<Party> buyer = {{"buyer", "KE", "CN"}};
  const LicenceAnswer kenya = Ask("KE", buyer);
  EXPECT_EQ(kenya.need, LicenceNeed::kRequired);
  EXPECT_THAT(kenya.verdict.explanation, HasSubstr("buyer"));
  EXPECT_EQ(Ask("DE", {{"vendor", "MO", ""}}).need, LicenceNeed::kRequired);
  EXPECT_EQ(Ask("DE", {{"vendor", "HK", ""}}).need, LicenceNeed::kRequired);
  EXPECT_EQ(Ask("US", buyer).need, LicenceNeed::kNotRequired);
  EXPECT_EQ(Ask("KE", {{"buyer", "KE", "US"}}).need, LicenceNeed::kNotRequired);
}

TEST(LicenceTest, APartyOfUnknownSeatLeavesTheQuestionOpen) {
  const LicenceAnswer open = Ask("KE", {{"buyer", "", ""}});
  EXPECT_EQ(open.need, LicenceNeed::kUnknown);
  EXPECT_EQ(open.planning_days, (Interval{0, 180}));
  EXPECT_EQ(open.verdict.open_questions.size(), 1u);
  // The destination alone decides, so the buyer's seat is not asked for.
  EXPECT_THAT(Ask("SA", {{"buyer", "", ""}}).verdict.open_questions, IsEmpty());
}

TEST(LicenceTest, AnUncontrolledItemNeedsNoneEvenForSaudiArabia) {
  EXPECT_EQ(Ask("SA", {}, EndUser::kUnknown, 1599).need, LicenceNeed::kNotRequired);
}

TEST(LicenceTest, AnUndeterminedItemIsOpenOnlyWhereItMatters) {
  const LicenceAnswer saudi = Ask("SA", {}, EndUser::kUnknown, 1936);
  EXPECT_EQ(saudi.need, LicenceNeed::kUnknown);
  EXPECT_THAT(saudi.verdict.open_questions.at(0), HasSubstr("die area"));
  const LicenceAnswer kenya = Ask("KE", {}, EndUser::kUnknown, 1936);
  EXPECT_EQ(kenya.need, LicenceNeed::kNotRequired);
  EXPECT_THAT(kenya.verdict.open_questions, IsEmpty());
}

TEST(LicenceTest, AnUnknownDestinationIsNeverFree) {
  EXPECT_EQ(Ask("ZZ").need, LicenceNeed::kUnknown);
  EXPECT_EQ(IsLicenceDestination(Countries(), "ZZ"), Truth::kUnknown);
}

}  // namespace
}  // namespace stackport
