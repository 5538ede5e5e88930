#include "catalog/match/dominance.h"

#include <algorithm>
#include <bit>

namespace stackport::match {
namespace {

std::uint64_t Above(std::int64_t least, std::int64_t value) {
  return static_cast<std::uint64_t>(value) - static_cast<std::uint64_t>(least);
}

bool Has(std::span<const int> list, int item) {
  return std::binary_search(list.begin(), list.end(), item);
}

}  // namespace

Dominance::Dominance(const SearchModel& model, const SlotOptions& slot, const DominanceRules& rules)
    : model_(model),
      slot_(slot),
      rules_(rules),
      rows_(static_cast<std::size_t>(model.rows())),
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
  at_least_one_unit_ =
      slot.quantity == kOneUnit || model.quantity_low[static_cast<std::size_t>(slot.quantity)] > 0;
  for (std::size_t d = 0; d < distinct_level_.size(); ++d) {
    label_numbers_.emplace_back(static_cast<std::size_t>(model.label_counts[d]));
    only_here_.push_back(0);
  }
  const auto count = static_cast<std::size_t>(slot.count);
  marks_.reserve(count);
  labels_.reserve(count * distinct_level_.size());
  for (int option = 0; option < slot.count; ++option) {
    marks_.push_back(MarksOf(option));
    for (std::size_t d = 0; d < distinct_level_.size(); ++d) {
      labels_.push_back(LabelMarksOf(d, option));
    }
  }
  GatherNumbers();
  MarkOrder();
  MarkUses();
  exact_ = std::max(needs_.count(), gives_.count()) <= static_cast<int>(Bits::kCount);
}

void Dominance::Sort(std::vector<int>* options) const {
  std::vector<std::pair<std::uint64_t, int>> keyed;
  keyed.reserve(options->size());
  for (const int option : *options) {
    keyed.emplace_back(order_[static_cast<std::size_t>(option)], option);
  }
  std::sort(keyed.begin(), keyed.end(), [&](const auto& a, const auto& b) {
    return a.first != b.first ? a.first < b.first : Before(a.second, b.second);
  });
  std::transform(keyed.begin(), keyed.end(), options->begin(),
                 [](const auto& each) { return each.second; });
}

bool Dominance::Dominates(int e, int c) const {
  int first_better = model_.levels;  // level at which e is better for certain
  return NoWorseInLevels(e, c, &first_better) &&
         (first_better < model_.levels || Rank(e) < Rank(c)) &&
         NoWorseInLabels(e, c, first_better) && NoWorseInRows(e, c) && NoWorseInMaxima(e, c) &&
         (exact_ || FitsWhereverFits(e, c));
}

inline bool Dominance::Before(int a, int b) const {
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

inline Marks Dominance::MarksOf(int option) {
  Marks marks;
  const auto need = [&](int item) {
    const int number = needs_.Of(item);
    marks.needs.Set(number);
    need_lists_.Add(number);
  };
  // Three sorts of items, numbered apart.
  for (const int group : slot_.groups[option]) need(3 * group);
  for (const int tag : slot_.conflicts[option]) need(3 * tag + 1);
  for (const int tag : slot_.provides[option]) {
    const auto index = static_cast<std::size_t>(tag);
    if (rules_.tag_in_conflict[index]) need(3 * tag + 2);
    if (rules_.tag_in_group[index]) marks.gives.Set(gives_.Of(tag));
  }
  need_lists_.Close();
  return marks;
}

// Each option's numbers side by side: fixed by row, for each unit by row.
void Dominance::GatherNumbers() {
  const auto count = static_cast<std::size_t>(slot_.count);
  numbers_.assign(count * 2 * rows_, 0);
  std::size_t number = 0;
  for (const std::vector<std::int64_t>* source : {&slot_.fixed, &slot_.unit}) {
    for (std::size_t cell = 0; cell < source->size(); ++number) {
      std::int64_t* place = numbers_.data() + number;
      for (const std::size_t end = cell + count; cell < end; ++cell, place += 2 * rows_) {
        *place = (*source)[cell];
      }
    }
  }
}

// The least of one number over all options, and how many bits the others take above it.
inline std::pair<std::int64_t, int> Dominance::RangeOf(std::size_t number) const {
  const std::int64_t* value = numbers_.data() + number;
  std::int64_t least = *value;
  std::int64_t most = least;
  for (int option = 1; option < slot_.count; ++option) {
    value += 2 * rows_;
    least = std::min(least, *value);
    most = std::max(most, *value);
  }
  return {least, static_cast<int>(std::bit_width(Above(least, most)))};
}

// The numbers that Before looks at, in that order, as many as fit into one word.
void Dominance::MarkOrder() {
  int used = 0;
  order_.assign(static_cast<std::size_t>(slot_.count), 0);
  for (const std::size_t part : {std::size_t{0}, rows_}) {
    for (std::size_t level = 0; level < static_cast<std::size_t>(model_.levels); ++level) {
      const auto [least, bits] = RangeOf(part + level);
      if (bits == 0) continue;
      if (used + bits > 64) return;
      used += bits;
      const std::int64_t* value = numbers_.data() + part + level;
      for (std::uint64_t& order : order_) {
        order |= Above(least, *value) << (64 - used);
        value += 2 * rows_;
      }
    }
  }
}

// Uses of limited rows, as many as there are lanes for, in so many steps from least to most.
void Dominance::MarkUses() {
  std::size_t lane = 0;
  for (const std::size_t part : {std::size_t{0}, rows_}) {
    for (auto row = static_cast<std::size_t>(model_.levels); row < rows_; ++row) {
      if (lane == Lanes::kCount) return;
      const auto [least, bits] = RangeOf(part + row);
      if (bits == 0) continue;
      const int shift = std::max(bits - Lanes::kBits, 0);
      const std::int64_t* value = numbers_.data() + part + row;
      for (Marks& marks : marks_) {
        marks.uses |= Above(least, *value) >> shift << (8 * lane);
        value += 2 * rows_;
      }
      ++lane;
    }
  }
}

inline Dominance::LabelMarks Dominance::LabelMarksOf(std::size_t measure, int option) {
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

inline bool Dominance::NoWorseInLevels(int e, int c, int* first_better) const {
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

inline bool Dominance::NoWorseInRows(int e, int c) const {
  const std::int64_t* ours = FixedOf(e);
  const std::int64_t* theirs = FixedOf(c);
  for (auto row = static_cast<std::size_t>(model_.levels); row < rows_; ++row) {
    if (ours[row] > theirs[row] || ours[rows_ + row] > theirs[rows_ + row]) return false;
  }
  return true;
}

inline bool Dominance::NoWorseInMaxima(int e, int c) const {
  for (int m = 0; m < static_cast<int>(model_.max_measures.size()); ++m) {
    if (slot_.Maximum(m, e) > slot_.Maximum(m, c)) return false;
  }
  return std::all_of(max_both_ways_.begin(), max_both_ways_.end(),
                     [&](int m) { return slot_.Maximum(m, e) == slot_.Maximum(m, c); });
}

// A count of labels may grow only where e is better for certain in an earlier level. It does not
// grow when c takes along at least as many labels as e brings.
inline bool Dominance::NoWorseInLabels(int e, int c, int first_better) const {
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
inline bool Dominance::IsOnlyHere(std::size_t measure, int label) const {
  const SearchModel::LabelUse& use = model_.label_uses[measure][static_cast<std::size_t>(label)];
  const bool member_of_set = !slot_.covers.empty();
  return use.slot == rules_.slot && (!member_of_set || use.candidates == 1);
}

inline bool Dominance::FitsWhereverFits(int e, int c) const {
  const auto index = [](int tag) { return static_cast<std::size_t>(tag); };
  for (const int tag : slot_.provides[c]) {
    if (rules_.tag_in_group[index(tag)] && !Has(slot_.provides[e], tag)) return false;
  }
  for (const int tag : slot_.provides[e]) {
    if (rules_.tag_in_conflict[index(tag)] && !Has(slot_.provides[c], tag)) return false;
  }
  return std::ranges::includes(slot_.groups[c], slot_.groups[e]) &&
         std::ranges::includes(slot_.conflicts[c], slot_.conflicts[e]);
}

}  // namespace stackport::match
