#include "tests/bench/problem_sets.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace stackport::bench {
namespace {

using match::Problem;
using ::testing::ElementsAre;

// One slot; a candidate costs 2,500,001 and needs 70 ports of a switch with 2,000,000 ports.
TEST(Rounded, KeepsWhatQuantitiesAreComputedFrom) {
  Problem problem;
  problem.attributes = {{"cost", true}, {"ports", true}, {"few", true}};
  match::Candidate candidate;
  candidate.id = "a";
  candidate.values = {2'500'001, 2'000'000, 999'999};
  problem.slots.push_back({.name = "switch", .cover = {}, .candidates = {candidate}});
  match::Quantity quantity;
  quantity.name = "switches";
  quantity.demands = {{.constant = 70, .terms = {}, .divisor_slot = 0, .divisor_attribute = 1}};
  problem.quantities = {quantity};
  problem.limits = {{"cost", {.attribute = 0}, -7, 2'599'999}, {"few", {.attribute = 2}, {}, 5}};
  const Problem rounded = Rounded(problem, 1000);
  EXPECT_THAT(rounded.slots[0].candidates[0].values, ElementsAre(2501, 1'000'000, 999'999));
  EXPECT_EQ(rounded.limits[0].low, -1);
  EXPECT_EQ(rounded.limits[0].high, 2599);
  EXPECT_EQ(rounded.limits[1].high, 5);
}

}  // namespace
}  // namespace stackport::bench
