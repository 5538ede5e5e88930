#include "tests/bench/timings.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace stackport::bench {

std::string ToText(const Reading& reading) {
  const double value = reading.value;
  const int decimals = value < 9.9995 ? 3 : value < 99.995 ? 2 : value < 999.95 ? 1 : 0;
  return fmt::format("{}{:.{}f}", reading.at_least ? "> " : "", value, decimals);
}

Reading Readings::At(double share) const {
  std::vector<Reading> sorted = values_;
  std::sort(sorted.begin(), sorted.end(),
            [](const Reading& a, const Reading& b) { return a.value < b.value; });
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(sorted.size())));
  const auto last =
      sorted.begin() + static_cast<std::ptrdiff_t>(std::max<std::size_t>(rank, 1) - 1);
  return {last->value, std::any_of(sorted.begin(), last + 1,
                                   [](const Reading& reading) { return reading.at_least; })};
}

}  // namespace stackport::bench
