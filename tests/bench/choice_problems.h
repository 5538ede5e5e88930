// Choose-one-per-slot problems by a seed: from easy ones to those that the literature on knapsacks
// with several budgets calls hard.
#ifndef STACKPORT_TESTS_BENCH_CHOICE_PROBLEMS_H_
#define STACKPORT_TESTS_BENCH_CHOICE_PROBLEMS_H_

#include <cstdint>
#include <string_view>

#include "catalog/match/problem.h"

namespace stackport::bench {

enum class ChoiceFamily {
  kBudgets,      // least cost; budgets a little below what the cheapest package uses
  kInterfaces,   // the same, and neighbouring slots have to share one of four interfaces
  kIndependent,  // most value; values say nothing of uses
  kWeak,         // values near the mean use
  kStrong,       // values are the mean use plus a constant
  kSubset,       // values are the first use
  kRanked,       // small uses, values that weigh each of them differently
  kRatio,        // weakly correlated, and a share of the value has to carry credit
  kTight,        // weakly correlated, little room in all budgets together
  kInfeasible,   // the budgets together are 2 percent below the least there is
};
std::string_view FamilyName(ChoiceFamily family);

struct ChoiceShape {
  ChoiceFamily family = ChoiceFamily::kBudgets;
  int slots = 1;
  int candidates = 1;  // of each slot
  int budgets = 1;
};

// One level, one package. Same shape and seed, same problem, on every machine. Requires: numbers of
// the shape are positive.
match::Problem ChoiceProblem(const ChoiceShape& shape, std::uint64_t seed);

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_CHOICE_PROBLEMS_H_
