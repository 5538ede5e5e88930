// A problem prepared for the search: options of each slot with only what bounds need, tags that
// matter, rows in one direction, and all levels folded into one key.
//
// An option is what a slot can hold: a candidate, nothing (optional slots), or a complete
// irredundant set of candidates. A set slot with too many sets stays `lazy`: its options are single
// candidates, and the search puts sets together itself.
#ifndef STACKPORT_CATALOG_MATCH_SEARCH_MODEL_H_
#define STACKPORT_CATALOG_MATCH_SEARCH_MODEL_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "catalog/match/arithmetic.h"
#include "catalog/match/engine.h"
#include "catalog/match/postings.h"
#include "catalog/match/problem.h"
#include "catalog/match/quantity_rules.h"
#include "catalog/match/search_budget.h"

namespace stackport::match {

// Switches for tests: every combination gives the same answers.
struct Tuning {
  int max_sets = 5000;      // a set slot with more sets than this is lazy
  bool use_skyband = true;  // drop options that K others dominate
  bool use_multipliers = true;
  bool use_variants = true;  // decide the slot first that decides most about the others
  bool use_domains = true;   // with bit sets of what a variant leaves open
  // With bit sets of what any option leaves open, for slots that so many tags are asked of: where
  // there are fewer, following each costs less.
  int tags_for_domains = 200;
  std::int64_t dive_nodes = 100;  // nodes before multipliers are computed
  // Nodes of a walk for everything before one for the levels without counts of labels comes first.
  std::int64_t short_nodes = 2'000;
  // Nodes after which one walk for everything is given up for walks that treat ties apart.
  std::int64_t plain_nodes = 20'000;
  // Nodes of a run after which it looks near the packages that it knows from time to time; -1:
  // never.
  std::int64_t near_nodes = 1'000;
  // Nodes below a node after which what is left of it gets multipliers of its own: about as much
  // work as it takes to find them.
  std::int64_t nodes_to_price = 100;
  // Ways to fill the undecided slots from which on multipliers are found in advance.
  double combinations_to_price = 1e5;
};

// Options of one slot. Numbers are stored row by row: [row * count + option].
struct SlotOptions {
  bool lazy = false;
  QuantityId quantity = kOneUnit;
  int distance_weight = 1;
  int max_picks = 1;
  std::uint32_t full_cover = 0;
  int count = 0;
  Lists<int> picks;                   // candidates, sorted
  std::vector<int> rank;              // order of the options' canonical ids
  std::vector<std::uint32_t> covers;  // lazy and sets under construction
  Lists<int> provides;                // relevant tags, sorted
  Lists<int> conflicts;
  Lists<int> groups;  // requirements that the option does not satisfy itself
  // Options that would make each package earlier that holds this one, not always all of these: see
  // skyband.cc. May be empty as a whole.
  Lists<int> dominators;
  std::vector<std::int64_t> fixed;   // counted once
  std::vector<std::int64_t> unit;    // for each unit; empty when the quantity is the constant 1
  std::vector<std::int64_t> maxima;  // [max measure * count + option]
  std::vector<Lists<int>> labels;    // by distinct measure: label numbers
  // Of a set slot: by distinct measure and candidate its label; -1: none.
  std::vector<std::vector<int>> candidate_labels;

  std::int64_t Fixed(int row, int option) const { return fixed[Cell(row, option)]; }
  std::int64_t Unit(int row, int option) const {
    return unit.empty() ? 0 : unit[Cell(row, option)];
  }
  int DominatorCount(int option) const {
    return dominators.size() == 0 ? 0 : static_cast<int>(dominators[option].size());
  }
  std::int64_t Maximum(int measure, int option) const { return maxima[Cell(measure, option)]; }
  std::size_t Cell(int row, int option) const {
    return static_cast<std::size_t>(row) * static_cast<std::size_t>(count) +
           static_cast<std::size_t>(option);
  }
};

// A bound on a maximum or a count of labels.
struct MeasureLimit {
  int measure = 0;  // index of the max or distinct measure
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
};

// The part of a level that is a maximum or a count.
struct LevelPart {
  int level = 0;
  int measure = 0;
  std::int64_t weight = 1;
};

struct SearchModel {
  const Problem* problem = nullptr;
  QuantityRules rules;
  std::vector<std::int64_t> quantity_low;  // over all packages
  std::vector<std::int64_t> quantity_high;
  bool impossible = false;  // some quantity never has a value
  // The budget's time ran out: there is nothing to search, but bounds of levels hold.
  bool cut_short = false;

  // The slot that is decided first, because most of what the others require rests on it: an
  // architecture, a site. -1: none stands out.
  int variant_slot = -1;

  std::vector<SlotOptions> slots;

  // Rows 0..levels-1 are the additive parts of the levels; then one row for each one-sided limit,
  // which must not pass its bound.
  int levels = 0;
  std::vector<Wide> bounds;
  std::vector<Wide> reach;  // by limited row: the largest absolute sum of any package
  int rows() const { return levels + static_cast<int>(bounds.size()); }

  std::vector<AttributeId> max_measures;
  std::vector<int> distinct_kinds;
  std::vector<int> label_counts;  // by distinct measure
  // By distinct measure and label: the one slot with candidates that have it (-1: several slots),
  // and how many candidates have it.
  struct LabelUse {
    int slot = -1;
    int candidates = 0;
  };
  std::vector<std::vector<LabelUse>> label_uses;
  std::vector<LevelPart> max_parts;
  std::vector<LevelPart> distinct_parts;
  std::vector<MeasureLimit> max_limits;
  std::vector<MeasureLimit> distinct_limits;

  // Levels in one number: sum of weight * level value. Weights are so large that the order of the
  // numbers is the lexicographic order of the first `keyed_levels` levels, for all values that a
  // package can have. Levels behind those (only when 128 bits are too few) are compared at leaves.
  int keyed_levels = 0;
  std::vector<Wide> key_weights;        // by level; 0 behind keyed_levels
  Wide key_step = 1;                    // keys of packages differ by multiples of it
  std::vector<std::int64_t> level_low;  // over all packages
  std::vector<std::int64_t> level_high;
  bool key_complete() const { return keyed_levels == levels; }

  int tags = 0;  // relevant ones, renumbered
  Lists<int> group_tags;
  Postings providers;  // by tag
  Postings opponents;  // by tag: options that conflict with it
  Postings requirers;  // by group

  // The most labels of a distinct measure that the limits allow, if they say.
  std::optional<std::int64_t> MostLabels(int measure) const;

  // The level values that a key stands for: the least vector whose key is not below `key`.
  std::vector<std::int64_t> Decode(Wide key) const;

  explicit SearchModel(const Problem& source) : problem(&source), rules(source) {}
};

// Builds the model for `levels` in place of the problem's own. The first `pareto` levels (each one
// measure) are compared component by component; `top` packages are wanted, of all classes together
// or of any one of them. A class may only be told for a slot that is no set. `budget`, if not null,
// says when time has run out; its nodes do not matter.
SearchModel BuildSearchModel(const Problem& problem, const std::vector<Level>& levels, int pareto,
                             int top, const SlotClasses& classes, const Tuning& tuning,
                             SearchBudget* budget = nullptr);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SEARCH_MODEL_H_
