// When nothing fits: which demands stand in the way, and which changes help.
#ifndef STACKPORT_CATALOG_MATCH_RELAXATION_H_
#define STACKPORT_CATALOG_MATCH_RELAXATION_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/engine.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"

namespace stackport::match {

// {"empty_demands": […], "conflict": […], "conflicts": […], "changes": […], "complete": bool}, see
// `noPackage` in sdk/schema/result.schema.json.
//
// `conflicts` are minimal sets of the request's own demands that cannot hold together. `changes`
// are minimal sets of demands whose giving up lets a package appear, the smallest first; of numeric
// limits the smallest values that work, and with them the best package that then appears.
// `compiled` is the request's problem.
// `complete` says that there are no others; it is false when the deadline in `options`, which holds
// for all of this together, or a limit on the number ended it. Requires: the request has no
// package, proven.
json::Value RelaxationsJson(const PreparedCatalog& catalog, const CountryIndex& countries,
                            const Request& request, CompiledMatch compiled,
                            const SearchOptions& options, json::Allocator& allocator);

// A demand of the request without which, alone, a package appears.
struct SingleChange {
  std::string pointer;  // into the request: "/limits/capex"
  std::string text;     // in the user's words: "capital of at most 2.00 MUSD"
  // Of a numeric limit that can be moved: what it limits, and a value that works, in the request's
  // unit; the smallest unless the search stopped.
  std::optional<Figure> figure;
  std::int64_t needed = 0;
};

struct Hindrance {
  // One minimal conflict of those above, in the user's words; empty where a demand has no candidate
  // at all, which says more, and when nothing fits whatever is given up.
  std::vector<std::string> conflict;
  std::vector<SingleChange> changes;  // each enough alone, in the order of DemandsOf
};

// Likewise, without packages, and without changes unless they are wanted.
Hindrance FindHindrance(const PreparedCatalog& catalog, const CountryIndex& countries,
                        const Request& request, CompiledMatch compiled,
                        const SearchOptions& options, bool with_changes);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_RELAXATION_H_
