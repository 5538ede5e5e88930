// Let U1, U2, ... be the labels that groups of options may bring at all, in any order of the
// groups. What the chosen one of group i brings outside U1 ... U(i-1) and outside the labels of
// decided options is new, and nobody before i in that order brings it; so the least numbers of such
// labels add up. A member of a set that stands for two bits is counted for the first of them only.
#include "catalog/match/label_bound.h"

#include <algorithm>
#include <limits>
#include <numeric>

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
}

void LabelBound::Unite(const Mask& mask, Mask* all) {
  for (std::size_t w = 0; w < kWords; ++w) (*all)[w] |= mask[w];
}

int LabelBound::CountNew(const Mask& mask, const Mask& used) {
  int count = 0;
  for (std::size_t w = 0; w < kWords; ++w) {
    const std::uint64_t fresh = mask[w] & ~used[w];
    if (fresh != 0) count += CountBits(fresh);
  }
  return count;
}

LabelBound::Group& LabelBound::NextGroup() {
  if (groups_.size() == count_) groups_.emplace_back();
  Group& group = groups_[count_];
  group.any = {};
  group.options.clear();
  return group;
}

// False when it brings nothing new: then the group says nothing.
bool LabelBound::Add(const Mask& mask, const Mask& used, Group* group) const {
  Unite(mask, &group->any);
  group->options.push_back(&mask);
  return CountNew(mask, used) > 0;
}

void LabelBound::KeepGroup(bool news) {
  Group& group = groups_[count_];
  if (!news || group.options.empty()) return;
  group.size = CountNew(group.any, {});
  ++count_;
}

void LabelBound::Collect(const SearchState& state, int slot, Wide room, const Mask& used) {
  const bool limited = room < kUnbounded && state.costs_known(slot);
  const Wide most = limited ? state.current(slot, 0) + room : kUnbounded;
  Group& group = NextGroup();
  KeepGroup(state.AllOpen(slot, [&](int option) {
    if (limited && state.cost(slot, 0, option) > most) return true;
    return Add(MaskOf(slot, option), used, &group);
  }));
}

// A member must cover each of the open bits, and the rest of the set costs something, too.
void LabelBound::CollectMembers(const SearchState& state, int slot, std::uint32_t open, Wide room,
                                const Mask& used) {
  const SlotOptions& options = model_.slots[static_cast<std::size_t>(slot)];
  const bool limited = room < kUnbounded && state.table_exact(slot);
  const CoverBound& bound = state.cover_bound(slot);
  const Wide most = limited ? bound.Remaining(0, open) + room : kUnbounded;
  for (std::uint32_t bits = open; bits != 0; bits &= bits - 1) {
    const std::uint32_t bit = bits & ~(bits - 1);
    Group& group = NextGroup();
    KeepGroup(state.AllOpen(slot, [&](int candidate) {
      const std::uint32_t covers = options.covers[static_cast<std::size_t>(candidate)];
      if ((covers & bit) == 0) return true;
      if (limited && state.cost(slot, 0, candidate) + bound.Remaining(0, open & ~covers) > most) {
        return true;
      }
      return Add(MaskOf(slot, candidate), used, &group);
    }));
  }
}

int LabelBound::LeastNew(const SearchState& state, Wide room, const PartialSet* partial) {
  Mask used{};
  const int slots = static_cast<int>(model_.slots.size());
  for (int slot = 0; slot < slots; ++slot) {
    if (!state.decided(slot)) continue;
    for (const int member : state.picks(slot)) Unite(MaskOf(slot, member), &used);
  }
  int sum = 0;
  if (partial != nullptr) {
    for (const int member : partial->members) {
      const Mask& mask = MaskOf(partial->slot, member);
      sum += CountNew(mask, used);
      Unite(mask, &used);
    }
  }
  count_ = 0;
  for (int slot = 0; slot < slots; ++slot) {
    if (state.decided(slot)) continue;
    const SlotOptions& options = model_.slots[static_cast<std::size_t>(slot)];
    if (options.lazy) {
      const bool begun = partial != nullptr && partial->slot == slot;
      CollectMembers(state, slot, begun ? partial->open : options.full_cover, room, used);
    } else {
      Collect(state, slot, room, used);
    }
  }
  order_.resize(count_);
  std::iota(order_.begin(), order_.end(), std::size_t{0});
  std::stable_sort(order_.begin(), order_.end(),
                   [&](std::size_t a, std::size_t b) { return groups_[a].size < groups_[b].size; });
  for (const std::size_t each : order_) {
    const Group& group = groups_[each];
    int least = std::numeric_limits<int>::max();
    for (const Mask* mask : group.options) least = std::min(least, CountNew(*mask, used));
    sum += least;
    Unite(group.any, &used);
  }
  return sum;
}

}  // namespace stackport::match
