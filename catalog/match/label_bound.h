// How many labels more the undecided slots must bring at least: a bound on counts of labels, such
// as the number of vendors of a package.
#ifndef STACKPORT_CATALOG_MATCH_LABEL_BOUND_H_
#define STACKPORT_CATALOG_MATCH_LABEL_BOUND_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "catalog/match/arithmetic.h"
#include "catalog/match/search_model.h"
#include "catalog/match/search_state.h"

namespace stackport::match {

// One thread at a time.
class LabelBound {
 public:
  // Of one distinct measure. The model must outlive this.
  LabelBound(const SearchModel& model, int measure);

  // Labels that every package below the state's node has and that no decided option has, at least,
  // when no undecided slot may cost more than `room` (kUnbounded: any) above the least key it can
  // have.
  int LeastNew(const SearchState& state, Wide room);

 private:
  // Bit (label % kBits). Labels that share a bit count as one, which only lowers the bound.
  static constexpr std::size_t kWords = 4;
  static constexpr int kBits = 64 * static_cast<int>(kWords);
  using Mask = std::array<std::uint64_t, kWords>;

  // What the open options of one undecided slot may bring.
  struct SlotLabels {
    Mask any{};  // of some option
    int size = 0;
    std::vector<const Mask*> options;
  };

  const Mask& MaskOf(int slot, int option) const {
    return masks_[static_cast<std::size_t>(slot)][static_cast<std::size_t>(option)];
  }
  bool Collect(const SearchState& state, int slot, Wide room, const Mask& used,
               SlotLabels* labels) const;

  const SearchModel& model_;
  std::vector<std::vector<Mask>> masks_;  // by slot and option
  std::vector<SlotLabels> slots_;         // scratch
  std::vector<std::size_t> order_;        // scratch
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_LABEL_BOUND_H_
