// Whether one option of a slot may stand in for another in whatever package.
#ifndef STACKPORT_CATALOG_MATCH_DOMINANCE_H_
#define STACKPORT_CATALOG_MATCH_DOMINANCE_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "catalog/match/search_budget.h"
#include "catalog/match/search_model.h"

namespace stackport::match {

// What an exchange inside one slot must not disturb.
struct DominanceRules {
  int slot = 0;
  int top = 1;                     // K
  int pareto = 0;                  // so many leading levels are compared component by component
  SearchBudget* budget = nullptr;  // when its time is out, whatever is left is kept; may be null
  // By option: options of different classes drive quantities differently and are never compared.
  std::vector<int> driver_class;
  // By relevant tag.
  std::vector<bool> tag_in_group;
  std::vector<bool> tag_in_conflict;
};

// A set with a bit for each item. Items share bits where there are more of them than bits.
struct Bits {
  static constexpr std::size_t kCount = 128;
  std::array<std::uint64_t, kCount / 64> words{};

  void Set(int number) {
    const std::size_t bit = static_cast<std::size_t>(number) % kCount;
    words[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
  bool IsWithin(const Bits& whole) const {
    std::uint64_t outside = 0;
    for (std::size_t w = 0; w < words.size(); ++w) outside |= words[w] & ~whole.words[w];
    return outside == 0;
  }
};

// Eight small numbers in one word, so that all of them are compared at once.
struct Lanes {
  static constexpr std::size_t kCount = 8;
  static constexpr int kBits = 7;  // of each number; the eighth stays free for the comparison
  static constexpr std::uint64_t kFree = 0x8080'8080'8080'8080;

  // Whether each of these is at most its counterpart.
  static bool NoMore(std::uint64_t these, std::uint64_t those) {
    return (((those | kFree) - these) & kFree) == kFree;
  }
};

struct Marks {
  Bits needs;              // groups, conflicts, and tags that others conflict with
  Bits gives;              // tags that some group asks for
  std::uint64_t uses = 0;  // of limited rows, rounded; see Lanes

  // Whether this option fits wherever the other fits, and uses no more. Where items share bits, or
  // uses are close, true says nothing.
  bool MayDominate(const Marks& other) const {
    return Lanes::NoMore(uses, other.uses) && needs.IsWithin(other.needs) &&
           other.gives.IsWithin(gives);
  }
};

// Numbers items in the order in which they are met, from 0.
class Numbers {
 public:
  explicit Numbers(std::size_t items) : numbers_(items, -1) {}
  int Of(int item) {
    int& number = numbers_[static_cast<std::size_t>(item)];
    if (number < 0) number = count_++;
    return number;
  }
  int count() const { return count_; }

 private:
  std::vector<int> numbers_;
  int count_ = 0;
};

// Compares options of one slot that are peers: those that drive quantities alike and cover the same
// names. Reads the model's tables once for each option. Model, slot and rules must outlive it.
class Dominance {
 public:
  Dominance(const SearchModel& model, const SlotOptions& slot, const DominanceRules& rules);

  const Marks& MarksAt(int option) const { return marks_[static_cast<std::size_t>(option)]; }
  // Numbers of what the option needs: an option that dominates it needs nothing else.
  std::span<const int> NeedsAt(int option) const { return need_lists_[option]; }
  int needs() const { return needs_.count(); }

  // Sorts options into an order in which dominators come first.
  void Sort(std::vector<int>* options) const;

  // Requires: MarksAt(e).MayDominate(MarksAt(c)).
  bool Dominates(int e, int c) const;

 private:
  // The labels of one measure, and how many of them no package keeps once the option is exchanged.
  struct LabelMarks {
    std::uint64_t bits = 0;
    int only_here = 0;
  };

  bool Before(int a, int b) const;
  Marks MarksOf(int option);
  void GatherNumbers();
  const std::int64_t* FixedOf(int option) const {
    return numbers_.data() + 2 * rows_ * static_cast<std::size_t>(option);
  }
  const std::int64_t* UnitsOf(int option) const { return FixedOf(option) + rows_; }
  std::pair<std::int64_t, int> RangeOf(std::size_t number) const;
  void MarkOrder();
  void MarkUses();
  LabelMarks LabelMarksOf(std::size_t measure, int option);
  const LabelMarks& LabelMarksAt(std::size_t measure, int option) const {
    return labels_[static_cast<std::size_t>(option) * distinct_level_.size() + measure];
  }
  int Rank(int option) const { return slot_.rank[static_cast<std::size_t>(option)]; }
  bool NoWorseInLevels(int e, int c, int* first_better) const;
  bool NoWorseInRows(int e, int c) const;
  bool NoWorseInMaxima(int e, int c) const;
  bool NoWorseInLabels(int e, int c, int first_better) const;
  bool IsOnlyHere(std::size_t measure, int label) const;
  bool FitsWhereverFits(int e, int c) const;

  const SearchModel& model_;
  const SlotOptions& slot_;
  const DominanceRules& rules_;
  std::size_t rows_;
  std::vector<int> max_both_ways_;
  std::vector<int> distinct_level_;  // first level in which a count matters
  std::vector<bool> distinct_low_;
  std::vector<bool> distinct_limited_;
  bool at_least_one_unit_ = false;
  bool exact_ = false;  // each item has a bit of its own in the marks
  Numbers needs_;
  Lists<int> need_lists_;  // by option
  Numbers gives_;
  std::vector<Numbers> label_numbers_;    // by distinct measure
  std::vector<std::uint64_t> only_here_;  // labels of this slot alone, by distinct measure
  std::vector<Marks> marks_;              // by option
  std::vector<std::uint64_t> order_;      // by option
  std::vector<std::int64_t> numbers_;     // see GatherNumbers
  std::vector<LabelMarks> labels_;        // [option * distinct measures + measure]
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_DOMINANCE_H_
