// The engine with its switches in reach, for tests: every tuning gives the same answers.
#ifndef STACKPORT_CATALOG_MATCH_ENGINE_TUNED_H_
#define STACKPORT_CATALOG_MATCH_ENGINE_TUNED_H_

#include <vector>

#include "catalog/match/engine.h"
#include "catalog/match/search_model.h"

namespace stackport::match {

Solution SolveTuned(const Problem& problem, const SearchOptions& options, const Tuning& tuning);
AnyPackage FindAnyTuned(const Problem& problem, const SearchOptions& options, const Tuning& tuning);
std::vector<Solution> SolveClassesTuned(const Problem& problem, const SlotClasses& classes,
                                        const SearchOptions& options, const Tuning& tuning,
                                        const Solution* known = nullptr);
Front SolveParetoTuned(const Problem& problem, const std::vector<Measure>& measures, int max_points,
                       const SearchOptions& options, const Tuning& tuning);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_ENGINE_TUNED_H_
