#include "catalog/programme/us_content.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

namespace stackport {
namespace {

ContentItem Item(Interval value, std::optional<Interval> share) {
  return {value, share};
}

UsContent Judge(const std::vector<ContentItem>& items) {
  Result<UsContent> content = JudgeUsContent(items);
  EXPECT_TRUE(content.ok());
  return *std::move(content);
}

TEST(UsContentTest, OneExactItemIsItsShare) {
  const UsContent at = Judge({Item({100, 100}, Interval{5100, 5100})});
  EXPECT_EQ(at.low_basis_points, 5100);
  EXPECT_EQ(at.high_basis_points, 5100);
  EXPECT_EQ(at.presumption, Truth::kTrue);
  EXPECT_EQ(Judge({Item({100, 100}, Interval{5099, 5099})}).presumption, Truth::kFalse);
}

TEST(UsContentTest, JudgesBeforeItRounds) {
  // 5099.99... basis points: just below the border, though both ends round to it or beside it.
  const UsContent just_below =
      Judge({Item({99999, 99999}, Interval{5100, 5100}), Item({1, 1}, Interval{5099, 5099})});
  EXPECT_EQ(just_below.low_basis_points, 5099);
  EXPECT_EQ(just_below.high_basis_points, 5100);
  EXPECT_EQ(just_below.presumption, Truth::kFalse);
}

TEST(UsContentTest, AnUnknownShareIsAnIntervalNotZero) {
  const UsContent content =
      Judge({Item({300, 300}, Interval{10000, 10000}), Item({700, 700}, std::nullopt)});
  EXPECT_EQ(content.low_basis_points, 3000);
  EXPECT_EQ(content.high_basis_points, 10000);
  EXPECT_EQ(content.presumption, Truth::kUnknown);
  EXPECT_EQ(content.verdict.open_questions.size(), 1u);
}

TEST(UsContentTest, ASmallUnknownShareDoesNotMatter) {
  const UsContent content =
      Judge({Item({900, 900}, Interval{8000, 8000}), Item({100, 100}, std::nullopt)});
  EXPECT_EQ(content.presumption, Truth::kTrue);
  EXPECT_TRUE(content.verdict.open_questions.empty());
}

TEST(UsContentTest, NothingOfValueIsUnknown) {
  EXPECT_EQ(Judge({}).presumption, Truth::kUnknown);
  EXPECT_EQ(Judge({Item({0, 0}, Interval{10000, 10000})}).presumption, Truth::kUnknown);
}

TEST(UsContentTest, TheBoundsAreThoseOfAllCorners) {
  // A linear-fractional function takes its extremes at corners of a box: try every one.
  std::mt19937 random(14320);
  std::uniform_int_distribution<std::int64_t> value(0, 50);
  std::uniform_int_distribution<std::int64_t> share(0, 10000);
  for (int round = 0; round < 2000; ++round) {
    std::vector<ContentItem> items;
    for (int i = 0; i < 1 + round % 5; ++i) {
      const std::int64_t a = value(random), b = value(random);
      const std::int64_t c = share(random), d = share(random);
      items.push_back(
          Item({std::min(a, b), std::max(a, b)}, Interval{std::min(c, d), std::max(c, d)}));
    }
    double low = 1e9, high = -1;
    for (unsigned corner = 0; corner < 1u << items.size(); ++corner) {
      double top_low = 0, top_high = 0, bottom = 0;
      for (std::size_t i = 0; i < items.size(); ++i) {
        const auto v = static_cast<double>((corner >> i & 1u) != 0 ? items[i].value_cents.high
                                                                   : items[i].value_cents.low);
        top_low += v * static_cast<double>(items[i].share_basis_points->low);
        top_high += v * static_cast<double>(items[i].share_basis_points->high);
        bottom += v;
      }
      if (bottom == 0) continue;
      low = std::min(low, top_low / bottom);
      high = std::max(high, top_high / bottom);
    }
    if (high < 0) continue;  // every value is zero
    const UsContent content = Judge(items);
    EXPECT_NEAR(static_cast<double>(content.low_basis_points), low, 1.0);
    EXPECT_LE(static_cast<double>(content.low_basis_points), low + 1e-6);
    EXPECT_NEAR(static_cast<double>(content.high_basis_points), high, 1.0);
    EXPECT_GE(static_cast<double>(content.high_basis_points), high - 1e-6);
  }
}

TEST(UsContentTest, TheLargestAllowedValuesDoNotOverflow) {
  const std::vector<ContentItem> items(
      kMaxContentItems, Item({kMaxContentValue - 1, kMaxContentValue}, Interval{5100, 5101}));
  const UsContent content = Judge(items);
  EXPECT_EQ(content.low_basis_points, 5100);
  EXPECT_EQ(content.high_basis_points, 5101);
  EXPECT_EQ(content.presumption, Truth::kTrue);
}

TEST(UsContentTest, RefusesWhatIsOutOfRange) {
  const auto refused = [](const ContentItem& item) {
    return !JudgeUsContent(std::vector<ContentItem>{item}).ok();
  };
  EXPECT_FALSE(refused(Item({0, kMaxContentValue}, Interval{0, 10000})));
  EXPECT_TRUE(refused(Item({0, kMaxContentValue + 1}, Interval{0, 10000})));
  EXPECT_TRUE(refused(Item({-1, 1}, std::nullopt)));
  EXPECT_TRUE(refused(Item({2, 1}, std::nullopt)));
  EXPECT_TRUE(refused(Item({1, 1}, Interval{0, 10001})));
  EXPECT_TRUE(refused(Item({1, 1}, Interval{-1, 5})));
  EXPECT_FALSE(JudgeUsContent(std::vector<ContentItem>(kMaxContentItems + 1)).ok());
}

}  // namespace
}  // namespace stackport
