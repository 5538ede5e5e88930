#include "host/cli/figures_text.h"

#include <gtest/gtest.h>

namespace stackport::cli {
namespace {

TEST(Money, ChoosesTheUnitAnAnalystSpeaks) {
  EXPECT_EQ(Money(1'240'000'000), "12.4 MUSD");
  EXPECT_EQ(Money(84'000'000), "840 kUSD");
  EXPECT_EQ(Money(31'200), "312 USD");
  EXPECT_EQ(Money(0), "0 USD");
  EXPECT_EQ(Money(-250'000'000), "-2.50 MUSD") << "differences may be negative";
  EXPECT_EQ(Money(250'000'000'000), "2.50 billion USD");
}

TEST(MoneyRange, UsesOneUnitForBothEnds) {
  EXPECT_EQ(MoneyRange(79'000'000, 940'000'000), "0.79 to 9.40 MUSD");
  EXPECT_EQ(MoneyRange(500, 500), "5.00 USD") << "an exact figure is no range";
  EXPECT_EQ(MillionRange(820'000'000, 960'000'000), "8.20–9.60");
}

TEST(PowerRange, SpeaksWattsKilowattsAndMegawatts) {
  EXPECT_EQ(PowerRange(750, 750), "750 W");
  EXPECT_EQ(PowerRange(24'100, 31'400), "24.1 to 31.4 kW");
  EXPECT_EQ(PowerRange(1'200'000, 1'200'000), "1.20 MW");
}

TEST(SufficientText, IsNeverBelowTheAmount) {
  EXPECT_EQ(SufficientText("tco", 81'441'285), "815 kUSD");
  EXPECT_EQ(SufficientText("tco", 81'500'000), "815 kUSD");
  EXPECT_EQ(SufficientText("site_power", 11'210), "11.3 kW");
  EXPECT_EQ(SufficientText("site_power", 999'999), "1.00 MW");
  EXPECT_EQ(SufficientText("lead_time", 1'234), "1,234 days") << "days are counted, not measured";
}

TEST(FigureText, HasAUnitForSeveralFiguresWithWeights) {
  EXPECT_EQ(FigureText("tco", 81'441'285), "814 kUSD");
  EXPECT_EQ(FigureText("tco+lead_time", 81'441'285), "814 kUSD by its weights");
  EXPECT_EQ(FigureText("open_questions", 1'200), "1,200");
}

TEST(Percent, ComesFromBasisPoints) {
  EXPECT_EQ(Percent(7'100), "71 %");
  EXPECT_EQ(Percent(40), "0.4 %");
  EXPECT_EQ(Percent(9'999), "100 %");
}

TEST(Grouped, PartsThousands) {
  EXPECT_EQ(Grouped(999), "999");
  EXPECT_EQ(Grouped(30'000), "30,000");
  EXPECT_EQ(Grouped(-1'234'567), "-1,234,567");
}

TEST(Ordinal, EndsAsItIsSpoken) {
  EXPECT_EQ(Ordinal(1), "1st");
  EXPECT_EQ(Ordinal(2), "2nd");
  EXPECT_EQ(Ordinal(3), "3rd");
  EXPECT_EQ(Ordinal(4), "4th");
  EXPECT_EQ(Ordinal(10), "10th");
  EXPECT_EQ(Ordinal(11), "11th");
  EXPECT_EQ(Ordinal(12), "12th");
  EXPECT_EQ(Ordinal(113), "113th");
  EXPECT_EQ(Ordinal(121), "121st");
}

TEST(Count, AgreesInNumber) {
  EXPECT_EQ(Count(1, "entry", "entries"), "1 entry");
  EXPECT_EQ(Count(2, "entry", "entries"), "2 entries");
  EXPECT_EQ(Count(0, "plugin"), "0 plugins");
}

}  // namespace
}  // namespace stackport::cli
