// A bundled vendor whose price is a program, from its library to the money of a match.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "catalog/match/money.h"
#include "host/admission/admission.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;
using ::testing::SizeIs;

const AdmissionReport& Tabby() {
  static const AdmissionReport* const report = [] {
    AdmissionSettings settings;
    settings.trust.unsigned_allowed = true;
    settings.scan.scanner_path = DefaultScannerPath();
    return new AdmissionReport(
        AdmitFolder(std::string(STACKPORT_BUILT_PLUGINS) + "/tabbyml.stackport", settings));
  }();
  return *report;
}

std::int64_t UsdPerYear(std::int64_t users) {
  match::PriceBasis basis;
  basis.users = users;
  const auto money = match::StatedMoney(Tabby().components.at(0).offers.at(1), basis);
  return money ? money->opex_cents_per_year.high / 100 : -1;
}

TEST(BundledOffers, TabbyIsFreeForFiveUsersAndThenPaidByTheUser) {
  ASSERT_EQ(Tabby().outcome, AdmissionOutcome::kAdmitted) << ToText(Tabby());
  ASSERT_THAT(Tabby().components, SizeIs(1));
  ASSERT_THAT(Tabby().components[0].offers, SizeIs(2));
  EXPECT_EQ(UsdPerYear(5), 0);
  EXPECT_EQ(UsdPerYear(6), 6 * 12 * 19);
  EXPECT_EQ(UsdPerYear(30'000), 30'000 * 12 * 19);
}

TEST(BundledOffers, ThePriceSaysForHowManyItHolds) {
  match::PriceBasis basis;
  basis.users = 6;
  match::FigureWords words;
  ASSERT_TRUE(match::StatedMoney(Tabby().components.at(0).offers.at(1), basis, &words));
  EXPECT_THAT(words.origin, HasSubstr("19.00 USD per user_month from 6 on"));
}

}  // namespace
}  // namespace stackport
