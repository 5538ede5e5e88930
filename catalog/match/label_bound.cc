// Let U1, U2, ... be the labels that the undecided slots may bring at all, in any order of these
// slots. What slot i brings outside U1 ... U(i-1) and outside the labels of decided options is new,
// and nobody before i in that order brings it; so the least numbers of such labels add up.
#include "catalog/match/label_bound.h"

#include <algorithm>
#include <limits>

namespace stackport::match {

LabelBound::LabelBound(const SearchModel& model, int measure) : model_(model) {
  for (const SlotOptions& options : model.slots) {
    std::vector<Mask>& masks = masks_.emplace_back(static_cast<std::size_t>(options.count));
    for (int option = 0; option < options.count; ++option) {
      for (const int label : options.labels[static_cast<std::size_t>(measure)][option]) {
        const auto bit = static_cast<std::size_t>(label % kBits);
        masks[static_cast<std::size_t>(option)][bit / 64] |= std::uint64_t{1} << (bit % 64);
      }
    }
  }
  slots_.resize(model.slots.size());
}

// False when the slot has an option that brings nothing new.
bool LabelBound::Collect(const SearchState& state, int slot, Wide room, const Mask& used,
                         SlotLabels* labels) const {
  labels->any = {};
  labels->options.clear();
  const bool limited = room < kUnbounded && state.costs_known(slot);
  const Wide most = limited ? state.current(slot, 0) + room : kUnbounded;
  const bool news = state.AllOpen(slot, [&](int option) {
    if (limited && state.cost(slot, 0, option) > most) return true;
    const Mask& mask = MaskOf(slot, option);
    std::uint64_t fresh = 0;
    for (std::size_t w = 0; w < kWords; ++w) {
      labels->any[w] |= mask[w];
      fresh |= mask[w] & ~used[w];
    }
    labels->options.push_back(&mask);
    return fresh != 0;
  });
  if (!news || labels->options.empty()) return false;
  labels->size = 0;
  for (const std::uint64_t word : labels->any) labels->size += CountBits(word);
  return true;
}

int LabelBound::LeastNew(const SearchState& state, Wide room) {
  Mask used{};
  for (int slot = 0; slot < static_cast<int>(slots_.size()); ++slot) {
    if (!state.decided(slot)) continue;
    for (const int member : state.picks(slot)) {
      const Mask& mask = MaskOf(slot, member);
      for (std::size_t w = 0; w < kWords; ++w) used[w] |= mask[w];
    }
  }
  order_.clear();
  for (int slot = 0; slot < static_cast<int>(slots_.size()); ++slot) {
    const auto index = static_cast<std::size_t>(slot);
    if (!state.decided(slot) && Collect(state, slot, room, used, &slots_[index])) {
      order_.push_back(index);
    }
  }
  std::stable_sort(order_.begin(), order_.end(),
                   [&](std::size_t a, std::size_t b) { return slots_[a].size < slots_[b].size; });
  int sum = 0;
  for (const std::size_t slot : order_) {
    int least = std::numeric_limits<int>::max();
    for (const Mask* mask : slots_[slot].options) {
      int fresh = 0;
      for (std::size_t w = 0; w < kWords; ++w) fresh += CountBits((*mask)[w] & ~used[w]);
      least = std::min(least, fresh);
    }
    sum += least;
    for (std::size_t w = 0; w < kWords; ++w) used[w] |= slots_[slot].any[w];
  }
  return sum;
}

}  // namespace stackport::match
