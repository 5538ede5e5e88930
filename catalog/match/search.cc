#include "catalog/match/search.h"

#include <algorithm>
#include <numeric>

namespace stackport::match {

Search::Search(const SearchModel& model, const Tuning& tuning, int pareto)
    : model_(model),
      tuning_(tuning),
      pareto_(pareto),
      state_(model, pareto, tuning),
      finder_(model),
      may_price_(tuning.use_multipliers && !model.bounds.empty()) {
  for (const Quantity& quantity : model.problem->quantities) {
    variant_work_ += static_cast<std::int64_t>(quantity.table.cells().size());
  }
  for (const SlotOptions& slot : model.slots) {
    variant_work_ += static_cast<std::int64_t>(slot.count) * state_.columns();
  }
  for (int d = 0; d < static_cast<int>(model.distinct_kinds.size()); ++d) {
    labels_.push_back({LabelBound(model, d), state_.KeyOfLabel(d), model.MostLabels(d)});
  }
  for (int m = 0; m < static_cast<int>(model.max_measures.size()); ++m) {
    maximum_keys_.push_back(state_.KeyOfMaximum(m));
  }
  for (const LevelPart& part : model.distinct_parts) {
    if (!model.key_complete()) break;
    coarse_level_ = coarse_level_ == 0 ? part.level : std::min(coarse_level_, part.level);
  }
  for (const SlotOptions& slot : model.slots) {
    walks_.emplace_back(slot.covers, slot.lazy ? slot.full_cover : 0, slot.max_picks);
  }
}

bool Search::Run(const SearchGoal& goal, SearchBudget* budget) {
  goal_ = goal;
  budget_ = budget;
  best_.clear();
  differs_.assign(goal.earlier == nullptr ? 0 : goal.earlier->size(), 0);
  CollectOutdone();
  StartLooks();
  Seed();
  if (goal.front != nullptr || coarse_level_ == 0) return Walked();
  short_left_ = tuning_.short_nodes;
  bool done = Walked();
  short_left_ = -1;
  if (done || stop_ == Stop::kBudget) return done;
  walk_ = Walk::kCoarse;
  done = Walked();
  walk_ = Walk::kAll;
  if (done) return Walked();
  if (Full()) NoteFrontier(CoarseFloor(best_.back().key));
  return false;
}

bool Search::Walked() {
  if (model_.variant_slot >= 0) return PassByVariants();
  if (may_price_ && !hard_) {
    first_dive_ = true;
    dive_left_ = tuning_.dive_nodes;
    const bool done = Pass();
    dive_left_ = -1;
    first_dive_ = false;
    if (done || stop_ != Stop::kDive) return done;
    hard_ = true;
  }
  return hard_ && walk_ == Walk::kAll ? PassHard() : Pass();
}

// The least key that a package can have which equals one of this key in all levels before the first
// with a count of labels.
Wide Search::CoarseFloor(Wide key) const {
  const std::vector<std::int64_t> values = model_.Decode(key);
  for (int level = coarse_level_; level < model_.levels; ++level) {
    key -= model_.key_weights[At(level)] * (Wide{values[At(level)]} - model_.level_low[At(level)]);
  }
  return key;
}

// Bounds are rarely equal to the threshold's key and often between it and the next lower key, so
// that it pays to find the least keys first and then, among all packages with the last of these
// keys, those with the first ids. Few such packages are found fast in the order of bounds, many in
// the order of ids: the two walks take turns.
bool Search::PassHard() {
  if (goal_.front != nullptr || !model_.key_complete() || model_.keyed_levels == 0) return Pass();
  dive_left_ = tuning_.plain_nodes;
  bool done = Pass();
  dive_left_ = -1;
  if (done || stop_ != Stop::kDive) return done;
  walk_ = Walk::kBetter;
  const std::int64_t before = walked_;
  done = Pass();
  if (done && Full()) {
    const Wide known = best_.back().key;
    std::int64_t turn = std::max<std::int64_t>(walked_ - before, 1);
    do {
      walk_ = walk_ == Walk::kTies ? Walk::kTiesById : Walk::kTies;
      dive_left_ = turn;
      done = Pass();
      dive_left_ = -1;
      turn *= 2;
    } while (!done && stop_ == Stop::kDive);
    frontier_ = known;
  } else if (Full()) {
    NoteFrontier(best_.back().key);
  }
  walk_ = Walk::kAll;
  return done;
}

// One walk over the tree, from what best_ holds already. False when it was stopped.
bool Search::Pass() {
  stop_ = Stop::kNone;
  StartNotes();
  if (!state_.Start(goal_.only, outdone_)) return true;
  MeasureRestWeights();
  ResetLimits();
  if (!Tighten() || !Promising() || !KeepWithin()) return true;
  Visit(hard_);
  return stop_ == Stop::kNone;
}

// The best packages already met that serve this goal.
void Search::Seed() {
  for (const Package& package : seen_) {
    if (goal_.front != nullptr || Full()) break;
    const bool keeps =
        goal_.earlier == nullptr ||
        std::all_of(goal_.earlier->begin(), goal_.earlier->end(), [&](const Package& earlier) {
          return DistanceBetween(package, earlier) >= goal_.distance;
        });
    if (keeps) best_.push_back(package);
  }
}

void Search::ResetLimits() {
  limits_.assign(At(state_.columns()), kUnbounded);
  for (std::size_t r = 0; r < model_.bounds.size(); ++r) limits_[r + 1] = model_.bounds[r];
  slack_.resize(At(state_.columns()) * model_.slots.size());
  branches_.resize(model_.slots.size());
  UpdateLimits();
}

// The largest key that is wanted. Requires: Full().
Wide Search::Threshold() {
  if (goal_.any) return -kUnbounded;
  const Wide key = best_.back().key;
  if (walk_ != Walk::kBetter && walk_ != Walk::kCoarse) return key;
  if (walk_ == Walk::kBetter) return key - model_.key_step;
  if (coarse_key_ != key) {
    coarse_key_ = key;
    coarse_floor_ = CoarseFloor(key);
  }
  return coarse_floor_ - model_.key_step;
}

// What the threshold and the multipliers of this node allow.
void Search::UpdateLimits() {
  if (Full()) limits_[0] = Threshold() - state_.KeyPartLow();
  const int priced = state_.multiplier_column();
  if (priced < 0) {
    if (state_.priced_column() >= 0) limits_[At(state_.priced_column())] = kUnbounded;
    return;
  }
  if (state_.price_key_weight() == 0) {
    limits_[At(priced)] = state_.price_of_bounds();
  } else {
    limits_[At(priced)] = Full() ? limits_[0] + state_.price_of_bounds() : kUnbounded;
  }
}

// Whether something below this node may still belong to the answer.
bool Search::Promising() {
  UpdateLimits();
  for (int c = 0; c < state_.columns(); ++c) {
    if (state_.total(c) <= limits_[At(c)]) continue;
    NoteSkipped(KeyBound(c, state_.total(c)));
    return false;
  }
  if (!state_.MeasureLimitsHold() || !KeepsDistance()) return false;
  const Wide part = state_.KeyPartLow();
  const Wide difference = PriceOfDistance();
  if (difference == kUnbounded) return false;
  Wide least = state_.total(0) + difference;
  if (Full() && least > limits_[0]) {
    NoteSkipped(least + part);
    return false;
  }
  const LabelPrice labels = KeyOfNewLabels(Room());
  if (!LeavesRoom(labels, least)) return false;
  least += labels.key;
  if (goal_.front != nullptr && Covered()) return false;
  return MayComeEarlier(state_.total(0), least, -1, {});
}

// Whether ids may decide for a package, where a node has this total, made of the least of each open
// slot by itself, and its packages this key at least. With `slot` >= 0, the node is the one in
// which the slot gets these options.
bool Search::MayComeEarlier(Wide total, Wide least, int slot, std::span<const int> members) {
  if (walk_ == Walk::kBetter || walk_ == Walk::kCoarse) return true;
  const bool tied = Full() && model_.key_complete() && least == limits_[0];
  if (!Ties() && !tied) return true;
  // Where the key is that of the threshold already, only packages that take the cheapest option
  // everywhere can still reach it, so the ids of those (the first among equals) bound the ids.
  const bool cheapest_only = !Ties() && total == limits_[0];
  const Package& threshold = best_.back();
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    int order = 0;
    if (s == slot) {
      order = CompareIds(s, members, threshold.picks[s]);
    } else if (state_.decided(s)) {
      order = CompareIds(s, state_.picks(s), threshold.picks[s]);
    } else if (model_.slots[At(s)].lazy) {
      return true;
    } else {
      const std::vector<int>& rank = model_.slots[At(s)].rank;
      const int first = cheapest_only ? state_.CheapestOption(s) : state_.FirstOpenById(s);
      order = rank[At(first)] - rank[At(threshold.picks[s][0])];
    }
    if (order < 0) return true;
    if (order > 0) break;
  }
  NoteSkipped(least + state_.KeyPartLow());
  return false;
}

// The key of a package at least when one column comes to so much; kUnbounded where nothing fits.
Wide Search::KeyBound(int column, Wide total) const {
  if (column == 0) return total + state_.KeyPartLow();
  const bool of_key = column == state_.multiplier_column() && state_.price_key_weight() == 1;
  return of_key ? total - state_.price_of_bounds() + state_.KeyPartLow() : kUnbounded;
}

// Whether some known vector is nowhere above anything that this node can reach. The vectors are
// found in lexicographic order, so what is still to come does not fall behind the last one in the
// first component.
bool Search::Covered() const {
  if (goal_.front->empty()) return false;
  std::vector<Wide> low;
  for (int level = 0; level < pareto_; ++level) {
    low.push_back(state_.total(state_.pareto_column(level)) + state_.LevelPartLow(level));
  }
  low[0] = std::max<Wide>(low[0], goal_.front->back()[0]);
  return std::any_of(goal_.front->begin(), goal_.front->end(), [&](const auto& vector) {
    for (std::size_t i = 0; i < low.size(); ++i) {
      if (vector[i] > low[i]) return false;
    }
    return true;
  });
}

// The least key of a package that takes the option.
Wide Search::BoundWith(int slot, int option) const {
  const auto bound = [&](int column) {
    return KeyBound(column, TotalWith(slot, column, state_.cost(slot, column, option)));
  };
  const int priced = state_.multiplier_column();
  const bool says_more = priced >= 0 && state_.price_key_weight() == 1;
  return says_more ? std::max(bound(0), bound(priced)) : bound(0);
}

}  // namespace stackport::match
