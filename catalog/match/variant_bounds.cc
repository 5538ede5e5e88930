#include "catalog/match/variant_bounds.h"

#include <algorithm>

namespace stackport::match {

VariantBounds::VariantBounds(const SearchModel& model, const VariantDomains& domains)
    : model_(model),
      domains_(domains),
      variants_(model.slots[static_cast<std::size_t>(model.variant_slot)].count) {}

// By variant, of a slot that is not the variant slot.
void VariantBounds::LeastCosts(const SearchState& state, int slot, int column,
                               std::vector<Wide>* least) const {
  if (model_.slots[static_cast<std::size_t>(slot)].lazy) {
    std::fill(least->begin(), least->end(), state.current(slot, column));
    return;
  }
  const VariantDomains::SlotFit& fit = domains_.fit(slot);
  Wide anywhere = kUnbounded;
  for (const int option : fit.free) {
    if (state.Open(slot, option)) anywhere = std::min(anywhere, state.cost(slot, column, option));
  }
  std::fill(least->begin(), least->end(), anywhere);
  for (std::size_t i = 0; i < fit.bound.size(); ++i) {
    const int option = fit.bound[i];
    if (!state.Open(slot, option)) continue;
    const Wide cost = state.cost(slot, column, option);
    for (const int v : fit.variants[static_cast<int>(i)]) {
      Wide& mine = (*least)[static_cast<std::size_t>(v)];
      mine = std::min(mine, cost);
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
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    for (int column = 0; column < columns; ++column) {
      LeastCosts(state, s, column, &least);
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
