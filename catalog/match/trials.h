// Requests as they would be after a change, each solved for its one best package.
#ifndef STACKPORT_CATALOG_MATCH_TRIALS_H_
#define STACKPORT_CATALOG_MATCH_TRIALS_H_

#include <chrono>
#include <optional>

#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/conflicts.h"
#include "catalog/match/engine.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"

namespace stackport::match {

struct Trial {
  Fit fit = Fit::kUnknown;  // unknown: stopped before the proof, with no package found
  Request request;
  CompiledMatch compiled;
  Solution solution;  // one answer when something fits
  // Whether the one answer is proven to be the best.
  bool proven() const { return solution.status != ProofStatus::kStopped && fit != Fit::kUnknown; }
};

// Solves them one after the other; a deadline in the options holds for all together. Holds
// references only. One thread at a time.
class Trials {
 public:
  Trials(const PreparedCatalog& catalog, const CountryIndex& countries,
         const SearchOptions& options);

  Trial Best(Request request) const;

  // The same for a problem at hand; its `top` and `distance` are ignored. Requires: it is valid.
  Solution Best(Problem problem) const;

  // What is left of the time; nothing when it is used up.
  std::optional<SearchOptions> Left() const;

 private:
  const PreparedCatalog& catalog_;
  const CountryIndex& countries_;
  SearchOptions options_;
  std::optional<std::chrono::steady_clock::time_point> end_;
};

// What a solution says about its problem.
Fit FitOf(const Solution& solution);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_TRIALS_H_
