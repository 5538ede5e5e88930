#include "catalog/match/choice_lp.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <random>
#include <vector>

namespace stackport::match {
namespace {

constexpr double kNoTarget = std::numeric_limits<double>::infinity();

struct Option {
  double cost;
  std::vector<double> use;
};
using Slots = std::vector<std::vector<Option>>;

ChoiceLp::Outcome Solve(const Slots& slots, const std::vector<double>& room, ChoiceLp* lp,
                        double target = kNoTarget) {
  lp->Start(room);
  for (const auto& slot : slots) {
    lp->AddSlot();
    for (const Option& option : slot) lp->AddOption(option.cost, option.use.data());
  }
  return lp->Solve(target);
}

// The bound that prices give, worked out from the definition.
double BoundOf(const Slots& slots, const std::vector<double>& room,
               const std::vector<double>& prices, bool with_costs) {
  double bound = 0;
  for (const auto& slot : slots) {
    double least = kNoTarget;
    for (const Option& option : slot) {
      double cost = with_costs ? option.cost : 0;
      for (std::size_t r = 0; r < room.size(); ++r) cost += prices[r] * option.use[r];
      least = std::min(least, cost);
    }
    bound += least;
  }
  for (std::size_t r = 0; r < room.size(); ++r) bound -= prices[r] * room[r];
  return bound;
}

// The cheap option of the one slot takes 1.0 of a row that has 0.5: half of each is best.
TEST(ChoiceLp, MixesTwoOptionsWhenTheCheapOneDoesNotFit) {
  ChoiceLp lp;
  ASSERT_EQ(Solve({{{1, {1}}, {3, {0}}}}, {0.5}, &lp), ChoiceLp::Outcome::kOptimal);
  EXPECT_NEAR(lp.least_cost(), 2, 1e-9);
  EXPECT_NEAR(lp.prices()[0], 2, 1e-9);
}

// Either row alone leaves an option, both together leave none: only a price on each proves it.
TEST(ChoiceLp, PricesProveThatNothingFits) {
  const Slots slots = {{{0, {1, 0}}, {0, {0, 1}}}};
  const std::vector<double> room = {0.4, 0.4};
  ChoiceLp lp;
  ASSERT_EQ(Solve(slots, room, &lp), ChoiceLp::Outcome::kInfeasible);
  EXPECT_GT(BoundOf(slots, room, lp.prices(), false), 0);
}

TEST(ChoiceLp, StopsAboveTheTarget) {
  ChoiceLp lp;
  EXPECT_EQ(Solve({{{1, {1}}, {3, {0}}}}, {0.5}, &lp, 1.5), ChoiceLp::Outcome::kStopped);
  EXPECT_GT(lp.least_cost(), 1.5);
}

// Least cost over whole choices; infinite when none fits.
double LeastWhole(const Slots& slots, std::size_t slot, std::vector<double> room) {
  if (slot == slots.size()) {
    const bool fits = std::all_of(room.begin(), room.end(), [](double rest) { return rest >= 0; });
    return fits ? 0 : kNoTarget;
  }
  double least = kNoTarget;
  for (const Option& option : slots[slot]) {
    std::vector<double> rest = room;
    for (std::size_t r = 0; r < rest.size(); ++r) rest[r] -= option.use[r];
    least = std::min(least, option.cost + LeastWhole(slots, slot + 1, rest));
  }
  return least;
}

// Weak and strong duality on random programs, with one solver used over and over.
TEST(ChoiceLp, PricesGiveTheLeastCostAndNeverMoreThanAWholeChoice) {
  std::mt19937 random(7);
  const auto draw = [&random](unsigned most) { return static_cast<double>(random() % (most + 1)); };
  ChoiceLp lp;
  int optimal = 0, infeasible = 0;
  for (int round = 0; round < 500; ++round) {
    const std::size_t rows = 1 + random() % 4;
    Slots slots(2 + random() % 4);
    for (auto& slot : slots) {
      slot.resize(1 + random() % 4);
      for (Option& option : slot) {
        option.cost = draw(10);
        for (std::size_t r = 0; r < rows; ++r) option.use.push_back(draw(10) - 2);
      }
    }
    std::vector<double> room;
    for (std::size_t r = 0; r < rows; ++r) room.push_back(draw(15));
    const double whole = LeastWhole(slots, 0, room);
    const ChoiceLp::Outcome outcome = Solve(slots, room, &lp);
    for (const double price : lp.prices()) EXPECT_GE(price, 0);
    if (outcome == ChoiceLp::Outcome::kInfeasible) {
      ++infeasible;
      EXPECT_EQ(whole, kNoTarget);
      EXPECT_GT(BoundOf(slots, room, lp.prices(), false), 1e-7);
    } else {
      ASSERT_EQ(outcome, ChoiceLp::Outcome::kOptimal);
      ++optimal;
      EXPECT_LE(lp.least_cost(), whole + 1e-7);
      EXPECT_NEAR(BoundOf(slots, room, lp.prices(), true), lp.least_cost(), 1e-7);
    }
  }
  EXPECT_GT(optimal, 50);
  EXPECT_GT(infeasible, 50);
}

}  // namespace
}  // namespace stackport::match
