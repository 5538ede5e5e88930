// Where the search stands: decided slots, options still open in the others, quantities, and for
// each column of numbers a sum that no completion can go below.
//
// Slots are decided in one fixed order; slots that drive quantities come first. Column 0 is the key
// of all levels, then come the limited rows, then (with multipliers) the key plus a weighted sum of
// the rows, and for Pareto searches the single levels. For each slot and column `current` is the
// value of what is decided, or the least over the open options; `totals` are their sums.
#ifndef STACKPORT_CATALOG_MATCH_SEARCH_STATE_H_
#define STACKPORT_CATALOG_MATCH_SEARCH_STATE_H_

#include <algorithm>
#include <bit>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "catalog/match/arithmetic.h"
#include "catalog/match/cover_bound.h"
#include "catalog/match/search_model.h"
#include "catalog/match/variant_domains.h"

namespace stackport::match {

inline constexpr Wide kUnbounded = Wide{1} << 125;

// Candidates of one slot that may be taken.
struct SlotDomain {
  int slot = -1;
  std::vector<bool> candidates;
};

// Prices on the limited rows.
struct Multipliers {
  int key_weight = 1;        // 0: the rows alone, to prove that nothing fits
  std::vector<Wide> of_row;  // by limited row, none below 0
  std::int64_t origin = 0;   // says where they came from to those who found them
};

class SearchState {
 public:
  // `pareto` leading levels get a column each; of `tuning` only what it says of domains matters.
  // Without multipliers, until they are set.
  SearchState(const SearchModel& model, int pareto, const Tuning& tuning = {});

  // Back to the root, without some options, each given with its slot. False when no package can
  // exist. Where `only` is not null, the other options of that slot are closed.
  bool Start(const SlotDomain* only = nullptr, std::span<const std::pair<int, int>> without = {});

  // search_pricing.cc. All of it lasts until the last decision is undone; at the root, until Start.
  //
  // Costs of all open options for the quantities as far as they are known here.
  void RefreshTables();
  // Puts the key plus priced use into the multiplier column of everything that is not yet decided.
  void Price(const Multipliers& multipliers);
  // Drops options that push a column above its limit, and lowers `least_closed`, by column, to the
  // least total that any of these would lead to. False when nothing can follow.
  bool Tighten(const std::vector<Wide>& limits, std::vector<Wide>* least_closed);
  // Drops options of the next slot that need not be looked at again. False when none is left.
  bool CloseTried(int slot, std::span<const int> options);
  // Closes options of undecided slots that make a maximum larger than `most`. False when a slot has
  // none left.
  bool CloseAbove(int measure, std::int64_t most);
  // Options that make a maximum larger than this were closed, where they are certain to count.
  std::int64_t closed_above(int measure) const {
    return closed_above_[At(depth_) * model_.max_measures.size() + At(measure)];
  }
  // Closes options of undecided slots, each given with its slot. False when a slot has none left.
  bool CloseOptions(std::span<const std::pair<int, int>> options);
  // Lets the slot come next whose decision raises the bound most, where the order is free.
  // Requires: multiplier_column() >= 0.
  void ChooseNextSlot();
  // Lets the first slot of the problem come next, where the order is free.
  void ChooseFirstSlot();
  // Lets an undecided slot come next, if the order is free.
  void ChooseSlot(int slot);
  // Lets a slot with one open option come next, where the order is free. False when there is none.
  bool ChooseSettledSlot();
  // Ways to fill the undecided slots, if everything fitted together.
  double OpenCombinations() const;

  // Decides the next slot. False when nothing can follow; Undo is due in either case.
  bool Decide(std::span<const int> members);
  void Undo();

  int depth() const { return depth_; }
  bool complete() const { return depth_ == slot_count_; }
  int undecided_count() const { return slot_count_ - depth_; }
  int next_slot() const { return order_[At(depth_)]; }
  const std::vector<int>& order() const { return order_; }
  bool decided(int slot) const { return position_[At(slot)] < depth_; }
  const std::vector<int>& picks(int slot) const { return picks_[At(slot)]; }

  // Makes the next slot's table and branch order valid.
  void PrepareBranch();
  // What each of some options of an undecided slot adds to the columns, at least, because of what
  // needs another option there: [index in `options` * columns() + column]. Empty for nothing.
  std::vector<Wide> CostElsewhere(int slot, std::span<const int> options);
  // Whether options of other slots may ask for one of this slot's.
  bool MayCostElsewhere(int slot) const { return asked_for_[At(slot)] != 0; }
  // Options of a slot, most promising first by `column`; closed ones included.
  const std::vector<int>& BranchOrder(int slot, int column);
  // All options of a slot in the order of their ids.
  const std::vector<int>& IdOrder(int slot) const { return by_id_[At(slot)]; }
  // Of an undecided slot.
  int FirstOpenById(int slot) const;
  bool Open(int slot, int option) const {
    const std::uint64_t word = domain_[At(slot)][At(option) / 64];
    return ((word >> (option % 64)) & 1U) != 0;
  }

  // One bit for each option.
  std::span<const std::uint64_t> OpenWords(int slot) const { return domain_[At(slot)]; }
  // Whether check(option) is true for each open option of a slot; looks no further than the first
  // for which it is not.
  template <typename Check>
  bool AllOpen(int slot, Check&& check) const {
    const auto& words = domain_[At(slot)];
    for (std::size_t w = 0; w < words.size(); ++w) {
      for (std::uint64_t rest = words[w]; rest != 0; rest &= rest - 1) {
        if (!check(static_cast<int>(w) * 64 + std::countr_zero(rest))) return false;
      }
    }
    return true;
  }

  // Calls visit(option) for the open options of a slot, ascending; it may close them.
  template <typename Visitor>
  void ForEachOpen(int slot, Visitor&& visit) const {
    AllOpen(slot, [&](int option) {
      visit(option);
      return true;
    });
  }

  int columns() const { return columns_; }
  int multiplier_column() const { return price_levels_ > 0 ? priced_column_ : -1; }  // -1: none
  int priced_column() const { return priced_column_; }  // where they stand; -1: no row is limited
  int price_key_weight() const { return prices_[price_levels_ - 1].key_weight; }
  // Multipliers::origin of those that are set; 0 for none.
  std::int64_t price_origin() const {
    return price_levels_ > 0 ? prices_[price_levels_ - 1].origin : 0;
  }
  // Whether they were set at this node.
  bool priced_here() const {
    return price_levels_ > 0 && prices_[price_levels_ - 1].depth == depth_;
  }
  // What the multipliers make of the rows' bounds.
  Wide price_of_bounds() const { return prices_[price_levels_ - 1].of_bounds; }
  int pareto_column(int level) const { return first_pareto_column_ + level; }
  Wide total(int column) const { return totals_[At(column)]; }
  Wide current(int slot, int column) const { return current_[Cell(slot, column)]; }
  Wide cost(int slot, int column, int option) const {
    const SlotOptions& options = model_.slots[At(slot)];
    return tables_[At(slot)].now[options.Cell(column, option)];
  }
  // Option of an undecided slot with the least key; the first by id among equals.
  int CheapestOption(int slot) const { return cheapest_[Cell(slot, 0)]; }
  // Least key of an undecided slot's open options other than `option`; kUnbounded: there are none.
  // Requires: costs_known(slot).
  Wide LeastWithout(int slot, int option) const;
  const VariantDomains& variant_domains() const { return variant_domains_; }
  const CoverBound& cover_bound(int slot) const { return cover_bounds_[At(slot)]; }

  // Least value, over all completions, of what maxima and counts add to a level, and to the key.
  // Exact when complete.
  Wide LevelPartLow(int level) const;
  Wide KeyPartLow() const;
  // What one more label of a distinct measure adds to the key.
  Wide KeyOfLabel(int measure) const;
  // What one more in a maximum adds to the key.
  Wide KeyOfMaximum(int measure) const;
  // Least value of a maximum over all completions. Exact when complete.
  std::int64_t LeastMaximum(int measure) const;
  // Different labels of a distinct measure among the decided options.
  int used_labels(int measure) const { return used_labels_[At(measure)]; }
  // The most labels of a distinct measure that undecided slots can bring.
  int LabelRoom(int measure) const;
  // Exact value of a level. Requires: complete().
  std::int64_t LevelValue(int level) const;
  bool MeasureLimitsHold() const;

  // Whether nothing but the choice in this undecided slot is left to settle its costs.
  bool costs_known(int slot) const { return ExactTable(slot) && !model_.slots[At(slot)].lazy; }
  bool table_exact(int slot) const { return ExactTable(slot); }
  // Whether a decided option has the label of a distinct measure.
  bool LabelUsed(int measure, int label) const { return label_count_[At(measure)][At(label)] > 0; }
  int NewLabels(int measure, std::span<const int> labels) const {
    return static_cast<int>(std::count_if(labels.begin(), labels.end(),
                                          [&](int label) { return !LabelUsed(measure, label); }));
  }
  // Options that the slot's table last held, for estimates that need not be exact.
  const std::vector<int>& LastFilled(int slot) const { return filled_[At(slot)]; }

 private:
  struct Table {
    std::vector<Wide> base;  // [column * count + option]: counted once
    std::vector<Wide> unit;  // for each unit; empty when the quantity is the constant 1
    std::vector<Wide> now;   // with the quantity as far as it is known
  };
  // What follows for one undecided slot once the slot at some position is decided.
  struct Consequence {
    int slot;
    std::vector<QuantityId> chain;  // quantities that only this slot's choice leaves open
    bool fill;                      // the slot's quantity is now known for each option
  };
  struct Frame {
    std::size_t saved_begin;
    std::size_t demanded;
  };
  struct Saved {
    int slot;
    int open;
    std::size_t words;
    std::size_t cells;
  };
  // Multipliers that were set at some depth, and the column that they replaced.
  struct PriceLevel {
    int depth = 0;
    int key_weight = 1;
    Wide of_bounds = 0;
    std::int64_t origin = 0;
    std::vector<int> slots;
    std::vector<Wide> cells;  // of these slots, one after the other
  };

  static std::size_t At(int index) { return static_cast<std::size_t>(index); }
  static std::uint64_t Bit(int index) { return std::uint64_t{1} << index; }
  std::size_t Cell(int slot, int column) const { return At(slot) * At(columns_) + At(column); }

  using Weights = std::vector<std::pair<int, Wide>>;  // rows, each with its weight

  // search_setup.cc
  void BuildTables(int pareto);
  Weights KeyWeights() const;
  void FillColumn(int slot, int column, const Weights& weights);
  void ChooseOrder();
  void PlanConsequences();
  void CollectSlotGroups();

  // search_state.cc
  void OpenAll();
  void CloseOthers(const SlotDomain& only);
  bool EverySlotOpen() const;
  bool FillRoot();
  void Touch(int slot);
  void MarkChanged(int slot);
  void Close(int slot, int option);
  void SetCurrent(int slot, int column, Wide value);
  bool SettleOpenSlots();
  void FindMinima(int slot, bool all_columns);
  void FindMinimum(int slot, int column);
  bool ExactTable(int slot) const { return ready_[At(slot)] < depth_; }

  // search_tags.cc
  bool ApplyTags(int slot, std::span<const int> members);
  void RevertTags(int slot, std::span<const int> members);
  bool Satisfied(int group) const;
  template <typename Mask>
  void CloseWords(int slot, Mask&& mask);
  void CloseRun(const Postings& postings, const Postings::Run& run);
  bool AnyOpen(const Postings& postings, const Postings::Run& run) const;
  void DemandWhatIsCertain();
  bool FollowLastOptions();
  void FollowLastOption(int slot);
  bool ServeDemands();
  bool ServeDemand(int group);
  void CloseUnservable(int group, std::uint64_t providers);
  std::uint64_t OpenProviders(int group) const;
  void FilterByTags();
  bool TakeDomains(const VariantDomains& domains, int option);
  const VariantDomains* WideDomains(int slot);
  // Whether what the group asks for was settled when the variant was decided.
  bool SettledByVariant(int group) const {
    return depth_ > 0 && model_.variant_slot >= 0 && variant_domains_.Settles(group);
  }

  // search_quantities.cc
  bool ApplyQuantities(int slot);
  void NarrowRanges();
  const QuantityRules::Ranges& ranges() const {
    return depth_ > 0 && model_.variant_slot >= 0 ? variant_ranges_ : model_.rules.whole();
  }
  bool ApplyConsequence(const Consequence& consequence);
  void FillExact(int slot, int option, std::int64_t units);
  void FillInterval(int slot);
  bool FillCover(int slot);
  void RefreshDecided(int slot);

  // search_lookahead.cc
  const VariantDomains& DomainsOf(int slot);
  bool IsWide(int slot) const;
  std::pair<std::int64_t, std::int64_t> Units(int slot) const;
  int CandidateOf(int slot, int option) const;

  // search_pricing.cc
  void SavePrices();
  void RestorePrices();
  bool Settled(int slot) const;
  double Urgency(int slot) const;
  void MoveNext(int slot);
  void PriceSlot(int slot, const Multipliers& multipliers);
  // Whether a slot's place among those to come changes nothing but the tree.
  bool Movable(int slot) const { return drives_[At(slot)] == 0 && ready_[At(slot)] < depth_; }
  bool FreeToMove(int slot) const { return Movable(slot) && !model_.slots[At(slot)].lazy; }

  // search_measures.cc
  void StartMeasures();
  void ApplyMeasures(int slot, std::span<const int> members);
  void RevertMeasures(std::span<const int> members, int slot);
  std::int64_t ExactMaximum(int measure) const;

  const SearchModel& model_;
  VariantDomains variant_domains_;
  int tags_for_domains_;
  std::vector<int> asked_for_;  // by slot: tags of groups that some option provides
  std::vector<std::optional<VariantDomains>> slot_domains_;  // made when they are asked for
  int slot_count_;
  int columns_ = 0;
  int priced_column_ = -1;  // -1: no row is limited
  int first_pareto_column_ = 0;

  std::vector<Table> tables_;
  std::vector<CoverBound> cover_bounds_;
  std::vector<std::vector<int>> filled_;
  std::vector<bool> sorted_;
  std::vector<std::vector<int>> by_id_;

  // The order, and what depends on it.
  std::vector<int> order_;
  std::vector<int> position_;
  std::vector<int> ready_;  // by slot: position after which its quantity is known for each option
  std::vector<std::vector<Consequence>> consequences_;  // by position + 1; [0] is the root
  std::vector<std::vector<int>> refresh_;               // by position: slots not ready there
  std::vector<std::uint64_t> drives_;                   // by slot: quantities that depend on it
  std::vector<std::vector<int>> slot_groups_;  // by slot: may provide for, domains do not settle
  std::vector<std::uint64_t> group_slots_;     // by group: slots that may provide it
  std::vector<int> all_groups_;
  std::vector<int> groups_for_variants_;         // that a decided variant does not settle
  std::vector<std::uint64_t> root_group_slots_;  // the same, before a variant is decided

  // The current node.
  int depth_ = 0;
  std::uint64_t undecided_ = 0;
  std::vector<std::vector<int>> picks_;
  std::vector<int> chosen_;  // by slot, for quantities
  std::vector<std::vector<std::uint64_t>> domain_;
  std::vector<int> open_count_;
  std::vector<Wide> current_;  // [slot * columns + column]
  std::vector<int> cheapest_;  // [slot * columns + column]
  std::vector<Wide> totals_;
  std::vector<Wide> max_key_weights_;       // by max part: what one adds to the key
  std::vector<Wide> distinct_key_weights_;  // by distinct part
  std::vector<int> tag_count_;
  std::vector<int> conflict_count_;
  std::vector<std::uint64_t> servers_;      // scratch of ServeDemand: options of one slot
  std::vector<int> demanded_;               // groups of decided options
  std::vector<std::int64_t> quantity_low_;  // [level * quantities + quantity]
  std::vector<std::int64_t> quantity_high_;
  std::vector<std::size_t> quantity_level_;    // by depth
  std::vector<std::int64_t> scratch_;          // quantities
  QuantityRules::Ranges variant_ranges_;       // of the decided variant
  std::vector<std::vector<int>> open_lists_;   // by slot: candidates that ranges are taken over
  std::int64_t closed_ = 0;                    // options closed so far
  std::vector<std::vector<int>> label_count_;  // by distinct measure
  std::vector<int> used_labels_;
  std::vector<std::int64_t> max_low_;         // [depth * max measures + measure]
  std::vector<std::int64_t> closed_above_;    // the same
  std::vector<std::vector<int>> label_room_;  // [distinct measure][slot]

  std::vector<PriceLevel> prices_;  // the first price_levels_ count
  std::size_t price_levels_ = 0;

  // Undo.
  std::vector<Frame> frames_;
  std::vector<Wide> frame_totals_;  // [depth * columns + column]
  std::vector<Saved> saved_;
  std::vector<std::uint64_t> saved_words_;
  std::vector<Wide> saved_values_;
  std::vector<int> saved_cheapest_;
  std::vector<std::int64_t> touched_at_;  // by slot: stamp of the node that saved it
  std::vector<int> touched_;              // slots whose open options changed at this node
  std::vector<bool> dirty_;
  std::vector<std::int64_t> followed_at_;  // by slot: stamp of the node that followed its last one
  std::int64_t stamp_ = 0;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SEARCH_STATE_H_
