// What would help most countries, gathered from the rows of a sweep.
#ifndef STACKPORT_CATALOG_MATCH_SWEEP_LEVERS_H_
#define STACKPORT_CATALOG_MATCH_SWEEP_LEVERS_H_

#include "catalog/match/sweep.h"

namespace stackport::match {

// Fills in all but the rows, from the rows.
void FindLevers(Sweep& sweep);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SWEEP_LEVERS_H_
