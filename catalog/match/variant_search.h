// Top-K by variants: the first package of each small problem, and always the first of those next.
#ifndef STACKPORT_CATALOG_MATCH_VARIANT_SEARCH_H_
#define STACKPORT_CATALOG_MATCH_VARIANT_SEARCH_H_

#include "catalog/match/engine.h"
#include "catalog/match/search_model.h"
#include "catalog/match/variants.h"

namespace stackport::match {

// The answer of Solve(problem), found by fixing each candidate of `slot` in turn. Every package
// belongs to exactly one variant, so the first package that keeps the distance is the first among
// the variants' own firsts; a variant is searched again only after an answer came too close to the
// one it had. Requires: `slot` is a kOne slot.
Solution SolveByVariants(const Problem& problem, int slot, const SearchOptions& options,
                         const Tuning& tuning);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_VARIANT_SEARCH_H_
