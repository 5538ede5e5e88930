#include "catalog/match/search_model.h"

#include <algorithm>
#include <utility>

#include "catalog/match/driver_classes.h"
#include "catalog/match/option_builder.h"
#include "catalog/match/skyband.h"
#include "catalog/match/sum_grid.h"

namespace stackport::match {
namespace {

// A key spans at most this many bits, so that sums of keys of 64 slots, and products of key
// weights with single values, stay within 127.
constexpr int kKeyBits = 110;
constexpr int kProductBits = 120;

Wide PowerOfTwo(int bits) {
  return Wide{1} << bits;
}

// Finds or appends, and returns the index.
template <typename T>
int IndexOf(std::vector<T>* list, const T& item) {
  const auto found = std::find(list->begin(), list->end(), item);
  if (found != list->end()) return static_cast<int>(found - list->begin());
  list->push_back(item);
  return static_cast<int>(list->size()) - 1;
}

class ModelBuilder {
 public:
  ModelBuilder(const Problem& problem, const std::vector<Level>& levels, int pareto, int top,
               const SlotClasses& classes, const Tuning& tuning, SearchBudget* budget)
      : problem_(problem),
        levels_(levels),
        pareto_(pareto),
        top_(top),
        classes_(classes),
        tuning_(tuning),
        budget_(budget),
        model_(problem) {}

  SearchModel Build() {
    BoundQuantities();
    CollectRows();
    BuildSlots();
    RoundBounds();
    MeasureRows();
    MeasureLevels();
    for (int level = 0; level < model_.levels; ++level) {
      steps_.push_back(FindLevelStep(model_, level));
    }
    WeighLevels();
    model_.cut_short = OutOfTime();
    if (model_.cut_short) return std::move(model_);
    BuildPostings();
    if (tuning_.use_variants) model_.variant_slot = FindVariantSlot();
    return std::move(model_);
  }

 private:
  bool OutOfTime() const { return budget_ != nullptr && budget_->OutOfTime(); }

  void BoundQuantities() {
    const std::size_t count = problem_.quantities.size();
    const std::vector<int> open(problem_.slots.size(), kUndecided);
    model_.quantity_low.assign(count, 0);
    model_.quantity_high.assign(count, 0);
    for (std::size_t q = 0; q < count; ++q) {
      WideInterval range;
      if (!model_.rules.Interval(static_cast<QuantityId>(q), model_.rules.whole(), open.data(),
                                 model_.quantity_low.data(), model_.quantity_high.data(), &range)) {
        model_.impossible = true;
        return;
      }
      model_.quantity_low[q] = static_cast<std::int64_t>(range.low);
      model_.quantity_high[q] = static_cast<std::int64_t>(range.high);
    }
  }

  RowTerms::Term SumTerm(const Measure& measure, std::int64_t weight) const {
    const auto attribute = static_cast<std::size_t>(measure.attribute);
    return {attribute, problem_.attributes[attribute].scaled, weight};
  }

  void CollectRows() {
    model_.levels = static_cast<int>(levels_.size());
    for (int level = 0; level < model_.levels; ++level) {
      RowTerms row;
      for (const LevelTerm& term : levels_[static_cast<std::size_t>(level)].terms) {
        switch (term.measure.kind) {
          case Measure::Kind::kSum:
            row.terms.push_back(SumTerm(term.measure, term.weight));
            break;
          case Measure::Kind::kMax:
            model_.max_parts.push_back(
                {level, IndexOf(&model_.max_measures, term.measure.attribute), term.weight});
            break;
          case Measure::Kind::kDistinct:
            model_.distinct_parts.push_back(
                {level, IndexOf(&model_.distinct_kinds, term.measure.label_kind), term.weight});
            break;
        }
      }
      rows_.push_back(std::move(row));
    }
    for (const Limit& limit : problem_.limits) {
      // A measure that nothing depends on would only keep options from being exchanged.
      if (!limit.low && !limit.high) continue;
      switch (limit.measure.kind) {
        case Measure::Kind::kSum:
          if (limit.high) {
            rows_.push_back({{SumTerm(limit.measure, 1)}});
            model_.bounds.push_back(*limit.high);
          }
          if (limit.low) {
            rows_.push_back({{SumTerm(limit.measure, -1)}});
            model_.bounds.push_back(-Wide{*limit.low});
          }
          break;
        case Measure::Kind::kMax:
          model_.max_limits.push_back(
              {IndexOf(&model_.max_measures, limit.measure.attribute), limit.low, limit.high});
          break;
        case Measure::Kind::kDistinct:
          model_.distinct_limits.push_back(
              {IndexOf(&model_.distinct_kinds, limit.measure.label_kind), limit.low, limit.high});
          break;
      }
    }
    model_.label_counts.assign(model_.distinct_kinds.size(), 0);
  }

  void BuildSlots() {
    OptionBuilder builder(problem_, rows_, &model_);
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      model_.slots.push_back(builder.Candidates(static_cast<int>(s)));
    }
    CountLabels();
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      SlotOptions& options = model_.slots[s];
      Reduce(builder, static_cast<int>(s), &options);
      if (problem_.slots[s].choice != SlotChoice::kSet) continue;
      CoverLimits limits{options.max_picks, tuning_.max_sets, {}, top_};
      for (int option = 0; option < options.count; ++option) {
        limits.factors.push_back(1 + options.DominatorCount(option));
      }
      SlotOptions sets;
      if (!OutOfTime() &&
          OptionBuilder::Sets(problem_, model_, options, static_cast<int>(s), limits, &sets)) {
        options = std::move(sets);
        Reduce(builder, static_cast<int>(s), &options);
      } else {
        options.lazy = true;
      }
    }
  }

  void CountLabels() {
    for (std::size_t d = 0; d < model_.label_counts.size(); ++d) {
      auto& uses = model_.label_uses.emplace_back(static_cast<std::size_t>(model_.label_counts[d]));
      for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
        const SlotOptions& options = model_.slots[static_cast<std::size_t>(s)];
        for (int option = 0; option < options.count; ++option) {
          for (const int label : options.labels[d][option]) {
            SearchModel::LabelUse& use = uses[static_cast<std::size_t>(label)];
            use.slot = use.candidates == 0 || use.slot == s ? s : -1;
            ++use.candidates;
          }
        }
      }
    }
  }

  // Drops options that need not be looked at, and finds what dominates the others.
  void Reduce(const OptionBuilder& builder, int slot, SlotOptions* options) const {
    if (!tuning_.use_skyband || options->count <= 1 || OutOfTime()) return;
    DominanceRules rules;
    rules.slot = slot;
    rules.top = top_;
    rules.budget = budget_;
    rules.pareto = pareto_;
    rules.tag_in_group = builder.tag_in_group();
    rules.tag_in_conflict = builder.tag_in_conflict();
    rules.driver_class = DriverClasses(problem_, model_.rules, slot, *options, classes_);
    Skyband skyband = FindSkyband(model_, *options, rules);
    if (static_cast<int>(skyband.kept.size()) < options->count) {
      *options = OptionBuilder::Only(*options, skyband.kept);
    }
    options->dominators = std::move(skyband.dominators);
  }

  std::pair<std::int64_t, std::int64_t> Units(const SlotOptions& slot) const {
    if (slot.quantity == kOneUnit) return {1, 1};
    const auto q = static_cast<std::size_t>(slot.quantity);
    return {model_.quantity_low[q], model_.quantity_high[q]};
  }

  // To what sums can come to: without this, a budget of odd size and even prices leaves the search
  // to find out with every package by itself that nothing lies between.
  void RoundBounds() {
    for (std::size_t r = 0; r < model_.bounds.size(); ++r) {
      const int row = model_.levels + static_cast<int>(r);
      model_.bounds[r] = FindSumGrid(model_, row).RoundDown(model_.bounds[r]);
    }
  }

  void MeasureRows() {
    for (int row = model_.levels; row < model_.rows(); ++row) {
      Wide sum = 0;
      for (const SlotOptions& slot : model_.slots) {
        const Wide most = Units(slot).second;
        Wide largest = 0;
        for (int o = 0; o < slot.count; ++o) {
          largest = std::max(
              largest, AbsoluteValue(slot.Fixed(row, o)) + AbsoluteValue(slot.Unit(row, o)) * most);
        }
        sum += slot.lazy ? largest * slot.max_picks : largest;
      }
      model_.reach.push_back(
          std::max<Wide>({sum, AbsoluteValue(model_.bounds[model_.reach.size()]), 1}));
    }
  }

  // Smallest and largest value of each level over all packages, and beyond.
  void MeasureLevels() {
    for (int level = 0; level < model_.levels; ++level) {
      Wide low = 0;
      Wide high = 0;
      for (const SlotOptions& slot : model_.slots) {
        const auto [least, most] = Units(slot);
        Wide slot_low = 0;
        Wide slot_high = 0;
        for (int o = 0; o < slot.count; ++o) {
          const Wide fixed = slot.Fixed(level, o);
          const Wide unit = slot.Unit(level, o);
          const Wide one_end = fixed + unit * least;
          const Wide other_end = fixed + unit * most;
          const bool first = o == 0 && !slot.lazy;
          slot_low =
              first ? std::min(one_end, other_end) : std::min({slot_low, one_end, other_end});
          slot_high =
              first ? std::max(one_end, other_end) : std::max({slot_high, one_end, other_end});
        }
        low += slot.lazy ? slot_low * slot.max_picks : slot_low;
        high += slot.lazy ? slot_high * slot.max_picks : slot_high;
      }
      for (const LevelPart& part : model_.max_parts) {
        if (part.level != level) continue;
        std::int64_t largest = 0;
        for (const SlotOptions& slot : model_.slots) {
          for (int o = 0; o < slot.count; ++o) {
            largest = std::max(largest, slot.Maximum(part.measure, o));
          }
        }
        high += Wide{part.weight} * largest;
      }
      for (const LevelPart& part : model_.distinct_parts) {
        if (part.level != level) continue;
        high += Wide{part.weight} * model_.label_counts[static_cast<std::size_t>(part.measure)];
      }
      model_.level_low.push_back(static_cast<std::int64_t>(low));
      model_.level_high.push_back(static_cast<std::int64_t>(high));
    }
  }

  // The numbers from a level's low end to beyond its high end, in whole steps.
  Wide Span(int level) const {
    const auto index = static_cast<std::size_t>(level);
    const Wide step = steps_[index];
    return (Wide{model_.level_high[index]} - model_.level_low[index] + step) / step * step;
  }

  // Largest absolute number that a level's additive part multiplies its weight with.
  Wide LargestValue(int level) const {
    Wide largest = 1;
    for (const SlotOptions& slot : model_.slots) {
      // The value of one unit is weighed, too, where no package holds any.
      const Wide most = std::max<Wide>(Units(slot).second, 1);
      for (int o = 0; o < slot.count; ++o) {
        largest = std::max({largest, AbsoluteValue(slot.Fixed(level, o)),
                            AbsoluteValue(slot.Unit(level, o)) * most});
      }
    }
    const auto index = static_cast<std::size_t>(level);
    return std::max(
        {largest, AbsoluteValue(model_.level_low[index]), AbsoluteValue(model_.level_high[index])});
  }

  bool WeightsFit(int keyed, const std::vector<Wide>& largest) {
    Wide weight = 1;
    std::vector<Wide> weights(static_cast<std::size_t>(model_.levels), 0);
    for (int level = keyed - 1; level >= 0; --level) {
      weights[static_cast<std::size_t>(level)] = weight;
      if (largest[static_cast<std::size_t>(level)] > PowerOfTwo(kProductBits) / weight)
        return false;
      if (Span(level) > PowerOfTwo(kKeyBits) / weight) return false;
      weight *= Span(level);
    }
    // Spare bits give multipliers their resolution.
    Wide scale = 1;
    const auto room = [&](int level) {
      const auto index = static_cast<std::size_t>(level);
      return largest[index] <= PowerOfTwo(kProductBits) / (weights[index] * scale * 2);
    };
    while (weight * scale < PowerOfTwo(kKeyBits - 1)) {
      bool fits = true;
      for (int level = 0; level < keyed && fits; ++level) fits = room(level);
      if (!fits) break;
      scale *= 2;
    }
    for (Wide& each : weights) each *= scale;
    model_.key_weights = std::move(weights);
    const auto last = static_cast<std::size_t>(keyed) - 1;
    model_.key_step = model_.key_weights[last] * steps_[last];
    model_.keyed_levels = keyed;
    return true;
  }

  void WeighLevels() {
    model_.key_weights.assign(static_cast<std::size_t>(model_.levels), 0);
    std::vector<Wide> largest;
    for (int level = 0; level < model_.levels; ++level) largest.push_back(LargestValue(level));
    int keyed = model_.levels;
    while (keyed > 0 && !WeightsFit(keyed, largest)) --keyed;
    model_.keyed_levels = keyed;
  }

  void BuildPostings() {
    std::vector<int> options;
    std::vector<Postings::Entry> provides;  // by slot and option, as they are met
    std::vector<Postings::Entry> conflicts;
    std::vector<Postings::Entry> groups;
    for (int s = 0; s < static_cast<int>(model_.slots.size()); ++s) {
      const SlotOptions& slot = model_.slots[static_cast<std::size_t>(s)];
      options.push_back(slot.count);
      for (int o = 0; o < slot.count; ++o) {
        for (const int tag : slot.provides[o]) provides.push_back({tag, s, o});
        for (const int tag : slot.conflicts[o]) conflicts.push_back({tag, s, o});
        for (const int group : slot.groups[o]) groups.push_back({group, s, o});
      }
    }
    model_.providers = Postings(model_.tags, provides, options);
    model_.opponents = Postings(model_.tags, conflicts, options);
    model_.requirers = Postings(model_.group_tags.size(), groups, options);
  }

  // The kOne slot, with two options or more, on whose tags the most requirement groups of options
  // of other slots rest alone.
  int FindVariantSlot() const {
    std::vector<std::size_t> resting(model_.slots.size(), 0);
    for (int group = 0; group < model_.group_tags.size(); ++group) {
      int owner = -1;
      bool alone = true;
      for (const int tag : model_.group_tags[group]) {
        for (const Postings::Run& run : model_.providers[tag]) {
          alone = alone && (owner < 0 || owner == run.slot);
          owner = run.slot;
        }
      }
      if (!alone || owner < 0) continue;
      for (const Postings::Run& run : model_.requirers[group]) {
        if (run.slot == owner) continue;
        resting[static_cast<std::size_t>(owner)] += static_cast<std::size_t>(run.end - run.begin);
      }
    }
    int best = -1;
    for (std::size_t s = 0; s < model_.slots.size(); ++s) {
      const bool eligible = problem_.slots[s].choice == SlotChoice::kOne &&
                            model_.slots[s].count >= 2 && resting[s] > 0;
      if (!eligible) continue;
      if (best < 0 || resting[s] > resting[static_cast<std::size_t>(best)]) {
        best = static_cast<int>(s);
      }
    }
    return best;
  }

  const Problem& problem_;
  const std::vector<Level>& levels_;
  int pareto_;
  int top_;
  const SlotClasses& classes_;
  const Tuning& tuning_;
  SearchBudget* budget_;  // may be null
  SearchModel model_;
  std::vector<RowTerms> rows_;
  std::vector<Wide> steps_;  // by level
};

}  // namespace

std::optional<std::int64_t> SearchModel::MostLabels(int measure) const {
  std::optional<std::int64_t> most;
  for (const MeasureLimit& limit : distinct_limits) {
    if (limit.measure == measure && limit.high)
      most = std::min(most.value_or(*limit.high), *limit.high);
  }
  return most;
}

std::vector<std::int64_t> SearchModel::Decode(Wide key) const {
  Wide rest = key;
  for (int level = 0; level < keyed_levels; ++level) {
    const auto index = static_cast<std::size_t>(level);
    rest -= key_weights[index] * level_low[index];
  }
  rest = std::max<Wide>(rest, 0);
  rest = (rest + key_step - 1) / key_step * key_step;
  std::vector<std::int64_t> values = level_low;
  for (int level = 0; level < keyed_levels; ++level) {
    const auto index = static_cast<std::size_t>(level);
    const Wide span = Wide{level_high[index]} - level_low[index];
    const Wide digit = rest / key_weights[index];
    if (digit > span) return level_high;  // above every package
    values[index] += static_cast<std::int64_t>(digit);
    rest -= digit * key_weights[index];
  }
  return values;
}

SearchModel BuildSearchModel(const Problem& problem, const std::vector<Level>& levels, int pareto,
                             int top, const SlotClasses& classes, const Tuning& tuning,
                             SearchBudget* budget) {
  return ModelBuilder(problem, levels, pareto, top, classes, tuning, budget).Build();
}

}  // namespace stackport::match
