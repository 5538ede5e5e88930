#include "catalog/match/free_slots.h"

#include <gtest/gtest.h>

#include <bit>
#include <vector>

namespace stackport::match {
namespace {

int CountFree(std::uint64_t free) {
  return std::popcount(free);
}

TEST(FreeSlots, FreesOneMoreAfterEightCompleteSearchesAndOneLessAfterThreeGivenUp) {
  const std::vector<Wide> excess(15, 0);
  FreeSlots slots(15);
  EXPECT_EQ(CountFree(slots.Draw(excess)), 8);
  for (int i = 0; i < 7; ++i) slots.Report(true);
  EXPECT_EQ(CountFree(slots.Draw(excess)), 8);
  slots.Report(true);
  EXPECT_EQ(CountFree(slots.Draw(excess)), 9);
  for (int i = 0; i < 3; ++i) slots.Report(false);
  EXPECT_EQ(CountFree(slots.Draw(excess)), 8);
}

TEST(FreeSlots, KeepsWithinTheSlotsAndAboveTwo) {
  FreeSlots few(3);
  FreeSlots many(64);
  for (int i = 0; i < 1'000; ++i) few.Report(true);
  EXPECT_EQ(few.Draw({0, 0, 0}), 7U);
  for (int i = 0; i < 1'000; ++i) few.Report(false);
  EXPECT_EQ(CountFree(few.Draw({0, 0, 0})), 2);
  for (int i = 0; i < 1'000; ++i) many.Report(true);
  EXPECT_EQ(many.Draw(std::vector<Wide>(64, 0)), ~std::uint64_t{0});
  FreeSlots one(1);
  one.Report(false);
  EXPECT_EQ(one.Draw({5}), 1U);
}

TEST(FreeSlots, DrawsWhereMuchIsInExcessMoreOftenAndOthersToo) {
  std::vector<Wide> excess(20, 0);
  excess[4] = Wide{1} << 119;
  FreeSlots slots(20);
  FreeSlots same(20);
  std::vector<int> drawn(20, 0);
  for (int i = 0; i < 200; ++i) {
    const std::uint64_t free = slots.Draw(excess);
    EXPECT_EQ(free, same.Draw(excess));
    for (int s = 0; s < 20; ++s)
      drawn[static_cast<std::size_t>(s)] += static_cast<int>(free >> s & 1U);
  }
  for (int s = 0; s < 20; ++s) {
    const int times = drawn[static_cast<std::size_t>(s)];
    EXPECT_GT(times, 20);
    if (s != 4) {
      EXPECT_LT(times, drawn[4] - 40);
    }
  }
}

}  // namespace
}  // namespace stackport::match
