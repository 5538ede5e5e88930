#include "catalog/base/dates.h"

#include <gtest/gtest.h>

namespace stackport {
namespace {

TEST(Dates, CountDaysAcrossMonthsAndLeapYears) {
  EXPECT_EQ(*DayNumber("2026-11-23") - *DayNumber("2026-11-22"), 1);
  EXPECT_EQ(*DayNumber("2024-03-01") - *DayNumber("2024-02-28"), 2);
  EXPECT_EQ(*DayNumber("2026-03-01") - *DayNumber("2026-02-28"), 1);
  EXPECT_EQ(*DayNumber("2027-01-01") - *DayNumber("2026-01-01"), 365);
}

TEST(Dates, AreAsYoungAsTheyMayBe) {
  EXPECT_EQ(DayNumber("2025"), DayNumber("2025-12-28"));
  EXPECT_EQ(DayNumber("2025-06"), DayNumber("2025-06-28"));
}

TEST(Dates, SayNothingWithoutADate) {
  EXPECT_FALSE(DayNumber("undated").has_value());
  EXPECT_FALSE(DayNumber("").has_value());
}

}  // namespace
}  // namespace stackport
