// How many labels more the undecided slots must bring at least: a bound on counts of labels, such
// as the number of vendors of a package.
#ifndef STACKPORT_CATALOG_MATCH_LABEL_BOUND_H_
#define STACKPORT_CATALOG_MATCH_LABEL_BOUND_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
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

// Every undecided slot, or name that a set slot has still to cover, is a group: the labels of its
// options are such that the package gets one of them. A least set of labels that hits all groups is
// found exactly, as far as that takes few steps. One thread at a time.
class LabelBound {
 public:
  // Of one distinct measure. The model must outlive this.
  LabelBound(const SearchModel& model, int measure);

  // Takes the state's node as it is, with a partial set if there is one, for packages in which no
  // undecided slot costs more than `room` (kUnbounded: any) above the least key it can have.
  void Look(const SearchState& state, Wide room, const PartialSet* partial);
  // Labels that the package has and no decided option, at least.
  int Least() { return new_ + LeastToHit(All()); }
  // The same where an option with these labels is chosen in an undecided slot.
  int LeastWithOption(int slot, std::span<const int> labels);
  // The same where a candidate with these labels joins the partial set and covers these bits.
  int LeastWithMember(std::span<const int> labels, std::uint32_t covers);
  // By how much more than the least key a package costs that Look has left aside.
  Wide otherwise() const { return otherwise_; }

 private:
  // Groups are numbered from 0; a set of them is a word.
  static constexpr int kMaxGroups = 64;
  using Groups = std::uint64_t;

  Groups All() const { return groups_ == kMaxGroups ? ~Groups{0} : (Groups{1} << groups_) - 1; }
  bool Used(int label) const { return used_[static_cast<std::size_t>(label)] != 0; }
  // The labels of which a package gets at least one, unless it may do without.
  struct Bringers {
    bool may_bring_none = false;
    std::vector<int> labels;  // each once
  };
  // What was last found out about a slot whose costs do not change.
  struct SlotView {
    bool limited = false;
    std::vector<std::uint64_t> open;  // options that were open
    Wide dearest = kUnbounded;        // among those within the room
    Wide beyond = kUnbounded;         // least cost of the others
    std::vector<Bringers> groups;
  };
  // A least number that was found for some groups.
  struct Known {
    Groups groups = 0;
    std::int64_t look = -1;
    int least = 0;
  };
  static constexpr int kKnownBits = 9;
  static constexpr int kUnusedHashBits = 64 - kKnownBits;

  void Note(int label, Bringers* bringers);
  int AddGroup(const Bringers& bringers);
  void Gather(const SearchState& state, int slot, Wide most, SlotView* view);
  void AddSlot(const SearchState& state, int slot, Wide room);
  void AddOpenBits(const SearchState& state, int slot, std::uint32_t open, Wide room);
  int LeastWith(std::span<const int> labels, Groups groups);
  void CollectHits();
  int LeastToHit(Groups groups);
  int Apart(Groups groups) const;

  const SearchModel& model_;
  int measure_;
  // By slot, where options are complete sets, and bit: the labels of the members that cover it,
  // by option.
  std::vector<std::vector<Lists<int>>> bit_labels_;
  // By slot, where options are candidates for a set, and bit: those that cover it.
  std::vector<std::vector<std::vector<int>>> coverers_;
  std::vector<SlotView> views_;

  // Of the node.
  std::vector<char> used_;    // by label
  std::vector<Groups> hits_;  // by label: open groups that it hits
  std::vector<int> touched_;  // labels with hits
  int groups_ = 0;
  std::vector<Groups> slot_groups_;  // by slot
  std::vector<int> bit_groups_;      // by bit of the partial set; -1: none
  int new_ = 0;                      // that the partial set brings
  Wide otherwise_ = kUnbounded;
  bool collected_ = false;
  std::vector<Groups> widest_;      // scratch of CollectHits
  std::vector<Groups> patterns_;    // what labels hit, without those that hit less than another
  std::vector<Groups> neighbours_;  // by group: groups that some label hits together with it
  std::array<Known, std::size_t{1} << kKnownBits> known_;  // later ones take the place of others
  std::int64_t look_ = 0;
  int steps_left_ = 0;
  // Scratch.
  std::vector<int> within_;          // options of a slot that there is room for
  std::vector<std::int64_t> noted_;  // by label: stamp of the list that has it
  std::int64_t stamp_ = 0;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_LABEL_BOUND_H_
