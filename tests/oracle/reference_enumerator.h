// The slow, obvious solver: looks at every package there is.
//
// Written from the comments of catalog/match/problem.h and engine.h alone. It borrows their data
// types and nothing else: no function of problem.cc or engine.cc is called here, so that a fault
// has to be made twice, in two different ways, to stay unseen.
#ifndef STACKPORT_TESTS_ORACLE_REFERENCE_ENUMERATOR_H_
#define STACKPORT_TESTS_ORACLE_REFERENCE_ENUMERATOR_H_

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/match/problem.h"

namespace stackport::oracle {

// A feasible package with everything the total order looks at.
struct Package {
  match::Choice choice;
  match::Evaluation evaluation;
  std::vector<std::string> ids;  // the last tie-break
};

// How many choices the enumerator has to look at: the product over the slots of one, none-or-one,
// or the non-empty subsets of at most max_picks. Stops counting at 2^62.
std::int64_t CountChoices(const match::Problem& problem);

// Evaluates one choice. The vectors are filled whenever they can be computed, also for a choice
// that is infeasible; they stay empty when the picks of a slot are of a wrong number or not
// ascending, or a quantity has no value. Requires: terms, divisors and radixes name slots that are
// not sets.
match::Evaluation ReferenceEvaluate(const match::Problem& problem, const match::Choice& choice);

// The value of one measure over a choice whose slot units are known.
std::int64_t ReferenceMeasure(const match::Problem& problem, const match::Choice& choice,
                              const std::vector<std::int64_t>& slot_units,
                              const match::Measure& measure);

// Candidate ids in slot order, as the last tie-break compares them.
std::vector<std::string> ReferenceIds(const match::Problem& problem, const match::Choice& choice);

// Sum of the distance weights of the slots that were filled differently.
int ReferenceDistance(const match::Problem& problem, const match::Choice& a,
                      const match::Choice& b);

// True when `a` comes before `b`: level values, then ids, both lexicographically.
bool Before(const Package& a, const Package& b);

// Every feasible package, first to last in the total order.
std::vector<Package> AllPackages(const match::Problem& problem);

// The first problem.top of `packages` (in order), each at least problem.distance from all earlier.
std::vector<Package> ReferenceTop(const match::Problem& problem,
                                  const std::vector<Package>& packages);

// A nondominated vector and the first package that attains it.
struct FrontPoint {
  std::vector<std::int64_t> vector;
  Package package;
};

// The Pareto front of `packages` (in order) under `measures`, sorted by vector.
std::vector<FrontPoint> ReferenceFront(const match::Problem& problem,
                                       const std::vector<Package>& packages,
                                       const std::vector<match::Measure>& measures);

}  // namespace stackport::oracle

#endif  // STACKPORT_TESTS_ORACLE_REFERENCE_ENUMERATOR_H_
