#include "catalog/match/known_bounds.h"

#include <algorithm>

namespace stackport::match {
namespace {

// The output function of SplitMix64 (Steele, Lea and Flood 2014): spreads neighbouring numbers over
// all bits.
std::uint64_t Scatter(std::uint64_t number) {
  number += 0x9E3779B97F4A7C15U;
  number = (number ^ (number >> 30U)) * 0xBF58476D1CE4E5B9U;
  number = (number ^ (number >> 27U)) * 0x94D049BB133111EBU;
  return number ^ (number >> 31U);
}

}  // namespace

PathName PathName::With(int slot, std::span<const int> options) const {
  PathName name = *this;
  for (const int option : options) {
    const std::uint64_t item =
        static_cast<std::uint64_t>(slot) << 32U | static_cast<std::uint32_t>(option);
    name.high ^= Scatter(2 * item);
    name.low ^= Scatter(2 * item + 1);
  }
  return name;
}

std::optional<Wide> KnownBounds::Find(const PathName& path) const {
  const auto found = bounds_.find(path);
  if (found == bounds_.end()) return std::nullopt;
  return found->second;
}

void KnownBounds::Store(const PathName& path, Wide bound) {
  const auto found = bounds_.find(path);
  if (found != bounds_.end()) {
    found->second = std::max(found->second, bound);
  } else if (bounds_.size() < kMaxParts) {
    bounds_.emplace(path, bound);
  }
}

}  // namespace stackport::match
