// What the sums of a row have in common: prices in whole hundreds never add up to anything else.
#ifndef STACKPORT_CATALOG_MATCH_SUM_GRID_H_
#define STACKPORT_CATALOG_MATCH_SUM_GRID_H_

#include "catalog/match/arithmetic.h"
#include "catalog/match/search_model.h"

namespace stackport::match {

// Each package's sum is the origin plus a multiple of the step.
struct SumGrid {
  Wide origin = 0;
  Wide step = 0;  // 0: all packages have the same sum

  // The largest number on the grid that is not above `bound`.
  Wide RoundDown(Wide bound) const;
};

// Of a row of the model.
SumGrid FindSumGrid(const SearchModel& model, int row);

// What the values of a level differ by, from each other and from model.level_low: multiples of this
// number, which is above 0.
Wide FindLevelStep(const SearchModel& model, int level);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SUM_GRID_H_
