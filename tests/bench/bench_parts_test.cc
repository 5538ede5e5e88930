// The parts of the matching benchmark that its figures hang on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/match/engine.h"
#include "tests/bench/choice_problems.h"
#include "tests/bench/problem_sets.h"
#include "tests/bench/timings.h"

namespace stackport::bench {
namespace {

using match::Problem;
using match::ProofStatus;
using ::testing::ElementsAre;

constexpr ChoiceFamily kFamilies[] = {ChoiceFamily::kBudgets,     ChoiceFamily::kInterfaces,
                                      ChoiceFamily::kIndependent, ChoiceFamily::kWeak,
                                      ChoiceFamily::kStrong,      ChoiceFamily::kSubset,
                                      ChoiceFamily::kRanked,      ChoiceFamily::kRatio,
                                      ChoiceFamily::kTight,       ChoiceFamily::kInfeasible};

TEST(ChoiceProblems, ASeedNamesOneProblem) {
  for (const ChoiceFamily family : kFamilies) {
    const ChoiceShape shape{family, 5, 6, 3};
    const std::string text = match::WriteProblem(ChoiceProblem(shape, 7));
    EXPECT_EQ(text, match::WriteProblem(ChoiceProblem(shape, 7)));
    EXPECT_NE(text, match::WriteProblem(ChoiceProblem(shape, 8)));
  }
}

TEST(ChoiceProblems, EveryFamilyHasTheShapeThatWasAskedFor) {
  for (const ChoiceFamily family : kFamilies) {
    const Problem problem = ChoiceProblem({family, 5, 6, 3}, 1);
    ASSERT_TRUE(match::Validate(problem).ok()) << FamilyName(family);
    EXPECT_EQ(problem.slots.size(), 5U);
    for (const match::Slot& slot : problem.slots) EXPECT_EQ(slot.candidates.size(), 6U);
    EXPECT_EQ(problem.limits.size(), family == ChoiceFamily::kRatio ? 4U : 3U);
  }
}

TEST(ChoiceProblems, NothingFitsInTheInfeasibleFamilyAndSomethingInTheTightOne) {
  for (std::uint64_t seed = 1; seed <= 5; ++seed) {
    EXPECT_EQ(match::Solve(ChoiceProblem({ChoiceFamily::kInfeasible, 8, 10, 5}, seed)).status,
              ProofStatus::kInfeasible);
    EXPECT_EQ(match::Solve(ChoiceProblem({ChoiceFamily::kTight, 8, 10, 5}, seed)).status,
              ProofStatus::kOptimal);
  }
}

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

TEST(Readings, APercentileIsALowerBoundWhenStoppedOnesCouldPushItUp) {
  Readings readings;
  for (int i = 1; i <= 8; ++i) readings.Add(i);
  readings.Add(2000, true);
  readings.Add(4.5, true);
  EXPECT_EQ(ToText(readings.At(0.4)), "4.000");
  EXPECT_EQ(ToText(readings.Median()), "> 4.500");
  EXPECT_EQ(ToText(readings.At(0.99)), "> 2000");
}

TEST(Readings, ShowAboutThreeDigits) {
  EXPECT_EQ(ToText({0.3124, false}), "0.312");
  EXPECT_EQ(ToText({9.9996, false}), "10.00");
  EXPECT_EQ(ToText({45.678, false}), "45.68");
  EXPECT_EQ(ToText({345.67, false}), "345.7");
  EXPECT_EQ(ToText({12345.6, true}), "> 12346");
}

}  // namespace
}  // namespace stackport::bench
