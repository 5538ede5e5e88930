#include "catalog/countries/export_control_groups.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/countries/country_index.h"

namespace stackport {
namespace {

using testing::ElementsAre;

const ExportControlGroups& Groups() {
  return CountryIndex::Builtin().ExportControls();
}

TEST(ExportControlGroupsTest, HoldsTheTableOfTheRegulation) {
  EXPECT_THAT(Groups().Members("E:1"), ElementsAre("IR", "KP", "SY"));
  EXPECT_THAT(Groups().Members("E:2"), ElementsAre("CU"));
  EXPECT_EQ(Groups().Members("A:5").size(), 38u);
  EXPECT_EQ(Groups().Members("D:5").size(), 22u);
  EXPECT_TRUE(Groups().InGroup("AE", "A:5"));
  EXPECT_FALSE(Groups().InGroup("AE", "D:4")) << "moved on 10 July 2026";
  EXPECT_FALSE(Groups().InGroup("MO", "D:5")) << "named beside D:5, never in it";
  EXPECT_FALSE(Groups().InGroup("KE", "Z:9"));
  EXPECT_EQ(Groups().provenance().as_of, "2026-07-23");
}

TEST(ExportControlGroupsTest, HongKongHasNoRowAndStandsForChina) {
  EXPECT_TRUE(Groups().GroupsOf("HK").empty());
  ASSERT_NE(Groups().FindSubstitute("HK"), nullptr);
  EXPECT_EQ(Groups().FindSubstitute("HK")->code, "CN");
  EXPECT_EQ(Groups().FindSubstitute("CN"), nullptr);
}

TEST(ExportControlGroupsTest, ACountryCarriesItsGroups) {
  EXPECT_THAT(CountryIndex::Builtin().Find("IL")->ear_groups,
              ElementsAre("A:6", "B", "D:2", "D:3", "D:4"));
}

}  // namespace
}  // namespace stackport
