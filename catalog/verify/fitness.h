// Whether a component may be part of a package, judged anew from its document.
#ifndef STACKPORT_CATALOG_VERIFY_FITNESS_H_
#define STACKPORT_CATALOG_VERIFY_FITNESS_H_

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/model/component.h"
#include "catalog/verify/world.h"

namespace stackport::verify {

// `rule` names the first rule that excludes the component, as a result names it ("member_rule",
// "language", …), and is empty when none does; `open` counts the facts that are not stated.
struct Fitness {
  std::string rule;
  std::string why;
  std::int64_t open = 0;
};

// The rules that hold wherever the package stands: bans, destination and market, member rule,
// certifications, languages, mains, conditions of the site, open weights.
Fitness JudgeAnywhere(const World& world, const Component& component);

// Whether the licence of weights that the operator runs covers the purpose and the users asked for.
Fitness JudgeWeights(const World& world, const Component& model);

// One way to have a component at a place: an offer (null where the document states none) and
// whether it runs as a service of its vendor.
struct Way {
  const Offer* offer = nullptr;
  bool as_service = false;
  bool licence = false;  // an export licence has to be planned for
  std::int64_t lead_days = 0;
  std::int64_t open = 0;
};

// Every way that the rules of sale, residency, air gap, export and delivery allow. `why` says what
// excluded the last one when there is none.
struct Ways {
  std::vector<Way> ways;
  std::string why;
};
Ways WaysToHave(const World& world, const Component& component, const Place& place);

// Days to plan for at the pessimistic end: the offer's, or the assumption for machines without one,
// and the licence's where one is needed.
std::int64_t LeadDays(const World& world, const Component& component, const Offer* offer,
                      bool licence);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_FITNESS_H_
