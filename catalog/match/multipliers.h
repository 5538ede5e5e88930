// Multipliers: prices on the limited rows that make "key plus priced overuse" a strong lower bound.
#ifndef STACKPORT_CATALOG_MATCH_MULTIPLIERS_H_
#define STACKPORT_CATALOG_MATCH_MULTIPLIERS_H_

#include <optional>
#include <vector>

#include "catalog/match/arithmetic.h"
#include "catalog/match/search_model.h"
#include "catalog/match/search_state.h"

namespace stackport::match {

// A multiplier for each limited row, none below 0; empty when pricing does not help. Found by
// subgradient steps on the costs that `state` holds now. Any non-negative multipliers give a valid
// bound, so floating point here changes the speed and never the answer. `target` is the key of
// a known package, if any.
std::vector<Wide> FindMultipliers(const SearchModel& model, const SearchState& state,
                                  std::optional<Wide> target);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_MULTIPLIERS_H_
