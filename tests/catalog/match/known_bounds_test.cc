#include "catalog/match/known_bounds.h"

#include <gtest/gtest.h>

#include <vector>

namespace stackport::match {
namespace {

PathName Named(int slot, std::vector<int> options) {
  return PathName{}.With(slot, options);
}

TEST(PathName, DoesNotDependOnTheOrderOfDecisions) {
  EXPECT_EQ(Named(1, {4}).With(2, std::vector<int>{7, 9}),
            Named(2, {9, 7}).With(1, std::vector<int>{4}));
  EXPECT_NE(Named(1, {4}), Named(4, {1}));
  EXPECT_NE(Named(1, {4}), Named(1, {4}).With(0, std::vector<int>{0}));
}

TEST(KnownBounds, KeepTheLargestBound) {
  KnownBounds bounds;
  EXPECT_TRUE(bounds.empty());
  EXPECT_EQ(bounds.Find(Named(1, {4})), std::nullopt);
  bounds.Store(Named(1, {4}), 12);
  bounds.Store(Named(1, {4}), 7);
  EXPECT_EQ(bounds.Find(Named(1, {4})), Wide{12});
  bounds.Store(Named(1, {4}), 15);
  EXPECT_EQ(bounds.Find(Named(1, {4})), Wide{15});
  EXPECT_FALSE(bounds.empty());
}

TEST(KnownBounds, TakeNoMorePartsThanTheyMayHold) {
  KnownBounds bounds;
  const auto last = static_cast<int>(KnownBounds::kMaxParts) - 1;
  for (int option = 0; option <= last + 1; ++option) bounds.Store(Named(0, {option}), option);
  EXPECT_EQ(bounds.Find(Named(0, {last})), Wide{last});
  EXPECT_EQ(bounds.Find(Named(0, {last + 1})), std::nullopt);
  bounds.Store(Named(0, {3}), 99);
  EXPECT_EQ(bounds.Find(Named(0, {3})), Wide{99});
}

}  // namespace
}  // namespace stackport::match
