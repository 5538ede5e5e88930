// Problems that are large on purpose: only good bounds keep the number of nodes small.
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <random>
#include <set>
#include <string>
#include <vector>

#include "catalog/match/engine.h"
#include "catalog/match/engine_tuned.h"
#include "tests/catalog/match/problem_builder.h"

namespace stackport::match {
namespace {

SearchOptions AtMost(std::int64_t nodes) {
  SearchOptions options;
  options.max_nodes = nodes;
  return options;
}

// Every option takes 19 of two rows together. Each row has enough for the options that spare it,
// and both together have 8 too little for the twelve slots: 20^12 packages, none of which fits.
TEST(HardProblems, LimitsThatCannotHoldTogetherAreProvenAtOnce) {
  Problem problem;
  problem.attributes = {{"price", true}, {"power", true}, {"space", true}};
  for (int s = 0; s < 12; ++s) {
    std::vector<Candidate> options;
    for (std::int64_t k = 0; k < 20; ++k) {
      options.push_back(Part("o" + std::to_string(k), {7 * k % 5, k, 19 - k}));
    }
    problem.slots.push_back(Place("s" + std::to_string(s), std::move(options)));
  }
  problem.limits = {{"power", SumOf(1), {}, 110}, {"space", SumOf(2), {}, 110}};
  problem.levels = {Least("price", SumOf(0))};
  ASSERT_TRUE(Validate(problem).ok());
  EXPECT_EQ(Solve(problem, AtMost(1'000)).status, ProofStatus::kInfeasible);
  problem.limits[1].high = 12 * 19 - 110;
  EXPECT_EQ(Solve(problem, AtMost(100'000)).status, ProofStatus::kOptimal);
}

// Fill the budget as far as possible: countless packages fill it to the last unit, and the one with
// the first ids is the answer. A table of sums that the slots behind can reach finds it directly.
TEST(HardProblems, AmongCountlessEqualPackagesTheFirstIdsWin) {
  constexpr std::int64_t kBudget = 900;
  std::mt19937 random(3);
  Problem problem;
  problem.attributes = {{"use", true}};
  std::vector<std::vector<std::int64_t>> uses(10);
  for (std::size_t s = 0; s < uses.size(); ++s) {
    std::vector<Candidate> options;
    for (int o = 10; o < 50; ++o) {
      uses[s].push_back(1 + random() % 200);
      options.push_back(Part(std::to_string(o), {uses[s].back()}));
    }
    problem.slots.push_back(Place("s" + std::to_string(s), std::move(options)));
  }
  problem.limits = {{"budget", SumOf(0), {}, kBudget}};
  problem.levels = {{"unused", {{SumOf(0), -1}}}};
  ASSERT_TRUE(Validate(problem).ok());

  std::vector<std::set<std::int64_t>> reach(uses.size() + 1);
  reach.back() = {0};
  for (std::size_t s = uses.size(); s-- > 0;) {
    for (const std::int64_t use : uses[s]) {
      for (const std::int64_t rest : reach[s + 1]) reach[s].insert(use + rest);
    }
  }
  ASSERT_TRUE(reach[0].contains(kBudget));
  std::vector<std::string> expected;
  std::int64_t left = kBudget;
  for (std::size_t s = 0; s < uses.size(); ++s) {
    std::size_t first = 0;
    while (!reach[s + 1].contains(left - uses[s][first])) ++first;
    left -= uses[s][first];
    expected.push_back(std::to_string(10 + first));
  }

  const Solution solution = Solve(problem, AtMost(200'000));
  ASSERT_EQ(solution.status, ProofStatus::kOptimal);
  EXPECT_EQ(solution.answers[0].evaluation.level_values[0], -kBudget);
  EXPECT_EQ(CanonicalIds(problem, solution.answers[0].choice), expected);
}

// The more a package uses the more it is worth, and eight budgets are so tight that few packages
// fit at all.
Problem TightOnAllSides(int slots) {
  constexpr int kRows = 8;
  std::mt19937 random(1);
  Problem problem;
  problem.attributes = {{"value", true}};
  for (int row = 1; row <= kRows; ++row) {
    problem.attributes.push_back({"use " + std::to_string(row), true});
    problem.limits.push_back({"budget " + std::to_string(row), SumOf(row), {}, slots * 400});
  }
  for (int s = 0; s < slots; ++s) {
    std::vector<Candidate> options;
    for (int o = 10; o < 30; ++o) {
      std::vector<std::int64_t> values = {0};
      for (int row = 1; row <= kRows; ++row) {
        values.push_back(1 + static_cast<std::int64_t>(random() % 1'000));
        values[0] += values.back();
      }
      options.push_back(Part(std::to_string(o), std::move(values)));
    }
    problem.slots.push_back(Place("s" + std::to_string(s), std::move(options)));
  }
  problem.levels = {{"value", {{SumOf(0), -1}}}};
  return problem;
}

TEST(HardProblems, LooksNearKnownPackagesFindBetterOnesEarly) {
  const Problem problem = TightOnAllSides(12);
  ASSERT_TRUE(Validate(problem).ok());
  const Solution with = Solve(problem, AtMost(4'000));
  const Solution without = SolveTuned(problem, AtMost(4'000), {.near_nodes = -1});
  ASSERT_EQ(with.status, ProofStatus::kStopped);
  ASSERT_EQ(without.status, ProofStatus::kStopped);
  ASSERT_FALSE(with.answers.empty());
  ASSERT_FALSE(without.answers.empty());
  EXPECT_LT(with.answers[0].evaluation.level_values, without.answers[0].evaluation.level_values);
}

TEST(HardProblems, StoppedSearchesGiveTheSameAnswerAgainAndABoundThatHolds) {
  Problem problem = TightOnAllSides(6);
  problem.top = 3;
  ASSERT_TRUE(Validate(problem).ok());
  const Solution proven = SolveTuned(problem, {}, {.near_nodes = -1});
  ASSERT_EQ(proven.status, ProofStatus::kOptimal);
  ASSERT_EQ(proven.answers.size(), 3U);
  for (const std::int64_t nodes : {50, 500, 1'000, 2'000}) {
    const Solution stopped = SolveTuned(problem, AtMost(nodes), {.near_nodes = 10});
    const Solution again = SolveTuned(problem, AtMost(nodes), {.near_nodes = 10});
    ASSERT_EQ(stopped.answers.size(), again.answers.size());
    EXPECT_EQ(stopped.bound, again.bound);
    for (std::size_t i = 0; i < stopped.answers.size(); ++i) {
      EXPECT_EQ(stopped.answers[i].choice.picks, again.answers[i].choice.picks);
    }
    if (stopped.status == ProofStatus::kOptimal) continue;
    // What is missing from the answers is not below the bound.
    for (const Answer& answer : proven.answers) {
      const bool listed =
          std::any_of(stopped.answers.begin(), stopped.answers.end(),
                      [&](const Answer& each) { return each.choice.picks == answer.choice.picks; });
      if (!listed) {
        EXPECT_LE(stopped.bound, answer.evaluation.level_values) << nodes;
      }
    }
  }
  const Solution looked = SolveTuned(problem, {}, {.near_nodes = 10});
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(looked.answers[i].choice.picks, proven.answers[i].choice.picks);
  }
}

// A price to be low, budgets a little below what parts use on average, and more to tell parts apart
// by: how long they take to arrive, and who sells them.
Problem Purchase(int slots, int options, int vendors) {
  constexpr int kBudgets = 3;
  std::mt19937 random(2);
  const auto upto = [&](std::int64_t most) {
    return 1 + static_cast<std::int64_t>(random() % static_cast<std::uint32_t>(most));
  };
  Problem problem;
  problem.attributes = {{"price", true}, {"days", false}};
  problem.label_kinds = {"vendor"};
  for (int budget = 0; budget < kBudgets; ++budget) {
    problem.attributes.push_back({"use " + std::to_string(budget), true});
    problem.limits.push_back(
        {"budget " + std::to_string(budget), SumOf(2 + budget), {}, slots * 20});
  }
  for (int s = 0; s < slots; ++s) {
    std::vector<Candidate> parts;
    for (int o = 10; o < 10 + options; ++o) {
      Candidate part = Part(std::to_string(o), {50 + upto(450), upto(60)});
      for (int budget = 0; budget < kBudgets; ++budget) part.values.push_back(upto(50));
      part.labels = {"v" + std::to_string(upto(vendors))};
      parts.push_back(std::move(part));
    }
    problem.slots.push_back(Place("s" + std::to_string(s), std::move(parts)));
  }
  problem.levels = {Least("price", SumOf(0))};
  return problem;
}

// Whoever takes a part that arrives late has a late package, whatever the other parts are: as soon
// as an earlier package is known, only parts that arrive as early are left to choose from.
TEST(HardProblems, PartsThatArriveTooLateAreNotTried) {
  Problem problem = Purchase(15, 20, 8);
  problem.levels.insert(problem.levels.begin(), Least("days", MaxOf(1)));
  ASSERT_TRUE(Validate(problem).ok());
  EXPECT_EQ(Solve(problem, AtMost(20'000)).status, ProofStatus::kOptimal);
}

// The same with vendors: once a package has as many as the best one known, only their parts are
// left to choose from.
TEST(HardProblems, PartsOfOneVendorTooManyAreNotTried) {
  Problem problem = Purchase(15, 6, 30);
  problem.levels.insert(problem.levels.begin(), Least("vendors", DistinctOf(0)));
  ASSERT_TRUE(Validate(problem).ok());
  EXPECT_EQ(Solve(problem, AtMost(20'000)).status, ProofStatus::kOptimal);
}

// No vendor sells parts for all slots, so whatever a stopped search did not look at has two vendors
// at least.
TEST(HardProblems, TheBoundOfAStoppedSearchCountsVendorsToCome) {
  Problem problem = Purchase(15, 10, 20);
  problem.levels.insert(problem.levels.begin(), Least("vendors", DistinctOf(0)));
  ASSERT_TRUE(Validate(problem).ok());
  const Solution stopped = Solve(problem, AtMost(50));
  ASSERT_EQ(stopped.status, ProofStatus::kStopped);
  EXPECT_GE(stopped.bound[0], 2);
}

// Parts use even numbers of units, and an odd number is asked for: no sum of even numbers is odd,
// while 20^12 packages come close.
TEST(HardProblems, SumsThatNoPackageCanHaveAreNotLookedFor) {
  Problem problem = Purchase(12, 20, 1);
  for (Slot& slot : problem.slots) {
    for (Candidate& part : slot.candidates) part.values[2] *= 2;
  }
  problem.limits = {{"use", SumOf(2), 601, 601}};
  ASSERT_TRUE(Validate(problem).ok());
  EXPECT_EQ(Solve(problem, AtMost(1'000)).status, ProofStatus::kInfeasible);
  problem.limits = {{"use", SumOf(2), 601, 602}};
  const Solution solution = Solve(problem, AtMost(20'000));
  ASSERT_EQ(solution.status, ProofStatus::kOptimal);
  EXPECT_EQ(solution.answers[0].evaluation.limit_values[0], 602);
}

// All but one of a slot's options leave several others without any: that is one reason too many not
// to take them, and no sum of such reasons may look like a gain.
TEST(HardProblems, OptionsThatLeaveSeveralSlotsEmptyAreNotTried) {
  constexpr TagId kSite = 0;
  constexpr TagId kStandard = 1;
  Problem problem;
  problem.attributes = {{"price", true}, {"power", true}};
  problem.tags = {"site", "standard"};
  std::vector<Candidate> sites = {Part("a", {1, 2}), Part("b", {2, 1})};
  for (Candidate& site : sites) site.provides = {kSite};
  problem.slots.push_back(Place("site", std::move(sites)));
  std::vector<Candidate> platforms;
  for (int o = 10; o < 50; ++o) platforms.push_back(Part(std::to_string(o), {o, 60 - o}));
  platforms.back().provides = {kStandard};
  problem.slots.push_back(Place("platform", std::move(platforms)));
  for (int s = 0; s < 6; ++s) {
    std::vector<Candidate> parts = {Part("a", {3, 4}), Part("b", {4, 3})};
    for (Candidate& part : parts) part.requires_ = {{kStandard}};
    problem.slots.push_back(Place("s" + std::to_string(s), std::move(parts)));
  }
  // So many rest on the site that it is decided first, and the platform by itself.
  std::vector<Candidate> sensors;
  for (int o = 10; o < 50; ++o) {
    sensors.push_back(Part(std::to_string(o), {o, 60 - o}));
    sensors.back().requires_ = {{kSite}};
  }
  problem.slots.push_back(Place("sensor", std::move(sensors)));
  problem.limits = {{"power", SumOf(1), {}, 1'000}};
  problem.levels = {Least("price", SumOf(0))};
  ASSERT_TRUE(Validate(problem).ok());
  const Solution solution = Solve(problem);
  ASSERT_EQ(solution.status, ProofStatus::kOptimal);
  EXPECT_EQ(solution.answers[0].choice.picks[1], (std::vector<int>{39}));
  EXPECT_LT(solution.nodes, 20);
}

// Values in whole thousands are those in ones, written differently: nothing lies between two of
// them, so that a bound between them is as good as the next.
TEST(HardProblems, TheUnitOfValuesDoesNotMatter) {
  Problem ones = TightOnAllSides(8);
  for (Slot& slot : ones.slots) {
    for (Candidate& candidate : slot.candidates) candidate.values[0] /= 400;
  }
  Problem thousands = ones;
  for (Slot& slot : thousands.slots) {
    for (Candidate& candidate : slot.candidates) candidate.values[0] *= 1'000;
  }
  ASSERT_TRUE(Validate(thousands).ok());
  const Solution in_ones = Solve(ones);
  const Solution in_thousands = Solve(thousands);
  ASSERT_EQ(in_thousands.answers.size(), 1U);
  EXPECT_EQ(in_thousands.answers[0].choice.picks, in_ones.answers[0].choice.picks);
  // Not the same to the node: prices on rows are rounded.
  EXPECT_LT(in_thousands.nodes, in_ones.nodes + in_ones.nodes / 10);
}

}  // namespace
}  // namespace stackport::match
