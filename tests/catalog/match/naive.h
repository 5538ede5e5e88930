// Slow and obvious: every choice of a small problem, sorted. Uses only Evaluate, CanonicalIds and
// Distance; and random small problems to compare with.
#ifndef STACKPORT_TESTS_CATALOG_MATCH_NAIVE_H_
#define STACKPORT_TESTS_CATALOG_MATCH_NAIVE_H_

#include <cstdint>
#include <vector>

#include "catalog/match/engine.h"
#include "catalog/match/problem.h"

namespace stackport::match::naive {

// A feasible choice with all that orders it.
struct Ranked {
  Choice choice;
  Evaluation evaluation;
  std::vector<std::string> ids;
};

// All feasible choices in the total order.
std::vector<Ranked> Enumerate(const Problem& problem);

// The answers among `ranked`: the first `top`, each at its distance from the earlier ones.
std::vector<Ranked> Greedy(const Problem& problem, const std::vector<Ranked>& ranked);

// The value of a measure for a choice.
std::int64_t ValueOf(const Problem& problem, const Measure& measure, const Choice& choice);

// A random problem with some thousands of choices at most. The same seed gives the same problem.
Problem RandomProblem(std::uint64_t seed);

}  // namespace stackport::match::naive

#endif  // STACKPORT_TESTS_CATALOG_MATCH_NAIVE_H_
