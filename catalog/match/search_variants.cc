// Search: the options of the variant slot, the most promising first, each a small search of its
// own with the threshold of all.
#include <algorithm>

#include "catalog/match/search.h"

namespace stackport::match {

// Puts the least bound on top of a heap; among equals the first by id, so that ties end early.
auto Search::ComesAfter() const {
  return [&rank = model_.slots[At(model_.variant_slot)].rank](const Variant& a, const Variant& b) {
    return a.key != b.key ? a.key > b.key : rank[At(a.option)] > rank[At(b.option)];
  };
}

bool Search::PassByVariants() {
  stop_ = Stop::kNone;
  StartNotes();
  const SlotDomain* elsewhere = NarrowsVariants() ? nullptr : goal_.only;
  if (!state_.Start(elsewhere, outdone_)) return true;
  MeasureRestWeights();
  ResetLimits();
  if (!variant_bounds_ || variants_of_ != elsewhere) {
    variants_of_ = elsewhere;
    if (!CollectVariants()) return true;
  }
  waiting_ = WantedVariants();
  postponed_.clear();
  std::make_heap(waiting_.begin(), waiting_.end(), ComesAfter());
  while (const auto next = NextVariant()) {
    if (Full() && next->key > Threshold()) break;
    if (stop_ == Stop::kNone) Spend();
    if (stop_ == Stop::kShort) break;
    if (stop_ == Stop::kBudget) {
      NoteFrontier(next->key);
      continue;
    }
    VisitVariant(*next);
    if (stop_ == Stop::kBudget) NoteFrontier(next->key);
  }
  return stop_ == Stop::kNone;
}

void Search::Wait(const Variant& variant) {
  waiting_.push_back(variant);
  std::push_heap(waiting_.begin(), waiting_.end(), ComesAfter());
}

// Postponed ones come back once there is a threshold, or nothing else is left.
std::optional<Search::Variant> Search::NextVariant() {
  if (Full() || waiting_.empty()) {
    for (const Variant& variant : postponed_) Wait(variant);
    postponed_.clear();
  }
  if (waiting_.empty()) return std::nullopt;
  std::pop_heap(waiting_.begin(), waiting_.end(), ComesAfter());
  const Variant next = waiting_.back();
  waiting_.pop_back();
  return next;
}

// Settles the variant's bound, and walks through it unless another one comes first then.
void Search::VisitVariant(Variant variant) {
  budget_->AddWork(variant_work_);
  const Notes above = Descend(model_.variant_slot, {&variant.option, 1});
  bool seen = true;
  const bool fits = Enter({&variant.option, 1});
  if (!fits || !(variant.settled || Settle(&variant))) {
    std::erase_if(variants_, [&](const Variant& each) { return each.option == variant.option; });
  } else if (!waiting_.empty() && ComesAfter()(variant, waiting_.front())) {
    Wait(variant);
    seen = false;
  } else if (Promising() && KeepWithin()) {
    // Without a threshold a variant that holds no package at all may cost much: a short look at
    // each comes first.
    const bool peek = !Full() && !variant.peeked;
    variant.peeked = true;
    seen = Explore(variant.option, peek);
    if (!seen) postponed_.push_back(variant);
  }
  Leave();
  Ascend(above, seen);
}

// Whether the goal chooses among the variants: then their bounds hold for other goals as well.
bool Search::NarrowsVariants() const {
  return goal_.only != nullptr && goal_.only->slot == model_.variant_slot;
}

// Those that the goal allows, with the best bounds that are known.
std::vector<Search::Variant> Search::WantedVariants() const {
  std::vector<Variant> wanted;
  for (Variant variant : variants_) {
    const int candidate = model_.slots[At(model_.variant_slot)].picks[variant.option][0];
    if (NarrowsVariants() && !goal_.only->candidates[At(candidate)]) continue;
    if (!known_.empty()) {
      const auto bound = known_.Find(PathName{}.With(model_.variant_slot, {&variant.option, 1}));
      variant.key = std::max(variant.key, bound.value_or(variant.key));
    }
    if (variant.key < kUnbounded) wanted.push_back(variant);
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
    if (!fits) continue;
    variants_.push_back({variant_bounds_->bound(option, 0) + state_.KeyPartLow(), option});
  }
  return !variants_.empty();
}

// The bound of the variant that is decided, which holds for every run. False when no package has
// it.
bool Search::Settle(Variant* variant) {
  if (!state_.MeasureLimitsHold()) return false;
  for (std::size_t r = 0; r < model_.bounds.size(); ++r) {
    if (state_.total(static_cast<int>(r) + 1) > model_.bounds[r]) return false;
  }
  variant->key = state_.total(0) + state_.KeyPartLow();
  variant->settled = true;
  *std::find_if(variants_.begin(), variants_.end(),
                [&](const Variant& each) { return each.option == variant->option; }) = *variant;
  return true;
}

// Walks through the variant that is decided. When a short dive does not end it, limits that bind
// get multipliers that suit this variant. False when the dive is all that was asked for and did not
// end it.
bool Search::Explore(int variant, bool peek) {
  bool hard = hard_variants_.contains(variant);
  if (peek || (may_price_ && !hard)) {
    first_dive_ = true;
    dive_left_ = tuning_.dive_nodes;
    Visit(false);
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
  Visit(hard);
  return true;
}

}  // namespace stackport::match
