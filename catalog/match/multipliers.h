// Multipliers: prices on the limited rows that make "key plus priced use" a strong lower bound.
#ifndef STACKPORT_CATALOG_MATCH_MULTIPLIERS_H_
#define STACKPORT_CATALOG_MATCH_MULTIPLIERS_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "catalog/match/arithmetic.h"
#include "catalog/match/choice_lp.h"
#include "catalog/match/node_relaxation.h"
#include "catalog/match/search_model.h"
#include "catalog/match/search_state.h"

namespace stackport::match {

// The best multipliers of the node at which a state stands, by its linear relaxation. Any
// non-negative multipliers give a valid bound, so floating point here changes the speed and never
// the answer. One thread at a time.
//
// Where only choices are left to settle all costs, the linear program of a node goes on from that
// of the node above it whose multipliers the state still has.
class MultiplierFinder {
 public:
  explicit MultiplierFinder(const SearchModel& model);

  // Nothing when no row can bind, or no row is worth a price. `target`: a key above which nothing
  // is wanted, if any. Requires: the state's open tables are valid (SearchState::RefreshTables),
  // and its multipliers are from here.
  std::optional<Multipliers> Find(const SearchState& state, std::optional<Wide> target);

  // How much Find has computed so far, in additions, to weigh it against nodes.
  std::int64_t work() const { return work_ + relaxation_.work(); }

 private:
  // A solved program, and the Multipliers::origin that stands for it.
  struct Program {
    std::int64_t origin = 0;
    ChoiceLp lp;
  };

  std::size_t CountAbove(const SearchState& state) const;
  Program& Continue(const SearchState& state);
  Program& Next();
  std::optional<Multipliers> Round(const Program& program, bool with_keys) const;

  const SearchModel& model_;
  NodeRelaxation relaxation_;  // of the node from which all programs come
  std::vector<Program> programs_;
  std::size_t count_ = 0;  // of programs_: from that node down to this one
  std::int64_t last_origin_ = 0;
  std::int64_t work_ = 0;
  std::vector<char> open_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_MULTIPLIERS_H_
