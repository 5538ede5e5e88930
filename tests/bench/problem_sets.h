// The problems that the engine and other solvers are timed on side by side.
#ifndef STACKPORT_TESTS_BENCH_PROBLEM_SETS_H_
#define STACKPORT_TESTS_BENCH_PROBLEM_SETS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "catalog/match/prepared_catalog.h"
#include "catalog/match/problem.h"
#include "catalog/match/request.h"

namespace stackport::bench {

struct ProblemSet {
  std::string name;
  std::vector<match::Problem> problems;
};

// Generated ones of two easy families with 30 and with 300 candidates in each slot, `count` of
// each; and one of each hard family at two sizes. Same count and seed, same problems.
std::vector<ProblemSet> GeneratedSets(std::size_t count, std::uint64_t seed);

// What the compiler makes of the requests on this catalog, one package each, rounded. A request
// that it refuses is left out.
ProblemSet CompiledSet(const match::PreparedCatalog& catalog,
                       const std::vector<match::Request>& requests);

// The same problem in coarser units, so that solvers with integers of 31 bits can take it: values
// of a million and more are divided by `divisor` and rounded up, limits on them are divided and
// rounded down. An attribute that quantities are computed from stays as it is, save that more than
// a million units of it in one place count as a million. Requires: divisor > 0.
match::Problem Rounded(match::Problem problem, std::int64_t divisor);

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_PROBLEM_SETS_H_
