// The part of Validate() that hangs on numbers.
#ifndef STACKPORT_CATALOG_MATCH_PROBLEM_CHECK_H_
#define STACKPORT_CATALOG_MATCH_PROBLEM_CHECK_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "catalog/base/result.h"
#include "catalog/match/problem.h"

namespace stackport::match {

// Sizes against the limits, values against their range, and overflow of any sum a package could
// reach; errors as Validate() gives them. Half of Validate() and more goes into names and tags,
// which a writer of problems can get right by construction. Requires: names and ids are unique, and
// every index, tag, cover bit and label is one that the problem has.
Status CheckNumbers(const Problem& problem);

// What a small number of a problem may be, both ends included.
struct IntRange {
  int low = 0;
  int high = 0;
};
inline constexpr IntRange kTopRange{1, kMaxTop};
// A difference of more than a million in weight means nothing, and 64 slots of it fit an int.
inline constexpr IntRange kDistanceWeightRange{0, 1'000'000};
inline constexpr IntRange kDistanceRange{0, kDistanceWeightRange.high* kMaxSlots};

// "top is 5000, but must be between 1 and 1000".
std::string OutsideText(std::string_view name, std::int64_t value, const IntRange& range);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_PROBLEM_CHECK_H_
