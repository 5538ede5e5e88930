// Search: better packages near those that are known, while the proof is still far away.
//
// A package that is good already can often be improved in a few slots at once, in a part of the
// tree that the walk reaches only late. So the walk pauses from time to time, and a search of its
// own keeps most slots of a known package as they are. What it finds lowers the threshold; what it
// leaves out says nothing about the tree.
#include <algorithm>
#include <limits>
#include <memory>
#include <span>
#include <utility>

#include "catalog/match/search.h"

namespace stackport::match {
namespace {

// Nodes of one look, at most.
constexpr std::int64_t kNodesOfLook = 1'500;
// What it takes to begin one, in nodes.
constexpr std::int64_t kNodesToBegin = 20;
// Nodes of the walk for one near known packages.
constexpr std::int64_t kWalkForLook = 30;

}  // namespace

void Search::StartLooks() {
  walked_ = 0;
  looks_.reset();
  // With a variant slot the state expects its variant to be decided first, one walk for each.
  const bool able = model_.variant_slot < 0 && may_price_ && goal_.front == nullptr && !goal_.any &&
                    model_.key_complete() && model_.keyed_levels > 0 && tuning_.near_nodes >= 0;
  next_look_ = able ? tuning_.near_nodes : std::numeric_limits<std::int64_t>::max();
}

// Whether it is time to look near the packages that are known.
bool Search::LookIsDue() const {
  return walked_ >= next_look_ && !first_dive_ && short_left_ < 0 && !best_.empty() &&
         (walk_ == Walk::kAll || walk_ == Walk::kBetter);
}

void Search::LookNear() {
  if (!near_) near_ = std::make_unique<Search>(model_, tuning_, pareto_);
  if (!looks_) {
    looks_.emplace(FreeSlots(static_cast<int>(model_.slots.size())));
    looks_->excess = near_->MeasureExcess(goal_);
  }
  const std::int64_t before = budget_->nodes();
  const Package& center = best_[At(looks_->count++ % static_cast<int>(best_.size()))];
  std::vector<Wide> excess(model_.slots.size(), 0);
  for (int s = 0; s < static_cast<int>(looks_->excess.size()); ++s) {
    for (const int option : center.picks[s]) excess[At(s)] += looks_->excess[At(s)][At(option)];
  }
  const bool complete = near_->Improve(goal_, best_, center, looks_->slots.Draw(excess), budget_);
  looks_->slots.Report(complete);
  for (const Package& package : near_->best_) {
    if (Insert(package)) Remember(package);
  }
  looks_->nodes += budget_->nodes() - before + kNodesToBegin;
  next_look_ = looks_->nodes * kWalkForLook;
}

// By slot and option what it costs above the least there, by the multipliers of the root; empty
// without such.
std::vector<std::vector<Wide>> Search::MeasureExcess(const SearchGoal& goal) {
  std::vector<std::vector<Wide>> excess;
  if (!state_.Start(goal.only)) return excess;
  state_.RefreshTables();
  const auto multipliers = finder_.Find(state_, std::nullopt);
  if (!multipliers) return excess;
  state_.Price(*multipliers);
  const int column = state_.multiplier_column();
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    const Wide least = state_.current(s, column);
    std::vector<Wide>& of_slot = excess.emplace_back(At(model_.slots[At(s)].count), 0);
    state_.ForEachOpen(s, [&](int option) {
      of_slot[At(option)] = std::max<Wide>(state_.cost(s, column, option) - least, 0);
    });
  }
  return excess;
}

// Leaves in best() the first packages among `known` and those that differ from the center in free
// slots only. False when it was given up.
bool Search::Improve(const SearchGoal& goal, const std::vector<Package>& known,
                     const Package& center, std::uint64_t free, SearchBudget* budget) {
  goal_ = goal;
  goal_.more = false;
  budget_ = budget;
  best_ = known;
  differs_.assign(goal.earlier == nullptr ? 0 : goal.earlier->size(), 0);
  outdone_.clear();
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    if ((free >> s & 1U) != 0) continue;
    const std::span<const int> kept = center.picks[s];
    for (int option = 0; option < model_.slots[At(s)].count; ++option) {
      if (!std::binary_search(kept.begin(), kept.end(), option)) outdone_.emplace_back(s, option);
    }
  }
  hard_ = true;
  walk_ = Walk::kBetter;
  next_look_ = std::numeric_limits<std::int64_t>::max();
  dive_left_ = kNodesOfLook;
  const bool complete = Pass();
  dive_left_ = -1;
  return complete;
}

}  // namespace stackport::match
