#include "catalog/match/variant_bounds.h"

#include <algorithm>

namespace stackport::match {

VariantBounds::VariantBounds(const SearchModel& model)
    : model_(model), variants_(model.slots[static_cast<std::size_t>(model.variant_slot)].count) {
  // By group: the variants that provide it; none for groups that another slot may serve.
  std::vector<std::vector<char>> served(static_cast<std::size_t>(model.group_tags.size()));
  for (int group = 0; group < model.group_tags.size(); ++group) {
    std::vector<char> by_variant(static_cast<std::size_t>(variants_), 0);
    bool alone = true;
    for (const int tag : model.group_tags[group]) {
      for (const Postings::Run& run : model.providers[tag]) {
        alone = alone && run.slot == model.variant_slot;
        if (!alone) break;
        for (const int option : model.providers.Options(run)) {
          by_variant[static_cast<std::size_t>(option)] = 1;
        }
      }
    }
    if (alone) served[static_cast<std::size_t>(group)] = std::move(by_variant);
  }
  slots_.resize(model.slots.size());
  std::vector<char> fits;
  for (std::size_t s = 0; s < model.slots.size(); ++s) {
    const SlotOptions& options = model.slots[s];
    if (static_cast<int>(s) == model.variant_slot || options.lazy) continue;
    for (int option = 0; option < options.count; ++option) {
      fits.assign(static_cast<std::size_t>(variants_), 1);
      bool free = true;
      for (const int group : options.groups[option]) {
        const auto& by_variant = served[static_cast<std::size_t>(group)];
        if (by_variant.empty()) continue;
        free = false;
        for (std::size_t v = 0; v < fits.size(); ++v) fits[v] = fits[v] & by_variant[v];
      }
      if (free) {
        slots_[s].free.push_back(option);
        continue;
      }
      slots_[s].bound.push_back(option);
      for (int v = 0; v < variants_; ++v) {
        if (fits[static_cast<std::size_t>(v)] != 0) slots_[s].variants.Add(v);
      }
      slots_[s].variants.Close();
    }
  }
}

void VariantBounds::Fill(const SearchState& state, int columns) {
  columns_ = columns;
  bounds_.assign(static_cast<std::size_t>(variants_) * static_cast<std::size_t>(columns), 0);
  possible_.assign(static_cast<std::size_t>(variants_), 1);
  for (int v = 0; v < variants_; ++v) {
    if (!state.Open(model_.variant_slot, v)) possible_[static_cast<std::size_t>(v)] = 0;
  }
  std::vector<Wide> least(static_cast<std::size_t>(variants_));
  for (int s = 0; s < static_cast<int>(slots_.size()); ++s) {
    const SlotOptionsByVariant& slot = slots_[static_cast<std::size_t>(s)];
    const bool lazy = model_.slots[static_cast<std::size_t>(s)].lazy;
    for (int column = 0; column < columns; ++column) {
      Wide anywhere = kUnbounded;
      if (lazy) anywhere = state.current(s, column);
      for (const int option : slot.free) {
        if (state.Open(s, option)) anywhere = std::min(anywhere, state.cost(s, column, option));
      }
      std::fill(least.begin(), least.end(), anywhere);
      for (std::size_t i = 0; i < slot.bound.size(); ++i) {
        const int option = slot.bound[i];
        if (!state.Open(s, option)) continue;
        const Wide cost = state.cost(s, column, option);
        for (const int v : slot.variants[static_cast<int>(i)]) {
          Wide& mine = least[static_cast<std::size_t>(v)];
          mine = std::min(mine, cost);
        }
      }
      for (int v = 0; v < variants_; ++v) {
        const Wide cost = s == model_.variant_slot ? state.cost(s, column, v)
                                                   : least[static_cast<std::size_t>(v)];
        if (cost == kUnbounded) {
          possible_[static_cast<std::size_t>(v)] = 0;
        } else {
          bounds_[Cell(v, column)] += cost;
        }
      }
    }
  }
}

}  // namespace stackport::match
