// What the engine may and may not answer, given every package there is. Each ...Fault
// function returns an empty text when all is well and otherwise what differs, for people.
#ifndef STACKPORT_TESTS_ORACLE_COMPARISON_H_
#define STACKPORT_TESTS_ORACLE_COMPARISON_H_

#include <string>
#include <vector>

#include "catalog/match/engine.h"
#include "tests/oracle/reference_enumerator.h"

namespace stackport::oracle {

// Every figure of `actual` against the reference's; `violation` is for people and only has to be
// there when, and only when, the choice is infeasible.
std::string EvaluationFault(const match::Evaluation& actual, const match::Evaluation& expected);

// The status and one line per answer: its ids in slot order and its level values. The form in which
// expected answers of known instances are kept.
std::string SolutionText(const match::Problem& problem, const match::Solution& solution);

// A search that ran to its proof: the whole answer against the first packages of the order.
// `packages` is AllPackages(problem).
std::string SolutionFault(const match::Problem& problem, const match::Solution& solution,
                          const std::vector<Package>& packages);

// A search that may have been stopped: a claim of proof must be true, each answer a real package,
// in order and apart, and the bound below every package that is missing.
std::string StoppedSolutionFault(const match::Problem& problem, const match::Solution& solution,
                                 const std::vector<Package>& packages);

// A whole Pareto front against the reference's.
std::string FrontFault(const match::Problem& problem, const match::Front& front,
                       const std::vector<match::Measure>& measures,
                       const std::vector<Package>& packages);

}  // namespace stackport::oracle

#endif  // STACKPORT_TESTS_ORACLE_COMPARISON_H_
