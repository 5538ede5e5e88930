// Proof that dropping is exact.
//
// Let e dominate c: e fits wherever c fits, and putting e in c's place gives a package that comes
// earlier in the total order. Let e1..eK dominate c, and suppose some package x with c were the
// j-th answer, j <= K. Each x_i (x with e_i in c's place) fits and comes before x. When the greedy
// scan met x_i, it either took it, or refused it because of an answer a with distance(x_i, a) < d.
// x was taken, so distance(x, a) >= d for every earlier answer a, x_i itself included if taken.
// x and x_i differ only in this slot, hence in both cases an earlier answer holds e_i in this slot.
// K different e_i need K different earlier answers, but there are at most K - 1. With a distance
// weight of 0 for the slot the two distances are equal, and the contradiction comes at once.
//
// Dominance is transitive, and options are visited in an order in which dominators come first, so
// counting dominators among the kept ones is enough. Only peers dominate each other (those that
// drive quantities alike and cover the same names), so that peers are compared with peers alone.
// Slots are reduced one after the other; each step is exact for the problem that the earlier ones
// left. For a set slot's candidates, e must cover the same names: then x_i is again complete and
// irredundant, and e is not already in x.
//
// Members of a set may be exchanged one after the other, so a set whose members have d1, d2, ...
// dominators is itself dominated by (d1 + 1)(d2 + 1)... - 1 different sets.
#include "catalog/match/skyband.h"

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>

#include "catalog/match/dominance.h"

namespace stackport::match {
namespace {

// Kept options that one option is compared with; leaving some out only keeps more.
constexpr std::size_t kMaxDominatorsTried = 64;
// Comparisons after which the remaining options are kept unseen: the reduction must not cost more
// than the search it saves.
constexpr std::int64_t kMaxComparisons = 300'000;
// The same for looks at marks, which cost a tenth.
constexpr std::int64_t kMaxLooks = 10 * kMaxComparisons;

// What the reduction of one slot has cost so far.
struct Effort {
  std::int64_t comparisons = 0;
  std::int64_t looks = 0;
  bool spent = false;
};

// Options beside the number that those have in common of which one may dominate another: they drive
// quantities alike and cover the same names. In the order of these numbers.
std::vector<std::pair<std::uint64_t, int>> Peers(const SlotOptions& slot,
                                                 const DominanceRules& rules) {
  std::vector<std::pair<std::uint64_t, int>> peers;
  peers.reserve(static_cast<std::size_t>(slot.count));
  for (int option = 0; option < slot.count; ++option) {
    const auto index = static_cast<std::size_t>(option);
    const std::uint32_t covers = slot.covers.empty() ? 0 : slot.covers[index];
    const auto driver_class = static_cast<std::uint64_t>(rules.driver_class[index]);
    peers.emplace_back(driver_class << 32 | covers, option);
  }
  std::sort(peers.begin(), peers.end());
  return peers;
}

// What dominates the options of a slot, as far as it was looked for.
struct Dominators {
  struct Run {
    std::size_t begin = 0;
    std::size_t count = 0;
  };
  std::vector<Run> runs;  // by option, into `options`
  std::vector<int> options;

  void Add(int option, const std::vector<int>& found) {
    runs[static_cast<std::size_t>(option)] = {options.size(), found.size()};
    options.insert(options.end(), found.begin(), found.end());
  }
  std::span<const int> Of(int option) const {
    const Run& run = runs[static_cast<std::size_t>(option)];
    return {options.data() + run.begin, run.count};
  }
};

// Peers that were kept, where others find those that may dominate them: each stands under one thing
// that it needs, the one that the fewest of its peers need, or under none if it needs nothing.
class Shelves {
 public:
  explicit Shelves(const Dominance& dominance)
      : dominance_(dominance),
        needed_(static_cast<std::size_t>(dominance.needs()), 0),
        shelves_(needed_.size()) {}

  // Takes these peers in place of the last ones.
  void Start(const std::vector<int>& peers) {
    for (const int need : used_) {
      needed_[static_cast<std::size_t>(need)] = 0;
      shelves_[static_cast<std::size_t>(need)] = {};
    }
    used_.clear();
    without_needs_ = {};
    kept_.clear();
    for (const int option : peers) {
      for (const int need : dominance_.NeedsAt(option)) {
        if (needed_[static_cast<std::size_t>(need)]++ == 0) used_.push_back(need);
      }
    }
  }

  void Add(int option) {
    const std::span<const int> needs = dominance_.NeedsAt(option);
    const auto rarest = std::min_element(needs.begin(), needs.end(), [&](int a, int b) {
      return needed_[static_cast<std::size_t>(a)] < needed_[static_cast<std::size_t>(b)];
    });
    Shelf& shelf = needs.empty() ? without_needs_ : shelves_[static_cast<std::size_t>(*rarest)];
    const int place = static_cast<int>(kept_.size());
    kept_.push_back({dominance_.MarksAt(option), option, -1});
    (shelf.first < 0 ? shelf.first : kept_[static_cast<std::size_t>(shelf.last)].next) = place;
    shelf.last = place;
  }

  // Calls look(option) for those that may dominate an option, until it is false. Counts how many
  // it had to look through.
  template <typename Look>
  void Visit(int option, std::int64_t* looks, Look&& look) const {
    const Marks& own = dominance_.MarksAt(option);
    const auto go_on = [&](const Shelf& shelf) {
      for (int place = shelf.first; place >= 0;) {
        const Kept& kept = kept_[static_cast<std::size_t>(place)];
        ++*looks;
        if (kept.marks.MayDominate(own) && !look(kept.option)) return false;
        place = kept.next;
      }
      return true;
    };
    if (!go_on(without_needs_)) return;
    for (const int need : dominance_.NeedsAt(option)) {
      if (!go_on(shelves_[static_cast<std::size_t>(need)])) return;
    }
  }

 private:
  struct Kept {
    Marks marks;
    int option;
    int next;  // on the same shelf; -1: none
  };
  struct Shelf {
    int first = -1;  // of kept_; -1: none
    int last = -1;
  };
  const Dominance& dominance_;
  std::vector<int> needed_;     // by need: peers
  std::vector<Shelf> shelves_;  // by need
  Shelf without_needs_;
  std::vector<Kept> kept_;
  std::vector<int> used_;  // needs of the peers
};

// Adds the dominators of these peers.
void FindDominators(const Dominance& dominance, const DominanceRules& rules,
                    std::vector<int>& peers, Shelves* kept, Effort* effort,
                    Dominators* dominators) {
  if (effort->spent) return;
  dominance.Sort(&peers);
  kept->Start(peers);
  std::vector<int> found;
  for (const int option : peers) {
    effort->spent = effort->comparisons >= kMaxComparisons || effort->looks >= kMaxLooks ||
                    (rules.budget != nullptr && rules.budget->OutOfTime());
    if (effort->spent) return;
    found.clear();
    // The best options dominate the most: those that are not among the first rarely drop anything.
    std::size_t tried = 0;
    std::int64_t looks = 0;
    kept->Visit(option, &looks, [&](int other) {
      ++tried;
      if (dominance.Dominates(other, option)) found.push_back(other);
      return static_cast<int>(found.size()) < rules.top && tried < kMaxDominatorsTried;
    });
    effort->looks += looks;
    effort->comparisons += static_cast<std::int64_t>(tried);
    dominators->Add(option, found);
    if (static_cast<int>(found.size()) < rules.top) kept->Add(option);
  }
}

}  // namespace

Skyband FindSkyband(const SearchModel& model, const SlotOptions& slot,
                    const DominanceRules& rules) {
  const auto peers = Peers(slot, rules);
  Dominators dominators;
  dominators.runs.resize(static_cast<std::size_t>(slot.count));
  std::optional<Dominance> dominance;  // made when something is to be compared
  std::optional<Shelves> kept;
  Effort effort;
  for (std::size_t begin = 0, end = 0; begin < peers.size(); begin = end) {
    std::vector<int> alike;
    for (; end < peers.size() && peers[end].first == peers[begin].first; ++end) {
      alike.push_back(peers[end].second);
    }
    if (alike.size() == 1) continue;
    if (!dominance) {
      dominance.emplace(model, slot, rules);
      kept.emplace(*dominance);
    }
    FindDominators(*dominance, rules, alike, &*kept, &effort, &dominators);
  }
  Skyband skyband;
  std::vector<int> place(static_cast<std::size_t>(slot.count), -1);
  for (int option = 0; option < slot.count; ++option) {
    if (dominators.Of(option).size() >= static_cast<std::size_t>(rules.top)) continue;
    place[static_cast<std::size_t>(option)] = static_cast<int>(skyband.kept.size());
    skyband.kept.push_back(option);
  }
  for (const int option : skyband.kept) {
    for (const int dominator : dominators.Of(option)) {
      skyband.dominators.Add(place[static_cast<std::size_t>(dominator)]);
    }
    skyband.dominators.Close();
  }
  return skyband;
}

}  // namespace stackport::match
