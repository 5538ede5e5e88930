// Where packages may stand: the customer's site, and the regions of clouds the request allows.
#ifndef STACKPORT_CATALOG_MATCH_SITES_H_
#define STACKPORT_CATALOG_MATCH_SITES_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/match/compiled.h"
#include "catalog/match/eligibility.h"
#include "catalog/match/prepared_catalog.h"

namespace stackport::match {

// Every site that the request's deployment modes and residency allow, sorted by id. One site per
// provider and country; a region counts for the narrowest mode it meets, and a wider mode allows
// what a narrower one does. Providers that are excluded have no sites, nor have regions in which
// the catalog knows neither a machine to rent nor a hosted model, nor any where an air gap is
// demanded.
std::vector<Site> FindSites(const PreparedCatalog& catalog, const Request& request,
                            const Eligibility& eligibility);

// Why the provider at `position` has no site among them. Requires: FindSites gives it none.
struct NoSite {
  std::string_view reason;
  std::string text;  // empty where words are left for later
};
NoSite WhyNoSite(const PreparedCatalog& catalog, std::size_t position, const Request& request,
                 const Eligibility& eligibility, Words words);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SITES_H_
