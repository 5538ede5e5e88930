// How far the sums of a problem can go.
#ifndef STACKPORT_CATALOG_MATCH_PROBLEM_REACH_H_
#define STACKPORT_CATALOG_MATCH_PROBLEM_REACH_H_

#include "catalog/base/result.h"
#include "catalog/match/problem.h"

namespace stackport::match {

// Whether no quantity, limit or level can leave its range whatever is chosen; the error's context
// names the first that can. Requires: all values are within ±kMaxValue, and every index exists.
Status CheckReach(const Problem& problem);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_PROBLEM_REACH_H_
