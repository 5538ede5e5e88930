// Makes a differing problem small enough to be read.
#ifndef STACKPORT_TESTS_ORACLE_SHRINKER_H_
#define STACKPORT_TESTS_ORACLE_SHRINKER_H_

#include <functional>

#include "catalog/match/problem.h"

namespace stackport::oracle {

// Leaves out slots, quantities, candidates, limits, levels, tags, answers and values, one at a time
// and as long as `still_differs` says yes. The result is valid and cannot lose any one of its
// parts. Requires: still_differs(problem).
match::Problem Shrink(match::Problem problem,
                      const std::function<bool(const match::Problem&)>& still_differs);

}  // namespace stackport::oracle

#endif  // STACKPORT_TESTS_ORACLE_SHRINKER_H_
