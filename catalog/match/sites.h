// Where packages may stand: the customer's site, and the regions of clouds the request allows.
#ifndef STACKPORT_CATALOG_MATCH_SITES_H_
#define STACKPORT_CATALOG_MATCH_SITES_H_

#include <string>
#include <vector>

#include "catalog/match/compiled.h"
#include "catalog/match/eligibility.h"

namespace stackport::match {

// Clouds that a rented machine or a hosted interface runs on: those whose catalogue lists it, and
// those that its document asks for. Sorted.
std::vector<std::string> CloudsOf(const Component& component);

// Every site that the request's deployment modes and residency allow, sorted by id. One site per
// provider and country; a region counts for the narrowest mode it meets, and a wider mode allows
// what a narrower one does. Providers that are excluded have no sites, nor have regions in which
// the catalog knows neither a machine to rent nor a hosted model, nor any where an air gap is
// demanded.
std::vector<Site> FindSites(const CatalogSnapshot& snapshot, const Request& request,
                            const Eligibility& eligibility);

// Why `provider` has no site among them. Requires: FindSites gives it none.
Exclusion WhyNoSite(const Component& provider, const Request& request,
                    const Eligibility& eligibility);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SITES_H_
