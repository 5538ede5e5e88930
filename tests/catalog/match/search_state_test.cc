#include "catalog/match/search_state.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "catalog/match/search_model.h"
#include "tests/catalog/match/problem_builder.h"

namespace stackport::match {
namespace {

SearchModel ModelWithAllOptions(const Problem& problem) {
  Tuning tuning;
  tuning.use_skyband = false;
  return BuildSearchModel(problem, problem.levels, 0, 1, {}, tuning);
}

// The only site requires a part of one make, which a server and a switch can be of. Servers come
// first because the number of switches depends on their size.
Problem OneSite() {
  Problem problem;
  problem.attributes = {{"price", true}, {"size", false}};
  problem.tags = {"of the make"};
  Slot server = Place("server", {Part("ours", {10, 2}), Part("theirs", {0, 1})});
  server.candidates[0].provides = {0};
  Slot network = Place("network", {Part("ours", {4}), Part("theirs", {0})});
  network.candidates[0].provides = {0};
  Slot site = Place("site", {Part("here", {0})});
  site.candidates[0].requires_ = {{0}};
  network.quantity = 0;
  Quantity switches;
  switches.name = "switches";
  switches.demands = {{0, {{kOneUnit, 1, 0, 1}}}};
  problem.quantities = {switches};
  problem.slots = {std::move(server), std::move(network), std::move(site)};
  problem.levels = {Least("price", SumOf(0))};
  return problem;
}

// Software that asks for speed runs on a fast chip, or on one that may be fast where somebody takes
// that on trust; modest software needs a cable. Chips come first because they decide about the
// wiring.
Problem SpeedOnTrust() {
  Problem problem;
  problem.attributes = {{"price", true}, {"size", false}};
  problem.tags = {"fast", "perhaps fast", "cable"};
  Slot chip = Place("chip", {Part("fast", {9, 1}), Part("slow", {0, 2}), Part("vague", {3, 1})});
  chip.candidates[0].provides = {0};
  chip.candidates[2].provides = {1};
  Slot software = Place("software", {Part("demanding", {0}), Part("modest", {1})});
  software.candidates[0].requires_ = {{0}};
  software.candidates[1].requires_ = {{2}};
  Slot trust = Place("trust", {Part("assumed", {5})}, SlotChoice::kOptional);
  trust.candidates[0].provides = {0};
  trust.candidates[0].requires_ = {{1}};
  Slot wiring = Place("wiring", {Part("air", {0}), Part("cable", {2})});
  wiring.candidates[1].provides = {2};
  wiring.quantity = 0;
  Quantity cables;
  cables.name = "cables";
  cables.demands = {{0, {{kOneUnit, 1, 0, 1}}}};
  problem.quantities = {cables};
  problem.slots = {std::move(chip), std::move(software), std::move(trust), std::move(wiring)};
  problem.levels = {Least("price", SumOf(0))};
  return problem;
}

TEST(SearchState, WhatTheLastOptionOfASlotNeedsAndLacksIsFollowedFromSlotToSlot) {
  const Problem problem = SpeedOnTrust();
  const SearchModel model = ModelWithAllOptions(problem);
  SearchState state(model, 0);
  ASSERT_TRUE(state.Start());
  ASSERT_EQ(state.next_slot(), 0);
  const auto open = [&](int slot) {
    std::vector<int> options;
    state.ForEachOpen(slot, [&](int option) { options.push_back(option); });
    return options;
  };

  // Nobody vouches for a slow chip, so the software is the modest one, which needs the cable.
  ASSERT_TRUE(state.Decide(std::vector<int>{1}));
  EXPECT_EQ(open(1), std::vector<int>{1});
  EXPECT_EQ(open(2).size(), 1U);
  EXPECT_EQ(open(3), std::vector<int>{1});
  state.Undo();
  ASSERT_TRUE(state.Decide(std::vector<int>{2}));
  EXPECT_EQ(open(1).size(), 2U);
  EXPECT_EQ(open(2).size(), 2U);
  EXPECT_EQ(open(3).size(), 2U);
}

TEST(SearchState, WhatTheOnlyOptionOfASlotRequiresBindsTheOthersBeforeItIsDecided) {
  const Problem problem = OneSite();
  const SearchModel model = ModelWithAllOptions(problem);
  SearchState state(model, 0);
  ASSERT_TRUE(state.Start());
  ASSERT_EQ(state.next_slot(), 0);
  ASSERT_TRUE(state.Decide(std::vector<int>{1}));
  EXPECT_TRUE(state.Open(1, 0));
  EXPECT_FALSE(state.Open(1, 1));
  state.Undo();
  ASSERT_TRUE(state.Decide(std::vector<int>{0}));
  EXPECT_TRUE(state.Open(1, 0));
  EXPECT_TRUE(state.Open(1, 1));
}

}  // namespace
}  // namespace stackport::match
