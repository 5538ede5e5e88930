// Where a component stands among all that can fill the same demand.
#ifndef STACKPORT_CATALOG_MATCH_COMPONENT_PLACES_H_
#define STACKPORT_CATALOG_MATCH_COMPONENT_PLACES_H_

#include <cstddef>
#include <string>
#include <vector>

#include "catalog/match/compiled.h"
#include "catalog/match/engine.h"
#include "catalog/match/trials.h"

namespace stackport::match {

// The components that can fill a demand, each taken with the best package in which it does.
struct DemandPlace {
  std::string demand;
  int place = 1;         // those with better figures, and one; equal figures share a place
  int of = 0;            // components with a package, itself included
  bool complete = true;  // false: the deadline came first, and both are at least these
};

// Of the component at that position in the snapshot, for each demand that it fills in some package,
// in the problem's order. `best` is what Solve gave for the compiled problem. Requires: no slot is
// empty.
std::vector<DemandPlace> PlacesOf(const CompiledMatch& compiled, std::size_t component,
                                  const Solution& best, const Trials& trials);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_COMPONENT_PLACES_H_
