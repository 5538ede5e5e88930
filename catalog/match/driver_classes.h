// Which options of a slot drive quantities alike.
#ifndef STACKPORT_CATALOG_MATCH_DRIVER_CLASSES_H_
#define STACKPORT_CATALOG_MATCH_DRIVER_CLASSES_H_

#include <vector>

#include "catalog/match/engine.h"
#include "catalog/match/quantity_rules.h"
#include "catalog/match/search_model.h"

namespace stackport::match {

// By option: a class number. Options of one class give every quantity the same value, whatever the
// other slots hold, and lie in the same one of the caller's classes, where those are of this slot.
std::vector<int> DriverClasses(const Problem& problem, const QuantityRules& rules, int slot,
                               const SlotOptions& options, const SlotClasses& classes);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_DRIVER_CLASSES_H_
