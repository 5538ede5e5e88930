// The part of Validate() that hangs on numbers.
#ifndef STACKPORT_CATALOG_MATCH_PROBLEM_CHECK_H_
#define STACKPORT_CATALOG_MATCH_PROBLEM_CHECK_H_

#include "catalog/base/result.h"
#include "catalog/match/problem.h"

namespace stackport::match {

// Sizes against the limits, values against their range, and overflow of any sum a package could
// reach; errors as Validate() gives them. Half of Validate() and more goes into names and tags,
// which a writer of problems can get right by construction. Requires: names and ids are unique, and
// every index, tag, cover bit and label is one that the problem has.
Status CheckNumbers(const Problem& problem);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_PROBLEM_CHECK_H_
