#include "tests/bench/choice_problems.h"

#include <gtest/gtest.h>

#include "catalog/match/engine.h"

namespace stackport::bench {
namespace {

using match::Problem;
using match::ProofStatus;

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
    EXPECT_EQ(match::Solve(ChoiceProblem({ChoiceFamily::kInfeasible, 6, 8, 3}, seed)).status,
              ProofStatus::kInfeasible);
    EXPECT_EQ(match::Solve(ChoiceProblem({ChoiceFamily::kTight, 6, 8, 3}, seed)).status,
              ProofStatus::kOptimal);
  }
}

}  // namespace
}  // namespace stackport::bench
