#include "catalog/match/label_bound.h"

#include <algorithm>
#include <bit>
#include <limits>

namespace stackport::match {
namespace {

// Sets of groups that are taken apart for one node; for what is left, groups without a common label
// are counted.
constexpr int kMaxSteps = 500;
// With more different patterns, comparing all of them takes longer than what it saves.
constexpr std::size_t kMaxPatternsCompared = 200;

constexpr std::uint64_t Bit(int index) {
  return std::uint64_t{1} << index;
}

}  // namespace

LabelBound::LabelBound(const SearchModel& model, int measure)
    : model_(model),
      measure_(measure),
      bit_labels_(model.slots.size()),
      coverers_(model.slots.size()),
      views_(model.slots.size()),
      used_(static_cast<std::size_t>(model.label_counts[static_cast<std::size_t>(measure)])),
      hits_(used_.size()),
      noted_(used_.size()) {
  for (std::size_t s = 0; s < model.slots.size(); ++s) {
    const SlotOptions& options = model.slots[s];
    if (options.lazy) {
      for (int bit = 0; bit < static_cast<int>(std::bit_width(options.full_cover)); ++bit) {
        std::vector<int>& coverers = coverers_[s].emplace_back();
        for (int candidate = 0; candidate < options.count; ++candidate) {
          const std::uint32_t covers = options.covers[static_cast<std::size_t>(candidate)];
          if (((covers >> bit) & 1U) != 0) coverers.push_back(candidate);
        }
      }
    }
    if (options.lazy || options.candidate_labels.empty()) continue;
    const std::vector<int>& labels = options.candidate_labels[static_cast<std::size_t>(measure)];
    const Slot& slot = model.problem->slots[s];
    for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
      Lists<int>& lists = bit_labels_[s].emplace_back();
      for (int option = 0; option < options.count; ++option) {
        for (const int pick : options.picks[option]) {
          const auto candidate = static_cast<std::size_t>(pick);
          if (((slot.candidates[candidate].covers >> bit) & 1U) == 0) continue;
          lists.Add(labels[candidate]);
        }
        lists.Close();
      }
    }
  }
}

// Returns the number of a group that one of these labels must hit; -1 where the package may do
// without, or has one of them already.
int LabelBound::AddGroup(const Bringers& bringers) {
  if (bringers.may_bring_none || bringers.labels.empty() || groups_ == kMaxGroups) return -1;
  if (std::any_of(bringers.labels.begin(), bringers.labels.end(),
                  [&](int label) { return Used(label); })) {
    return -1;
  }
  for (const int label : bringers.labels) {
    Groups& hits = hits_[static_cast<std::size_t>(label)];
    if (hits == 0) touched_.push_back(label);
    hits |= Bit(groups_);
  }
  return groups_++;
}

void LabelBound::Note(int label, Bringers* bringers) {
  if (label < 0) {
    bringers->may_bring_none = true;
  } else if (noted_[static_cast<std::size_t>(label)] != stamp_) {
    noted_[static_cast<std::size_t>(label)] = stamp_;
    bringers->labels.push_back(label);
  }
}

// What the options of a slot bring that cost no more than `most`: together, or for each bit where
// they are complete sets.
void LabelBound::Gather(const SearchState& state, int slot, Wide most, SlotView* view) {
  view->dearest = -kUnbounded;
  view->beyond = kUnbounded;
  within_.clear();
  state.ForEachOpen(slot, [&](int option) {
    const Wide cost = most == kUnbounded ? 0 : state.cost(slot, 0, option);
    if (cost > most) {
      view->beyond = std::min(view->beyond, cost);
    } else {
      view->dearest = std::max(view->dearest, cost);
      within_.push_back(option);
    }
  });
  const std::vector<Lists<int>>& bits = bit_labels_[static_cast<std::size_t>(slot)];
  const Lists<int>& whole =
      model_.slots[static_cast<std::size_t>(slot)].labels[static_cast<std::size_t>(measure_)];
  view->groups.resize(std::max<std::size_t>(bits.size(), 1));
  for (std::size_t g = 0; g < view->groups.size(); ++g) {
    Bringers& bringers = view->groups[g];
    bringers.may_bring_none = false;
    bringers.labels.clear();
    ++stamp_;
    const Lists<int>& labels = bits.empty() ? whole : bits[g];
    for (const int option : within_) {
      const auto mine = labels[option];
      if (mine.empty()) bringers.may_bring_none = true;
      for (const int label : mine) Note(label, &bringers);
      if (bringers.may_bring_none) break;
    }
  }
}

void LabelBound::AddSlot(const SearchState& state, int slot, Wide room) {
  const bool limited = room < kUnbounded && state.costs_known(slot);
  const Wide most = limited ? state.current(slot, 0) + room : kUnbounded;
  SlotView& view = views_[static_cast<std::size_t>(slot)];
  const auto open = state.OpenWords(slot);
  const bool same_costs = model_.slots[static_cast<std::size_t>(slot)].quantity == kOneUnit;
  const bool same_options = !limited || (view.dearest <= most && most < view.beyond);
  const bool same = same_costs && view.limited == limited && same_options &&
                    std::equal(open.begin(), open.end(), view.open.begin(), view.open.end());
  if (!same) {
    view.limited = limited;
    view.open.assign(open.begin(), open.end());
    Gather(state, slot, most, &view);
  }
  for (const Bringers& bringers : view.groups) {
    if (AddGroup(bringers) >= 0 && view.beyond < kUnbounded) {
      otherwise_ = std::min(otherwise_, view.beyond - state.current(slot, 0));
    }
  }
}

// Of a slot whose options are candidates for a set: one of them must cover each open bit, and the
// rest of the set costs something, too.
void LabelBound::AddOpenBits(const SearchState& state, int slot, std::uint32_t open, Wide room) {
  const SlotOptions& options = model_.slots[static_cast<std::size_t>(slot)];
  const Lists<int>& labels = options.labels[static_cast<std::size_t>(measure_)];
  const bool limited = room < kUnbounded && state.table_exact(slot);
  const CoverBound& bound = state.cover_bound(slot);
  const Wide least = limited ? bound.Remaining(0, open) : 0;
  const Wide most = limited ? least + room : kUnbounded;
  bit_groups_.assign(32, -1);
  for (std::uint32_t bits = open; bits != 0; bits &= bits - 1) {
    const std::uint32_t bit = bits & ~(bits - 1);
    Wide otherwise = kUnbounded;
    Bringers bringers;
    ++stamp_;
    const auto number = static_cast<std::size_t>(std::countr_zero(bit));
    for (const int candidate : coverers_[static_cast<std::size_t>(slot)][number]) {
      if (!state.Open(slot, candidate)) continue;
      const std::uint32_t covers = options.covers[static_cast<std::size_t>(candidate)];
      const Wide with =
          limited ? state.cost(slot, 0, candidate) + bound.Remaining(0, open & ~covers) : 0;
      if (with > most) {
        otherwise = std::min(otherwise, with - least);
        continue;
      }
      const auto mine = labels[candidate];
      Note(mine.empty() ? -1 : mine[0], &bringers);
      if (bringers.may_bring_none) break;
    }
    const int group = AddGroup(bringers);
    bit_groups_[number] = group;
    if (group >= 0) otherwise_ = std::min(otherwise_, otherwise);
  }
}

void LabelBound::Look(const SearchState& state, Wide room, const PartialSet* partial) {
  for (const int label : touched_) hits_[static_cast<std::size_t>(label)] = 0;
  touched_.clear();
  groups_ = 0;
  slot_groups_.assign(model_.slots.size(), 0);
  new_ = 0;
  otherwise_ = kUnbounded;
  collected_ = false;
  for (std::size_t label = 0; label < used_.size(); ++label) {
    used_[label] = state.LabelUsed(measure_, static_cast<int>(label)) ? 1 : 0;
  }
  if (partial != nullptr) {
    const Lists<int>& labels = model_.slots[static_cast<std::size_t>(partial->slot)]
                                   .labels[static_cast<std::size_t>(measure_)];
    for (const int member : partial->members) {
      for (const int label : labels[member]) {
        if (!Used(label)) ++new_;
        used_[static_cast<std::size_t>(label)] = 1;
      }
    }
  }
  for (int slot = 0; slot < static_cast<int>(model_.slots.size()); ++slot) {
    if (state.decided(slot) || (partial != nullptr && partial->slot == slot)) continue;
    const SlotOptions& options = model_.slots[static_cast<std::size_t>(slot)];
    const Groups before = All();
    if (options.lazy) {
      AddOpenBits(state, slot, options.full_cover, room);
    } else {
      AddSlot(state, slot, room);
    }
    slot_groups_[static_cast<std::size_t>(slot)] = All() & ~before;
  }
  // The last one, so that its bits are those that LeastWithMember is asked about.
  if (partial != nullptr) AddOpenBits(state, partial->slot, partial->open, room);
}

int LabelBound::LeastWithOption(int slot, std::span<const int> labels) {
  return LeastWith(labels, All() & ~slot_groups_[static_cast<std::size_t>(slot)]);
}

int LabelBound::LeastWithMember(std::span<const int> labels, std::uint32_t covers) {
  Groups groups = All();
  for (std::uint32_t bits = covers; bits != 0; bits &= bits - 1) {
    const int group = bit_groups_[static_cast<std::size_t>(std::countr_zero(bits))];
    if (group >= 0) groups &= ~Bit(group);
  }
  return LeastWith(labels, groups);
}

int LabelBound::LeastWith(std::span<const int> labels, Groups groups) {
  int fresh = new_;
  for (const int label : labels) {
    if (!Used(label)) ++fresh;
    groups &= ~hits_[static_cast<std::size_t>(label)];
  }
  return fresh + LeastToHit(groups);
}

// What the labels at hand hit.
void LabelBound::CollectHits() {
  collected_ = true;
  ++look_;
  steps_left_ = kMaxSteps;
  patterns_.clear();
  neighbours_.assign(static_cast<std::size_t>(groups_), 0);
  for (const int label : touched_) {
    const Groups hits = hits_[static_cast<std::size_t>(label)];
    patterns_.push_back(hits);
    for (Groups rest = hits; rest != 0; rest &= rest - 1) {
      neighbours_[static_cast<std::size_t>(std::countr_zero(rest))] |= hits;
    }
  }
  std::sort(patterns_.begin(), patterns_.end());
  patterns_.erase(std::unique(patterns_.begin(), patterns_.end()), patterns_.end());
  if (patterns_.size() > kMaxPatternsCompared) return;
  widest_.clear();
  for (const Groups pattern : patterns_) {
    const bool within = std::any_of(patterns_.begin(), patterns_.end(), [&](Groups other) {
      return other != pattern && (pattern & ~other) == 0;
    });
    if (!within) widest_.push_back(pattern);
  }
  std::swap(patterns_, widest_);
}

// Groups no two of which have a label in common.
int LabelBound::Apart(Groups groups) const {
  int count = 0;
  for (; groups != 0; ++count) {
    groups &= ~neighbours_[static_cast<std::size_t>(std::countr_zero(groups))];
  }
  return count;
}

// Size of a least set of labels that hits all these groups, or less.
int LabelBound::LeastToHit(Groups groups) {
  if ((groups & (groups - 1)) == 0) return groups == 0 ? 0 : 1;
  if (!collected_) CollectHits();
  Known& known = known_[(groups * kOddMultiplier) >> kUnusedHashBits];
  if (known.look == look_ && known.groups == groups) return known.least;
  if (--steps_left_ < 0) return Apart(groups);
  // Some label has to hit the first group.
  const Groups first = groups & ~(groups - 1);
  const int at_least = Apart(groups);
  int least = std::numeric_limits<int>::max();
  for (const Groups pattern : patterns_) {
    if ((pattern & first) == 0) continue;
    least = std::min(least, 1 + LeastToHit(groups & ~pattern));
    if (least <= at_least) break;
  }
  known = {groups, look_, least};
  return least;
}

}  // namespace stackport::match
