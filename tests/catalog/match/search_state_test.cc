#include "catalog/match/search_state.h"

#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "catalog/match/search_model.h"
#include "tests/catalog/match/problem_builder.h"

namespace stackport::match {
namespace {

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

TEST(SearchState, WhatTheOnlyOptionOfASlotRequiresBindsTheOthersBeforeItIsDecided) {
  const Problem problem = OneSite();
  Tuning tuning;
  tuning.use_skyband = false;
  const SearchModel model = BuildSearchModel(problem, problem.levels, 0, 1, {}, tuning);
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
