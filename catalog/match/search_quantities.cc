// SearchState: quantities, and the costs that depend on them.
#include <algorithm>
#include <bit>

#include "catalog/match/search_state.h"

namespace stackport::match {

int SearchState::CandidateOf(int slot, int option) const {
  const auto picks = model_.slots[At(slot)].picks[option];
  return picks.empty() ? kEmptySlot : picks[0];
}

// What is known of a slot's quantity at this node.
std::pair<std::int64_t, std::int64_t> SearchState::Units(int slot) const {
  const QuantityId quantity = model_.slots[At(slot)].quantity;
  if (quantity == kOneUnit) return {1, 1};
  const std::size_t cell = quantity_level_[At(depth_)] + At(quantity);
  return {quantity_low_[cell], quantity_high_[cell]};
}

bool SearchState::ApplyQuantities(int slot) {
  const int position = depth_ - 1;
  const bool variant = slot == model_.variant_slot;
  if (variant || drives_[At(slot)] != 0) {
    const std::size_t quantities = At(model_.rules.count());
    const std::size_t before = quantity_level_[At(depth_) - 1];
    const std::size_t level = At(depth_) * quantities;
    quantity_level_[At(depth_)] = level;
    std::int64_t* low = quantity_low_.data() + level;
    std::int64_t* high = quantity_high_.data() + level;
    std::copy_n(quantity_low_.data() + before, quantities, low);
    std::copy_n(quantity_high_.data() + before, quantities, high);
    for (QuantityId q = 0; q < model_.rules.count(); ++q) {
      if (!variant && !(drives_[At(slot)] & Bit(q))) continue;
      WideInterval range;
      if (!model_.rules.Interval(q, ranges(), chosen_.data(), low, high, &range)) return false;
      low[q] = static_cast<std::int64_t>(range.low);
      high[q] = static_cast<std::int64_t>(range.high);
    }
  }
  for (const Consequence& consequence : consequences_[At(depth_)]) {
    if (!ApplyConsequence(consequence)) return false;
  }
  for (const int each : refresh_[At(position)]) {
    if (decided(each)) {
      RefreshDecided(each);
    } else if (!model_.slots[At(each)].lazy) {
      Touch(each);
      FillInterval(each);
      FindMinima(each, true);
    }
  }
  return true;
}

// The extremes over what the variant left open, and with them new costs where quantities are open.
void SearchState::NarrowRanges() {
  open_lists_.resize(At(slot_count_));
  for (int s = 0; s < slot_count_; ++s) {
    std::vector<int>& open = open_lists_[At(s)];
    open.clear();
    if (decided(s)) {
      open.push_back(chosen_[At(s)]);
      continue;
    }
    if (drives_[At(s)] != 0) {
      ForEachOpen(s, [&](int option) { open.push_back(CandidateOf(s, option)); });
    }
    if (model_.slots[At(s)].quantity == kOneUnit || dirty_[At(s)]) continue;
    Touch(s);
    MarkChanged(s);
  }
  model_.rules.Narrow(open_lists_, &variant_ranges_);
}

// Closes options without a value for some quantity, and fills in the costs of the others.
bool SearchState::ApplyConsequence(const Consequence& consequence) {
  const int slot = consequence.slot;
  const SlotOptions& options = model_.slots[At(slot)];
  Touch(slot);
  if (options.lazy) {
    if (!FillCover(slot)) return false;
    for (int c = 0; c < columns_; ++c) {
      SetCurrent(slot, c, cover_bounds_[At(slot)].Remaining(c, options.full_cover));
    }
    return true;
  }
  if (consequence.fill) {
    filled_[At(slot)].clear();
    sorted_[At(slot)] = false;
  }
  std::copy_n(quantity_low_.data() + quantity_level_[At(depth_)], scratch_.size(),
              scratch_.begin());
  ForEachOpen(slot, [&](int option) {
    chosen_[At(slot)] = CandidateOf(slot, option);
    bool possible = true;
    for (const QuantityId q : consequence.chain) {
      const Wide value = model_.rules.Exact(q, chosen_.data(), scratch_.data());
      possible = value >= 0;
      if (!possible) break;
      scratch_[At(q)] = static_cast<std::int64_t>(value);
    }
    if (!possible) {
      Close(slot, option);
    } else if (consequence.fill) {
      FillExact(slot, option, scratch_[At(options.quantity)]);
    }
  });
  chosen_[At(slot)] = kUndecided;
  if (open_count_[At(slot)] == 0) return false;
  if (consequence.fill) FindMinima(slot, true);
  return true;
}

void SearchState::FillExact(int slot, int option, std::int64_t units) {
  const SlotOptions& options = model_.slots[At(slot)];
  Table& table = tables_[At(slot)];
  filled_[At(slot)].push_back(option);
  for (int c = 0; c < columns_; ++c) {
    const std::size_t cell = options.Cell(c, option);
    table.now[cell] = table.base[cell] + table.unit[cell] * units;
  }
}

// Costs at the better end of what the quantity may be.
void SearchState::FillInterval(int slot) {
  const SlotOptions& options = model_.slots[At(slot)];
  Table& table = tables_[At(slot)];
  filled_[At(slot)].clear();
  sorted_[At(slot)] = false;
  const auto [least, most] = Units(slot);
  ForEachOpen(slot, [&](int option) {
    filled_[At(slot)].push_back(option);
    if (table.unit.empty()) return;
    for (int c = 0; c < columns_; ++c) {
      const std::size_t cell = options.Cell(c, option);
      table.now[cell] =
          table.base[cell] + std::min(table.unit[cell] * least, table.unit[cell] * most);
    }
  });
}

bool SearchState::FillCover(int slot) {
  FillInterval(slot);
  // The bound is over all candidates, so those that are closed here need their costs, too.
  const SlotOptions& options = model_.slots[At(slot)];
  Table& table = tables_[At(slot)];
  if (!table.unit.empty()) {
    const auto [least, most] = Units(slot);
    for (std::size_t cell = 0; cell < table.now.size(); ++cell) {
      table.now[cell] =
          table.base[cell] + std::min(table.unit[cell] * least, table.unit[cell] * most);
    }
  }
  return options.count > 0 && cover_bounds_[At(slot)].Fill(table.now, columns_);
}

// The slot was decided before its quantity was known; now more of it is.
void SearchState::RefreshDecided(int slot) {
  Touch(slot);
  const SlotOptions& options = model_.slots[At(slot)];
  const Table& table = tables_[At(slot)];
  const auto [least, most] = Units(slot);
  for (int c = 0; c < columns_; ++c) {
    Wide sum = 0;
    for (const int member : picks_[At(slot)]) {
      const std::size_t cell = options.Cell(c, member);
      sum += table.base[cell] + std::min(table.unit[cell] * least, table.unit[cell] * most);
    }
    SetCurrent(slot, c, sum);
  }
}

}  // namespace stackport::match
