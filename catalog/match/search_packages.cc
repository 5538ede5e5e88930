// Search: complete packages, their order and their distances.
#include <algorithm>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/match/search.h"

namespace stackport::match {
namespace {

// Packages kept to start the next search of a series with.
constexpr std::size_t kMaxSeen = 256;

}  // namespace

void Search::Leaf() {
  Package package;
  package.key = state_.total(0) + state_.KeyPartLow();
  NoteSkipped(package.key);
  if (!model_.key_complete() || pareto_ > 0) {
    for (int level = 0; level < model_.levels; ++level) {
      package.levels.push_back(state_.LevelValue(level));
    }
  }
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    package.picks.Append(state_.picks(s));
  }
  Remember(package);
  Insert(std::move(package));
}

// For later runs, which have to keep away from more packages.
void Search::Remember(const Package& package) {
  if (goal_.earlier == nullptr || seen_.size() >= kMaxSeen) return;
  const auto place =
      std::lower_bound(seen_.begin(), seen_.end(), package,
                       [&](const Package& a, const Package& b) { return Before(a, b); });
  if (place == seen_.end() || Before(package, *place)) seen_.insert(place, package);
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
    const int order = CompareIds(s, a.picks[s], b.picks[s]);
    if (order != 0) return order < 0;
  }
  return false;
}

int Search::CompareIds(int slot, std::span<const int> a, std::span<const int> b) const {
  if (std::equal(a.begin(), a.end(), b.begin(), b.end())) return 0;
  const SlotOptions& options = model_.slots[At(slot)];
  if (options.lazy) return JoinedIds(slot, a).compare(JoinedIds(slot, b));
  return options.rank[At(a.front())] - options.rank[At(b.front())];
}

std::string Search::JoinedIds(int slot, std::span<const int> members) const {
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
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    if (!a.Holds(s, b.picks[s])) distance += model_.slots[At(s)].distance_weight;
  }
  return distance;
}

Choice Search::ToChoice(const Package& package) const {
  Choice choice;
  for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
    std::vector<int> picks;
    for (const int option : package.picks[s]) {
      const auto candidates = model_.slots[At(s)].picks[option];
      picks.insert(picks.end(), candidates.begin(), candidates.end());
    }
    std::sort(picks.begin(), picks.end());
    choice.picks.push_back(std::move(picks));
  }
  return choice;
}

}  // namespace stackport::match
