// Search: the distance that a package has to keep from earlier ones.
#include <algorithm>
#include <cassert>
#include <numeric>

#include "catalog/match/search.h"

namespace stackport::match {

// Let e dominate c in a slot, and let no earlier package hold e there. A package with c comes after
// the same one with e, which fits, too, and is no closer to any earlier package: it is not the
// answer. What bounds say of packages that may still belong to an answer holds for the first, if it
// does for the second, and so does what was noted while c was closed, when e is an earlier
// package's one day. The variant slot keeps its options: what is known of them outlasts a run.
void Search::CollectOutdone() {
  outdone_.clear();
  if (goal_.earlier == nullptr) return;
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    const SlotOptions& slot = model_.slots[At(s)];
    const bool narrowed = goal_.only != nullptr && goal_.only->slot == s;
    const bool listed = !slot.lazy && slot.dominators.size() > 0;
    if (s == model_.variant_slot || narrowed || !listed) continue;
    std::vector<bool> held(At(slot.count), false);
    for (const Package& earlier : *goal_.earlier) {
      const int option = earlier.picks[s].front();
      if (option >= 0 && slot.distance_weight > 0) held[At(option)] = true;
    }
    for (int option = 0; option < slot.count; ++option) {
      const std::span<const int> dominators = slot.dominators[option];
      const bool outdone = std::any_of(dominators.begin(), dominators.end(),
                                       [&](int dominator) { return !held[At(dominator)]; });
      if (outdone) outdone_.emplace_back(s, option);
    }
  }
}

void Search::MeasureRestWeights() {
  may_differ_.assign(model_.slots.size(), 0);
  rest_weight_ = 0;
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    const SlotOptions& slot = model_.slots[At(s)];
    // A slot with one option still differs from an earlier package that holds something else.
    const int only = 0;
    const bool may_differ =
        slot.lazy || slot.count > 1 || goal_.earlier == nullptr ||
        std::any_of(goal_.earlier->begin(), goal_.earlier->end(), [&](const Package& earlier) {
          return !earlier.Holds(s, {&only, 1});
        });
    if (may_differ) may_differ_[At(s)] = slot.distance_weight;
    rest_weight_ += may_differ_[At(s)];
  }
}

bool Search::KeepsDistance() const {
  return std::all_of(differs_.begin(), differs_.end(),
                     [&](int differs) { return differs + rest_weight_ >= goal_.distance; });
}

// What it adds to the key at least to keep the distance from each earlier package alone;
// kUnbounded where too few slots can differ within the threshold. Notes what has to be closed for
// it.
Wide Search::PriceOfDistance() {
  too_alike_.clear();
  alike_bound_ = kUnbounded;
  Wide largest = 0;
  if (std::all_of(differs_.begin(), differs_.end(),
                  [&](int differs) { return differs >= goal_.distance; })) {
    return largest;
  }
  CollectOpenSlots();
  for (std::size_t e = 0; e < differs_.size(); ++e) {
    if (differs_[e] >= goal_.distance) continue;
    const Wide price = PriceOfDifference(e);
    if (price == kUnbounded) return price;
    largest = std::max(largest, price);
  }
  return largest;
}

// What the undecided slots that may differ at all cost with their cheapest option and without it.
void Search::CollectOpenSlots() {
  open_slots_.clear();
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    if (may_differ_[At(s)] == 0 || state_.decided(s)) continue;
    OpenSlot open{s, may_differ_[At(s)], -1, 0};
    if (state_.costs_known(s)) {
      open.cheapest = state_.CheapestOption(s);
      const Wide other = state_.LeastWithout(s, open.cheapest);
      open.surcharge = other == kUnbounded ? kUnbounded : other - state_.current(s, 0);
    }
    open_slots_.push_back(open);
  }
}

// What the distance that an earlier package still asks for adds to the key at least: in so many
// undecided slots its own option cannot be taken, even where that is the cheapest. A slot without
// which there would be too few has to differ.
Wide Search::PriceOfDifference(std::size_t earlier) {
  const Lists<int>& theirs = (*goal_.earlier)[earlier].picks;
  const Wide room = Full() ? limits_[0] - state_.total(0) : kUnbounded - 1;
  const int missing = goal_.distance - differs_[earlier];
  int free = 0;  // weight of slots that differ without being dearer
  int able = 0;  // weight of slots that can differ
  int largest = 1;
  Wide refused = kUnbounded;  // least surcharge that is too much
  surcharges_.clear();
  for (OpenSlot& open : open_slots_) {
    const bool same = open.cheapest >= 0 && open.cheapest == theirs[open.slot][0];
    open.able = !same || open.surcharge <= room;
    if (!open.able) {
      refused = std::min(refused, open.surcharge);
      continue;
    }
    able += open.weight;
    if (same) {
      surcharges_.push_back(open.surcharge);
      largest = std::max(largest, open.weight);
    } else {
      free += open.weight;
    }
  }
  const Wide otherwise =
      refused == kUnbounded ? kUnbounded : state_.total(0) + refused + state_.KeyPartLow();
  if (able < missing) {
    NoteSkipped(otherwise);
    return kUnbounded;
  }
  for (const OpenSlot& open : open_slots_) {
    if (!open.able || able - open.weight >= missing || model_.slots[At(open.slot)].lazy) continue;
    const int option = theirs[open.slot][0];
    if (option < 0 || !state_.Open(open.slot, option)) continue;
    too_alike_.emplace_back(open.slot, option);
    alike_bound_ = std::min(alike_bound_, otherwise);
  }
  if (free >= missing) return 0;
  const auto slots = At((missing - free + largest - 1) / largest);
  assert(slots <= surcharges_.size());
  const auto end = surcharges_.begin() + static_cast<std::ptrdiff_t>(slots);
  std::partial_sort(surcharges_.begin(), end, surcharges_.end());
  return std::accumulate(surcharges_.begin(), end, Wide{0});
}

// Closes what would leave too few slots to keep the distance, until nothing changes. False when
// nothing below this node can belong to the answer. After Promising.
bool Search::KeepApart() {
  while (!too_alike_.empty()) {
    NoteClosed(alike_bound_);
    if (!state_.CloseOptions(too_alike_) || !Promising()) return false;
  }
  return true;
}

}  // namespace stackport::match
