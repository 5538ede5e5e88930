// The linear relaxation of what a search state leaves open.
#ifndef STACKPORT_CATALOG_MATCH_NODE_RELAXATION_H_
#define STACKPORT_CATALOG_MATCH_NODE_RELAXATION_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "catalog/match/arithmetic.h"
#include "catalog/match/choice_lp.h"
#include "catalog/match/search_model.h"
#include "catalog/match/search_state.h"

namespace stackport::match {

// One option for each undecided slot among those that are open, with what the rows have left; lazy
// slots count with their bounds. All numbers are scaled to about 1. One thread at a time.
class NodeRelaxation {
 public:
  struct Variable {
    int slot;
    int option;
  };

  explicit NodeRelaxation(const SearchModel& model);

  // Takes the node at which the state stands. False when no row can bind. Requires: the state's
  // open tables are valid (SearchState::RefreshTables).
  bool Read(const SearchState& state);
  // Solves the last node read. Slots with many options enter with a few of them first.
  ChoiceLp::Outcome Solve(double goal, ChoiceLp* lp);
  // A key, in the units of the linear program and a little above.
  double Goal(Wide target) const;

  // Of the last node read.
  const std::vector<int>& rows() const { return rows_; }           // limited rows that can bind
  const std::vector<double>& row_scale() const { return scale_; }  // by binding row
  double key_scale() const { return key_scale_; }
  // Options in the order of the linear program, when all of them are in it.
  const std::vector<Variable>& variables() const { return variables_; }
  bool whole() const { return whole_; }
  // Whether only choices are left to settle all costs.
  bool costs_known() const { return costs_known_; }

  // How much was computed so far, in additions.
  std::int64_t work() const { return work_; }

 private:
  // The options of one undecided slot.
  struct SlotView {
    std::vector<double> keys;    // above the least of the slot
    std::vector<double> uses;    // [option * rows + row], above the least of the slot
    std::vector<char> included;  // in the linear program
  };

  void Scale();
  void IncludeFirst(SlotView* slot) const;
  bool IncludeCheaper(const std::vector<double>& prices, bool with_keys);

  const SearchModel& model_;
  std::int64_t work_ = 0;
  bool whole_ = true;
  bool costs_known_ = true;
  std::vector<Variable> variables_;
  std::vector<int> rows_;
  std::vector<double> room_;   // by binding row
  std::vector<double> scale_;  // by binding row: units of the row in one of ours
  double key_scale_ = 1;       // units of the key in one of ours
  double base_ = 0;            // key of what is decided, and of the cheapest options
  std::vector<SlotView> slots_;
  std::size_t used_ = 0;  // of slots_
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_NODE_RELAXATION_H_
