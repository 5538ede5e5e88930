// Why a country of a sweep has no package, and what would give it one.
#ifndef STACKPORT_CATALOG_MATCH_SWEEP_BLOCKED_H_
#define STACKPORT_CATALOG_MATCH_SWEEP_BLOCKED_H_

#include <atomic>

#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"
#include "catalog/match/sweep.h"

namespace stackport::match {

// Fills in what a row tells when nothing fits; what would unlock the country only with `unlocks`.
// An error is the compiler's. Requires: the request has no package, proven.
Status TellWhyNothingFits(const PreparedCatalog& catalog, const CountryIndex& countries,
                          const Request& request, const std::atomic<bool>* cancel, bool unlocks,
                          SweepRow* row);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SWEEP_BLOCKED_H_
