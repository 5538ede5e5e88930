// Proof that dropping is exact.
//
// Let e dominate c: e fits wherever c fits, and putting e in c's place gives a package that comes
// earlier in the total order. Let e1..eK dominate c, and suppose some package x with c were the
// j-th answer, j <= K. Each x_i (x with e_i in c's place) fits and comes before x. When the greedy
// scan met x_i, it either took it, or refused it because of an answer a with distance(x_i, a) < d.
// x was taken, so distance(x, a) >= d for every earlier answer a, x_i itself included if taken.
// x and x_i differ only in this slot, hence in both cases an earlier answer holds e_i in this slot.
// K different e_i need K different earlier answers, but there are at most K - 1. With a distance
// weight of 0 for the slot the two distances are equal, and the contradiction comes at once.
//
// Dominance is transitive, and options are visited in an order in which dominators come first, so
// counting dominators among the kept ones is enough. Only peers dominate each other (those that
// drive quantities alike and cover the same names), so that peers are compared with peers alone.
// Slots are reduced one after the other; each step is exact for the problem that the earlier ones
// left. For a set slot's candidates, e must cover the same names: then x_i is again complete and
// irredundant, and e is not already in x.
//
// Members of a set may be exchanged one after the other, so a set whose members have d1, d2, ...
// dominators is itself dominated by (d1 + 1)(d2 + 1)... - 1 different sets.
#include "catalog/match/skyband.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <utility>

namespace stackport::match {
namespace {

// Kept options that one option is compared with; leaving some out only keeps more.
constexpr std::size_t kMaxDominatorsTried = 64;
// Comparisons after which the remaining options are kept unseen: the reduction must not cost more
// than the search it saves.
constexpr std::int64_t kMaxComparisons = 300'000;
// The same for looks at marks, which cost a tenth.
constexpr std::int64_t kMaxLooks = 10 * kMaxComparisons;

bool Includes(std::span<const int> whole, std::span<const int> part) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

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

// Compares options that are peers.
class Dominance {
 public:
  Dominance(const SearchModel& model, const SlotOptions& slot, const DominanceRules& rules)
      : model_(model),
        slot_(slot),
        rules_(rules),
        needs_(3 * static_cast<std::size_t>(std::max(model.group_tags.size(), model.tags))),
        gives_(static_cast<std::size_t>(model.tags)) {
    for (const MeasureLimit& limit : model.max_limits) {
      if (limit.low) max_both_ways_.push_back(limit.measure);
    }
    distinct_level_.assign(model.distinct_kinds.size(), model.levels);
    distinct_low_.assign(model.distinct_kinds.size(), false);
    distinct_limited_.assign(model.distinct_kinds.size(), false);
    for (const LevelPart& part : model.distinct_parts) {
      int& first = distinct_level_[static_cast<std::size_t>(part.measure)];
      first = std::min(first, part.level);
    }
    for (const MeasureLimit& limit : model.distinct_limits) {
      const auto measure = static_cast<std::size_t>(limit.measure);
      distinct_limited_[measure] = true;
      if (limit.low) distinct_low_[measure] = true;
    }
    at_least_one_unit_ = slot.quantity == kOneUnit ||
                         model.quantity_low[static_cast<std::size_t>(slot.quantity)] > 0;
    for (std::size_t d = 0; d < distinct_level_.size(); ++d) {
      label_numbers_.emplace_back(static_cast<std::size_t>(model.label_counts[d]));
      only_here_.push_back(0);
    }
    const auto count = static_cast<std::size_t>(slot.count);
    marks_.reserve(count);
    numbers_.reserve(count * 2 * static_cast<std::size_t>(model.rows()));
    labels_.reserve(count * distinct_level_.size());
    for (int option = 0; option < slot.count; ++option) {
      marks_.push_back(MarksOf(option));
      AppendNumbers(option);
      for (std::size_t d = 0; d < distinct_level_.size(); ++d) {
        labels_.push_back(LabelMarksOf(d, option));
      }
    }
    MarkOrder();
    MarkUses();
    exact_ = std::max(needs_.count(), gives_.count()) <= static_cast<int>(Bits::kCount);
  }

  const Marks& MarksAt(int option) const { return marks_[static_cast<std::size_t>(option)]; }

  // Sorts options into an order in which dominators come first.
  void Sort(std::vector<int>* options) const {
    std::sort(options->begin(), options->end(), [&](int a, int b) {
      const std::uint64_t left = order_[static_cast<std::size_t>(a)];
      const std::uint64_t right = order_[static_cast<std::size_t>(b)];
      return left != right ? left < right : Before(a, b);
    });
  }

  // Requires: MarksAt(e).MayDominate(MarksAt(c)).
  bool Dominates(int e, int c) const {
    int first_better = model_.levels;  // level at which e is better for certain
    return NoWorseInLevels(e, c, &first_better) &&
           (first_better < model_.levels || Rank(e) < Rank(c)) &&
           NoWorseInLabels(e, c, first_better) && NoWorseInRows(e, c) && NoWorseInMaxima(e, c) &&
           (exact_ || FitsWhereverFits(e, c));
  }

 private:
  bool Before(int a, int b) const {
    const std::int64_t* left = FixedOf(a);
    const std::int64_t* right = FixedOf(b);
    for (int level = 0; level < model_.levels; ++level) {
      if (left[level] != right[level]) return left[level] < right[level];
    }
    left = UnitsOf(a);
    right = UnitsOf(b);
    for (int level = 0; level < model_.levels; ++level) {
      if (left[level] != right[level]) return left[level] < right[level];
    }
    return Rank(a) < Rank(b);
  }

  Marks MarksOf(int option) {
    Marks marks;
    // Three sorts of items, numbered apart.
    for (const int group : slot_.groups[option]) marks.needs.Set(needs_.Of(3 * group));
    for (const int tag : slot_.conflicts[option]) marks.needs.Set(needs_.Of(3 * tag + 1));
    for (const int tag : slot_.provides[option]) {
      const auto index = static_cast<std::size_t>(tag);
      if (rules_.tag_in_conflict[index]) marks.needs.Set(needs_.Of(3 * tag + 2));
      if (rules_.tag_in_group[index]) marks.gives.Set(gives_.Of(tag));
    }
    return marks;
  }

  // An option's numbers side by side: fixed by row, for each unit by row.
  void AppendNumbers(int option) {
    for (int row = 0; row < model_.rows(); ++row) numbers_.push_back(slot_.Fixed(row, option));
    for (int row = 0; row < model_.rows(); ++row) numbers_.push_back(slot_.Unit(row, option));
  }
  const std::int64_t* FixedOf(int option) const {
    return numbers_.data() +
           static_cast<std::size_t>(2 * model_.rows()) * static_cast<std::size_t>(option);
  }
  const std::int64_t* UnitsOf(int option) const { return FixedOf(option) + model_.rows(); }

  // The least of one number over all options, and how many bits the others take above it.
  std::pair<std::int64_t, int> RangeOf(std::size_t number) const {
    std::int64_t least = FixedOf(0)[number];
    std::int64_t most = least;
    for (int option = 1; option < slot_.count; ++option) {
      least = std::min(least, FixedOf(option)[number]);
      most = std::max(most, FixedOf(option)[number]);
    }
    return {least, static_cast<int>(std::bit_width(Above(least, most)))};
  }
  static std::uint64_t Above(std::int64_t least, std::int64_t value) {
    return static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(least);
  }

  // The numbers that Before looks at, in that order, as many as fit into one word.
  void MarkOrder() {
    const auto rows = static_cast<std::size_t>(model_.rows());
    int used = 0;
    order_.assign(static_cast<std::size_t>(slot_.count), 0);
    for (const std::size_t part : {std::size_t{0}, rows}) {
      for (std::size_t level = 0; level < static_cast<std::size_t>(model_.levels); ++level) {
        const auto [least, bits] = RangeOf(part + level);
        if (bits == 0) continue;
        if (used + bits > 64) return;
        used += bits;
        for (int option = 0; option < slot_.count; ++option) {
          order_[static_cast<std::size_t>(option)] |= Above(least, FixedOf(option)[part + level])
                                                      << (64 - used);
        }
      }
    }
  }

  // Uses of limited rows, as many as there are lanes for, in so many steps from least to most.
  void MarkUses() {
    const auto rows = static_cast<std::size_t>(model_.rows());
    std::size_t lane = 0;
    for (const std::size_t part : {std::size_t{0}, rows}) {
      for (auto row = static_cast<std::size_t>(model_.levels); row < rows; ++row) {
        if (lane == Lanes::kCount) return;
        const auto [least, bits] = RangeOf(part + row);
        if (bits == 0) continue;
        const int shift = std::max(bits - Lanes::kBits, 0);
        for (int option = 0; option < slot_.count; ++option) {
          marks_[static_cast<std::size_t>(option)].uses |=
              Above(least, FixedOf(option)[part + row]) >> shift << (8 * lane);
        }
        ++lane;
      }
    }
  }

  // The labels of one measure, and how many of them no package keeps once the option is exchanged.
  struct LabelMarks {
    std::uint64_t bits = 0;
    int only_here = 0;
  };
  LabelMarks LabelMarksOf(std::size_t measure, int option) {
    LabelMarks marks;
    for (const int label : slot_.labels[measure][option]) {
      const std::uint64_t bit = std::uint64_t{1} << (label_numbers_[measure].Of(label) % 64);
      marks.bits |= bit;
      if (!IsOnlyHere(measure, label)) continue;
      ++marks.only_here;
      only_here_[measure] |= bit;
    }
    return marks;
  }
  const LabelMarks& LabelMarksAt(std::size_t measure, int option) const {
    return labels_[static_cast<std::size_t>(option) * distinct_level_.size() + measure];
  }

  int Rank(int option) const { return slot_.rank[static_cast<std::size_t>(option)]; }

  bool NoWorseInLevels(int e, int c, int* first_better) const {
    const std::int64_t* our_fixed = FixedOf(e);
    const std::int64_t* their_fixed = FixedOf(c);
    const std::int64_t* our_units = UnitsOf(e);
    const std::int64_t* their_units = UnitsOf(c);
    for (int level = 0; level < rules_.pareto; ++level) {
      if (our_fixed[level] > their_fixed[level] || our_units[level] > their_units[level]) {
        return false;
      }
    }
    // Sums of vectors that are lexicographically no larger are no larger, so it is enough that the
    // fixed part and the part of one unit are.
    for (int level = 0; level < model_.levels; ++level) {
      if (our_fixed[level] > their_fixed[level]) return false;
      if (our_fixed[level] < their_fixed[level]) {
        *first_better = level;
        break;
      }
    }
    for (int level = 0; level < model_.levels && !slot_.unit.empty(); ++level) {
      if (our_units[level] > their_units[level]) return false;
      if (our_units[level] < their_units[level]) {
        if (at_least_one_unit_) *first_better = std::min(*first_better, level);
        break;
      }
    }
    return true;
  }

  bool NoWorseInRows(int e, int c) const {
    const std::int64_t* ours = FixedOf(e);
    const std::int64_t* theirs = FixedOf(c);
    for (int row = model_.levels; row < model_.rows(); ++row) {
      if (ours[row] > theirs[row] || ours[model_.rows() + row] > theirs[model_.rows() + row]) {
        return false;
      }
    }
    return true;
  }

  bool NoWorseInMaxima(int e, int c) const {
    for (int m = 0; m < static_cast<int>(model_.max_measures.size()); ++m) {
      if (slot_.Maximum(m, e) > slot_.Maximum(m, c)) return false;
    }
    return std::all_of(max_both_ways_.begin(), max_both_ways_.end(),
                       [&](int m) { return slot_.Maximum(m, e) == slot_.Maximum(m, c); });
  }

  // A count of labels may grow only where e is better for certain in an earlier level. It does not
  // grow when c takes along at least as many labels as e brings.
  bool NoWorseInLabels(int e, int c, int first_better) const {
    for (std::size_t d = 0; d < distinct_level_.size(); ++d) {
      const bool may_grow = !distinct_limited_[d] && distinct_level_[d] > first_better &&
                            distinct_level_[d] >= rules_.pareto;
      if (may_grow && !distinct_low_[d]) continue;
      const LabelMarks& our_marks = LabelMarksAt(d, e);
      const LabelMarks& their_marks = LabelMarksAt(d, c);
      const bool exact = label_numbers_[d].count() <= 64;
      if (exact && our_marks.bits == their_marks.bits) continue;
      const int gained_at_least = CountBits(our_marks.bits & ~their_marks.bits);
      if (gained_at_least > their_marks.only_here) return false;
      if (exact) {
        const std::uint64_t lost_bits = their_marks.bits & ~our_marks.bits & only_here_[d];
        if (distinct_low_[d] || gained_at_least > CountBits(lost_bits)) return false;
        continue;
      }
      const auto ours = slot_.labels[d][e];
      const auto theirs = slot_.labels[d][c];
      if (std::equal(ours.begin(), ours.end(), theirs.begin(), theirs.end())) continue;
      if (distinct_low_[d]) return false;
      const auto gained =
          std::count_if(ours.begin(), ours.end(), [&](int label) { return !Has(theirs, label); });
      const auto lost = std::count_if(theirs.begin(), theirs.end(), [&](int label) {
        return !Has(ours, label) && IsOnlyHere(d, label);
      });
      if (gained > lost) return false;
    }
    return true;
  }

  // Whether no package keeps the label once the option that has it is exchanged.
  bool IsOnlyHere(std::size_t measure, int label) const {
    const SearchModel::LabelUse& use = model_.label_uses[measure][static_cast<std::size_t>(label)];
    const bool member_of_set = !slot_.covers.empty();
    return use.slot == rules_.slot && (!member_of_set || use.candidates == 1);
  }

  bool FitsWhereverFits(int e, int c) const {
    const auto index = [](int tag) { return static_cast<std::size_t>(tag); };
    for (const int tag : slot_.provides[c]) {
      if (rules_.tag_in_group[index(tag)] && !Has(slot_.provides[e], tag)) return false;
    }
    for (const int tag : slot_.provides[e]) {
      if (rules_.tag_in_conflict[index(tag)] && !Has(slot_.provides[c], tag)) return false;
    }
    return Includes(slot_.groups[c], slot_.groups[e]) &&
           Includes(slot_.conflicts[c], slot_.conflicts[e]);
  }

  static bool Has(std::span<const int> list, int item) {
    return std::binary_search(list.begin(), list.end(), item);
  }

  const SearchModel& model_;
  const SlotOptions& slot_;
  const DominanceRules& rules_;
  std::vector<int> max_both_ways_;
  std::vector<int> distinct_level_;  // first level in which a count matters
  std::vector<bool> distinct_low_;
  std::vector<bool> distinct_limited_;
  bool at_least_one_unit_ = false;
  bool exact_ = false;  // each item has a bit of its own in the marks
  Numbers needs_;
  Numbers gives_;
  std::vector<Numbers> label_numbers_;    // by distinct measure
  std::vector<std::uint64_t> only_here_;  // labels of this slot alone, by distinct measure
  std::vector<Marks> marks_;              // by option
  std::vector<std::uint64_t> order_;      // by option
  std::vector<std::int64_t> numbers_;     // see AppendNumbers
  std::vector<LabelMarks> labels_;        // [option * distinct measures + measure]
};

// What the reduction of one slot has cost so far.
struct Effort {
  std::int64_t comparisons = 0;
  std::int64_t looks = 0;
  bool spent = false;
};

// Options beside the number that those have in common of which one may dominate another: they drive
// quantities alike and cover the same names. In the order of these numbers.
std::vector<std::pair<std::uint64_t, int>> Peers(const SlotOptions& slot,
                                                 const DominanceRules& rules) {
  std::vector<std::pair<std::uint64_t, int>> peers;
  peers.reserve(static_cast<std::size_t>(slot.count));
  for (int option = 0; option < slot.count; ++option) {
    const auto index = static_cast<std::size_t>(option);
    const std::uint32_t covers = slot.covers.empty() ? 0 : slot.covers[index];
    const auto driver_class = static_cast<std::uint64_t>(rules.driver_class[index]);
    peers.emplace_back(driver_class << 32 | covers, option);
  }
  std::sort(peers.begin(), peers.end());
  return peers;
}

// What dominates the options of a slot, as far as it was looked for.
struct Dominators {
  struct Run {
    std::size_t begin = 0;
    std::size_t count = 0;
  };
  std::vector<Run> runs;  // by option, into `options`
  std::vector<int> options;

  void Add(int option, const std::vector<int>& found) {
    runs[static_cast<std::size_t>(option)] = {options.size(), found.size()};
    options.insert(options.end(), found.begin(), found.end());
  }
  std::span<const int> Of(int option) const {
    const Run& run = runs[static_cast<std::size_t>(option)];
    return {options.data() + run.begin, run.count};
  }
};

// Adds the dominators of these peers.
void FindDominators(const Dominance& dominance, const DominanceRules& rules,
                    std::vector<int>& peers, Effort* effort, Dominators* dominators) {
  if (effort->spent) return;
  dominance.Sort(&peers);
  std::vector<int> kept;
  std::vector<Marks> marks;  // of those, side by side
  std::vector<int> found;
  for (const int option : peers) {
    effort->spent = effort->comparisons >= kMaxComparisons || effort->looks >= kMaxLooks ||
                    (rules.budget != nullptr && rules.budget->OutOfTime());
    if (effort->spent) return;
    const Marks& own = dominance.MarksAt(option);
    found.clear();
    // The best options dominate the most: those that are not among the first rarely drop anything.
    std::size_t tried = 0;
    for (std::size_t k = 0; k < kept.size() && tried < kMaxDominatorsTried; ++k) {
      ++effort->looks;
      if (!marks[k].MayDominate(own)) continue;
      ++tried;
      ++effort->comparisons;
      if (!dominance.Dominates(kept[k], option)) continue;
      found.push_back(kept[k]);
      if (static_cast<int>(found.size()) == rules.top) break;
    }
    dominators->Add(option, found);
    if (static_cast<int>(found.size()) == rules.top) continue;
    kept.push_back(option);
    marks.push_back(own);
  }
}

}  // namespace

Skyband FindSkyband(const SearchModel& model, const SlotOptions& slot,
                    const DominanceRules& rules) {
  const auto peers = Peers(slot, rules);
  Dominators dominators;
  dominators.runs.resize(static_cast<std::size_t>(slot.count));
  std::optional<Dominance> dominance;  // made when something is to be compared
  Effort effort;
  for (std::size_t begin = 0, end = 0; begin < peers.size(); begin = end) {
    std::vector<int> alike;
    for (; end < peers.size() && peers[end].first == peers[begin].first; ++end) {
      alike.push_back(peers[end].second);
    }
    if (alike.size() == 1) continue;
    if (!dominance) dominance.emplace(model, slot, rules);
    FindDominators(*dominance, rules, alike, &effort, &dominators);
  }
  Skyband skyband;
  std::vector<int> place(static_cast<std::size_t>(slot.count), -1);
  for (int option = 0; option < slot.count; ++option) {
    if (dominators.Of(option).size() >= static_cast<std::size_t>(rules.top)) continue;
    place[static_cast<std::size_t>(option)] = static_cast<int>(skyband.kept.size());
    skyband.kept.push_back(option);
  }
  for (const int option : skyband.kept) {
    for (const int dominator : dominators.Of(option)) {
      skyband.dominators.Add(place[static_cast<std::size_t>(dominator)]);
    }
    skyband.dominators.Close();
  }
  return skyband;
}

}  // namespace stackport::match
