// Depth-first branch and bound over a SearchState: the first K packages of the total order that
// keep their distance, or the first one that no known Pareto vector covers.
#ifndef STACKPORT_CATALOG_MATCH_SEARCH_H_
#define STACKPORT_CATALOG_MATCH_SEARCH_H_

#include <algorithm>
#include <cstdint>
#include <limits>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "catalog/match/engine.h"
#include "catalog/match/free_slots.h"
#include "catalog/match/known_bounds.h"
#include "catalog/match/label_bound.h"
#include "catalog/match/multipliers.h"
#include "catalog/match/search_budget.h"
#include "catalog/match/search_model.h"
#include "catalog/match/search_state.h"
#include "catalog/match/set_cover.h"
#include "catalog/match/variant_bounds.h"

namespace stackport::match {

// A complete package, in options of the model.
struct Package {
  Wide key = 0;
  std::vector<std::int64_t> levels;  // in Pareto searches, and when the key does not hold all
  Lists<int> picks;                  // options by slot

  bool Holds(int slot, std::span<const int> options) const {
    return std::ranges::equal(picks[slot], options);
  }
};

struct SearchGoal {
  int top = 1;
  int distance = 0;  // 0: packages only have to differ
  // To keep the distance from. What one Search is given grows from one Run to the next.
  const std::vector<Package>* earlier = nullptr;
  bool more = false;  // runs with more earlier packages may follow
  // Vectors of the leading levels; packages that are nowhere below one of them do not count.
  const std::vector<std::vector<std::int64_t>>* front = nullptr;
  // Narrows one slot, if not null.
  const SlotDomain* only = nullptr;
  // The first package met ends the run: that there is one is all that matters. Requires: top is 1.
  bool any = false;
};

class Search {
 public:
  // `pareto`: number of leading levels that are compared component by component. All references
  // must outlive the search.
  Search(const SearchModel& model, const Tuning& tuning, int pareto);

  // Whether it ran to its end; if not, frontier() bounds what was not seen.
  bool Run(const SearchGoal& goal, SearchBudget* budget);
  // Best first.
  const std::vector<Package>& best() const { return best_; }
  // Least key that a package can have which fits, keeps the distance, and is not in best().
  Wide frontier() const { return frontier_; }

  Choice ToChoice(const Package& package) const;

 private:
  enum class Stop { kNone, kDive, kShort, kBudget };

  // A variant, with the best bound that is known of it.
  struct Variant {
    Wide key = 0;
    int option = 0;
    bool settled = false;  // `key` is that of the decided variant
    bool peeked = false;   // a dive in this run did not end it
  };

  // An undecided slot that may differ from earlier packages.
  struct OpenSlot {
    int slot;
    int weight;
    int cheapest;      // option; -1: not known
    Wide surcharge;    // of the next cheapest; kUnbounded: there is none
    bool able = true;  // to differ from the earlier package that is looked at
  };

  struct MeasuredLabels {
    LabelBound bound;
    Wide key;                          // what one more adds
    std::optional<std::int64_t> most;  // that the limits allow
  };

  // What new labels add to a key.
  struct LabelPrice {
    bool possible = true;  // within the limits on labels
    Wide key = 0;
    Wide otherwise = kUnbounded;  // by how much packages exceed the node for which this is not so
  };

  // An option of the next slot that may be tried, or a candidate for its set.
  struct Branch {
    int option;
    Wide cost;              // in the column that decides the order
    const Wide* elsewhere;  // by column: what it costs in other slots; null: nothing
    LabelPrice labels;
  };

  // What the search knows of the part of the tree that it is in.
  struct Notes {
    PathName path;  // what is decided
    // Packages below that were not looked at have at least the key `skipped`, or hold an option
    // that was closed further up, and then at least the key `closed`.
    Wide skipped = kUnbounded;
    Wide closed = kUnbounded;
    // Packages below that are not closed have at least this key.
    Wide least = -kUnbounded;
  };

  // Short searches around packages that are known, in one run.
  struct Looks {
    explicit Looks(const FreeSlots& free) : slots(free) {}

    FreeSlots slots;
    std::vector<std::vector<Wide>> excess;  // see MeasureExcess
    int count = 0;
    std::int64_t nodes = 0;
  };

  // What a walk over the tree looks for.
  enum class Walk {
    kAll,     // whatever may belong to the answer
    kBetter,  // only keys below the threshold's
    // Only what is better before the first level with a count of labels: many packages that differ
    // in nothing else would be told apart in vain while better ones are still unknown.
    kCoarse,
    // Only the threshold's key, with ids that come earlier: all better packages are known. The
    // first looks at promising options first, the second at those with the first ids.
    kTies,
    kTiesById,
  };

  static std::size_t At(int index) { return static_cast<std::size_t>(index); }
  bool Walked();
  Wide CoarseFloor(Wide key) const;
  Wide Threshold();
  bool Pass();
  bool PassHard();
  bool Ties() const { return walk_ == Walk::kTies || walk_ == Walk::kTiesById; }
  void Seed();

  void ResetLimits();
  void UpdateLimits();
  bool Promising();
  bool Covered() const;
  bool MayComeEarlier(Wide total, Wide least, int slot, std::span<const int> members);
  Wide KeyBound(int column, Wide total) const;
  // What a column comes to where an undecided slot costs so much there.
  Wide TotalWith(int slot, int column, Wide cost) const {
    return state_.total(column) - state_.current(slot, column) + cost;
  }
  Wide BoundWith(int slot, int option) const;
  bool Full() const { return static_cast<int>(best_.size()) == goal_.top; }

  // search_notes.cc
  void StartNotes();
  void NoteFrontier(Wide key) { frontier_ = std::min(frontier_, key); }
  // What is left is below the current node.
  void NoteLeft(Wide key) { NoteFrontier(std::max(key, notes_.least)); }
  void NoteLeast();
  void NoteSkipped(Wide key) { notes_.skipped = std::min(notes_.skipped, key); }
  void NoteClosed(Wide key);
  bool Tighten();
  bool KnownToBeWorse(int slot, std::span<const int> members);
  Notes Descend(int slot, std::span<const int> members);
  void Ascend(const Notes& above, bool seen);

  // search_near.cc
  void StartLooks();
  bool LookIsDue() const;
  void LookNear();
  std::vector<std::vector<Wide>> MeasureExcess(const SearchGoal& goal);
  bool Improve(const SearchGoal& goal, const std::vector<Package>& known, const Package& center,
               std::uint64_t free, SearchBudget* budget);

  // search_labels.cc
  Wide Room() const { return Full() ? limits_[0] - state_.total(0) : kUnbounded; }
  bool LabelsMatter(std::size_t measure, Wide room) const;
  void AddLabels(std::size_t measure, int count, Wide otherwise, LabelPrice* price) const;
  LabelPrice KeyOfNewLabels(Wide room);
  void PriceLabels(int slot, const PartialSet* partial, std::vector<Branch>* branches);
  Wide KeyWithLabels(const LabelPrice& labels, Wide least) const;
  bool HasRoom(const LabelPrice& labels, Wide least) const;
  bool LeavesRoom(const LabelPrice& labels, Wide least);
  bool KeepMaximaLow();
  bool KeepLabelsFew();
  bool CloseNewLabels(std::size_t measure);
  static void PutFewLabelsFirst(std::vector<Branch>* branches);

  // search_distance.cc
  void CollectOutdone();
  void MeasureRestWeights();
  bool KeepsDistance() const;
  Wide PriceOfDistance();
  Wide PriceOfDifference(std::size_t earlier);
  void CollectOpenSlots();
  bool KeepApart();

  // search_variants.cc
  bool PassByVariants();
  bool NarrowsVariants() const;
  bool CollectVariants();
  std::vector<Variant> WantedVariants() const;
  auto ComesAfter() const;
  void Wait(const Variant& variant);
  std::optional<Variant> NextVariant();
  void VisitVariant(Variant variant);
  bool Settle(Variant* variant);
  bool Explore(int variant, bool peek);

  // search_tree.cc
  bool Price();
  bool WorthPricing() const;
  void Visit(bool price);
  bool VisitOptions(int slot, bool priced);
  void CollectBranches(int slot, int column, Wide most, std::vector<Wide>* elsewhere,
                       std::vector<Branch>* branches);
  const Wide* MeasureSlack(int slot);
  void Follow(std::span<const int> members, bool price);
  bool NarrowLeaves();
  bool KeepWithin();
  bool TakeLastOptions();
  void TryNextSlots(bool price);
  bool Enter(std::span<const int> members);
  void Leave();
  void VisitSets(int slot);
  void ExtendSet(int slot, const std::vector<Wide>& sums);
  void FinishSet(int slot, int last, Wide total, const LabelPrice& labels);
  bool Spend();

  // search_packages.cc
  void Leaf();
  bool Insert(Package package);
  void Remember(const Package& package);

  bool Before(const Package& a, const Package& b) const;
  int CompareIds(int slot, std::span<const int> a, std::span<const int> b) const;
  std::string JoinedIds(int slot, std::span<const int> members) const;
  int DistanceBetween(const Package& a, const Package& b) const;

  const SearchModel& model_;
  const Tuning& tuning_;
  int pareto_;
  SearchBudget* budget_ = nullptr;
  SearchState state_;
  MultiplierFinder finder_;
  std::vector<MeasuredLabels> labels_;  // by distinct measure
  std::vector<Wide> maximum_keys_;      // by max measure: what one more adds to a key
  bool may_price_;
  bool hard_ = false;  // a dive from the root did not end the search

  // Only with a variant slot.
  std::optional<VariantBounds> variant_bounds_;
  std::vector<Variant> variants_;            // possible ones, in any order
  std::vector<Variant> waiting_;             // of this run, a heap
  std::vector<Variant> postponed_;           // peeked at
  const SlotDomain* variants_of_ = nullptr;  // what narrowed another slot for their bounds
  std::int64_t variant_work_ = 0;            // numbers looked at to decide one, at most
  std::set<int> hard_variants_;              // whose dive did not end them

  SearchGoal goal_;
  std::vector<Package> best_;
  std::vector<Package> seen_;  // packages met on the way, to start the next search with
  Stop stop_ = Stop::kNone;
  Walk walk_ = Walk::kAll;
  int coarse_level_ = 0;          // levels before the first with a count of labels; 0: no such walk
  std::int64_t short_left_ = -1;  // nodes after which a coarse walk comes first; -1: never
  Wide coarse_key_ = -1;          // the key that coarse_floor_ belongs to
  Wide coarse_floor_ = 0;
  std::int64_t walked_ = 0;      // nodes of this run, without looks
  std::int64_t visits_ = 0;      // of nodes that were promising
  int dead_end_ = -1;            // slot that last had no way on; -1: none
  bool first_dive_ = false;      // too short for multipliers
  std::int64_t dive_left_ = -1;  // nodes after which the walk is given up; -1: none
  std::int64_t next_look_ = std::numeric_limits<std::int64_t>::max();  // once as many were walked
  std::optional<Looks> looks_;
  std::unique_ptr<Search> near_;  // looks
  Wide frontier_ = kUnbounded;
  std::vector<bool> looked_;  // by distinct measure: its bound has looked at the node as it is
  KnownBounds known_;
  Notes notes_;
  std::vector<Wide> least_closed_;  // scratch of Tighten
  std::vector<Wide> limits_;        // by column, at the current node
  std::vector<Wide> slack_;         // [depth * columns + column]: what an option may cost there
  std::vector<std::vector<Branch>> branches_;  // by depth
  // Options, each with its slot, that the answer to this run does not hold.
  std::vector<std::pair<int, int>> outdone_;
  std::vector<int> differs_;     // by earlier package: weight of decided slots that differ
  std::vector<int> may_differ_;  // by slot: its distance weight, if it can count
  int rest_weight_ = 0;          // of the undecided slots
  std::vector<std::pair<int, int>> too_new_;  // scratch of CloseNewLabels
  // Options, each with its slot, that have to be closed at this node, and the least key of packages
  // that may hold them nevertheless.
  std::vector<std::pair<int, int>> too_alike_;
  Wide alike_bound_ = kUnbounded;
  // Scratch of PriceOfDistance.
  std::vector<OpenSlot> open_slots_;
  std::vector<Wide> surcharges_;
  std::vector<CoverWalk> walks_;  // by slot; only used for lazy ones
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SEARCH_H_
