// Splitting a problem by the slot that decides most about the others: an architecture, a site.
//
// With that slot's candidate fixed, most candidates of the other slots fall away, because they
// require another one; the small problems left have tight bounds where the whole has loose ones.
#ifndef STACKPORT_CATALOG_MATCH_VARIANTS_H_
#define STACKPORT_CATALOG_MATCH_VARIANTS_H_

#include <optional>
#include <vector>

#include "catalog/match/problem.h"

namespace stackport::match {

// The kOne slot, with two candidates or more, on whose candidates' own tags the most requirement
// groups of other slots rest alone; -1 when none rests on any.
int FindVariantSlot(const Problem& problem);

// The problem with one candidate of one slot fixed, and without the candidates that then have an
// unmet requirement.
struct Variant {
  Problem problem;
  std::vector<std::vector<int>> original;  // [slot][candidate] -> candidate of the whole problem

  // A choice of this problem in candidates of the whole.
  Choice ToWhole(const Choice& choice) const;
};

// Nothing when some slot that must be filled is left empty: then no package has that candidate.
std::optional<Variant> FixCandidate(const Problem& problem, int slot, int candidate);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_VARIANTS_H_
