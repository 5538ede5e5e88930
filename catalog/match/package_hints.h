// What a package found for one request says about another: a hint where to look, not a proof.
#ifndef STACKPORT_CATALOG_MATCH_PACKAGE_HINTS_H_
#define STACKPORT_CATALOG_MATCH_PACKAGE_HINTS_H_

#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/problem.h"
#include "catalog/match/request.h"

namespace stackport::match {

// Whether a package of `compiled`, which is of a request that asks for less, has a part or a site
// that `request` would not let through: by the rules for each part alone, without limits. It costs
// far less than compiling the request. Requires: the choice fits.
bool SeemsToMiss(const PreparedCatalog& catalog, const CountryIndex& countries,
                 const Request& request, const CompiledMatch& compiled, const Choice& choice);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_PACKAGE_HINTS_H_
