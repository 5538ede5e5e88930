#include "catalog/match/free_slots.h"

#include <algorithm>
#include <cstddef>
#include <numeric>

namespace stackport::match {
namespace {

constexpr int kFirst = 8;
constexpr int kFewest = 2;
// Searches to their end, less three for each that was given up, after which one more slot is free.
constexpr int kScoreToChange = 8;
constexpr int kScoreOfGivenUp = 3;

// A package's excess is divided into so many parts; half as many are spread over all slots alike.
constexpr std::int64_t kParts = 1'000;

}  // namespace

FreeSlots::FreeSlots(int slots) : slots_(slots), count_(std::min(kFirst, slots)) {}

std::uint64_t FreeSlots::Draw(const std::vector<Wide>& excess) {
  const Wide unit = std::accumulate(excess.begin(), excess.end(), Wide{0}) / kParts + 1;
  std::vector<std::int64_t> weights;
  std::int64_t sum = 0;
  for (const Wide each : excess) {
    weights.push_back(static_cast<std::int64_t>(each / unit) + kParts / 2 / slots_ + 1);
    sum += weights.back();
  }
  std::uint64_t free = 0;
  for (int drawn = 0; drawn < count_; ++drawn) {
    auto at = static_cast<std::int64_t>(random_() % static_cast<std::uint64_t>(sum));
    std::size_t slot = 0;
    while (at >= weights[slot]) at -= weights[slot++];
    free |= std::uint64_t{1} << slot;
    sum -= weights[slot];
    weights[slot] = 0;
  }
  return free;
}

void FreeSlots::Report(bool complete) {
  score_ += complete ? 1 : -kScoreOfGivenUp;
  if (score_ > -kScoreToChange && score_ < kScoreToChange) return;
  count_ = std::clamp(count_ + (score_ > 0 ? 1 : -1), std::min(kFewest, slots_), slots_);
  score_ = 0;
}

}  // namespace stackport::match
