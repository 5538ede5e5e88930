#include "catalog/countries/country_json.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "catalog/countries/country_index.h"

namespace stackport {
namespace {

using testing::HasSubstr;

std::string Profile(std::string_view code) {
  json::Document document;
  return json::Write(CountryToJson(*CountryIndex::Builtin().Find(code), document.GetAllocator()));
}

TEST(CountryJsonTest, EachValueIsBesideItsSourceAndDate) {
  const std::string profile = Profile("KE");
  EXPECT_THAT(profile, HasSubstr(R"("electricity_price_usd_kwh":{"value":0.088,)"
                                 R"("unit":"USD/kWh","quality":"compiled","source":")"));
  EXPECT_THAT(profile, HasSubstr(R"("internet_users_percent":{"value":35.0,)"));
  EXPECT_THAT(profile, HasSubstr(R"({"name":"EAC","regional":true,"source":")"));
  EXPECT_THAT(profile, HasSubstr(R"("export_control_groups":{"value":["B"],"source":"15 CFR)"));
}

TEST(CountryJsonTest, WhatIsUnknownIsListedAndNotWritten) {
  const std::string profile = Profile("UA");
  EXPECT_THAT(profile, HasSubstr(R"({"fact":"electricity_price_usd_kwh","meaning":")"));
  EXPECT_THAT(profile, testing::Not(HasSubstr(R"("electricity_price_usd_kwh":{"value")")));
}

TEST(CountryJsonTest, NoKnownFactIsWrittenAsNull) {
  for (const Country& country : CountryIndex::Builtin().All()) {
    EXPECT_THAT(Profile(country.code), testing::Not(HasSubstr("\"value\":null"))) << country.code;
  }
}

TEST(CountryJsonTest, ARemarkOnACodeStandsWithItsGroups) {
  EXPECT_THAT(Profile("AE"), HasSubstr("91 FR 43034"));
  EXPECT_THAT(Profile("HK"), HasSubstr("treated as China"));
}

}  // namespace
}  // namespace stackport
