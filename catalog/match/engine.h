// The engine: exact top-K search over a problem. Knows nothing but problems.
#ifndef STACKPORT_CATALOG_MATCH_ENGINE_H_
#define STACKPORT_CATALOG_MATCH_ENGINE_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/match/problem.h"

namespace stackport::match {

// Changes whenever an answer could: it is part of a result's id.
inline constexpr std::string_view kEngineVersion = "1";

struct SearchOptions {
  // Both stop the search early with the proven bound; without them it runs to the proof.
  std::optional<std::chrono::milliseconds> deadline;
  std::optional<std::int64_t> max_nodes;
  const std::atomic<bool>* cancel = nullptr;  // not owned; checked about every millisecond
};

enum class ProofStatus {
  kOptimal,     // these are the first K, and there is no better
  kInfeasible,  // no package fits, proven
  kStopped,     // deadline, node limit or cancel: best found, with the bound below
};

struct Answer {
  Choice choice;
  Evaluation evaluation;
};

struct Solution {
  ProofStatus status = ProofStatus::kInfeasible;
  std::vector<Answer> answers;  // best first; fewer than K when fewer exist
  // With kStopped: no package that is missing from `answers`, and far enough from them, has level
  // values below this vector (lexicographically). Empty when optimal or infeasible.
  std::vector<std::int64_t> bound;
  std::int64_t nodes = 0;  // deterministic for a problem that ran to its proof
};

// The first `problem.top` packages of the total order (level values lexicographically, then
// CanonicalIds), each at least `problem.distance` from every earlier one. Same problem, same bytes
// of answer, whatever the machine. Requires: Validate(problem) is ok. Thread-safe.
Solution Solve(const Problem& problem, const SearchOptions& options = {});

// Whether any package fits.
struct AnyPackage {
  bool settled = false;           // false: stopped before it knew
  std::optional<Answer> package;  // one that fits, not the first in any order
  std::int64_t nodes = 0;
};

// Stops at the first package that it meets; problem.top and problem.distance are ignored. Requires:
// Validate(problem) is ok. Thread-safe.
AnyPackage FindAny(const Problem& problem, const SearchOptions& options = {});

// Candidates of one slot in classes, numbered from 0.
struct SlotClasses {
  int slot = -1;                  // a kOne or kOptional slot
  std::vector<int> of_candidate;  // by candidate of the slot
  int count = 0;
};

// For each class the first package whose candidate in that slot belongs to it; problem.top and
// problem.distance are ignored. The options hold for each class alone. `known`, if not null, is
// what Solve gave for the problem: the first package of all is not searched for again. Requires:
// Validate(problem) is ok. Thread-safe.
std::vector<Solution> SolveClasses(const Problem& problem, const SlotClasses& classes,
                                   const SearchOptions& options = {},
                                   const Solution* known = nullptr);

// The exact Pareto front of the given measures (2 to 4, less is better): every nondominated vector
// once, with the first package of the total order that attains it, sorted by vector. At most
// `max_points`; `truncated` says when the front is longer. problem.levels break ties; top and
// distance are ignored. Requires: Validate(problem) is ok also with the measures as levels. When
// stopped, the vectors found so far are on the front.
struct Front {
  ProofStatus status = ProofStatus::kInfeasible;
  std::vector<Answer> answers;
  std::vector<std::vector<std::int64_t>> vectors;
  bool truncated = false;
  std::int64_t nodes = 0;
};
Front SolvePareto(const Problem& problem, const std::vector<Measure>& measures, int max_points,
                  const SearchOptions& options = {});

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_ENGINE_H_
