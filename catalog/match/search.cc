#include "catalog/match/search.h"

#include <algorithm>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/match/multipliers.h"

namespace stackport::match {
namespace {

// The clock and the cancel flag are looked at once in so many nodes: about every 0.3 ms.
constexpr std::int64_t kNodesBetweenChecks = 512;

// Packages kept to start the next search of a series with.
constexpr std::size_t kMaxSeen = 256;

}  // namespace

SearchBudget::SearchBudget(const SearchOptions& options) : options_(options) {
  if (options.deadline) end_ = std::chrono::steady_clock::now() + *options.deadline;
}

bool SearchBudget::Spend() {
  if (exhausted_) return false;
  if (options_.max_nodes && nodes_ >= *options_.max_nodes) exhausted_ = true;
  if (nodes_ % kNodesBetweenChecks == 0) {
    if (options_.cancel != nullptr && options_.cancel->load(std::memory_order_relaxed)) {
      exhausted_ = true;
    }
    if (options_.deadline && std::chrono::steady_clock::now() >= end_) exhausted_ = true;
  }
  if (exhausted_) return false;
  ++nodes_;
  return true;
}

Search::Search(const SearchModel& model, const Tuning& tuning, int pareto, SearchBudget* budget,
               const SlotDomain* only)
    : model_(model),
      tuning_(tuning),
      pareto_(pareto),
      budget_(budget),
      only_(only),
      state_(model, pareto),
      priced_(!tuning.use_multipliers || model.bounds.empty()) {
  for (const SlotOptions& slot : model.slots) {
    walks_.emplace_back(slot.covers, slot.lazy ? slot.full_cover : 0, slot.max_picks);
  }
}

bool Search::Run(const SearchGoal& goal) {
  goal_ = goal;
  best_.clear();
  differs_.assign(goal.earlier == nullptr ? 0 : goal.earlier->size(), 0);
  Seed();
  if (model_.variant_slot >= 0) return PassByVariants();
  if (!priced_) {
    dive_left_ = tuning_.dive_nodes;
    const bool done = Pass();
    dive_left_ = -1;
    if (done || stop_ == Stop::kBudget) return done;
    priced_ = true;
    SetMultipliers(Price());
  }
  return Pass();
}

// One walk over the tree, from what best_ holds already. False when it was stopped.
bool Search::Pass() {
  stop_ = Stop::kNone;
  frontier_ = kUnbounded;
  if (!state_.Start(only_)) return true;
  MeasureRestWeights();
  UpdateLimits();
  if (!state_.Tighten(limits_) || !Promising()) return true;
  Visit();
  return stop_ == Stop::kNone;
}

void Search::MeasureRestWeights() {
  rest_weight_.assign(model_.slots.size() + 1, 0);
  for (int depth = static_cast<int>(model_.slots.size()) - 1; depth >= 0; --depth) {
    const int s = state_.order()[At(depth)];
    const SlotOptions& slot = model_.slots[At(s)];
    // A slot with one option still differs from an earlier package that holds something else.
    const std::vector<int> only = {0};
    const bool may_differ =
        slot.lazy || slot.count > 1 || goal_.earlier == nullptr ||
        std::any_of(goal_.earlier->begin(), goal_.earlier->end(),
                    [&](const Package& earlier) { return earlier.picks[At(s)] != only; });
    const int weight = may_differ ? slot.distance_weight : 0;
    rest_weight_[At(depth)] = rest_weight_[At(depth) + 1] + weight;
  }
}

// Multipliers for the costs that the state holds now.
std::vector<Wide> Search::Price() const {
  std::optional<Wide> target;
  if (!best_.empty()) target = best_.back().key;
  return FindMultipliers(model_, state_, target);
}

// Start is due.
void Search::SetMultipliers(const std::vector<Wide>& multipliers) {
  if (multipliers.empty()) return;
  multiplier_constant_ = 0;
  for (std::size_t r = 0; r < multipliers.size(); ++r) {
    multiplier_constant_ += multipliers[r] * model_.bounds[r];
  }
  state_.SetMultipliers(multipliers);
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

void Search::UpdateLimits() {
  limits_.assign(At(state_.columns()), kUnbounded);
  for (std::size_t r = 0; r < model_.bounds.size(); ++r) limits_[r + 1] = model_.bounds[r];
  if (!Full()) return;
  limits_[0] = best_.back().key - state_.KeyPartLow();
  const int priced = state_.multiplier_column();
  if (priced >= 0) limits_[At(priced)] = limits_[0] + multiplier_constant_;
}

// Whether something below this node may still belong to the answer.
bool Search::Promising() {
  UpdateLimits();
  for (int c = 0; c < state_.columns(); ++c) {
    if (state_.total(c) > limits_[At(c)]) return false;
  }
  if (!state_.MeasureLimitsHold() || !KeepsDistance()) return false;
  if (goal_.front != nullptr && Covered()) return false;
  return !Full() || !model_.key_complete() || state_.total(0) < limits_[0] ||
         MayComeBeforeThreshold();
}

bool Search::KeepsDistance() const {
  const int rest = rest_weight_[At(state_.depth())];
  return std::all_of(differs_.begin(), differs_.end(),
                     [&](int differs) { return differs + rest >= goal_.distance; });
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

// The node's key equals the threshold's: only packages that take the cheapest option everywhere
// can still reach it, so the ids of those (the first among equals) bound the ids from below.
bool Search::MayComeBeforeThreshold() const {
  const Package& threshold = best_.back();
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    const SlotOptions& slot = model_.slots[At(s)];
    int order = 0;
    if (state_.decided(s)) {
      order = CompareIds(s, state_.picks(s), threshold.picks[At(s)]);
    } else {
      if (slot.lazy) return true;
      order = slot.rank[At(state_.CheapestOption(s))] - slot.rank[At(threshold.picks[At(s)][0])];
    }
    if (order != 0) return order < 0;
  }
  return false;
}

Wide Search::BoundWith(int slot, int option) const {
  const Wide part = state_.KeyPartLow();
  const auto with = [&](int column) {
    return state_.total(column) - state_.current(slot, column) + state_.cost(slot, column, option);
  };
  Wide bound = with(0) + part;
  const int priced = state_.multiplier_column();
  if (priced >= 0) bound = std::max(bound, with(priced) + part - multiplier_constant_);
  return bound;
}

void Search::NoteFrontier(Wide key) {
  frontier_ = std::min(frontier_, key);
}

bool Search::Spend() {
  if (dive_left_ >= 0 && --dive_left_ < 0) {
    stop_ = Stop::kDive;
    return false;
  }
  if (budget_->Spend()) return true;
  stop_ = Stop::kBudget;
  return false;
}

void Search::Visit() {
  if (state_.complete()) return Leaf();
  const int slot = state_.next_slot();
  state_.PrepareBranch();
  if (model_.slots[At(slot)].lazy) return VisitSets(slot);
  const int main = std::max(state_.multiplier_column(), 0);
  const std::vector<int>& order = state_.BranchOrder(slot, main);
  UpdateLimits();
  for (const int option : order) {
    if (!state_.Open(slot, option)) continue;
    if (stop_ == Stop::kDive) return;
    if (stop_ == Stop::kBudget) {
      NoteFrontier(BoundWith(slot, option));
      continue;
    }
    const auto fits = [&](int column) {
      return state_.total(column) - state_.current(slot, column) +
                 state_.cost(slot, column, option) <=
             limits_[At(column)];
    };
    if (!fits(main)) break;  // and so are all behind it
    bool all_fit = true;
    for (int c = 0; c < state_.columns() && all_fit; ++c) all_fit = fits(c);
    if (!all_fit) continue;
    if (!Spend()) {
      if (stop_ == Stop::kBudget) NoteFrontier(BoundWith(slot, option));
      continue;
    }
    Follow({&option, 1});
    UpdateLimits();
  }
}

// Decides the next slot and goes on below.
void Search::Follow(std::span<const int> members) {
  if (Enter(members) && Promising()) Visit();
  Leave();
}

// False when nothing can follow; Leave is due in either case.
bool Search::Enter(std::span<const int> members) {
  const int slot = state_.next_slot();
  const int weight = model_.slots[At(slot)].distance_weight;
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

// Adds members to the set under construction; `sums` are the costs of those it has.
void Search::ExtendSet(int slot, const std::vector<Wide>& sums) {
  CoverWalk& walk = walks_[At(slot)];
  if (walk.complete()) {
    std::vector<int> members = walk.members();
    std::sort(members.begin(), members.end());
    return Follow(members);
  }
  const int main = std::max(state_.multiplier_column(), 0);
  std::vector<int> next = walk.Next();
  std::stable_sort(next.begin(), next.end(), [&](int a, int b) {
    return state_.cost(slot, main, a) < state_.cost(slot, main, b);
  });
  std::size_t tried = 0;
  for (; tried < next.size() && stop_ == Stop::kNone; ++tried) {
    const int candidate = next[tried];
    if (state_.Open(slot, candidate) && walk.CanAdd(candidate)) {
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
        ExtendSet(slot, with);
        walk.Remove();
      }
    }
    walk.Forbid(candidate);
  }
  for (std::size_t i = 0; i < tried; ++i) walk.Allow(next[i]);
}

void Search::Leaf() {
  Package package;
  package.key = state_.total(0) + state_.KeyPartLow();
  if (!model_.key_complete() || pareto_ > 0) {
    for (int level = 0; level < model_.levels; ++level) {
      package.levels.push_back(state_.LevelValue(level));
    }
  }
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    package.picks.push_back(state_.picks(s));
  }
  if (goal_.earlier != nullptr && seen_.size() < kMaxSeen) {
    const auto place =
        std::lower_bound(seen_.begin(), seen_.end(), package,
                         [&](const Package& a, const Package& b) { return Before(a, b); });
    if (place == seen_.end() || Before(package, *place)) seen_.insert(place, package);
  }
  Insert(std::move(package));
}

// Among the best K, unless it is there already.
bool Search::Insert(Package package) {
  const auto place =
      std::lower_bound(best_.begin(), best_.end(), package,
                       [&](const Package& a, const Package& b) { return Before(a, b); });
  if (place != best_.end() && !Before(package, *place)) return false;
  if (place == best_.end() && Full()) return false;
  best_.insert(place, std::move(package));
  if (static_cast<int>(best_.size()) > goal_.top) best_.pop_back();
  return true;
}

bool Search::Before(const Package& a, const Package& b) const {
  if (a.key != b.key) return a.key < b.key;
  if (a.levels != b.levels) return a.levels < b.levels;
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    const int order = CompareIds(s, a.picks[At(s)], b.picks[At(s)]);
    if (order != 0) return order < 0;
  }
  return false;
}

int Search::CompareIds(int slot, const std::vector<int>& a, const std::vector<int>& b) const {
  if (a == b) return 0;
  const SlotOptions& options = model_.slots[At(slot)];
  if (options.lazy) return JoinedIds(slot, a).compare(JoinedIds(slot, b));
  return options.rank[At(a[0])] - options.rank[At(b[0])];
}

std::string Search::JoinedIds(int slot, const std::vector<int>& members) const {
  std::vector<std::string> ids;
  for (const int member : members) {
    const auto candidate = At(model_.slots[At(slot)].picks[member][0]);
    ids.push_back(model_.problem->slots[At(slot)].candidates[candidate].id);
  }
  std::sort(ids.begin(), ids.end());
  return Join(ids, ",");
}

int Search::DistanceBetween(const Package& a, const Package& b) const {
  int distance = 0;
  for (std::size_t s = 0; s < model_.slots.size(); ++s) {
    if (a.picks[s] != b.picks[s]) distance += model_.slots[s].distance_weight;
  }
  return distance;
}

Package Search::FromChoice(const Choice& choice) const {
  Package package;
  for (std::size_t s = 0; s < model_.slots.size(); ++s) {
    const SlotOptions& slot = model_.slots[s];
    std::vector<int> picks;
    const auto option_of = [&](std::span<const int> candidates) {
      for (int option = 0; option < slot.count; ++option) {
        const auto theirs = slot.picks[option];
        if (std::equal(theirs.begin(), theirs.end(), candidates.begin(), candidates.end())) {
          return option;
        }
      }
      return -1;
    };
    if (slot.lazy) {
      for (const int candidate : choice.picks[s]) picks.push_back(option_of({&candidate, 1}));
      std::sort(picks.begin(), picks.end());
    } else {
      picks.push_back(option_of(choice.picks[s]));
    }
    package.picks.push_back(std::move(picks));
  }
  return package;
}

Choice Search::ToChoice(const Package& package) const {
  Choice choice;
  for (std::size_t s = 0; s < model_.slots.size(); ++s) {
    std::vector<int> picks;
    for (const int option : package.picks[s]) {
      const auto candidates = model_.slots[s].picks[option];
      picks.insert(picks.end(), candidates.begin(), candidates.end());
    }
    std::sort(picks.begin(), picks.end());
    choice.picks.push_back(std::move(picks));
  }
  return choice;
}

}  // namespace stackport::match
