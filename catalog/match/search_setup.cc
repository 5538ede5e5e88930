// SearchState: what is computed once, before the first node.
#include <algorithm>
#include <bit>
#include <limits>
#include <numeric>
#include <tuple>

#include "catalog/match/search_state.h"

namespace stackport::match {

SearchState::SearchState(const SearchModel& model, int pareto, const Tuning& tuning)
    : model_(model),
      variant_domains_(model, model.variant_slot,
                       tuning.use_domains ? VariantDomains::kMaxWords : 0),
      tags_for_domains_(tuning.use_domains ? tuning.tags_for_domains
                                           : std::numeric_limits<int>::max()),
      slot_domains_(model.slots.size()),
      slot_count_(static_cast<int>(model.slots.size())) {
  BuildTables(pareto);
  ChooseOrder();
  PlanConsequences();
  const std::size_t slots = At(slot_count_);
  const std::size_t quantities = At(model.rules.count());
  picks_.resize(slots);
  chosen_.resize(slots);
  domain_.resize(slots);
  open_count_.resize(slots);
  current_.resize(slots * At(columns_));
  cheapest_.resize(slots * At(columns_));
  totals_.resize(At(columns_));
  frame_totals_.resize(slots * At(columns_));
  touched_at_.resize(slots);
  dirty_.resize(slots);
  followed_at_.resize(slots);
  quantity_low_.resize((slots + 1) * quantities);
  quantity_high_.resize((slots + 1) * quantities);
  quantity_level_.resize(slots + 1);
  scratch_.resize(quantities);
  for (const LevelPart& part : model.max_parts) {
    max_key_weights_.push_back(model.key_weights[At(part.level)] * part.weight);
  }
  for (const LevelPart& part : model.distinct_parts) {
    distinct_key_weights_.push_back(model.key_weights[At(part.level)] * part.weight);
  }
  max_low_.resize((slots + 1) * model.max_measures.size());
  closed_above_.resize(max_low_.size());
  for (const int labels : model.label_counts) label_count_.emplace_back(At(labels), 0);
  label_room_.assign(model.label_counts.size(), std::vector<int>(slots, 0));
  for (int s = 0; s < slot_count_; ++s) {
    const SlotOptions& options = model.slots[At(s)];
    for (std::size_t d = 0; d < label_room_.size(); ++d) {
      std::size_t most = 0;
      for (int o = 0; o < options.count; ++o) most = std::max(most, options.labels[d][o].size());
      label_room_[d][At(s)] = static_cast<int>(most) * (options.lazy ? options.max_picks : 1);
    }
  }
  by_id_.resize(slots);
  for (int s = 0; s < slot_count_; ++s) {
    by_id_[At(s)].resize(At(model.slots[At(s)].count));
    std::iota(by_id_[At(s)].begin(), by_id_[At(s)].end(), 0);
    const std::vector<int>& rank = model.slots[At(s)].rank;
    std::sort(by_id_[At(s)].begin(), by_id_[At(s)].end(),
              [&](int a, int b) { return rank[At(a)] < rank[At(b)]; });
  }
  group_slots_.resize(At(model.group_tags.size()));
  for (int group = 0; group < model.group_tags.size(); ++group) {
    all_groups_.push_back(group);
    if (model.variant_slot >= 0 && !variant_domains_.Settles(group)) {
      groups_for_variants_.push_back(group);
    }
  }
  slot_groups_.resize(slots);
  asked_for_.resize(slots);
  for (int group = 0; group < model.group_tags.size(); ++group) {
    for (const int tag : model.group_tags[group]) {
      for (const Postings::Run& run : model.providers[tag]) ++asked_for_[At(run.slot)];
    }
  }
}

void SearchState::BuildTables(int pareto) {
  std::vector<Weights> columns;
  columns.push_back(KeyWeights());
  for (int row = model_.levels; row < model_.rows(); ++row) columns.push_back({{row, 1}});
  if (!model_.bounds.empty()) {
    priced_column_ = static_cast<int>(columns.size());
    columns.emplace_back();  // nothing, until prices are set
  }
  first_pareto_column_ = static_cast<int>(columns.size());
  for (int level = 0; level < pareto; ++level) columns.push_back({{level, 1}});
  columns_ = static_cast<int>(columns.size());

  tables_.resize(At(slot_count_));
  filled_.resize(At(slot_count_));
  sorted_.resize(At(slot_count_));
  cover_bounds_.resize(At(slot_count_));
  for (int s = 0; s < slot_count_; ++s) {
    const SlotOptions& options = model_.slots[At(s)];
    Table& table = tables_[At(s)];
    const std::size_t cells = columns.size() * At(options.count);
    table.base.assign(cells, 0);
    if (options.quantity != kOneUnit) table.unit.assign(cells, 0);
    for (int c = 0; c < columns_; ++c) FillColumn(s, c, columns[At(c)]);
    table.now = table.base;
    if (options.lazy) {
      cover_bounds_[At(s)] = CoverBound(options.covers, options.full_cover, options.max_picks);
    }
  }
}

SearchState::Weights SearchState::KeyWeights() const {
  Weights weights;
  for (int level = 0; level < model_.keyed_levels; ++level) {
    weights.emplace_back(level, model_.key_weights[At(level)]);
  }
  return weights;
}

void SearchState::FillColumn(int slot, int column, const Weights& weights) {
  const SlotOptions& options = model_.slots[At(slot)];
  Table& table = tables_[At(slot)];
  const std::size_t begin = options.Cell(column, 0);
  for (int o = 0; o < options.count; ++o) {
    Wide base = 0;
    Wide unit = 0;
    for (const auto& [row, weight] : weights) {
      base += weight * options.Fixed(row, o);
      unit += weight * options.Unit(row, o);
    }
    table.base[begin + At(o)] = base;
    if (!table.unit.empty()) table.unit[begin + At(o)] = unit;
  }
}

// The variant slot; then drivers of quantities, those that drive most before the others; then slots
// whose quantity is known, those that move the key and the limited rows most first, so that what
// stays open is small.
void SearchState::ChooseOrder() {
  drives_.assign(At(slot_count_), 0);
  for (int q = 0; q < model_.rules.count(); ++q) {
    for (int s = 0; s < slot_count_; ++s) {
      if (model_.rules.drivers(q) & Bit(s)) drives_[At(s)] |= Bit(q);
    }
  }
  const int weighed = 1 + static_cast<int>(model_.bounds.size());
  std::vector<std::vector<Wide>> spread(At(slot_count_), std::vector<Wide>(At(weighed), 0));
  std::vector<Wide> total(At(weighed), 1);
  for (int s = 0; s < slot_count_; ++s) {
    const SlotOptions& options = model_.slots[At(s)];
    const Table& table = tables_[At(s)];
    const Wide units =
        options.quantity == kOneUnit ? 1 : model_.quantity_high[At(options.quantity)];
    for (int c = 0; c < weighed; ++c) {
      Wide low = 0;
      Wide high = 0;
      for (int o = 0; o < options.count; ++o) {
        const std::size_t cell = options.Cell(c, o);
        const Wide value = table.base[cell] + (table.unit.empty() ? 0 : table.unit[cell] * units);
        low = o == 0 ? value : std::min(low, value);
        high = o == 0 ? value : std::max(high, value);
      }
      spread[At(s)][At(c)] = high - low;
      total[At(c)] += high - low;
    }
  }
  const auto influence = [&](int slot) {
    std::int64_t sum = 0;
    for (int c = 0; c < weighed; ++c) {
      // Both are below 2^125; dropping low bits of the spread keeps the product in range.
      const Wide unit = total[At(c)] / 1000 + 1;
      sum += static_cast<std::int64_t>(spread[At(slot)][At(c)] / unit);
    }
    return sum;
  };
  std::uint64_t placed = 0;
  const auto waiting_for = [&](int slot) {
    const QuantityId quantity = model_.slots[At(slot)].quantity;
    if (quantity == kOneUnit) return 0;
    return std::popcount(model_.rules.drivers(quantity) & ~placed & ~Bit(slot));
  };
  position_.assign(At(slot_count_), 0);
  if (model_.variant_slot >= 0) {
    placed |= Bit(model_.variant_slot);
    order_.push_back(model_.variant_slot);
  }
  while (static_cast<int>(order_.size()) < slot_count_) {
    int best = -1;
    std::tuple<bool, int, int, std::int64_t, int> best_score;
    for (int s = 0; s < slot_count_; ++s) {
      if (placed & Bit(s)) continue;
      const bool single = model_.slots[At(s)].count <= 1 && !model_.slots[At(s)].lazy;
      const bool driver = drives_[At(s)] != 0;
      const std::tuple<bool, int, int, std::int64_t, int> score{
          !single && !driver, driver ? -std::popcount(drives_[At(s)]) : 0, waiting_for(s),
          -influence(s), s};
      if (best < 0 || score < best_score) {
        best = s;
        best_score = score;
      }
    }
    placed |= Bit(best);
    position_[At(best)] = static_cast<int>(order_.size());
    order_.push_back(best);
  }
}

void SearchState::PlanConsequences() {
  const int quantities = model_.rules.count();
  // Position after which all drivers of q but `slot` are decided; -1: from the start.
  const auto known_after = [&](QuantityId q, int slot) {
    int last = -1;
    for (int s = 0; s < slot_count_; ++s) {
      if (s != slot && (model_.rules.drivers(q) & Bit(s))) last = std::max(last, position_[At(s)]);
    }
    return last;
  };
  ready_.assign(At(slot_count_), -1);
  consequences_.resize(At(slot_count_) + 1);
  refresh_.resize(At(slot_count_));
  for (int s = 0; s < slot_count_; ++s) {
    const QuantityId own = model_.slots[At(s)].quantity;
    if (own != kOneUnit) ready_[At(s)] = known_after(own, s);
    for (int position = -1; position < position_[At(s)]; ++position) {
      Consequence consequence{s, {}, own != kOneUnit && ready_[At(s)] == position};
      bool news = consequence.fill;
      for (QuantityId q = 0; q < quantities; ++q) {
        if (!(model_.rules.drivers(q) & Bit(s))) continue;
        const int known = known_after(q, s);
        if (known <= position) consequence.chain.push_back(q);
        if (known == position) news = true;
      }
      if (news) consequences_[At(position + 1)].push_back(std::move(consequence));
    }
    if (own == kOneUnit) continue;
    for (int position = 0; position < slot_count_; ++position) {
      const bool drives = (model_.rules.drivers(own) & Bit(order_[At(position)])) != 0;
      const bool was_decided = position_[At(s)] < position;
      const bool still_open = position_[At(s)] > position && ready_[At(s)] > position;
      if (drives && (was_decided || still_open)) refresh_[At(position)].push_back(s);
    }
  }
}

void SearchState::CollectSlotGroups() {
  for (auto& groups : slot_groups_) groups.clear();
  for (int group = 0; group < static_cast<int>(group_slots_.size()); ++group) {
    for (int s = 0; s < slot_count_; ++s) {
      if (!(group_slots_[At(group)] & Bit(s))) continue;
      const VariantDomains* domains = WideDomains(s);
      if (domains == nullptr || !domains->Settles(group)) slot_groups_[At(s)].push_back(group);
    }
  }
}

}  // namespace stackport::match
