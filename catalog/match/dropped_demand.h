// Whether a demand that nothing answers is all that stands in the way.
#ifndef STACKPORT_CATALOG_MATCH_DROPPED_DEMAND_H_
#define STACKPORT_CATALOG_MATCH_DROPPED_DEMAND_H_

#include <string>

#include "catalog/match/compiled.h"
#include "catalog/match/engine.h"

namespace stackport::match {

// Whether a package appears when the demand is dropped, at what the rest costs, draws and takes;
// false, too, when the search stopped before it knew, and for the model and the machines it runs
// on, without which nothing has a size. Requires: the demand is one of
// EmptyDemands(compiled.problem).
bool FitsWithoutDemand(const CompiledMatch& compiled, const std::string& demand,
                       const SearchOptions& options);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_DROPPED_DEMAND_H_
