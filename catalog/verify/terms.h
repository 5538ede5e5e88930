// On which terms a part can be had: the possible costs, lead times and open facts of one unit.
#ifndef STACKPORT_CATALOG_VERIFY_TERMS_H_
#define STACKPORT_CATALOG_VERIFY_TERMS_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/verify/prices.h"
#include "catalog/verify/world.h"

namespace stackport::verify {

struct Terms {
  UnitCost cost;
  Interval watts;
  std::int64_t lead_days = 0;
  bool licence = false;
  bool as_service = false;
  std::string location;   // of what runs elsewhere than at the customer's; else empty
  std::int64_t open = 0;  // facts not stated that could rule the package out
};

// `terms` is empty when the component cannot be part of a package there, and `why` says why.
struct PossibleTerms {
  std::vector<Terms> terms;
  std::string why;
};

// The terms of a part in a group of demands, from the documents alone; one for each offer that
// counts. Requires: the component answers the group's demands at the place.
PossibleTerms TermsOf(const World& world, const StandIns& stand_ins, const Load& load,
                      const Place& place, const ClaimedPart& part, const Component& component,
                      std::string_view group);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_TERMS_H_
