// Search: the distance that a package has to keep from earlier ones.
#include <algorithm>
#include <numeric>

#include "catalog/match/search.h"

namespace stackport::match {

void Search::MeasureRestWeights() {
  may_differ_.assign(model_.slots.size(), 0);
  rest_weight_ = 0;
  for (std::size_t s = 0; s < model_.slots.size(); ++s) {
    const SlotOptions& slot = model_.slots[s];
    // A slot with one option still differs from an earlier package that holds something else.
    const std::vector<int> only = {0};
    const bool may_differ =
        slot.lazy || slot.count > 1 || goal_.earlier == nullptr ||
        std::any_of(goal_.earlier->begin(), goal_.earlier->end(),
                    [&](const Package& earlier) { return earlier.picks[s] != only; });
    if (may_differ) may_differ_[s] = slot.distance_weight;
    rest_weight_ += may_differ_[s];
  }
}

bool Search::KeepsDistance() const {
  return std::all_of(differs_.begin(), differs_.end(),
                     [&](int differs) { return differs + rest_weight_ >= goal_.distance; });
}

// What it adds to the key at least to keep the distance from each earlier package alone;
// kUnbounded where that cannot be, or where it is more than the threshold allows. Notes what has to
// be closed for it.
Wide Search::PriceOfDistance() {
  too_alike_.clear();
  Wide largest = 0;
  if (std::all_of(differs_.begin(), differs_.end(),
                  [&](int differs) { return differs >= goal_.distance; })) {
    return largest;
  }
  least_without_cheapest_.assign(model_.slots.size(), -kUnbounded);
  for (std::size_t e = 0; e < differs_.size(); ++e) {
    if (differs_[e] >= goal_.distance) continue;
    const Wide price = PriceOfDifference(e);
    if (price == kUnbounded) return price;
    largest = std::max(largest, price);
  }
  return largest;
}

// The least key of an undecided slot without its cheapest option. Requires: costs_known(slot).
Wide Search::LeastWithoutCheapest(int slot) {
  Wide& least = least_without_cheapest_[At(slot)];
  if (least == -kUnbounded) least = state_.LeastWithout(slot, state_.CheapestOption(slot));
  return least;
}

// What the distance that an earlier package still asks for adds to the key at least: in so many
// undecided slots its own option cannot be taken, even where that is the cheapest. A slot without
// which there would be too few has to differ.
Wide Search::PriceOfDifference(std::size_t earlier) {
  const std::vector<std::vector<int>>& theirs = (*goal_.earlier)[earlier].picks;
  const Wide room = Full() ? limits_[0] - state_.total(0) : kUnbounded;
  const int missing = goal_.distance - differs_[earlier];
  int free = 0;  // weight of slots that differ without being dearer
  int able = 0;  // weight of slots that can differ
  int largest = 1;
  surcharges_.clear();
  able_.clear();
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    const int weight = may_differ_[At(s)];
    if (weight == 0 || state_.decided(s)) continue;
    const int option = theirs[At(s)][0];
    if (!state_.costs_known(s) || state_.CheapestOption(s) != option) {
      free += weight;
    } else {
      const Wide surcharge = LeastWithoutCheapest(s) - state_.current(s, 0);
      if (surcharge > room) continue;
      surcharges_.push_back(surcharge);
      largest = std::max(largest, weight);
    }
    able += weight;
    able_.push_back(s);
  }
  if (able < missing) return kUnbounded;
  for (const int s : able_) {
    const int option = theirs[At(s)][0];
    const bool must_differ = able - may_differ_[At(s)] < missing;
    if (must_differ && !model_.slots[At(s)].lazy && option >= 0 && state_.Open(s, option)) {
      too_alike_.emplace_back(s, option);
    }
  }
  if (free >= missing) return 0;
  const auto slots = At((missing - free + largest - 1) / largest);
  if (slots > surcharges_.size()) return kUnbounded;
  const auto end = surcharges_.begin() + static_cast<std::ptrdiff_t>(slots);
  std::partial_sort(surcharges_.begin(), end, surcharges_.end());
  return std::accumulate(surcharges_.begin(), end, Wide{0});
}

// Closes what would leave too few slots to keep the distance, until nothing changes. False when
// nothing below this node can belong to the answer. After Promising.
bool Search::KeepApart() {
  while (!too_alike_.empty()) {
    if (!state_.CloseOptions(too_alike_) || !Promising()) return false;
  }
  return true;
}

}  // namespace stackport::match
