// What stops a search early.
#ifndef STACKPORT_CATALOG_MATCH_SEARCH_BUDGET_H_
#define STACKPORT_CATALOG_MATCH_SEARCH_BUDGET_H_

#include <chrono>
#include <cstdint>

#include "catalog/match/engine.h"

namespace stackport::match {

// Counts nodes over all searches that share it, and looks at the clock and the cancel flag. Time
// runs from its construction, so that a search's preparation counts. One thread at a time.
class SearchBudget {
 public:
  // `options` must outlive it.
  explicit SearchBudget(const SearchOptions& options);
  // Counts one node; false when the search has to stop.
  bool Spend();
  // Counts work beside nodes, so that the clock is looked at in time.
  void AddWork(std::int64_t additions);
  // Whether the deadline has passed or somebody cancelled, by a look at the clock; from then on
  // nothing can be spent. Not for every node: it takes some ten nanoseconds.
  bool OutOfTime();
  std::int64_t nodes() const { return nodes_; }

 private:
  const SearchOptions& options_;
  std::chrono::steady_clock::time_point end_;
  std::int64_t nodes_ = 0;
  std::int64_t until_check_ = 0;
  bool exhausted_ = false;
  bool out_of_time_ = false;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SEARCH_BUDGET_H_
