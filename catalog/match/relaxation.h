// When nothing fits: which demands stand in the way, and which single change helps.
#ifndef STACKPORT_CATALOG_MATCH_RELAXATION_H_
#define STACKPORT_CATALOG_MATCH_RELAXATION_H_

#include "catalog/base/json.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/engine.h"
#include "catalog/match/request.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// {"empty_demands": […], "conflict": […], "changes": [{"change", "text", "tco_high"?, "needed"?}]}.
//
// `conflict` is one minimal set of the request's own demands that cannot hold together: dropping
// any single one of them would leave a package. `changes` are the single demands whose removal, the
// others kept, lets a package appear, with the best package's cost and, for a numeric limit, the
// smallest value that works. Requires: the request has no package.
json::Value RelaxationsJson(const CatalogSnapshot& snapshot, const CountryIndex& countries,
                            const Request& request, const CompiledMatch& compiled,
                            const SearchOptions& options, json::Allocator& allocator);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_RELAXATION_H_
