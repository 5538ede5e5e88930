// SearchState: multipliers for a node and what is below it, and what they close.
#include <algorithm>
#include <bit>
#include <limits>
#include <utility>

#include "catalog/match/search_state.h"

namespace stackport::match {

void SearchState::RefreshTables() {
  for (int s = 0; s < slot_count_; ++s) {
    if (!decided(s) && !model_.slots[At(s)].lazy && !ExactTable(s)) FillInterval(s);
  }
}

void SearchState::Price(const Multipliers& multipliers) {
  if (price_levels_ == 0 || prices_[price_levels_ - 1].depth < depth_) SavePrices();
  PriceLevel& level = prices_[price_levels_ - 1];
  level.key_weight = multipliers.key_weight;
  level.origin = multipliers.origin;
  level.of_bounds = 0;
  for (std::size_t r = 0; r < model_.bounds.size(); ++r) {
    level.of_bounds += multipliers.of_row[r] * model_.bounds[r];
  }
  ++stamp_;
  for (int s = 0; s < slot_count_; ++s) {
    Touch(s);
    sorted_[At(s)] = false;
    PriceSlot(s, multipliers);
  }
}

// A new level, with the columns that its prices will replace.
void SearchState::SavePrices() {
  if (prices_.size() == price_levels_) prices_.emplace_back();
  PriceLevel& level = prices_[price_levels_++];
  level.depth = depth_;
  level.slots.clear();
  level.cells.clear();
  for (int s = 0; s < slot_count_; ++s) {
    if (Settled(s)) continue;
    level.slots.push_back(s);
    const Table& table = tables_[At(s)];
    const std::size_t begin = model_.slots[At(s)].Cell(priced_column_, 0);
    for (const std::vector<Wide>* cells : {&table.base, &table.unit, &table.now}) {
      if (cells->empty()) continue;
      const auto from = cells->begin() + static_cast<std::ptrdiff_t>(begin);
      level.cells.insert(level.cells.end(), from, from + model_.slots[At(s)].count);
    }
  }
}

void SearchState::RestorePrices() {
  const PriceLevel& level = prices_[--price_levels_];
  auto from = level.cells.begin();
  for (const int s : level.slots) {
    sorted_[At(s)] = false;
    Table& table = tables_[At(s)];
    const SlotOptions& options = model_.slots[At(s)];
    const std::size_t begin = options.Cell(priced_column_, 0);
    for (std::vector<Wide>* cells : {&table.base, &table.unit, &table.now}) {
      if (cells->empty()) continue;
      std::copy_n(from, options.count, cells->begin() + static_cast<std::ptrdiff_t>(begin));
      from += options.count;
    }
    if (options.lazy) cover_bounds_[At(s)].FillColumn(table.now, priced_column_);
  }
}

// Whether nothing that is decided later changes what the slot costs.
bool SearchState::Settled(int slot) const {
  const QuantityId quantity = model_.slots[At(slot)].quantity;
  return decided(slot) &&
         (quantity == kOneUnit || (model_.rules.drivers(quantity) & undecided_) == 0);
}

void SearchState::PriceSlot(int slot, const Multipliers& multipliers) {
  const SlotOptions& options = model_.slots[At(slot)];
  Table& table = tables_[At(slot)];
  std::vector<std::pair<int, Wide>> weights;  // columns
  if (multipliers.key_weight != 0) weights.emplace_back(0, multipliers.key_weight);
  for (std::size_t r = 0; r < multipliers.of_row.size(); ++r) {
    if (multipliers.of_row[r] != 0) {
      weights.emplace_back(static_cast<int>(r) + 1, multipliers.of_row[r]);
    }
  }
  if (Settled(slot)) {
    Wide sum = 0;
    for (const auto& [column, weight] : weights) sum += weight * current(slot, column);
    SetCurrent(slot, priced_column_, sum);
    return;
  }
  const auto weigh = [&](const std::vector<Wide>& cells, int option) {
    Wide sum = 0;
    for (const auto& [column, weight] : weights) {
      sum += weight * cells[options.Cell(column, option)];
    }
    return sum;
  };
  const auto [least, most] = Units(slot);
  const bool exact = ExactTable(slot);
  for (int option = 0; option < options.count; ++option) {
    if (!options.lazy && !Open(slot, option)) continue;
    const std::size_t cell = options.Cell(priced_column_, option);
    table.base[cell] = weigh(table.base, option);
    if (table.unit.empty()) {
      table.now[cell] = table.base[cell];
      continue;
    }
    table.unit[cell] = weigh(table.unit, option);
    table.now[cell] =
        exact && !decided(slot) && !options.lazy
            ? weigh(table.now, option)
            : table.base[cell] + std::min(table.unit[cell] * least, table.unit[cell] * most);
  }
  if (decided(slot)) {
    Wide sum = 0;
    for (const int member : picks_[At(slot)]) {
      sum += table.now[options.Cell(priced_column_, member)];
    }
    SetCurrent(slot, priced_column_, sum);
  } else if (options.lazy) {
    cover_bounds_[At(slot)].FillColumn(table.now, priced_column_);
    SetCurrent(slot, priced_column_,
               cover_bounds_[At(slot)].Remaining(priced_column_, options.full_cover));
  } else {
    FindMinimum(slot, priced_column_);
  }
}

bool SearchState::Tighten(const std::vector<Wide>& limits, std::vector<Wide>* least_closed) {
  ++stamp_;  // deeper nodes may have left theirs
  bool changed = true;
  while (changed) {
    changed = false;
    for (int s = 0; s < slot_count_; ++s) {
      if (decided(s) || model_.slots[At(s)].lazy) continue;
      const SlotOptions& options = model_.slots[At(s)];
      const std::int64_t before = closed_;
      for (int c = 0; c < columns_; ++c) {
        const Wide others = totals_[At(c)] - current(s, c);
        const Wide most = limits[At(c)] - others;
        const Wide* costs = tables_[At(s)].now.data() + options.Cell(c, 0);
        const auto& words = domain_[At(s)];
        for (std::size_t w = 0; w < words.size(); ++w) {
          for (std::uint64_t rest = words[w]; rest != 0; rest &= rest - 1) {
            const int option = static_cast<int>(w) * 64 + std::countr_zero(rest);
            if (costs[option] <= most) continue;
            (*least_closed)[At(c)] = std::min((*least_closed)[At(c)], others + costs[option]);
            Close(s, option);
          }
        }
      }
      if (closed_ == before) continue;
      changed = true;
      if (!SettleOpenSlots()) return false;
    }
  }
  return true;
}

bool SearchState::CloseOptions(std::span<const std::pair<int, int>> options) {
  ++stamp_;
  for (const auto& [slot, option] : options) Close(slot, option);
  return SettleOpenSlots();
}

bool SearchState::CloseTried(int slot, std::span<const int> options) {
  ++stamp_;
  for (const int option : options) Close(slot, option);
  return SettleOpenSlots();
}

// How much deciding a slot raises the bound, by the multipliers: what every option but the cheapest
// costs at least above it, and a little of what they cost on average, as often the two cheapest
// cost the same; for few options more than for many.
double SearchState::Urgency(int slot) const {
  const int count = open_count_[At(slot)];
  if (count == 1) return std::numeric_limits<double>::infinity();
  const int column = multiplier_column();
  const Wide least = current(slot, column);
  Wide sum = 0;
  Wide next = kUnbounded;
  int as_cheap = 0;
  ForEachOpen(slot, [&](int option) {
    const Wide above = cost(slot, column, option) - least;
    sum += above;
    if (above == 0) ++as_cheap;
    if (above > 0) next = std::min(next, above);
  });
  if (as_cheap > 1) next = 0;
  constexpr double kWeightOfNext = 5;
  return (kWeightOfNext * ToDouble(next) + ToDouble(sum) / count) / (double{1} * count * count);
}

void SearchState::ChooseNextSlot() {
  const int first = next_slot();
  if (!FreeToMove(first)) return;
  int best = first;
  double most = -1;
  for (int position = depth_; position < slot_count_; ++position) {
    const int slot = order_[At(position)];
    if (!FreeToMove(slot)) continue;
    const double urgency = Urgency(slot);
    if (urgency <= most) continue;
    best = slot;
    most = urgency;
  }
  MoveNext(best);
}

void SearchState::ChooseFirstSlot() {
  const int first = next_slot();
  if (!FreeToMove(first)) return;
  int best = first;
  for (int position = depth_ + 1; position < slot_count_; ++position) {
    const int slot = order_[At(position)];
    if (FreeToMove(slot) && slot < best) best = slot;
  }
  MoveNext(best);
}

void SearchState::ChooseSlot(int slot) {
  if (Movable(next_slot()) && Movable(slot)) MoveNext(slot);
}

bool SearchState::ChooseSettledSlot() {
  if (complete()) return false;
  const auto settled = [&](int slot) {
    return open_count_[At(slot)] == 1 && !model_.slots[At(slot)].lazy;
  };
  const int first = next_slot();
  if (settled(first)) return true;
  if (!Movable(first)) return false;
  for (int position = depth_ + 1; position < slot_count_; ++position) {
    const int slot = order_[At(position)];
    if (!Movable(slot) || !settled(slot)) continue;
    MoveNext(slot);
    return true;
  }
  return false;
}

void SearchState::MoveNext(int slot) {
  const int position = position_[At(slot)];
  const int first = next_slot();
  std::swap(order_[At(depth_)], order_[At(position)]);
  position_[At(slot)] = depth_;
  position_[At(first)] = position;
}

int SearchState::FirstOpenById(int slot) const {
  const std::vector<int>& order = by_id_[At(slot)];
  return *std::find_if(order.begin(), order.end(), [&](int option) { return Open(slot, option); });
}

double SearchState::OpenCombinations() const {
  double product = 1;
  for (int position = depth_; position < slot_count_; ++position) {
    product *= open_count_[At(order_[At(position)])];
  }
  return product;
}

}  // namespace stackport::match
