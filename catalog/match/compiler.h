// The compiler: snapshot + country + request -> a problem of plain integers, and what is needed to
// turn its answer back into words.
#ifndef STACKPORT_CATALOG_MATCH_COMPILER_H_
#define STACKPORT_CATALOG_MATCH_COMPILER_H_

#include <set>
#include <string>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"

namespace stackport::match {

// The measure by which the engine knows a figure; unknown numbers count at their pessimistic end.
Measure MeasureOf(Figure figure);

// The rows and levels of a request's problem, without its candidates.
std::vector<Limit> LimitsOf(const Request& request);
std::vector<Level> LevelsOf(const Request& request);

// Compiles one request. Every component of the snapshot ends up as a candidate of at least one slot
// or is left out, see FindLeftOut. Errors: a pin that names no component or vendor of the catalog
// (with the nearest known), or a request whose sums leave 64 bits. The catalog must outlive the
// result. Thread-safe.
Result<CompiledMatch> Compile(const PreparedCatalog& catalog, const CountryIndex& countries,
                              const Request& request);

// The same with those candidates alone that can stand at one of the sites, by their ids, each as
// Compile names it; and all sites. Says nothing of what is left out.
Result<CompiledMatch> CompileAt(const PreparedCatalog& catalog, const CountryIndex& countries,
                                const Request& request, const std::set<std::string>& site_ids);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_COMPILER_H_
