// Where packages may stand: the customer's site, and the regions of clouds the request allows.
#ifndef STACKPORT_CATALOG_MATCH_SITES_H_
#define STACKPORT_CATALOG_MATCH_SITES_H_

#include <string>
#include <vector>

#include "catalog/match/compiled.h"
#include "catalog/match/eligibility.h"

namespace stackport::match {

// Every site that the request's deployment modes and residency allow, sorted by id. One site per
// provider and country; a region counts for the narrowest mode it meets, and a wider mode allows
// what a narrower one does. Providers that are excluded have no sites.
std::vector<Site> FindSites(const CatalogSnapshot& snapshot, const Request& request,
                            const Eligibility& eligibility);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SITES_H_
