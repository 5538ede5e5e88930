// Search: the walk over the tree.
#include <algorithm>
#include <optional>

#include "catalog/match/search.h"

namespace stackport::match {
namespace {

// With fewer undecided slots, looking is cheaper than pricing.
constexpr int kFewestSlotsToPrice = 3;
// With fewer options, deciding each costs less than looking ahead for all of them.
constexpr std::size_t kFewestToLookAhead = 20;
// With so few undecided slots, closing whatever the limits rule out costs less than visiting it.
constexpr int kMostSlotsToTighten = 5;

}  // namespace

bool Search::Spend() {
  if (short_left_ >= 0 && --short_left_ < 0) stop_ = Stop::kShort;
  if (stop_ == Stop::kShort) return false;
  if (dive_left_ >= 0 && --dive_left_ < 0) {
    stop_ = Stop::kDive;
    return false;
  }
  if (LookIsDue()) LookNear();
  ++walked_;
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
  NoteLeast();
  UpdateLimits();
  return Tighten() && Promising();
}

bool Search::WorthPricing() const {
  return may_price_ && stop_ == Stop::kNone && !first_dive_ &&
         state_.undecided_count() >= kFewestSlotsToPrice;
}

// `price`: what is below is known, or feared, to be large.
void Search::Visit(bool price) {
  ++visits_;
  const int depth = state_.depth();
  if (TakeLastOptions()) {
    if (state_.complete()) {
      Leaf();
    } else {
      TryNextSlots(price);
    }
  }
  while (state_.depth() > depth) Leave();
}

// Decides slots with a single open option: nothing is left to try there, and one look at all of
// them together tells whether to go on. False when nothing below belongs to the answer.
bool Search::TakeLastOptions() {
  while (state_.ChooseSettledSlot()) {
    do {
      const int slot = state_.next_slot();
      state_.PrepareBranch();
      int last = -1;
      state_.ForEachOpen(slot, [&](int option) { last = option; });
      if (!Enter({&last, 1})) {
        dead_end_ = slot;
        return false;
      }
    } while (state_.ChooseSettledSlot());
    if (!Promising() || !KeepWithin() || !NarrowLeaves()) return false;
  }
  return true;
}

void Search::TryNextSlots(bool price) {
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
    looked_.assign(labels_.size(), false);
    price = true;
  }
}

// True when it stopped halfway because the rest deserves multipliers of its own; what was tried is
// closed then.
bool Search::VisitOptions(int slot, bool priced) {
  const std::int64_t begin = walked_;
  const int main = std::max(state_.multiplier_column(), 0);
  const int columns = state_.columns();
  const bool by_id = walk_ == Walk::kTiesById;
  const Wide* slack = MeasureSlack(slot);
  std::vector<Wide> elsewhere;
  std::vector<Branch>& branches = branches_[At(state_.depth())];
  CollectBranches(slot, main, slack[main], &elsewhere, &branches);
  if (!labels_.empty()) {
    PriceLabels(slot, nullptr, &branches);
    if (!by_id) PutFewLabelsFirst(&branches);
  }
  bool price_next = priced && state_.OpenCombinations() > tuning_.combinations_to_price;
  for (std::size_t i = 0; i < branches.size(); ++i) {
    const Branch& branch = branches[i];
    const int option = branch.option;
    if (stop_ == Stop::kDive || stop_ == Stop::kShort) return false;
    const auto alone = [&] { return TotalWith(slot, 0, state_.cost(slot, 0, option)); };
    const auto leave_open = [&] {
      NoteLeft(std::max(BoundWith(slot, option), KeyWithLabels(branch.labels, alone())));
    };
    if (stop_ == Stop::kBudget) {
      leave_open();
      continue;
    }
    const auto cost = [&](int column) {
      return state_.cost(slot, column, option) +
             (branch.elsewhere == nullptr ? 0 : branch.elsewhere[column]);
    };
    const auto total = [&](int column) { return TotalWith(slot, column, cost(column)); };
    int column = 0;
    while (column < columns && cost(column) <= slack[column]) ++column;
    if (column < columns) {
      if (goal_.more) NoteSkipped(KeyBound(column, total(column)));
      continue;
    }
    const std::span<const int> member(&option, 1);
    if (!LeavesRoom(branch.labels, total(0)) ||
        !MayComeEarlier(alone(), total(0) + branch.labels.key, slot, member) ||
        KnownToBeWorse(slot, member)) {
      continue;
    }
    if (!Spend()) {
      if (stop_ == Stop::kBudget) leave_open();
      continue;
    }
    const std::int64_t before = walked_;
    Follow(member, price_next);
    const std::int64_t after = walked_;
    price_next = priced && after - before > tuning_.nodes_to_price;
    if (after - begin > tuning_.nodes_to_price && WorthPricing()) {
      std::vector<int> tried;
      for (std::size_t t = 0; t <= i; ++t) tried.push_back(branches[t].option);
      NoteClosed(notes_.skipped);
      return state_.CloseTried(slot, tried);
    }
    MeasureSlack(slot);
  }
  return false;
}

// The open options of the next slot, in the order of the walk, that cost no more than `most` in a
// column. What they cost in other slots is in `elsewhere`.
void Search::CollectBranches(int slot, int column, Wide most, std::vector<Wide>* elsewhere,
                             std::vector<Branch>* branches) {
  const bool by_id = walk_ == Walk::kTiesById;
  const bool look_ahead = state_.MayCostElsewhere(slot);
  const auto skip = [&](Wide cost) {
    if (!goal_.more) return;
    NoteSkipped(KeyBound(column, TotalWith(slot, column, cost)));
  };
  branches->clear();
  for (const int option : by_id ? state_.IdOrder(slot) : state_.BranchOrder(slot, column)) {
    if (!state_.Open(slot, option)) continue;
    const Wide cost = state_.cost(slot, column, option);
    if (cost <= most) {
      branches->push_back({option, cost, nullptr, {}});
      continue;
    }
    skip(cost);
    if (!by_id) break;  // all behind it cost as much
  }
  if (!look_ahead || branches->size() < kFewestToLookAhead) return;
  std::vector<int> options;
  for (const Branch& branch : *branches) options.push_back(branch.option);
  *elsewhere = state_.CostElsewhere(slot, options);
  if (elsewhere->empty()) return;
  for (std::size_t i = 0; i < branches->size(); ++i) {
    Branch& branch = (*branches)[i];
    branch.elsewhere = elsewhere->data() + i * At(state_.columns());
    branch.cost += branch.elsewhere[column];
    if (branch.cost > most) skip(branch.cost);
  }
  std::erase_if(*branches, [&](const Branch& branch) { return branch.cost > most; });
  if (by_id) return;
  std::stable_sort(branches->begin(), branches->end(),
                   [](const Branch& a, const Branch& b) { return a.cost < b.cost; });
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
  const Notes above = Descend(state_.next_slot(), members);
  if (Enter(members) && Promising() && KeepWithin() && NarrowLeaves()) Visit(price);
  Leave();
  Ascend(above, true);
}

// Closes what the limits rule out though no row does. False when nothing is left. After Promising.
bool Search::KeepWithin() {
  return KeepApart() && KeepMaximaLow() && KeepLabelsFew();
}

// Closes options near the leaves, where no new multipliers do. False when nothing is left.
bool Search::NarrowLeaves() {
  const int undecided = state_.undecided_count();
  const bool near = undecided > 1 && undecided <= kMostSlotsToTighten;
  return !near || state_.multiplier_column() < 0 || (Tighten() && Promising());
}

// False when nothing can follow; Leave is due in either case.
bool Search::Enter(std::span<const int> members) {
  const int slot = state_.next_slot();
  const int weight = model_.slots[At(slot)].distance_weight;
  rest_weight_ -= may_differ_[At(slot)];
  for (std::size_t e = 0; e < differs_.size(); ++e) {
    if (!(*goal_.earlier)[e].Holds(slot, members)) differs_[e] += weight;
  }
  return state_.Decide(members);
}

void Search::Leave() {
  const int slot = state_.order()[At(state_.depth() - 1)];
  const int weight = model_.slots[At(slot)].distance_weight;
  rest_weight_ += may_differ_[At(slot)];
  for (std::size_t e = 0; e < differs_.size(); ++e) {
    if (!(*goal_.earlier)[e].Holds(slot, state_.picks(slot))) differs_[e] -= weight;
  }
  state_.Undo();
}

void Search::VisitSets(int slot) {
  ExtendSet(slot, std::vector<Wide>(At(state_.columns()), 0));
  if (stop_ == Stop::kBudget) NoteLeft(KeyWithLabels(KeyOfNewLabels(Room()), state_.total(0)));
}

// Adds members to the set under construction; `sums` are the costs of those it has.
void Search::ExtendSet(int slot, const std::vector<Wide>& sums) {
  CoverWalk& walk = walks_[At(slot)];
  const int main = std::max(state_.multiplier_column(), 0);
  std::vector<Branch> next;
  for (const int candidate : walk.Next()) {
    if (state_.Open(slot, candidate)) {
      next.push_back({candidate, state_.cost(slot, main, candidate), nullptr, {}});
    }
  }
  std::stable_sort(next.begin(), next.end(),
                   [](const Branch& a, const Branch& b) { return a.cost < b.cost; });
  const PartialSet partial{slot, walk.members(), walk.open()};
  PriceLabels(slot, &partial, &next);
  PutFewLabelsFirst(&next);
  std::size_t tried = 0;
  for (; tried < next.size() && stop_ == Stop::kNone; ++tried) {
    const int candidate = next[tried].option;
    if (walk.CanAdd(candidate)) {
      UpdateLimits();
      const std::uint32_t open = walk.open() & ~model_.slots[At(slot)].covers[At(candidate)];
      const auto total = [&](int column) {
        return TotalWith(slot, column,
                         sums[At(column)] + state_.cost(slot, column, candidate) +
                             state_.cover_bound(slot).Remaining(column, open));
      };
      int column = 0;
      while (column < state_.columns() && total(column) <= limits_[At(column)]) ++column;
      const bool fits = column == state_.columns();
      if (!fits && goal_.more) NoteSkipped(KeyBound(column, total(column)));
      const bool room = fits && LeavesRoom(next[tried].labels, total(0));
      if (room && open == 0) {
        FinishSet(slot, candidate, total(0), next[tried].labels);
      } else if (room && Spend()) {
        std::vector<Wide> with = sums;
        for (int c = 0; c < state_.columns(); ++c) with[At(c)] += state_.cost(slot, c, candidate);
        walk.Add(candidate);
        ExtendSet(slot, with);
        walk.Remove();
      }
    }
    walk.Forbid(candidate);
  }
  for (std::size_t i = 0; i < tried; ++i) walk.Allow(next[i].option);
}

// Decides the next slot for the set under construction with a last member, where the key comes to
// `total` at least without the labels that this brings.
void Search::FinishSet(int slot, int last, Wide total, const LabelPrice& labels) {
  std::vector<int> members = walks_[At(slot)].members();
  members.push_back(last);
  std::sort(members.begin(), members.end());
  if (!MayComeEarlier(total, total + labels.key, slot, members)) return;
  if (!KnownToBeWorse(slot, members) && Spend()) Follow(members, false);
}

}  // namespace stackport::match
