#include "catalog/match/label_bound.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catalog/match/search_model.h"
#include "catalog/match/search_state.h"
#include "tests/catalog/match/naive.h"
#include "tests/catalog/match/problem_builder.h"

namespace stackport::match {
namespace {

SearchModel ModelOf(const Problem& problem, int max_sets) {
  Tuning everything;
  everything.use_skyband = false;
  everything.max_sets = max_sets;
  return BuildSearchModel(problem, problem.levels, 0, 1, {}, everything);
}

Candidate FromVendor(std::string id, std::int64_t price, std::uint64_t vendor) {
  Candidate candidate = Part(std::move(id), {price});
  candidate.labels = {"v" + std::to_string(vendor)};
  return candidate;
}

// Slots whose candidates share a few vendors; some candidates have none. With a set slot, each of
// its candidates covers one or two of three names.
Problem SharedVendors(std::uint64_t seed, bool with_set) {
  std::mt19937_64 random(seed);
  Problem problem;
  problem.attributes = {{"price", true}};
  problem.label_kinds = {"vendor"};
  const int slots = with_set ? 2 : 4;
  for (int s = 0; s < slots; ++s) {
    Slot slot = Place("s" + std::to_string(s), {});
    for (int c = 0; c < 4; ++c) {
      slot.candidates.push_back(FromVendor("c" + std::to_string(c), 1, random() % 9));
      if (random() % 20 == 0) slot.candidates.back().labels = {""};
    }
    problem.slots.push_back(std::move(slot));
  }
  if (with_set) {
    Slot set = Place("set", {}, SlotChoice::kSet);
    set.cover = {"x", "y", "z"};
    set.max_picks = 3;
    for (int c = 0; c < 6; ++c) {
      Candidate candidate = FromVendor("m" + std::to_string(c), 1, random() % 9);
      candidate.covers = 1U << (c % 3) | 1U << (random() % 3);
      set.candidates.push_back(std::move(candidate));
    }
    problem.slots.push_back(std::move(set));
  }
  problem.levels = {Least("price", SumOf(0)), Least("vendors", DistinctOf(0))};
  return problem;
}

int FewestVendors(const Problem& problem, int slot, int candidate) {
  int fewest = 100;
  for (const naive::Ranked& package : naive::Enumerate(problem)) {
    const bool counts =
        slot < 0 || package.choice.picks[static_cast<std::size_t>(slot)].front() == candidate;
    if (counts) fewest = std::min(fewest, static_cast<int>(package.evaluation.level_values[1]));
  }
  return fewest;
}

TEST(LabelBound, IsExactWhereNothingElseMatters) {
  for (std::uint64_t seed = 1; seed <= 30; ++seed) {
    const Problem problem = SharedVendors(seed, false);
    const SearchModel model = ModelOf(problem, 5'000);
    SearchState state(model, 0);
    ASSERT_TRUE(state.Start());
    LabelBound bound(model, 0);
    bound.Look(state, kUnbounded, nullptr);
    EXPECT_EQ(bound.Least(), FewestVendors(problem, -1, -1)) << seed;
    EXPECT_EQ(bound.otherwise(), kUnbounded);
    for (int option = 0; option < 4; ++option) {
      EXPECT_EQ(bound.LeastWithOption(2, model.slots[2].labels[0][option]),
                FewestVendors(problem, 2, option))
          << seed << ' ' << option;
    }
  }
}

TEST(LabelBound, CountsTheMembersOfSetsAndNeverTooMany) {
  int exact = 0;
  for (std::uint64_t seed = 1; seed <= 60; ++seed) {
    const Problem problem = SharedVendors(seed, true);
    const int fewest = FewestVendors(problem, -1, -1);
    for (const int max_sets : {1, 5'000}) {
      const SearchModel model = ModelOf(problem, max_sets);
      ASSERT_EQ(model.slots[2].lazy, max_sets == 1);
      SearchState state(model, 0);
      ASSERT_TRUE(state.Start());
      LabelBound bound(model, 0);
      bound.Look(state, kUnbounded, nullptr);
      EXPECT_LE(bound.Least(), fewest) << seed;
      exact += bound.Least() == fewest ? 1 : 0;
    }
  }
  EXPECT_GT(exact, 90);  // of 120
}

// With room for a, of vendor 1, two vendors are needed; b would do with one and costs 5 more.
TEST(LabelBound, LeavesAsideWhatThereIsNoRoomForAndSaysWhatThatCosts) {
  Problem problem;
  problem.attributes = {{"price", true}};
  problem.label_kinds = {"vendor"};
  problem.slots = {Place("one", {FromVendor("a", 1, 1), FromVendor("b", 6, 2)}),
                   Place("two", {FromVendor("c", 1, 2), FromVendor("d", 9, 3)})};
  problem.levels = {Least("price", SumOf(0)), Least("vendors", DistinctOf(0))};
  const SearchModel model = ModelOf(problem, 5'000);
  const Wide dollar = model.key_weights[0];
  SearchState state(model, 0);
  ASSERT_TRUE(state.Start());
  LabelBound bound(model, 0);
  bound.Look(state, 4 * dollar, nullptr);
  EXPECT_EQ(bound.Least(), 2);
  EXPECT_EQ(bound.otherwise(), 5 * dollar);
  bound.Look(state, 5 * dollar, nullptr);
  EXPECT_EQ(bound.Least(), 1);
  EXPECT_EQ(bound.otherwise(), 8 * dollar);
}

}  // namespace
}  // namespace stackport::match
