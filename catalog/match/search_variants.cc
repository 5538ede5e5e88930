// Search: the options of the variant slot, the most promising first, each a small search of its
// own with the threshold of all.
#include <algorithm>

#include "catalog/match/search.h"

namespace stackport::match {

bool Search::PassByVariants() {
  stop_ = Stop::kNone;
  frontier_ = kUnbounded;
  const SlotDomain* elsewhere = NarrowsVariants() ? nullptr : goal_.only;
  if (!state_.Start(elsewhere)) return true;
  MeasureRestWeights();
  ResetLimits();
  if (!variant_bounds_ || variants_of_ != elsewhere) {
    variants_of_ = elsewhere;
    if (!CollectVariants()) return true;
  }
  std::vector<Variant> waiting = WantedVariants();
  std::vector<Variant> postponed;
  // A heap with the least bound on top; among equals the first by id, so that ties end early.
  const std::vector<int>& rank = model_.slots[At(model_.variant_slot)].rank;
  const auto after = [&](const Variant& a, const Variant& b) {
    return a.key != b.key ? a.key > b.key : rank[At(a.option)] > rank[At(b.option)];
  };
  std::make_heap(waiting.begin(), waiting.end(), after);
  while (!waiting.empty() || !postponed.empty()) {
    if (waiting.empty() || (Full() && !postponed.empty())) {
      waiting.insert(waiting.end(), postponed.begin(), postponed.end());
      postponed.clear();
      std::make_heap(waiting.begin(), waiting.end(), after);
    }
    std::pop_heap(waiting.begin(), waiting.end(), after);
    Variant next = waiting.back();
    waiting.pop_back();
    if (Full() && next.key > best_.back().key) break;
    if (stop_ == Stop::kBudget || !Spend()) {
      NoteFrontier(next.key);
      continue;
    }
    if (!next.settled) {
      const auto settled = Settle(next.option);
      if (!settled) continue;
      waiting.push_back({*settled, next.option, true, false});
      std::push_heap(waiting.begin(), waiting.end(), after);
      continue;
    }
    // Without a threshold a variant that holds no package at all may cost much: a short look at
    // each comes first.
    const bool peek = !Full() && !next.peeked;
    next.peeked = true;
    if (!Explore(next.option, peek)) postponed.push_back(next);
    if (stop_ == Stop::kBudget) NoteFrontier(next.key);
  }
  return stop_ == Stop::kNone;
}

// Whether the goal chooses among the variants: then their bounds hold for other goals as well.
bool Search::NarrowsVariants() const {
  return goal_.only != nullptr && goal_.only->slot == model_.variant_slot;
}

std::vector<Search::Variant> Search::WantedVariants() const {
  if (!NarrowsVariants()) return variants_;
  std::vector<Variant> wanted;
  for (const Variant& variant : variants_) {
    const int candidate = model_.slots[At(model_.variant_slot)].picks[variant.option][0];
    if (goal_.only->candidates[At(candidate)]) wanted.push_back(variant);
  }
  return wanted;
}

// The variants that the limited rows leave, with bounds from the root. False when there are none.
bool Search::CollectVariants() {
  if (!variant_bounds_) variant_bounds_.emplace(model_, state_.variant_domains());
  variants_.clear();
  const int columns = 1 + static_cast<int>(model_.bounds.size());
  variant_bounds_->Fill(state_, columns);
  for (int option = 0; option < model_.slots[At(model_.variant_slot)].count; ++option) {
    bool fits = variant_bounds_->possible(option);
    for (int c = 1; c < columns && fits; ++c) {
      fits = variant_bounds_->bound(option, c) <= model_.bounds[At(c) - 1];
    }
    if (fits)
      variants_.push_back(
          {variant_bounds_->bound(option, 0) + state_.KeyPartLow(), option, false, false});
  }
  return !variants_.empty();
}

// The bound of a decided variant, which holds for every run; nothing when no package has it.
std::optional<Wide> Search::Settle(int variant) {
  std::optional<Wide> key;
  if (state_.Decide({&variant, 1}) && state_.MeasureLimitsHold()) {
    key = state_.total(0) + state_.KeyPartLow();
    for (std::size_t r = 0; r < model_.bounds.size(); ++r) {
      if (state_.total(static_cast<int>(r) + 1) > model_.bounds[r]) key.reset();
      if (!key) break;
    }
  }
  state_.Undo();
  const auto known = std::find_if(variants_.begin(), variants_.end(),
                                  [&](const Variant& each) { return each.option == variant; });
  if (key) {
    *known = {*key, variant, true, false};
  } else {
    variants_.erase(known);
  }
  return key;
}

// Walks through one variant. When a short dive does not end it, limits that bind get multipliers
// that suit this variant. False when the dive is all that was asked for and did not end it.
bool Search::Explore(int variant, bool peek) {
  bool hard = hard_variants_.contains(variant);
  if (peek || (may_price_ && !hard)) {
    first_dive_ = true;
    dive_left_ = tuning_.dive_nodes;
    Follow({&variant, 1}, false);
    dive_left_ = -1;
    first_dive_ = false;
    if (stop_ != Stop::kDive) return true;
    stop_ = Stop::kNone;
    if (may_price_) {
      hard_variants_.insert(variant);
      hard = true;
    }
    if (peek) return false;
  }
  Follow({&variant, 1}, hard);
  return true;
}

}  // namespace stackport::match
