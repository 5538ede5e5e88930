#include "tests/bench/timings.h"

#include <gtest/gtest.h>

namespace stackport::bench {
namespace {

TEST(Readings, APercentileIsALowerBoundWhenStoppedOnesCouldPushItUp) {
  Readings readings;
  for (int i = 1; i <= 8; ++i) readings.Add(i);
  readings.Add(2000, true);
  readings.Add(4.5, true);
  EXPECT_EQ(ToText(readings.At(0.4)), "4.000");
  EXPECT_EQ(ToText(readings.Median()), "> 4.500");
  EXPECT_EQ(ToText(readings.At(0.99)), "> 2000");
}

TEST(Readings, ShowAboutThreeDigits) {
  EXPECT_EQ(ToText({0.3124, false}), "0.312");
  EXPECT_EQ(ToText({9.9996, false}), "10.00");
  EXPECT_EQ(ToText({45.678, false}), "45.68");
  EXPECT_EQ(ToText({345.67, false}), "345.7");
  EXPECT_EQ(ToText({12345.6, true}), "> 12346");
}

}  // namespace
}  // namespace stackport::bench
