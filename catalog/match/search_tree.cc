// Search: the walk over the tree.
#include <algorithm>
#include <optional>

#include "catalog/match/search.h"

namespace stackport::match {
namespace {

// With fewer undecided slots, looking is cheaper than pricing.
constexpr int kFewestSlotsToPrice = 3;

}  // namespace

bool Search::Spend() {
  if (short_left_ >= 0 && --short_left_ < 0) stop_ = Stop::kShort;
  if (stop_ == Stop::kShort) return false;
  if (dive_left_ >= 0 && --dive_left_ < 0) {
    stop_ = Stop::kDive;
    return false;
  }
  if (budget_->Spend()) return true;
  stop_ = Stop::kBudget;
  return false;
}

// Multipliers for this node, and with them fewer open options. False when nothing is left.
bool Search::Price() {
  std::optional<Wide> target;
  UpdateLimits();
  if (Full()) target = limits_[0];
  state_.RefreshTables();
  const std::int64_t before = finder_.work();
  const auto multipliers = finder_.Find(state_, target);
  budget_->AddWork(finder_.work() - before);
  if (multipliers) state_.Price(*multipliers);
  UpdateLimits();
  return state_.Tighten(limits_) && Promising();
}

bool Search::WorthPricing() const {
  return may_price_ && stop_ == Stop::kNone && !first_dive_ &&
         state_.undecided_count() >= kFewestSlotsToPrice;
}

// `price`: what is below is known, or feared, to be large.
void Search::Visit(bool price) {
  ++visits_;
  if (state_.complete()) return Leaf();
  bool priced = false;
  while (true) {
    if (price && WorthPricing()) {
      if (!Price()) return;
      priced = true;
    }
    if (walk_ == Walk::kTiesById) {
      state_.ChooseFirstSlot();
    } else if (state_.multiplier_column() >= 0) {
      state_.ChooseNextSlot();
    } else if (dead_end_ >= 0 && !state_.decided(dead_end_)) {
      state_.ChooseSlot(dead_end_);
    }
    const int slot = state_.next_slot();
    const std::int64_t before = visits_;
    state_.PrepareBranch();
    const bool lazy = model_.slots[At(slot)].lazy;
    if (lazy) VisitSets(slot);
    const bool halfway = !lazy && VisitOptions(slot, priced);
    // What a slot without any way on conflicts with may have been decided long before: asking it
    // first finds out with each other choice on the way back.
    if (visits_ == before) {
      dead_end_ = slot;
    } else if (dead_end_ == slot) {
      dead_end_ = -1;
    }
    if (!halfway) return;
    price = true;
  }
}

// True when it stopped halfway because the rest deserves multipliers of its own; what was tried is
// closed then.
bool Search::VisitOptions(int slot, bool priced) {
  const std::int64_t begin = budget_->nodes();
  const int main = std::max(state_.multiplier_column(), 0);
  const int columns = state_.columns();
  const bool by_id = walk_ == Walk::kTiesById;
  const std::vector<int>& sorted = by_id ? state_.IdOrder(slot) : state_.BranchOrder(slot, main);
  const bool by_labels = !by_id && !model_.distinct_parts.empty();
  std::vector<int> few_labels_first;
  if (by_labels) {
    few_labels_first = sorted;
    PutFewNewLabelsFirst(slot, main, &few_labels_first);
  }
  const std::vector<int>& order = by_labels ? few_labels_first : sorted;
  bool price_next = priced && state_.OpenCombinations() > tuning_.combinations_to_price;
  const Wide* slack = MeasureSlack(slot);
  for (std::size_t i = 0; i < order.size(); ++i) {
    const int option = order[i];
    if (!state_.Open(slot, option)) continue;
    if (stop_ == Stop::kDive || stop_ == Stop::kShort) return false;
    if (stop_ == Stop::kBudget) {
      NoteFrontier(BoundWith(slot, option));
      continue;
    }
    const auto fits = [&](int column) {
      return state_.cost(slot, column, option) <= slack[column];
    };
    if (!fits(main)) {
      if (by_id) continue;
      break;  // and so do all behind it
    }
    bool all_fit = true;
    for (int c = 0; c < columns && all_fit; ++c) all_fit = fits(c);
    if (!all_fit) continue;
    if (!Spend()) {
      if (stop_ == Stop::kBudget) NoteFrontier(BoundWith(slot, option));
      continue;
    }
    const std::int64_t before = budget_->nodes();
    Follow({&option, 1}, price_next);
    const std::int64_t after = budget_->nodes();
    price_next = priced && after - before > tuning_.nodes_to_price;
    if (after - begin > tuning_.nodes_to_price && WorthPricing()) {
      return state_.CloseTried(slot, {order.data(), i + 1});
    }
    MeasureSlack(slot);
  }
  return false;
}

// Among options of equal cost, which stand side by side: so that packages with few labels are met
// early.
void Search::PutFewNewLabelsFirst(int slot, int column, std::vector<int>* options) const {
  if (model_.distinct_parts.empty()) return;
  const int measure = model_.distinct_parts.front().measure;
  const auto cost = [&](int option) { return state_.cost(slot, column, option); };
  for (auto begin = options->begin(); begin != options->end();) {
    const auto end = std::find_if(begin, options->end(),
                                  [&](int option) { return cost(option) != cost(*begin); });
    if (end - begin > 1) {
      std::stable_sort(begin, end, [&](int a, int b) {
        return state_.NewLabels(measure, slot, a) < state_.NewLabels(measure, slot, b);
      });
    }
    begin = end;
  }
}

// What an option of the next slot may cost in each column.
const Wide* Search::MeasureSlack(int slot) {
  UpdateLimits();
  const int columns = state_.columns();
  Wide* slack = slack_.data() + At(state_.depth()) * At(columns);
  for (int c = 0; c < columns; ++c) {
    slack[c] = limits_[At(c)] - state_.total(c) + state_.current(slot, c);
  }
  return slack;
}

// Decides the next slot and goes on below.
void Search::Follow(std::span<const int> members, bool price) {
  if (Enter(members) && Promising() && KeepApart()) Visit(price);
  Leave();
}

// False when nothing can follow; Leave is due in either case.
bool Search::Enter(std::span<const int> members) {
  const int slot = state_.next_slot();
  const int weight = model_.slots[At(slot)].distance_weight;
  rest_weight_ -= may_differ_[At(slot)];
  for (std::size_t e = 0; e < differs_.size(); ++e) {
    const std::vector<int>& theirs = (*goal_.earlier)[e].picks[At(slot)];
    if (!std::equal(members.begin(), members.end(), theirs.begin(), theirs.end())) {
      differs_[e] += weight;
    }
  }
  return state_.Decide(members);
}

void Search::Leave() {
  const int slot = state_.order()[At(state_.depth() - 1)];
  const int weight = model_.slots[At(slot)].distance_weight;
  rest_weight_ += may_differ_[At(slot)];
  for (std::size_t e = 0; e < differs_.size(); ++e) {
    if (state_.picks(slot) != (*goal_.earlier)[e].picks[At(slot)]) differs_[e] -= weight;
  }
  state_.Undo();
}

void Search::VisitSets(int slot) {
  const Wide bound = state_.total(0) + state_.KeyPartLow();
  ExtendSet(slot, std::vector<Wide>(At(state_.columns()), 0));
  if (stop_ == Stop::kBudget) NoteFrontier(bound);
}

// Whether the set under construction, of which the members' keys have a sum, leaves room for the
// labels that are still to come.
bool Search::SetHasRoomForLabels(int slot, Wide key) {
  const CoverWalk& walk = walks_[At(slot)];
  if (walk.complete()) return true;  // judged once the slot is decided
  const PartialSet partial{slot, walk.members(), walk.open()};
  const Wide least = state_.total(0) - state_.current(slot, 0) + key +
                     state_.cover_bound(slot).Remaining(0, walk.open());
  const auto labels = KeyOfNewLabels(Full() ? limits_[0] - least : kUnbounded, &partial);
  return labels && (!Full() || least + *labels <= limits_[0]);
}

// Adds members to the set under construction; `sums` are the costs of those it has.
void Search::ExtendSet(int slot, const std::vector<Wide>& sums) {
  CoverWalk& walk = walks_[At(slot)];
  if (walk.complete()) {
    std::vector<int> members = walk.members();
    std::sort(members.begin(), members.end());
    return Follow(members, false);
  }
  const int main = std::max(state_.multiplier_column(), 0);
  std::vector<int> next = walk.Next();
  std::erase_if(next, [&](int candidate) { return !state_.Open(slot, candidate); });
  std::stable_sort(next.begin(), next.end(), [&](int a, int b) {
    return state_.cost(slot, main, a) < state_.cost(slot, main, b);
  });
  PutFewNewLabelsFirst(slot, main, &next);
  std::size_t tried = 0;
  for (; tried < next.size() && stop_ == Stop::kNone; ++tried) {
    const int candidate = next[tried];
    if (walk.CanAdd(candidate)) {
      UpdateLimits();
      std::vector<Wide> with = sums;
      const std::uint32_t open = walk.open() & ~model_.slots[At(slot)].covers[At(candidate)];
      bool fits = true;
      for (int c = 0; c < state_.columns() && fits; ++c) {
        with[At(c)] += state_.cost(slot, c, candidate);
        fits = state_.total(c) - state_.current(slot, c) + with[At(c)] +
                   state_.cover_bound(slot).Remaining(c, open) <=
               limits_[At(c)];
      }
      if (fits && Spend()) {
        walk.Add(candidate);
        if (SetHasRoomForLabels(slot, with[0])) ExtendSet(slot, with);
        walk.Remove();
      }
    }
    walk.Forbid(candidate);
  }
  for (std::size_t i = 0; i < tried; ++i) walk.Allow(next[i]);
}

}  // namespace stackport::match
