#include "catalog/match/known_bounds.h"

#include <algorithm>
#include <cassert>

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

constexpr std::size_t kFirstPlaces = 1024;

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

// Where the part is, or would be. Requires: a free place.
std::size_t KnownBounds::PlaceOf(const PathName& path) const {
  const std::size_t mask = table_.size() - 1;
  std::size_t place = path.low & mask;
  while (table_[place].path != PathName{} && table_[place].path != path) place = (place + 1) & mask;
  return place;
}

void KnownBounds::Grow() {
  std::vector<Part> before(std::max(kFirstPlaces, 2 * table_.size()));
  before.swap(table_);
  for (const Part& part : before) {
    if (part.path != PathName{}) table_[PlaceOf(part.path)] = part;
  }
}

std::optional<Wide> KnownBounds::Find(const PathName& path) const {
  if (empty()) return std::nullopt;
  const Part& part = table_[PlaceOf(path)];
  if (part.path != path) return std::nullopt;
  return part.bound;
}

void KnownBounds::Store(const PathName& path, Wide bound) {
  assert(path != PathName{});
  if (2 * (parts_ + 1) > table_.size() && parts_ < kMaxParts) Grow();
  Part& part = table_[PlaceOf(path)];
  if (part.path == path) {
    part.bound = std::max(part.bound, bound);
  } else if (parts_ < kMaxParts) {
    part = {path, bound};
    ++parts_;
  }
}

}  // namespace stackport::match
