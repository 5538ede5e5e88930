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

// A set under construction in the next slot.
struct PartialSet {
  int slot;
  const std::vector<int>& members;
  std::uint32_t open;  // bits that are not covered yet
};

// One thread at a time.
class LabelBound {
 public:
  // Of one distinct measure. The model must outlive this.
  LabelBound(const SearchModel& model, int measure);

  // Labels that every package below the state's node (with the partial set, if any) has and that no
  // decided option has, at least, when no undecided slot may cost more than `room` (kUnbounded:
  // any) above the least key it can have.
  int LeastNew(const SearchState& state, Wide room, const PartialSet* partial);

 private:
  // Bit (label % kBits). Labels that share a bit count as one, which only lowers the bound.
  static constexpr std::size_t kWords = 4;
  static constexpr int kBits = 64 * static_cast<int>(kWords);
  using Mask = std::array<std::uint64_t, kWords>;

  // Options of one undecided slot, or members that cover one bit of a set: one of them is chosen,
  // and each brings something new.
  struct Group {
    Mask any{};  // what some of them brings
    int size = 0;
    std::vector<const Mask*> options;
  };

  static void Unite(const Mask& mask, Mask* all);
  static int CountNew(const Mask& mask, const Mask& used);
  const Mask& MaskOf(int slot, int option) const {
    return masks_[static_cast<std::size_t>(slot)][static_cast<std::size_t>(option)];
  }
  Group& NextGroup();
  bool Add(const Mask& mask, const Mask& used, Group* group) const;
  void KeepGroup(bool news);
  void Collect(const SearchState& state, int slot, Wide room, const Mask& used);
  void CollectMembers(const SearchState& state, int slot, std::uint32_t open, Wide room,
                      const Mask& used);

  const SearchModel& model_;
  std::vector<std::vector<Mask>> masks_;  // by slot and option
  // Scratch.
  std::vector<Group> groups_;  // the first count_ count
  std::size_t count_ = 0;
  std::vector<std::size_t> order_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_LABEL_BOUND_H_
