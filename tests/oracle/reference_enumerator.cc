#include "tests/oracle/reference_enumerator.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <utility>

namespace stackport::oracle {
namespace {

using match::Candidate;
using match::CeilDemand;
using match::Choice;
using match::Evaluation;
using match::Measure;
using match::Problem;
using match::Quantity;
using match::Slot;
using match::SlotChoice;
using match::Term;

using Picks = std::vector<int>;

const Slot& SlotAt(const Problem& problem, int slot) {
  return problem.slots[static_cast<std::size_t>(slot)];
}

const Candidate& CandidateAt(const Slot& slot, int pick) {
  return slot.candidates[static_cast<std::size_t>(pick)];
}

// Values beyond the end of a candidate's list are zero.
std::int64_t Value(const Candidate& candidate, match::AttributeId attribute) {
  const auto index = static_cast<std::size_t>(attribute);
  return index < candidate.values.size() ? candidate.values[index] : 0;
}

// The unscaled attribute of the candidate in a slot; 0 when an optional slot is empty.
std::int64_t ValueInSlot(const Problem& problem, const Choice& choice, int slot,
                         match::AttributeId attribute) {
  const Picks& picks = choice.picks[static_cast<std::size_t>(slot)];
  return picks.empty() ? 0 : Value(CandidateAt(SlotAt(problem, slot), picks.front()), attribute);
}

std::vector<const Candidate*> ChosenCandidates(const Problem& problem, const Choice& choice) {
  std::vector<const Candidate*> chosen;
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    for (const int pick : choice.picks[s]) {
      chosen.push_back(&CandidateAt(problem.slots[s], pick));
    }
  }
  return chosen;
}

bool PicksHold(const Problem& problem, const Choice& choice) {
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    const Picks& picks = choice.picks[s];
    const bool ascending =
        std::adjacent_find(picks.begin(), picks.end(), std::greater_equal<>()) == picks.end();
    if (!ascending) return false;
    const std::size_t count = picks.size();
    switch (problem.slots[s].choice) {
      case SlotChoice::kOne:
        if (count != 1) return false;
        break;
      case SlotChoice::kOptional:
        if (count > 1) return false;
        break;
      case SlotChoice::kSet:
        if (count < 1 || count > static_cast<std::size_t>(problem.slots[s].max_picks)) return false;
        break;
    }
  }
  return true;
}

// Every cover bit is held by a member, and each member holds one that no other member holds.
bool CoverHolds(const Slot& slot, const Picks& picks) {
  std::vector<int> holders(slot.cover.size(), 0);
  const auto covers = [&slot](int pick, std::size_t bit) {
    return ((CandidateAt(slot, pick).covers >> bit) & 1U) != 0;
  };
  for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
    for (const int pick : picks) holders[bit] += covers(pick, bit) ? 1 : 0;
    if (holders[bit] == 0) return false;
  }
  for (const int pick : picks) {
    bool needed = false;
    for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
      needed = needed || (covers(pick, bit) && holders[bit] == 1);
    }
    if (!needed) return false;
  }
  return true;
}

bool CoversHold(const Problem& problem, const Choice& choice) {
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    const Slot& slot = problem.slots[s];
    if (slot.choice == SlotChoice::kSet && !CoverHolds(slot, choice.picks[s])) return false;
  }
  return true;
}

// Each requirement group meets a provided tag, and no conflict does.
bool TagsHold(const Problem& problem, const Choice& choice) {
  const std::vector<const Candidate*> chosen = ChosenCandidates(problem, choice);
  std::vector<bool> provided(problem.tags.size(), false);
  for (const Candidate* candidate : chosen) {
    for (const match::TagId tag : candidate->provides) {
      provided[static_cast<std::size_t>(tag)] = true;
    }
  }
  const auto is_provided = [&provided](match::TagId tag) {
    return provided[static_cast<std::size_t>(tag)];
  };
  for (const Candidate* candidate : chosen) {
    for (const auto& group : candidate->requires_) {
      if (std::none_of(group.begin(), group.end(), is_provided)) return false;
    }
    const auto& conflicts = candidate->conflicts;
    if (std::any_of(conflicts.begin(), conflicts.end(), is_provided)) return false;
  }
  return true;
}

std::int64_t CeilOfPositive(std::int64_t numerator, std::int64_t divisor) {
  return numerator / divisor + (numerator % divisor == 0 ? 0 : 1);
}

std::int64_t Numerator(const Problem& problem, const Choice& choice, const CeilDemand& demand,
                       const std::vector<std::int64_t>& quantities) {
  std::int64_t sum = demand.constant;
  for (const Term& term : demand.terms) {
    const std::int64_t coefficient =
        term.slot < 0 ? term.coefficient : ValueInSlot(problem, choice, term.slot, term.attribute);
    const std::int64_t units =
        term.quantity == match::kOneUnit ? 1 : quantities[static_cast<std::size_t>(term.quantity)];
    sum += coefficient * units;
  }
  return sum;
}

std::optional<std::int64_t> TableQuantity(const Choice& choice, const Quantity& quantity) {
  const int row = choice.picks[static_cast<std::size_t>(quantity.table_rows_slot)].front();
  const int column = choice.picks[static_cast<std::size_t>(quantity.table_columns_slot)].front();
  const std::int64_t units =
      quantity.table.At(static_cast<std::size_t>(row), static_cast<std::size_t>(column));
  if (units < 0) return std::nullopt;
  return units;
}

std::optional<std::int64_t> CeilQuantity(const Problem& problem, const Choice& choice,
                                         const Quantity& quantity,
                                         const std::vector<std::int64_t>& quantities) {
  std::int64_t units = quantity.minimum;
  for (const CeilDemand& demand : quantity.demands) {
    const std::int64_t numerator = Numerator(problem, choice, demand, quantities);
    if (numerator <= 0) continue;
    const std::int64_t divisor =
        demand.divisor_slot < 0
            ? demand.divisor
            : ValueInSlot(problem, choice, demand.divisor_slot, demand.divisor_attribute);
    if (divisor == 0) return std::nullopt;
    units = std::max(units, CeilOfPositive(numerator, divisor));
  }
  return units;
}

std::optional<std::int64_t> FatTreeQuantity(const Problem& problem, const Choice& choice,
                                            const Quantity& quantity,
                                            const std::vector<std::int64_t>& quantities) {
  const std::int64_t ports = Numerator(problem, choice, quantity.demands.front(), quantities);
  const std::int64_t radix =
      ValueInSlot(problem, choice, quantity.radix_slot, quantity.radix_attribute);
  if (ports <= 0) return 0;
  if (radix < 2) return std::nullopt;
  if (ports <= radix) return 1;
  const std::int64_t down = radix / 2;
  if (ports > radix * down) return std::nullopt;
  const std::int64_t leaves = CeilOfPositive(ports, down);
  const std::int64_t spines = CeilOfPositive(leaves * down, radix);
  return leaves + spines;
}

// All quantities in list order; nothing when one of them has no value.
std::optional<std::vector<std::int64_t>> Quantities(const Problem& problem, const Choice& choice) {
  std::vector<std::int64_t> quantities;
  for (const Quantity& quantity : problem.quantities) {
    std::optional<std::int64_t> units;
    switch (quantity.kind) {
      case Quantity::Kind::kTable:
        units = TableQuantity(choice, quantity);
        break;
      case Quantity::Kind::kCeil:
        units = CeilQuantity(problem, choice, quantity, quantities);
        break;
      case Quantity::Kind::kFatTree:
        units = FatTreeQuantity(problem, choice, quantity, quantities);
        break;
    }
    if (!units.has_value()) return std::nullopt;
    quantities.push_back(*units);
  }
  return quantities;
}

std::vector<std::int64_t> SlotUnits(const Problem& problem, const Choice& choice,
                                    const std::vector<std::int64_t>& quantities) {
  std::vector<std::int64_t> units;
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    const match::QuantityId quantity = problem.slots[s].quantity;
    if (choice.picks[s].empty()) {
      units.push_back(0);
    } else if (quantity == match::kOneUnit) {
      units.push_back(1);
    } else {
      units.push_back(quantities[static_cast<std::size_t>(quantity)]);
    }
  }
  return units;
}

bool LimitsHold(const Problem& problem, const std::vector<std::int64_t>& values) {
  for (std::size_t i = 0; i < problem.limits.size(); ++i) {
    const match::Limit& limit = problem.limits[i];
    if (limit.low.has_value() && values[i] < *limit.low) return false;
    if (limit.high.has_value() && values[i] > *limit.high) return false;
  }
  return true;
}

// Every way to fill one slot, whether or not its cover would hold.
std::vector<Picks> WaysToFill(const Slot& slot) {
  std::vector<Picks> ways;
  const int count = static_cast<int>(slot.candidates.size());
  if (slot.choice != SlotChoice::kSet) {
    if (slot.choice == SlotChoice::kOptional) ways.push_back({});
    for (int pick = 0; pick < count; ++pick) ways.push_back({pick});
    return ways;
  }
  std::vector<Picks> subsets = {{}};
  for (int pick = 0; pick < count; ++pick) {
    const std::size_t without = subsets.size();
    for (std::size_t i = 0; i < without; ++i) {
      if (subsets[i].size() == static_cast<std::size_t>(slot.max_picks)) continue;
      Picks with = subsets[i];
      with.push_back(pick);
      subsets.push_back(with);
      ways.push_back(with);
    }
  }
  return ways;
}

bool Dominates(const std::vector<std::int64_t>& a, const std::vector<std::int64_t>& b) {
  bool no_worse = true;
  for (std::size_t i = 0; i < a.size(); ++i) no_worse = no_worse && a[i] <= b[i];
  return no_worse && a != b;
}

}  // namespace

std::int64_t CountChoices(const Problem& problem) {
  constexpr std::int64_t kCeiling = std::int64_t{1} << 62;
  std::int64_t product = 1;
  for (const Slot& slot : problem.slots) {
    const auto count = static_cast<std::int64_t>(slot.candidates.size());
    std::int64_t ways = count;
    if (slot.choice == SlotChoice::kOptional) ways = count + 1;
    if (slot.choice == SlotChoice::kSet) {
      ways = 0;
      std::int64_t of_this_size = 1;  // binomial(count, size)
      for (std::int64_t size = 1; size <= std::min<std::int64_t>(slot.max_picks, count); ++size) {
        if (of_this_size > kCeiling / count) return kCeiling;
        of_this_size = of_this_size * (count - size + 1) / size;
        ways += of_this_size;
      }
    }
    if (ways == 0) return 0;
    if (product > kCeiling / ways) return kCeiling;
    product *= ways;
  }
  return product;
}

std::int64_t ReferenceMeasure(const Problem& problem, const Choice& choice,
                              const std::vector<std::int64_t>& slot_units, const Measure& measure) {
  std::int64_t sum = 0;
  std::optional<std::int64_t> largest;
  std::set<std::string> labels;
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    for (const int pick : choice.picks[s]) {
      const Candidate& candidate = CandidateAt(problem.slots[s], pick);
      switch (measure.kind) {
        case Measure::Kind::kSum: {
          const bool scaled =
              problem.attributes[static_cast<std::size_t>(measure.attribute)].scaled;
          sum += Value(candidate, measure.attribute) * (scaled ? slot_units[s] : 1);
          break;
        }
        case Measure::Kind::kMax: {
          const std::int64_t value = Value(candidate, measure.attribute);
          if (slot_units[s] > 0 && (!largest.has_value() || value > *largest)) largest = value;
          break;
        }
        case Measure::Kind::kDistinct: {
          const auto kind = static_cast<std::size_t>(measure.label_kind);
          if (kind < candidate.labels.size() && !candidate.labels[kind].empty()) {
            labels.insert(candidate.labels[kind]);
          }
          break;
        }
      }
    }
  }
  switch (measure.kind) {
    case Measure::Kind::kSum:
      return sum;
    case Measure::Kind::kMax:
      return largest.value_or(0);
    case Measure::Kind::kDistinct:
      return static_cast<std::int64_t>(labels.size());
  }
  return 0;
}

Evaluation ReferenceEvaluate(const Problem& problem, const Choice& choice) {
  Evaluation evaluation;
  if (!PicksHold(problem, choice)) {
    evaluation.violation = "a slot has wrong picks";
    return evaluation;
  }
  const std::optional<std::vector<std::int64_t>> quantities = Quantities(problem, choice);
  if (!quantities.has_value()) {
    evaluation.violation = "a quantity has no value";
    return evaluation;
  }
  evaluation.quantities = *quantities;
  evaluation.slot_units = SlotUnits(problem, choice, *quantities);
  for (const match::Limit& limit : problem.limits) {
    evaluation.limit_values.push_back(
        ReferenceMeasure(problem, choice, evaluation.slot_units, limit.measure));
  }
  for (const match::Level& level : problem.levels) {
    std::int64_t value = 0;
    for (const match::LevelTerm& term : level.terms) {
      value += term.weight * ReferenceMeasure(problem, choice, evaluation.slot_units, term.measure);
    }
    evaluation.level_values.push_back(value);
  }
  if (!CoversHold(problem, choice)) {
    evaluation.violation = "a cover is incomplete or has a member too many";
  } else if (!TagsHold(problem, choice)) {
    evaluation.violation = "tags do not fit";
  } else if (!LimitsHold(problem, evaluation.limit_values)) {
    evaluation.violation = "a limit does not hold";
  } else {
    evaluation.feasible = true;
  }
  return evaluation;
}

std::vector<std::string> ReferenceIds(const Problem& problem, const Choice& choice) {
  std::vector<std::string> ids;
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    std::vector<std::string> members;
    for (const int pick : choice.picks[s]) {
      members.push_back(CandidateAt(problem.slots[s], pick).id);
    }
    std::sort(members.begin(), members.end());
    std::string joined;
    for (std::size_t i = 0; i < members.size(); ++i) {
      if (i > 0) joined += ",";
      joined += members[i];
    }
    ids.push_back(joined);
  }
  return ids;
}

int ReferenceDistance(const Problem& problem, const Choice& a, const Choice& b) {
  int distance = 0;
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    if (a.picks[s] != b.picks[s]) distance += problem.slots[s].distance_weight;
  }
  return distance;
}

bool Before(const Package& a, const Package& b) {
  if (a.evaluation.level_values != b.evaluation.level_values) {
    return a.evaluation.level_values < b.evaluation.level_values;
  }
  return a.ids < b.ids;
}

std::vector<Package> AllPackages(const Problem& problem) {
  std::vector<std::vector<Picks>> ways;
  for (const Slot& slot : problem.slots) {
    ways.push_back(WaysToFill(slot));
    if (ways.back().empty()) return {};
  }
  std::vector<Package> packages;
  std::vector<std::size_t> counter(ways.size(), 0);
  Choice choice;
  choice.picks.resize(ways.size());
  for (bool more = true; more;) {
    for (std::size_t s = 0; s < ways.size(); ++s) choice.picks[s] = ways[s][counter[s]];
    // The cheap rules first: most choices end here, and the answer is the same.
    if (CoversHold(problem, choice) && TagsHold(problem, choice)) {
      Evaluation evaluation = ReferenceEvaluate(problem, choice);
      if (evaluation.feasible) {
        packages.push_back({choice, std::move(evaluation), ReferenceIds(problem, choice)});
      }
    }
    more = false;
    for (std::size_t s = 0; s < ways.size() && !more; ++s) {
      counter[s] = counter[s] + 1 < ways[s].size() ? counter[s] + 1 : 0;
      more = counter[s] != 0;
    }
  }
  std::sort(packages.begin(), packages.end(), Before);
  return packages;
}

std::vector<Package> ReferenceTop(const Problem& problem, const std::vector<Package>& packages) {
  std::vector<Package> top;
  for (const Package& package : packages) {
    if (top.size() == static_cast<std::size_t>(problem.top)) break;
    const bool far_enough = std::all_of(top.begin(), top.end(), [&](const Package& earlier) {
      return ReferenceDistance(problem, package.choice, earlier.choice) >= problem.distance;
    });
    if (far_enough) top.push_back(package);
  }
  return top;
}

std::vector<FrontPoint> ReferenceFront(const Problem& problem, const std::vector<Package>& packages,
                                       const std::vector<Measure>& measures) {
  // Packages come in order, so the first one seen with a vector is the one to report.
  std::map<std::vector<std::int64_t>, const Package*> first;
  for (const Package& package : packages) {
    std::vector<std::int64_t> vector;
    for (const Measure& measure : measures) {
      vector.push_back(
          ReferenceMeasure(problem, package.choice, package.evaluation.slot_units, measure));
    }
    first.emplace(std::move(vector), &package);
  }
  std::vector<FrontPoint> front;
  for (const auto& [vector, package] : first) {
    const bool dominated = std::any_of(first.begin(), first.end(), [&](const auto& other) {
      return Dominates(other.first, vector);
    });
    if (!dominated) front.push_back({vector, *package});
  }
  return front;
}

}  // namespace stackport::oracle
