// Which options of a slot can be dropped because at least K others in the same slot are no worse in
// whatever package they stand in.
#ifndef STACKPORT_CATALOG_MATCH_SKYBAND_H_
#define STACKPORT_CATALOG_MATCH_SKYBAND_H_

#include <vector>

#include "catalog/match/dominance.h"
#include "catalog/match/search_model.h"

namespace stackport::match {

struct Skyband {
  std::vector<int> kept;  // options, ascending
  // By kept option: others that dominate it, not always all of them, less than K; each by its place
  // in `kept`.
  Lists<int> dominators;
};

// Exact: the first K packages, with any greedy distance, are the same with and without the dropped
// options (proof in skyband.cc).
Skyband FindSkyband(const SearchModel& model, const SlotOptions& slot, const DominanceRules& rules);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SKYBAND_H_
