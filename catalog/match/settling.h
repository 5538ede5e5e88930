// Which unknown facts stand between a request that rejects them and a package.
#ifndef STACKPORT_CATALOG_MATCH_SETTLING_H_
#define STACKPORT_CATALOG_MATCH_SETTLING_H_

#include <string>
#include <utility>
#include <vector>

#include "catalog/countries/country_index.h"
#include "catalog/match/engine.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"

namespace stackport::match {

// A component, and a fact that its document does not state.
using UnstatedFact = std::pair<std::string, std::string>;

// What a package rests on that the request rejects.
struct Settlement {
  std::vector<UnstatedFact> facts;  // sorted
  // Where the package stands ("cloud:aws@ZA"): what an offer does not state is asked of the offer
  // for there.
  std::string site;
};

// Facts that let a package appear when all of them turn out well: those of the package that rests
// on fewest, each of its parts counted by itself; among such packages the request's order decides.
// Missing prices are among them where the request rejects those. None when no package rests on
// unknown facts alone, or when the search stopped before its proof. Requires: the request rejects
// unknown facts or missing prices, and has no package.
Settlement FactsToSettle(const PreparedCatalog& catalog, const CountryIndex& countries,
                         const Request& request, const SearchOptions& options);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SETTLING_H_
