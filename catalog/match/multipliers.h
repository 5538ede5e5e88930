// Multipliers: prices on the limited rows that make "key plus priced use" a strong lower bound.
#ifndef STACKPORT_CATALOG_MATCH_MULTIPLIERS_H_
#define STACKPORT_CATALOG_MATCH_MULTIPLIERS_H_

#include <cstdint>
#include <optional>
#include <vector>

#include "catalog/match/arithmetic.h"
#include "catalog/match/choice_lp.h"
#include "catalog/match/search_model.h"
#include "catalog/match/search_state.h"

namespace stackport::match {

// The best multipliers of the node at which a state stands, by its linear relaxation: one option
// for each undecided slot among those that are open, with what the rows have left. Any non-negative
// multipliers give a valid bound, so floating point here changes the speed and never the answer.
class MultiplierFinder {
 public:
  explicit MultiplierFinder(const SearchModel& model);

  // Nothing when no row can bind, or no row is worth a price. `target`: a key above which nothing
  // is wanted, if any. Requires: the state's open tables are valid (SearchState::RefreshTables).
  std::optional<Multipliers> Find(const SearchState& state, std::optional<Wide> target);

  // How much Find has computed so far, in additions, to weigh it against nodes.
  std::int64_t work() const { return work_; }

 private:
  // The options of one undecided slot, with numbers scaled to about 1.
  struct SlotView {
    std::vector<double> keys;    // above the least of the slot
    std::vector<double> uses;    // [option * rows + row]
    std::vector<char> included;  // in the linear program
  };

  void Read(const SearchState& state);
  void Scale();
  void IncludeFirst(SlotView* slot) const;
  bool IncludeCheaper(const std::vector<double>& prices, bool with_keys);
  ChoiceLp::Outcome SolveIncluded(double target);
  std::optional<Multipliers> Round(const std::vector<double>& prices, bool with_keys) const;

  const SearchModel& model_;
  ChoiceLp lp_;
  std::int64_t work_ = 0;
  std::vector<int> rows_;      // limited rows that can bind
  std::vector<double> room_;   // by binding row
  std::vector<double> scale_;  // by binding row: units of the row in one of ours
  double key_scale_ = 1;       // units of the key in one of ours
  double base_ = 0;            // key of what is decided, and of the cheapest options
  std::vector<SlotView> slots_;
  std::size_t used_ = 0;  // of slots_
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_MULTIPLIERS_H_
