// Which options of a slot can be dropped because at least K others in the same slot are no worse in
// whatever package they stand in.
#ifndef STACKPORT_CATALOG_MATCH_SKYBAND_H_
#define STACKPORT_CATALOG_MATCH_SKYBAND_H_

#include <cstdint>
#include <vector>

#include "catalog/match/search_model.h"

namespace stackport::match {

// What an exchange inside one slot must not disturb.
struct DominanceRules {
  int slot = 0;
  int top = 1;                     // K
  int pareto = 0;                  // so many leading levels are compared component by component
  SearchBudget* budget = nullptr;  // when its time is out, whatever is left is kept; may be null
  // By option: options of different classes drive quantities differently and are never compared.
  std::vector<int> driver_class;
  // By relevant tag.
  std::vector<bool> tag_in_group;
  std::vector<bool> tag_in_conflict;
};

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
