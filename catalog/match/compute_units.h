// How many machines each model needs.
#ifndef STACKPORT_CATALOG_MATCH_COMPUTE_UNITS_H_
#define STACKPORT_CATALOG_MATCH_COMPUTE_UNITS_H_

#include <vector>

#include "catalog/match/compiled.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"

namespace stackport::match {

// Sizes every model on every kind of machine, and declares the quantities that are tables of the
// two: units of the compute slot, and replicas by size where accelerators are bought.
// `accelerators`: by compute candidate, what decides its speed; null for hosted interfaces. The
// slots of models and of compute must have their candidates.
void DeclareUnits(const PreparedCatalog& catalog, const Request& request,
                  const std::vector<const Component*>& accelerators, CompiledMatch* compiled);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_COMPUTE_UNITS_H_
