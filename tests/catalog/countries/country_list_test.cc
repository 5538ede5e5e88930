#include "catalog/countries/country_list.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::SizeIs;

TEST(CountryCodes, TakesBlocsCountriesAndAll) {
  const CountryIndex& countries = CountryIndex::Builtin();
  EXPECT_THAT(*CountryCodes({"PL", "Kenya", "KE"}, countries), ElementsAre("KE", "PL"));
  EXPECT_THAT(*CountryCodes({"all"}, countries), SizeIs(249));
  EXPECT_GT(CountryCodes({"ECOWAS"}, countries)->size(), 5u);
  EXPECT_EQ(CountryCodes({"Kenia"}, countries).error().code, ErrorCode::kInvalidArgument);
}

}  // namespace
}  // namespace stackport
