#include "tests/oracle/problem_generator.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <optional>
#include <string>
#include <utility>

#include "tests/oracle/reference_enumerator.h"

namespace stackport::oracle {
namespace {

using match::Candidate;
using match::Measure;
using match::Problem;
using match::Quantity;
using match::Slot;
using match::SlotChoice;

// What the attributes mean to the generator; a problem may measure any of them. Only kCredit and
// kNeed are ever negative: a maximum may not be taken over negative values.
enum AttributeRole : int { kPrice, kPower, kCredit, kLead, kFee, kNeed, kCapacity, kRadix, kRoles };

bool Has(const Features& features, Feature feature) {
  return features.test(static_cast<std::size_t>(feature));
}

// One generation run: the parts are added to `problem_` in the order in which they depend on each
// other.
class Generator {
 public:
  Generator(const Features& features, std::int64_t max_choices, Random& random)
      : features_(features), max_choices_(max_choices), random_(random) {}

  Problem Run() {
    problem_.name = "random";
    AddAttributes();
    AddTagsAndLabelKinds();
    AddSlots();
    AddQuantities();
    AddLevels();
    AddLimits();
    if (Has(Feature::kSeveralAnswers)) problem_.top = random_.IntBetween(2, 6);
    if (Has(Feature::kDistance)) problem_.distance = random_.IntBetween(2, 4);
    if (Has(Feature::kLargeFigures)) Enlarge();
    return std::move(problem_);
  }

 private:
  bool Has(Feature feature) const { return oracle::Has(features_, feature); }

  void AddAttributes() {
    constexpr std::array<std::pair<const char*, bool>, kRoles> kAttributes = {{{"price", true},
                                                                               {"power", true},
                                                                               {"credit", true},
                                                                               {"lead", false},
                                                                               {"fee", false},
                                                                               {"need", false},
                                                                               {"capacity", false},
                                                                               {"radix", false}}};
    for (const auto& [name, scaled] : kAttributes) {
      problem_.attributes.push_back(
          {name, Has(Feature::kMixedScaling) ? random_.Percent(50) : scaled});
    }
  }

  void AddTagsAndLabelKinds() {
    live_tags_ = random_.IntBetween(2, 7);
    // The live tags come last, on both sides of a machine word's end.
    const int tags = live_tags_ + (Has(Feature::kManyNames) ? random_.IntBetween(55, 65) : 0);
    for (int i = 0; i < tags; ++i) problem_.tags.push_back("tag" + std::to_string(i));
    problem_.label_kinds = {"vendor", "family"};
  }

  void AddSlots() {
    // Few slots of many candidates ask other questions than many slots of few.
    struct Shape {
      int slots;
      int candidates;
    };
    const Shape shape = random_.Pick(std::vector<Shape>{{6, 6}, {6, 6}, {6, 12}, {3, 40}, {12, 2}});
    const int slots = random_.IntBetween(1, shape.slots);
    for (int s = 0; s < slots; ++s) {
      Slot slot;
      slot.name = "slot" + std::to_string(s);
      const int kind = random_.IntBetween(0, 99);
      if (Has(Feature::kOptionalSlots) && kind < 35) slot.choice = SlotChoice::kOptional;
      if (Has(Feature::kSetSlots) && kind >= 65) slot.choice = SlotChoice::kSet;
      if (slot.choice == SlotChoice::kSet) {
        slot.max_picks = random_.IntBetween(1, 4);
        const int bits = random_.IntBetween(1, Has(Feature::kManyNames) ? 9 : 4);
        for (int b = 0; b < bits; ++b) slot.cover.push_back("bit" + std::to_string(b));
      }
      if (Has(Feature::kDistanceWeights)) slot.distance_weight = random_.IntBetween(0, 2);
      slot.candidates.resize(static_cast<std::size_t>(random_.IntBetween(1, shape.candidates)));
      problem_.slots.push_back(std::move(slot));
    }
    while (CountChoices(problem_) > max_choices_) {
      std::vector<Slot*> large;
      for (Slot& slot : problem_.slots) {
        if (slot.candidates.size() > 1) large.push_back(&slot);
      }
      if (large.empty()) {
        problem_.slots.pop_back();
      } else {
        random_.Pick(large)->candidates.pop_back();
      }
    }
    for (Slot& slot : problem_.slots) FillCandidates(slot);
    if (Has(Feature::kSites)) AddSites();
  }

  // One slot's candidates get a tag of their own each, and most candidates of other slots require
  // one of some of them.
  void AddSites() {
    const std::size_t sites = random_.Index(problem_.slots.size());
    if (problem_.slots[sites].choice != SlotChoice::kOne) return;
    std::vector<match::TagId> tags;
    for (Candidate& candidate : problem_.slots[sites].candidates) {
      tags.push_back(static_cast<match::TagId>(problem_.tags.size()));
      problem_.tags.push_back("site" + std::to_string(tags.size()));
      candidate.provides.push_back(tags.back());
    }
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      if (s == sites) continue;
      for (Candidate& candidate : problem_.slots[s].candidates) {
        if (random_.Percent(30)) continue;
        std::vector<match::TagId> group;
        for (const match::TagId tag : tags) {
          if (random_.Percent(40)) group.push_back(tag);
        }
        if (!group.empty()) candidate.requires_.push_back(std::move(group));
      }
    }
  }

  std::vector<std::string> DrawIds(std::size_t count) {
    std::vector<std::string> ids = {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"};
    if (Has(Feature::kOddIds)) {
      ids = {"a", "a!", "a+", "a-", "a.b", "ab", "aa", "B", "b", "b+b", "a/b", "z"};
    }
    const std::size_t plain = ids.size();
    for (std::size_t i = plain; i < count; ++i) {
      ids.push_back(ids[i % plain] + std::to_string(i / plain));
    }
    random_.Shuffle(ids);
    ids.resize(count);
    return ids;
  }

  void FillCandidates(Slot& slot) {
    const std::vector<std::string> ids = DrawIds(slot.candidates.size());
    for (std::size_t i = 0; i < slot.candidates.size(); ++i) {
      Candidate& candidate = slot.candidates[i];
      if (i > 0 && Has(Feature::kNearCopies) && random_.Percent(60)) {
        candidate = slot.candidates[random_.Index(i)];
        candidate.id = ids[i];
        ChangeALittle(slot, candidate);
        continue;
      }
      candidate.id = ids[i];
      FillTags(candidate);
      FillValues(candidate);
      for (const char* prefix : {"v", "f"}) {
        const bool none = random_.Percent(20);
        const int label = random_.IntBetween(0, Has(Feature::kManyNames) ? 80 : 3);
        candidate.labels.push_back(none ? "" : prefix + std::to_string(label));
      }
      if (Has(Feature::kShortVectors) && random_.Percent(30)) candidate.labels.resize(1);
      if (slot.choice == SlotChoice::kSet) {
        candidate.covers = DrawCovers(slot);
      }
    }
  }

  std::vector<match::TagId> DrawTags(int count) {
    std::vector<match::TagId> tags;
    for (int i = 0; i < count; ++i) {
      tags.push_back(static_cast<match::TagId>(problem_.tags.size()) -
                     random_.IntBetween(1, live_tags_));
    }
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return tags;
  }

  std::uint32_t DrawCovers(const Slot& slot) {
    const std::int64_t all = (std::int64_t{1} << slot.cover.size()) - 1;
    return static_cast<std::uint32_t>(random_.Between(0, all) | random_.Between(0, all));
  }

  // One more or one less of something, or nothing at all but the id.
  void ChangeALittle(const Slot& slot, Candidate& candidate) {
    const int changes = random_.IntBetween(0, 2);
    for (int i = 0; i < changes; ++i) {
      const int change = random_.IntBetween(0, 9);
      if (change == 0) candidate.provides = DrawTags(random_.IntBetween(0, 3));
      if (change == 1 && !candidate.requires_.empty()) candidate.requires_.pop_back();
      if (change == 2) candidate.conflicts.clear();
      if (change == 3) candidate.labels[0] = "v" + std::to_string(random_.IntBetween(0, 3));
      if (change == 4) candidate.labels[0].clear();
      if (change == 5 && slot.choice == SlotChoice::kSet) candidate.covers |= DrawCovers(slot);
      if (change > 5 && !candidate.values.empty()) {
        std::int64_t& value = candidate.values[random_.Index(candidate.values.size())];
        value = value > 0 ? value + random_.Between(-1, 1) : value;
      }
    }
  }

  void FillTags(Candidate& candidate) {
    candidate.provides = DrawTags(random_.IntBetween(0, 3));
    if (Has(Feature::kRequirements) && random_.Percent(45)) {
      const int groups = random_.Percent(30) ? 2 : 1;
      for (int g = 0; g < groups; ++g) {
        candidate.requires_.push_back(DrawTags(random_.Percent(2) ? 0 : random_.IntBetween(1, 3)));
      }
    }
    if (Has(Feature::kConflicts) && random_.Percent(25)) {
      candidate.conflicts = DrawTags(random_.IntBetween(1, 2));
    }
  }

  void FillValues(Candidate& candidate) {
    const bool ties = Has(Feature::kTies);
    const bool is_signed = Has(Feature::kSignedValues);
    candidate.values.assign(kRoles, 0);
    candidate.values[kPrice] = random_.Between(0, ties ? 1 : 30);
    candidate.values[kPower] = random_.Between(0, ties ? 2 : 12);
    candidate.values[kCredit] = random_.Between(is_signed ? -9 : 0, ties ? 1 : 9);
    candidate.values[kLead] = random_.Between(0, ties ? 2 : 20);
    candidate.values[kFee] = random_.Between(0, ties ? 1 : 15);
    candidate.values[kNeed] = random_.Between(is_signed ? -2 : 0, 6);
    candidate.values[kCapacity] = random_.Between(1, 5);
    candidate.values[kRadix] = random_.Between(2, 12);
    if (Has(Feature::kZeroDivisors)) {
      if (random_.Percent(15)) candidate.values[kCapacity] = 0;
      if (random_.Percent(15)) candidate.values[kRadix] = random_.Between(0, 1);
    }
    if (Has(Feature::kShortVectors) && random_.Percent(30)) {
      candidate.values.resize(random_.Index(kRoles));
    }
  }

  // Slots whose chosen candidate a quantity may read.
  std::vector<int> SingleSlots(bool with_optional) const {
    std::vector<int> slots;
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      const SlotChoice choice = problem_.slots[s].choice;
      if (choice == SlotChoice::kOne || (with_optional && choice == SlotChoice::kOptional)) {
        slots.push_back(static_cast<int>(s));
      }
    }
    return slots;
  }

  void AddQuantities() {
    std::vector<int> kinds;
    if (Has(Feature::kTables)) kinds.insert(kinds.end(), random_.Index(2) + 1, 0);
    if (Has(Feature::kCeilQuantities)) kinds.insert(kinds.end(), random_.Index(3) + 1, 1);
    if (Has(Feature::kFatTree)) kinds.push_back(2);
    random_.Shuffle(kinds);
    for (const int kind : kinds) {
      std::optional<Quantity> quantity;
      if (kind == 0) quantity = DrawTable();
      if (kind == 1) quantity = DrawCeil();
      if (kind == 2) quantity = DrawFatTree();
      if (!quantity.has_value()) continue;
      quantity->name = "quantity" + std::to_string(problem_.quantities.size());
      problem_.quantities.push_back(std::move(*quantity));
    }
    for (Slot& slot : problem_.slots) slot.quantity = DrawEarlierQuantity();
  }

  match::QuantityId DrawEarlierQuantity() {
    return random_.IntBetween(match::kOneUnit, static_cast<int>(problem_.quantities.size()) - 1);
  }

  std::optional<Quantity> DrawTable() {
    std::vector<int> slots = SingleSlots(false);
    if (slots.size() < 2) return std::nullopt;
    random_.Shuffle(slots);
    Quantity quantity;
    quantity.kind = Quantity::Kind::kTable;
    quantity.table_rows_slot = slots[0];
    quantity.table_columns_slot = slots[1];
    const std::size_t rows = problem_.slots[static_cast<std::size_t>(slots[0])].candidates.size();
    const std::size_t columns =
        problem_.slots[static_cast<std::size_t>(slots[1])].candidates.size();
    std::vector<std::int64_t> cells(rows * columns);
    for (std::int64_t& cell : cells) cell = random_.Percent(20) ? -1 : random_.Between(0, 9);
    quantity.table = match::PairTable(rows, columns, cells);
    return quantity;
  }

  match::CeilDemand DrawNumerator() {
    const std::vector<int> slots = SingleSlots(true);
    const std::int64_t least = Has(Feature::kSignedValues) ? -2 : 0;
    match::CeilDemand demand;
    demand.constant = random_.Between(least, 10);
    const int terms = random_.IntBetween(0, 3);
    for (int i = 0; i < terms; ++i) {
      match::Term term;
      term.quantity = DrawEarlierQuantity();
      if (!slots.empty() && random_.Percent(60)) {
        term.slot = random_.Pick(slots);
        term.attribute = random_.Percent(80) ? kNeed : kPower;
      } else {
        term.coefficient = random_.Between(least, 3);
      }
      demand.terms.push_back(term);
    }
    return demand;
  }

  Quantity DrawCeil() {
    const std::vector<int> slots = SingleSlots(true);
    Quantity quantity;
    quantity.kind = Quantity::Kind::kCeil;
    quantity.minimum = random_.Percent(60) ? 0 : random_.Between(1, 4);
    const int demands = random_.IntBetween(1, 3);
    for (int i = 0; i < demands; ++i) {
      match::CeilDemand demand = DrawNumerator();
      if (Has(Feature::kDivisorAttributes) && !slots.empty() && random_.Percent(70)) {
        demand.divisor_slot = random_.Pick(slots);
        demand.divisor_attribute = kCapacity;
      } else {
        demand.divisor = random_.Between(Has(Feature::kZeroDivisors) ? 0 : 1, 5);
      }
      quantity.demands.push_back(std::move(demand));
    }
    return quantity;
  }

  std::optional<Quantity> DrawFatTree() {
    const std::vector<int> slots = SingleSlots(true);
    if (slots.empty()) return std::nullopt;
    Quantity quantity;
    quantity.kind = Quantity::Kind::kFatTree;
    quantity.demands.push_back(DrawNumerator());
    quantity.radix_slot = random_.Pick(slots);
    quantity.radix_attribute = kRadix;
    return quantity;
  }

  void AddLevels() {
    const int levels = random_.Percent(5) ? 0 : random_.IntBetween(1, 3);
    for (int i = 0; i < levels; ++i) {
      match::Level level;
      level.name = "level" + std::to_string(i);
      const int terms = Has(Feature::kWeightedLevels) ? random_.IntBetween(1, 3) : 1;
      for (int t = 0; t < terms; ++t) {
        match::LevelTerm term;
        term.measure = DrawMeasure(problem_, features_, random_);
        if (Has(Feature::kWeightedLevels)) {
          const bool may_be_negative =
              Has(Feature::kSignedValues) && term.measure.kind == Measure::Kind::kSum;
          term.weight = random_.Between(may_be_negative ? -3 : 0, 5);
        }
        level.terms.push_back(term);
      }
      problem_.levels.push_back(std::move(level));
    }
  }

  // Limits are set around the figures of packages that exist, or they would either never bind or
  // never hold.
  void AddLimits() {
    const int limits = random_.IntBetween(1, 4);
    match::Choice anchor = DrawAnchor();
    for (int i = 0; i < limits; ++i) {
      const bool high = Has(Feature::kHighLimits) && random_.Percent(60);
      const bool low = Has(Feature::kLowLimits) && random_.Percent(50);
      if (!high && !low) continue;
      if (Has(Feature::kScarce)) anchor = DrawAnchor();
      const std::vector<std::int64_t> units = ReferenceEvaluate(problem_, anchor).slot_units;
      if (units.empty()) return;
      match::Limit limit;
      limit.name = "limit" + std::to_string(i);
      limit.measure = DrawMeasure(problem_, features_, random_);
      const std::int64_t value = ReferenceMeasure(problem_, anchor, units, limit.measure);
      const std::int64_t slack = Has(Feature::kScarce) ? 0 : 2;
      if (high) limit.high = value + random_.Between(0, slack);
      if (low) limit.low = value - random_.Between(0, slack);
      problem_.limits.push_back(std::move(limit));
    }
  }

  // Money and the like times the largest power of ten with which every sum still fits, and a little
  // more or less, so that the low digits matter too.
  void Enlarge() {
    const std::vector<match::AttributeId> measured_only = {kPrice, kCredit, kLead, kFee};
    const auto is_enlarged = [&measured_only](const Measure& measure) {
      return measure.kind != Measure::Kind::kDistinct &&
             std::count(measured_only.begin(), measured_only.end(), measure.attribute) > 0;
    };
    for (std::int64_t factor = 10'000'000'000'000; factor >= 10; factor /= 10) {
      Problem large = problem_;
      for (Slot& slot : large.slots) {
        for (Candidate& candidate : slot.candidates) {
          for (const match::AttributeId attribute : measured_only) {
            const auto index = static_cast<std::size_t>(attribute);
            if (index >= candidate.values.size()) continue;
            candidate.values[index] = candidate.values[index] * factor + random_.Between(0, 2);
          }
        }
      }
      for (match::Limit& limit : large.limits) {
        if (!is_enlarged(limit.measure)) continue;
        if (limit.low.has_value()) *limit.low = *limit.low * factor + random_.Between(0, 5);
        if (limit.high.has_value()) *limit.high = *limit.high * factor + random_.Between(0, 5);
        if (limit.low && limit.high) limit.high = std::max(*limit.low, *limit.high);
      }
      if (!match::Validate(large).ok()) continue;
      problem_ = std::move(large);
      return;
    }
  }

  // A feasible choice when a few draws find one, else any whose figures can be computed.
  match::Choice DrawAnchor() {
    match::Choice anchor = DrawChoice(problem_, random_);
    for (int draw = 0; draw < 40; ++draw) {
      match::Choice choice = DrawChoice(problem_, random_);
      const match::Evaluation evaluation = ReferenceEvaluate(problem_, choice);
      if (!evaluation.slot_units.empty()) anchor = choice;
      if (evaluation.feasible) break;
    }
    return anchor;
  }

  const Features features_;
  const std::int64_t max_choices_;
  Random& random_;
  Problem problem_;
  int live_tags_ = 0;
};

}  // namespace

std::string_view FeatureName(Feature feature) {
  constexpr std::array<std::string_view, kFeatureCount> kNames = {"optional slots",
                                                                  "set slots",
                                                                  "requirements",
                                                                  "conflicts",
                                                                  "tables",
                                                                  "ceilings",
                                                                  "divisor facts",
                                                                  "zero divisors",
                                                                  "fat trees",
                                                                  "signed values",
                                                                  "high limits",
                                                                  "low limits",
                                                                  "max measures",
                                                                  "labels",
                                                                  "weighted levels",
                                                                  "ties",
                                                                  "mixed scaling",
                                                                  "short vectors",
                                                                  "odd ids",
                                                                  "several answers",
                                                                  "distance above 1",
                                                                  "distance weights",
                                                                  "near copies",
                                                                  "large figures",
                                                                  "many names",
                                                                  "scarce",
                                                                  "sites"};
  return kNames[static_cast<std::size_t>(feature)];
}

Features DrawFeatures(Random& random) {
  // A plain problem now and then, a busy one now and then: faults hide at both ends.
  const int percent = random.IntBetween(1, 3) * 25;
  Features features;
  for (std::size_t i = 0; i < kFeatureCount; ++i) features.set(i, random.Percent(percent));
  return features;
}

Problem GenerateProblem(const Features& features, std::int64_t max_choices, Random& random) {
  return Generator(features, max_choices, random).Run();
}

Measure DrawMeasure(const Problem& problem, const Features& features, Random& random) {
  Measure measure;
  const int kind = random.IntBetween(0, 99);
  if (Has(features, Feature::kDistinctLabels) && kind >= 70) {
    measure.kind = Measure::Kind::kDistinct;
    measure.label_kind = static_cast<int>(random.Index(problem.label_kinds.size()));
    return measure;
  }
  measure.attribute = static_cast<match::AttributeId>(random.Index(problem.attributes.size()));
  const bool may_be_negative = Has(features, Feature::kSignedValues) &&
                               (measure.attribute == kCredit || measure.attribute == kNeed);
  if (Has(features, Feature::kMaxMeasures) && kind < 30 && !may_be_negative) {
    measure.kind = Measure::Kind::kMax;
  }
  return measure;
}

match::Choice DrawChoice(const Problem& problem, Random& random) {
  match::Choice choice;
  for (const Slot& slot : problem.slots) {
    std::vector<int> picks(slot.candidates.size());
    std::iota(picks.begin(), picks.end(), 0);
    random.Shuffle(picks);
    std::size_t count = 1;
    if (slot.choice == SlotChoice::kOptional) count = random.Index(2);
    if (slot.choice == SlotChoice::kSet) {
      count = random.Index(static_cast<std::size_t>(slot.max_picks)) + 1;
    }
    picks.resize(std::min(count, picks.size()));
    std::sort(picks.begin(), picks.end());
    choice.picks.push_back(std::move(picks));
  }
  return choice;
}

}  // namespace stackport::oracle
