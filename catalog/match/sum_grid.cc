#include "catalog/match/sum_grid.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

namespace stackport::match {
namespace {

// The largest number that divides both. Requires: neither is negative.
Wide CommonDivisor(Wide a, Wide b) {
  while (a > kWideInt64Max || b > kWideInt64Max) {
    if (b == 0) return a;
    a = std::exchange(b, a % b);
  }
  return std::gcd(static_cast<std::int64_t>(a), static_cast<std::int64_t>(b));
}

// Takes a number that sums may differ by.
void Include(Wide difference, Wide* step) {
  if (difference != 0 && *step != 1) *step = CommonDivisor(AbsoluteValue(difference), *step);
}

}  // namespace

Wide SumGrid::RoundDown(Wide bound) const {
  if (step <= 1) return bound;
  const Wide rest = (bound - origin) % step;
  return bound - (rest < 0 ? rest + step : rest);
}

SumGrid FindSumGrid(const SearchModel& model, int row) {
  SumGrid grid;
  for (const SlotOptions& slot : model.slots) {
    if (slot.count == 0) continue;
    // Sets under construction hold any number of candidates.
    const Wide first = slot.lazy ? 0 : slot.Fixed(row, 0);
    grid.origin += first;
    for (int option = 0; option < slot.count && grid.step != 1; ++option) {
      Include(slot.Fixed(row, option) - first, &grid.step);
      Include(slot.Unit(row, option), &grid.step);
    }
  }
  return grid;
}

Wide FindLevelStep(const SearchModel& model, int level) {
  Wide step = FindSumGrid(model, level).step;
  for (const LevelPart& part : model.max_parts) {
    if (part.level != level) continue;
    for (const SlotOptions& slot : model.slots) {
      for (int option = 0; option < slot.count && step != 1; ++option) {
        Include(Wide{part.weight} * slot.Maximum(part.measure, option), &step);
      }
    }
  }
  for (const LevelPart& part : model.distinct_parts) {
    if (part.level == level) Include(part.weight, &step);
  }
  return std::max<Wide>(step, 1);
}

}  // namespace stackport::match
