#include "catalog/match/skyband.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <utility>
#include <vector>

#include "catalog/match/search_model.h"
#include "tests/catalog/match/problem_builder.h"

namespace stackport::match {
namespace {

// One slot whose parts have a price and `uses` attributes with a limit that all keep.
Problem OneSlot(std::vector<std::vector<std::int64_t>> parts, int uses) {
  Problem problem;
  problem.attributes = {{"price", true}};
  for (int use = 1; use <= uses; ++use) {
    problem.attributes.push_back({"use " + std::to_string(use), true});
    problem.limits.push_back(
        {"limit", SumOf(use), std::nullopt, std::int64_t{1'000'000'000'000'000}});
  }
  Slot slot = Place("only", {});
  for (std::vector<std::int64_t>& values : parts) {
    slot.candidates.push_back(Part("c" + std::to_string(slot.candidates.size()), values));
  }
  problem.slots = {std::move(slot)};
  problem.levels = {Least("price", SumOf(0))};
  return problem;
}

// Candidates that are left of the first slot when the `top` best packages are wanted.
std::vector<int> Kept(const Problem& problem, int top) {
  const SearchModel model = BuildSearchModel(problem, problem.levels, 0, top, {}, Tuning{});
  std::vector<int> kept;
  for (int option = 0; option < model.slots[0].count; ++option) {
    kept.push_back(model.slots[0].picks[option][0]);
  }
  return kept;
}

TEST(Skyband, DropsWhatAnotherIsNowhereWorseThan) {
  EXPECT_EQ(Kept(OneSlot({{5, 7}, {6, 7}, {6, 6}}, 1), 1), (std::vector<int>{0, 2}));
}

TEST(Skyband, KeepsAsManyAsAreWanted) {
  EXPECT_EQ(Kept(OneSlot({{1, 1}, {2, 2}, {3, 3}, {4, 4}}, 1), 2), (std::vector<int>{0, 1}));
}

TEST(Skyband, SeesADifferenceOfOneInALargeRange) {
  // 500'000'000 and 500'000'001 are alike when 1'000'000'000 is cut into a few steps.
  const std::vector<std::vector<std::int64_t>> parts = {
      {1, 1'000'000'000}, {2, 500'000'001}, {3, 500'000'000}, {4, 500'000'000}, {5, 0}};
  EXPECT_EQ(Kept(OneSlot(parts, 1), 1), (std::vector<int>{0, 1, 2, 4}));
}

TEST(Skyband, ReadsEveryLimitOfMany) {
  // Worse in price and better in the last of twelve limited attributes alone.
  std::vector<std::int64_t> cheap(13, 4);
  std::vector<std::int64_t> dear(13, 4);
  dear[0] = 5;
  EXPECT_EQ(Kept(OneSlot({cheap, dear}, 12), 1), (std::vector<int>{0}));
  dear[12] = 3;
  EXPECT_EQ(Kept(OneSlot({cheap, dear}, 12), 1), (std::vector<int>{0, 1}));
}

TEST(Skyband, TakesNegativeUsesForLessThanNone) {
  constexpr std::int64_t kLargest = 1'000'000'000'000'000;
  const std::vector<std::vector<std::int64_t>> parts = {
      {1, kLargest}, {2, 0}, {3, -kLargest}, {4, -kLargest}};
  EXPECT_EQ(Kept(OneSlot(parts, 1), 1), (std::vector<int>{0, 1, 2}));
}

// What the definition says of two candidates, for a single level and limits from above.
bool Dominates(const Problem& problem, const Candidate& e, const Candidate& c) {
  for (std::size_t a = 0; a < problem.attributes.size(); ++a) {
    if (e.values[a] > c.values[a]) return false;
  }
  return e.values[0] < c.values[0] || e.id < c.id;
}

std::vector<int> KeptByDefinition(const Problem& problem, int top) {
  const auto& candidates = problem.slots[0].candidates;
  std::vector<int> kept;
  for (std::size_t c = 0; c < candidates.size(); ++c) {
    const auto dominators =
        std::count_if(candidates.begin(), candidates.end(),
                      [&](const Candidate& e) { return Dominates(problem, e, candidates[c]); });
    if (dominators < top) kept.push_back(static_cast<int>(c));
  }
  return kept;
}

TEST(Skyband, IsWhatTheDefinitionSays) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    std::mt19937_64 random(seed);
    const int uses = static_cast<int>(1 + seed % 10);
    const std::uint64_t largest = seed % 3 == 0 ? 3 : seed % 3 == 1 ? 900 : 7'000'000'000;
    std::vector<std::vector<std::int64_t>> parts(30);
    for (auto& values : parts) {
      for (int a = 0; a <= uses; ++a) {
        values.push_back(static_cast<std::int64_t>(random() % largest) -
                         static_cast<std::int64_t>(largest / 3));
      }
    }
    const Problem problem = OneSlot(parts, uses);
    const int top = static_cast<int>(1 + seed % 4);
    EXPECT_EQ(Kept(problem, top), KeptByDefinition(problem, top)) << "seed " << seed;
  }
}

TEST(Skyband, ListsWhatDominatesTheOptionsThatAreLeft) {
  const Problem problem = OneSlot({{4, 4}, {1, 9}, {2, 5}, {3, 3}, {5, 4}, {9, 9}}, 1);
  const auto& candidates = problem.slots[0].candidates;
  const SearchModel model = BuildSearchModel(problem, problem.levels, 0, 3, {}, Tuning{});
  const SlotOptions& slot = model.slots[0];
  const auto part = [&](int option) {
    return candidates[static_cast<std::size_t>(slot.picks[option][0])];
  };
  for (int c = 0; c < slot.count; ++c) {
    std::vector<int> dominators;
    for (int e = 0; e < slot.count; ++e) {
      if (Dominates(problem, part(e), part(c))) dominators.push_back(e);
    }
    const auto listed = slot.dominators[c];
    std::vector<int> found(listed.begin(), listed.end());
    std::sort(found.begin(), found.end());
    EXPECT_EQ(found, dominators) << part(c).id;
  }
}

}  // namespace
}  // namespace stackport::match
