#include "catalog/match/problem.h"

#include <fmt/format.h>

#include <algorithm>
#include <cassert>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/match/arithmetic.h"

namespace stackport::match {
namespace {

std::int64_t ValueOf(const Candidate& candidate, AttributeId attribute) {
  const auto index = static_cast<std::size_t>(attribute);
  return index < candidate.values.size() ? candidate.values[index] : 0;
}

bool Contains(const std::vector<TagId>& tags, TagId tag) {
  return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

// Checks one choice rule by rule, in the order in which problem.h states them.
class Evaluator {
 public:
  Evaluator(const Problem& problem, const Choice& choice) : problem_(problem), choice_(choice) {}

  Evaluation Run() {
    result_.feasible = true;
    CheckPicks();
    CheckTags();
    if (!ComputeQuantities()) return std::move(result_);
    ComputeUnits();
    CheckLimits();
    ComputeLevels();
    return std::move(result_);
  }

 private:
  // The first violation is the one that is told.
  void Fail(std::string violation) {
    if (result_.feasible) result_.violation = std::move(violation);
    result_.feasible = false;
  }

  const std::vector<int>& Picks(std::size_t slot) const { return choice_.picks[slot]; }
  const Candidate& At(std::size_t slot, int pick) const {
    return problem_.slots[slot].candidates[static_cast<std::size_t>(pick)];
  }

  template <typename Visit>
  void ForEachChosen(Visit visit) const {
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      for (const int pick : Picks(s)) visit(s, At(s, pick));
    }
  }

  void CheckPicks() {
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      const Slot& slot = problem_.slots[s];
      const std::vector<int>& picks = Picks(s);
      for (std::size_t i = 1; i < picks.size(); ++i) {
        if (picks[i - 1] >= picks[i]) {
          Fail(fmt::format("slot {}: picks are not sorted and unique", Quoted(slot.name)));
        }
      }
      switch (slot.choice) {
        case SlotChoice::kOne:
          if (picks.size() != 1) {
            Fail(fmt::format("slot {} takes exactly one candidate, not {}", Quoted(slot.name),
                             picks.size()));
          }
          break;
        case SlotChoice::kOptional:
          if (picks.size() > 1) {
            Fail(fmt::format("slot {} takes at most one candidate, not {}", Quoted(slot.name),
                             picks.size()));
          }
          break;
        case SlotChoice::kSet:
          CheckSet(s);
          break;
      }
    }
  }

  void CheckSet(std::size_t s) {
    const Slot& slot = problem_.slots[s];
    const std::vector<int>& picks = Picks(s);
    if (picks.empty() || picks.size() > static_cast<std::size_t>(slot.max_picks)) {
      Fail(fmt::format("slot {} takes 1 to {} candidates, not {}", Quoted(slot.name),
                       slot.max_picks, picks.size()));
    }
    std::vector<int> holders(slot.cover.size(), 0);
    for (const int pick : picks) {
      for (std::size_t bit = 0; bit < holders.size(); ++bit) {
        if ((At(s, pick).covers >> bit) & 1U) ++holders[bit];
      }
    }
    for (std::size_t bit = 0; bit < holders.size(); ++bit) {
      if (holders[bit] == 0) {
        Fail(fmt::format("slot {}: nothing chosen covers {}", Quoted(slot.name),
                         Quoted(slot.cover[bit])));
      }
    }
    for (const int pick : picks) {
      bool needed = false;
      for (std::size_t bit = 0; bit < holders.size(); ++bit) {
        if (((At(s, pick).covers >> bit) & 1U) && holders[bit] == 1) needed = true;
      }
      if (!needed) {
        Fail(fmt::format("slot {}: {} can be left out", Quoted(slot.name), Quoted(At(s, pick).id)));
      }
    }
  }

  void CheckTags() {
    std::vector<TagId> provided;
    ForEachChosen([&](std::size_t, const Candidate& candidate) {
      provided.insert(provided.end(), candidate.provides.begin(), candidate.provides.end());
    });
    ForEachChosen([&](std::size_t s, const Candidate& candidate) {
      for (const auto& group : candidate.requires_) {
        const bool held = std::any_of(group.begin(), group.end(),
                                      [&](TagId tag) { return Contains(provided, tag); });
        if (!held) {
          Fail(fmt::format("slot {}: {} requires {}", Quoted(problem_.slots[s].name),
                           Quoted(candidate.id), GroupText(group)));
        }
      }
      for (const TagId tag : candidate.conflicts) {
        if (Contains(provided, tag)) {
          Fail(fmt::format("slot {}: {} conflicts with {}", Quoted(problem_.slots[s].name),
                           Quoted(candidate.id), TagText(tag)));
        }
      }
    });
  }

  std::string TagText(TagId tag) const {
    return Quoted(problem_.tags[static_cast<std::size_t>(tag)]);
  }

  std::string GroupText(const std::vector<TagId>& group) const {
    if (group.empty()) return "something that no tag names";
    std::vector<std::string> names;
    for (const TagId tag : group) names.push_back(TagText(tag));
    return Join(names, " or ");
  }

  // An attribute of the candidate chosen in `slot`; 0 when the slot is empty.
  std::int64_t Driver(int slot, AttributeId attribute) const {
    const auto s = static_cast<std::size_t>(slot);
    return Picks(s).empty() ? 0 : ValueOf(At(s, Picks(s)[0]), attribute);
  }

  std::int64_t QuantityValue(QuantityId id) const {
    return id == kOneUnit ? 1 : result_.quantities[static_cast<std::size_t>(id)];
  }

  Wide Numerator(const CeilDemand& demand) const {
    Wide sum = demand.constant;
    for (const Term& term : demand.terms) {
      const std::int64_t coefficient =
          term.slot < 0 ? term.coefficient : Driver(term.slot, term.attribute);
      sum += Wide{coefficient} * QuantityValue(term.quantity);
    }
    return sum;
  }

  // The quantity's value, or -1 when the choice makes it impossible.
  std::int64_t Compute(const Quantity& quantity) {
    switch (quantity.kind) {
      case Quantity::Kind::kTable: {
        const auto row_slot = static_cast<std::size_t>(quantity.table_rows_slot);
        const auto column_slot = static_cast<std::size_t>(quantity.table_columns_slot);
        if (Picks(row_slot).empty() || Picks(column_slot).empty()) return -1;
        return quantity.table.At(static_cast<std::size_t>(Picks(row_slot)[0]),
                                 static_cast<std::size_t>(Picks(column_slot)[0]));
      }
      case Quantity::Kind::kCeil: {
        Wide units = quantity.minimum;
        for (const CeilDemand& demand : quantity.demands) {
          const Wide numerator = Numerator(demand);
          if (numerator <= 0) continue;
          const std::int64_t divisor = demand.divisor_slot < 0
                                           ? demand.divisor
                                           : Driver(demand.divisor_slot, demand.divisor_attribute);
          if (divisor <= 0) return -1;
          units = std::max(units, CeilDivide(numerator, divisor));
        }
        return static_cast<std::int64_t>(units);
      }
      case Quantity::Kind::kFatTree:
        return static_cast<std::int64_t>(FatTreeSwitches(
            Numerator(quantity.demands[0]), Driver(quantity.radix_slot, quantity.radix_attribute)));
    }
    return -1;
  }

  bool ComputeQuantities() {
    for (const Quantity& quantity : problem_.quantities) {
      const std::int64_t units = Compute(quantity);
      if (units < 0) {
        Fail(fmt::format("quantity {} has no value for this choice", Quoted(quantity.name)));
        return false;
      }
      result_.quantities.push_back(units);
    }
    return true;
  }

  void ComputeUnits() {
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      result_.slot_units.push_back(Picks(s).empty() ? 0
                                                    : QuantityValue(problem_.slots[s].quantity));
    }
  }

  std::int64_t Value(const Measure& measure) const {
    switch (measure.kind) {
      case Measure::Kind::kSum: {
        const bool scaled = problem_.attributes[static_cast<std::size_t>(measure.attribute)].scaled;
        Wide sum = 0;
        ForEachChosen([&](std::size_t s, const Candidate& candidate) {
          const std::int64_t units = scaled ? result_.slot_units[s] : 1;
          sum += Wide{ValueOf(candidate, measure.attribute)} * units;
        });
        return static_cast<std::int64_t>(sum);
      }
      case Measure::Kind::kMax: {
        std::int64_t largest = 0;
        ForEachChosen([&](std::size_t s, const Candidate& candidate) {
          if (result_.slot_units[s] > 0) {
            largest = std::max(largest, ValueOf(candidate, measure.attribute));
          }
        });
        return largest;
      }
      case Measure::Kind::kDistinct: {
        const auto kind = static_cast<std::size_t>(measure.label_kind);
        std::set<std::string> labels;
        ForEachChosen([&](std::size_t, const Candidate& candidate) {
          if (kind < candidate.labels.size() && !candidate.labels[kind].empty()) {
            labels.insert(candidate.labels[kind]);
          }
        });
        return static_cast<std::int64_t>(labels.size());
      }
    }
    return 0;
  }

  void CheckLimits() {
    for (const Limit& limit : problem_.limits) {
      const std::int64_t value = Value(limit.measure);
      result_.limit_values.push_back(value);
      if (limit.low && value < *limit.low) {
        Fail(fmt::format("limit {}: {} is below {}", Quoted(limit.name), value, *limit.low));
      }
      if (limit.high && value > *limit.high) {
        Fail(fmt::format("limit {}: {} is above {}", Quoted(limit.name), value, *limit.high));
      }
    }
  }

  void ComputeLevels() {
    for (const Level& level : problem_.levels) {
      Wide sum = 0;
      for (const LevelTerm& term : level.terms) sum += Wide{term.weight} * Value(term.measure);
      result_.level_values.push_back(static_cast<std::int64_t>(sum));
    }
  }

  const Problem& problem_;
  const Choice& choice_;
  Evaluation result_;
};

}  // namespace

Evaluation Evaluate(const Problem& problem, const Choice& choice) {
  assert(choice.picks.size() == problem.slots.size());
  return Evaluator(problem, choice).Run();
}

std::vector<std::string> CanonicalIds(const Problem& problem, const Choice& choice) {
  std::vector<std::string> result;
  result.reserve(problem.slots.size());
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    std::vector<std::string> ids;
    for (const int pick : choice.picks[s]) {
      ids.push_back(problem.slots[s].candidates[static_cast<std::size_t>(pick)].id);
    }
    std::sort(ids.begin(), ids.end());
    result.push_back(Join(ids, ","));
  }
  return result;
}

int Distance(const Problem& problem, const Choice& a, const Choice& b) {
  int distance = 0;
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    if (a.picks[s] != b.picks[s]) distance += problem.slots[s].distance_weight;
  }
  return distance;
}

}  // namespace stackport::match
