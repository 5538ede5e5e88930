#include "catalog/match/search_state.h"

#include <algorithm>
#include <bit>
#include <cassert>

namespace stackport::match {

void SearchState::OpenAll() {
  while (price_levels_ > 0) RestorePrices();
  depth_ = 0;
  undecided_ = slot_count_ == 64 ? ~std::uint64_t{0} : Bit(slot_count_) - 1;
  frames_.clear();
  saved_.clear();
  saved_words_.clear();
  saved_values_.clear();
  saved_cheapest_.clear();
  demanded_.clear();
  touched_.clear();
  tag_count_.assign(At(model_.tags), 0);
  conflict_count_.assign(At(model_.tags), 0);
  for (auto& counts : label_count_) std::fill(counts.begin(), counts.end(), 0);
  used_labels_.assign(label_count_.size(), 0);
  std::fill(totals_.begin(), totals_.end(), 0);
  std::fill(current_.begin(), current_.end(), 0);
  std::fill(cheapest_.begin(), cheapest_.end(), -1);
  for (int s = 0; s < slot_count_; ++s) {
    const int count = model_.slots[At(s)].count;
    picks_[At(s)].clear();
    chosen_[At(s)] = kUndecided;
    open_count_[At(s)] = count;
    dirty_[At(s)] = false;
    auto& words = domain_[At(s)];
    words.assign(At(count + 63) / 64, ~std::uint64_t{0});
    if (count % 64 != 0) words.back() = Bit(count % 64) - 1;
  }
  std::copy(model_.quantity_low.begin(), model_.quantity_low.end(), quantity_low_.begin());
  std::copy(model_.quantity_high.begin(), model_.quantity_high.end(), quantity_high_.begin());
  quantity_level_[0] = 0;
}

bool SearchState::Start(const SlotDomain* only, std::span<const std::pair<int, int>> without) {
  OpenAll();
  if (model_.impossible) return false;
  if (only != nullptr) CloseOthers(*only);
  for (const auto& [slot, option] : without) Close(slot, option);
  FilterByTags();
  for (const int slot : touched_) dirty_[At(slot)] = false;
  touched_.clear();
  if (!EverySlotOpen()) return false;
  root_group_slots_ = group_slots_;
  CollectSlotGroups();
  DemandWhatIsCertain();
  if (!FillRoot()) return false;
  StartMeasures();
  return true;
}

void SearchState::CloseOthers(const SlotDomain& only) {
  for (int option = 0; option < model_.slots[At(only.slot)].count; ++option) {
    const int candidate = CandidateOf(only.slot, option);
    if (candidate < 0 || !only.candidates[At(candidate)]) Close(only.slot, option);
  }
}

bool SearchState::EverySlotOpen() const {
  return std::all_of(open_count_.begin(), open_count_.end(), [](int count) { return count > 0; });
}

bool SearchState::FillRoot() {
  for (int s = 0; s < slot_count_; ++s) {
    if (model_.slots[At(s)].lazy) {
      if (!FillCover(s)) return false;
      for (int c = 0; c < columns_; ++c) {
        SetCurrent(s, c, cover_bounds_[At(s)].Remaining(c, model_.slots[At(s)].full_cover));
      }
      continue;
    }
    FillInterval(s);
    FindMinima(s, true);
  }
  for (const Consequence& consequence : consequences_[0]) {
    if (!ApplyConsequence(consequence)) return false;
  }
  return SettleOpenSlots();
}

// Saves a slot's state once for each node, before its first change there.
void SearchState::Touch(int slot) {
  if (frames_.empty() || touched_at_[At(slot)] == stamp_) return;
  touched_at_[At(slot)] = stamp_;
  saved_.push_back({slot, open_count_[At(slot)], saved_words_.size(), saved_values_.size()});
  const auto& words = domain_[At(slot)];
  saved_words_.insert(saved_words_.end(), words.begin(), words.end());
  const auto cells = static_cast<std::ptrdiff_t>(Cell(slot, 0));
  saved_values_.insert(saved_values_.end(), current_.begin() + cells,
                       current_.begin() + cells + columns_);
  saved_cheapest_.insert(saved_cheapest_.end(), cheapest_.begin() + cells,
                         cheapest_.begin() + cells + columns_);
}

void SearchState::Close(int slot, int option) {
  if (!Open(slot, option)) return;
  Touch(slot);
  domain_[At(slot)][At(option) / 64] &= ~Bit(option % 64);
  --open_count_[At(slot)];
  ++closed_;
  MarkChanged(slot);
}

void SearchState::MarkChanged(int slot) {
  if (dirty_[At(slot)]) return;
  dirty_[At(slot)] = true;
  touched_.push_back(slot);
}

void SearchState::SetCurrent(int slot, int column, Wide value) {
  Wide& cell = current_[Cell(slot, column)];
  totals_[At(column)] += value - cell;
  cell = value;
}

// New minima for the slots that lost options at this node.
bool SearchState::SettleOpenSlots() {
  for (const int slot : touched_) {
    dirty_[At(slot)] = false;
    if (open_count_[At(slot)] == 0) {
      for (const int each : touched_) dirty_[At(each)] = false;
      touched_.clear();
      return false;
    }
    if (model_.slots[At(slot)].lazy) continue;  // its bound holds for all of its candidates
    if (ExactTable(slot)) {
      FindMinima(slot, false);
    } else {
      // Deeper nodes may have left other quantities in the table.
      FillInterval(slot);
      FindMinima(slot, true);
    }
  }
  touched_.clear();
  return true;
}

void SearchState::FindMinima(int slot, bool all_columns) {
  for (int c = 0; c < columns_; ++c) {
    const int known = cheapest_[Cell(slot, c)];
    if (all_columns || known < 0 || !Open(slot, known)) FindMinimum(slot, c);
  }
}

void SearchState::FindMinimum(int slot, int column) {
  const SlotOptions& options = model_.slots[At(slot)];
  const Wide* costs = tables_[At(slot)].now.data() + options.Cell(column, 0);
  int best = -1;
  ForEachOpen(slot, [&](int option) {
    if (best < 0 || costs[option] < costs[best] ||
        (costs[option] == costs[best] && options.rank[At(option)] < options.rank[At(best)])) {
      best = option;
    }
  });
  if (best < 0) return;  // SettleOpenSlots tells
  cheapest_[Cell(slot, column)] = best;
  SetCurrent(slot, column, costs[best]);
}

Wide SearchState::LeastWithout(int slot, int option) const {
  const Wide* costs = tables_[At(slot)].now.data() + model_.slots[At(slot)].Cell(0, 0);
  Wide least = kUnbounded;
  ForEachOpen(slot, [&](int other) {
    if (other != option) least = std::min(least, costs[other]);
  });
  return least;
}

bool SearchState::Decide(std::span<const int> members) {
  const int slot = next_slot();
  ++stamp_;
  frames_.push_back({saved_.size(), demanded_.size()});
  std::copy(totals_.begin(), totals_.end(),
            frame_totals_.begin() + static_cast<std::ptrdiff_t>(At(depth_) * At(columns_)));
  Touch(slot);
  picks_[At(slot)].assign(members.begin(), members.end());
  chosen_[At(slot)] = CandidateOf(slot, members[0]);
  for (int c = 0; c < columns_; ++c) {
    Wide sum = 0;
    for (const int member : members) sum += cost(slot, c, member);
    SetCurrent(slot, c, sum);
  }
  undecided_ &= ~Bit(slot);
  ++depth_;
  quantity_level_[At(depth_)] = quantity_level_[At(depth_) - 1];
  for (std::size_t d = 0; d < label_count_.size(); ++d) {
    for (const int member : members) {
      for (const int label : model_.slots[At(slot)].labels[d][member]) {
        if (label_count_[d][At(label)]++ == 0) ++used_labels_[d];
      }
    }
  }
  const bool decides_variant = slot == model_.variant_slot;
  // Without domains tags alone tell, one option after the other.
  const bool with_domains = decides_variant && variant_domains_.has_domains();
  const bool variant_fits = !with_domains || TakeDomains(variant_domains_, members[0]);
  bool tags_fit = ApplyTags(slot, members) && variant_fits;
  if (tags_fit && decides_variant) {
    FilterByTags();
    tags_fit = EverySlotOpen();
    if (tags_fit) NarrowRanges();
  }
  if (!tags_fit || !ApplyQuantities(slot) || !ServeDemands() || !SettleOpenSlots()) {
    for (const int each : touched_) dirty_[At(each)] = false;
    touched_.clear();
    return false;
  }
  ApplyMeasures(slot, members);
  return true;
}

void SearchState::Undo() {
  --depth_;
  const int slot = order_[At(depth_)];
  RevertTags(slot, picks_[At(slot)]);
  RevertMeasures(picks_[At(slot)], slot);
  undecided_ |= Bit(slot);
  chosen_[At(slot)] = kUndecided;
  if (slot == model_.variant_slot) group_slots_ = root_group_slots_;
  const Frame frame = frames_.back();
  frames_.pop_back();
  demanded_.resize(frame.demanded);
  while (saved_.size() > frame.saved_begin) {
    const Saved saved = saved_.back();
    saved_.pop_back();
    auto& words = domain_[At(saved.slot)];
    for (std::size_t w = 0; w < words.size(); ++w) words[w] = saved_words_[saved.words + w];
    open_count_[At(saved.slot)] = saved.open;
    const std::size_t cells = Cell(saved.slot, 0);
    for (std::size_t c = 0; c < At(columns_); ++c) {
      current_[cells + c] = saved_values_[saved.cells + c];
      cheapest_[cells + c] = saved_cheapest_[saved.cells + c];
    }
    saved_words_.resize(saved.words);
    saved_values_.resize(saved.cells);
    saved_cheapest_.resize(saved.cells);
  }
  const auto from = frame_totals_.begin() + static_cast<std::ptrdiff_t>(At(depth_) * At(columns_));
  std::copy(from, from + columns_, totals_.begin());
  while (price_levels_ > 0 && prices_[price_levels_ - 1].depth > depth_) RestorePrices();
}

void SearchState::PrepareBranch() {
  const int slot = next_slot();
  if (ExactTable(slot)) return;
  if (model_.slots[At(slot)].lazy) {
    FillCover(slot);
  } else {
    FillInterval(slot);
  }
}

const std::vector<int>& SearchState::BranchOrder(int slot, int column) {
  std::vector<int>& list = filled_[At(slot)];
  if (!sorted_[At(slot)]) {
    sorted_[At(slot)] = true;
    const auto& rank = model_.slots[At(slot)].rank;
    std::sort(list.begin(), list.end(), [&](int a, int b) {
      const Wide left = cost(slot, column, a);
      const Wide right = cost(slot, column, b);
      if (left != right) return left < right;
      const Wide left_key = cost(slot, 0, a);
      const Wide right_key = cost(slot, 0, b);
      if (left_key != right_key) return left_key < right_key;
      return rank[At(a)] < rank[At(b)];
    });
  }
  return list;
}

}  // namespace stackport::match
