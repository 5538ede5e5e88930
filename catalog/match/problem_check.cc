// Validate(): what a problem must fulfil before anything searches it.
#include "catalog/match/problem_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <limits>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "catalog/match/problem.h"
#include "catalog/match/problem_reach.h"

namespace stackport::match {
namespace {

std::string Pointer(std::initializer_list<std::string_view> steps) {
  std::string pointer;
  for (const std::string_view step : steps) pointer = json::PointerPush(pointer, step);
  return pointer;
}

std::string At(std::string_view pointer, std::size_t index) {
  return json::PointerPush(pointer, index);
}

std::string In(std::string_view pointer, std::string_view name) {
  return json::PointerPush(pointer, name);
}

bool InRange(std::int64_t index, std::size_t count) {
  return index >= 0 && static_cast<std::uint64_t>(index) < count;
}

bool ValueInRange(std::int64_t value) {
  return value >= -kMaxValue && value <= kMaxValue;
}

Status CheckCount(std::size_t count, std::int64_t limit, std::string_view what,
                  std::string_view pointer) {
  if (count <= static_cast<std::uint64_t>(limit)) return {};
  return ResourceLimit(
      fmt::format("{} {}, but at most {} are possible; split the problem", count, what, limit),
      std::string(pointer));
}

Status CheckSmall(std::string_view name, int value, const IntRange& range,
                  std::string_view pointer) {
  if (value >= range.low && value <= range.high) return {};
  return InvalidArgument(OutsideText(name, value, range), In(pointer, name));
}

// Names are how the file form refers to things, so two equal ones would be ambiguous.
template <typename Items, typename NameOf>
Status CheckNames(const Items& items, NameOf name_of, std::string_view pointer) {
  std::unordered_set<std::string_view> seen;
  for (std::size_t i = 0; i < items.size(); ++i) {
    const std::string_view name = name_of(items[i]);
    if (name.empty()) return InvalidArgument("a name is empty; give one", At(pointer, i));
    if (!seen.insert(name).second) {
      return InvalidArgument(fmt::format("{} is named twice; rename one", Quoted(name)),
                             At(pointer, i));
    }
  }
  return {};
}

class Checker {
 public:
  explicit Checker(const Problem& problem) : problem_(problem) {}

  Status Run() {
    return InTurn({&Checker::CheckSizes, &Checker::CheckAllNames, &Checker::CheckSlots,
                   &Checker::CheckQuantities, &Checker::CheckMeasures,
                   &Checker::CheckReadAttributes, &Checker::CheckSums});
  }

  Status RunNumbers() {
    return InTurn({&Checker::CheckSizes, &Checker::CheckAllValues, &Checker::CheckQuantities,
                   &Checker::CheckMeasures, &Checker::CheckReadAttributes, &Checker::CheckSums});
  }

 private:
  using Step = Status (Checker::*)();

  Status InTurn(std::initializer_list<Step> steps) {
    for (const Step step : steps) {
      if (Status status = (this->*step)(); !status) return status;
    }
    return {};
  }

  Status CheckSizes() {
    if (problem_.slots.empty()) {
      return InvalidArgument("the problem has no slot; name at least one", Pointer({"slots"}));
    }
    std::size_t candidates = 0;
    for (const Slot& slot : problem_.slots) candidates += slot.candidates.size();
    const struct {
      std::size_t count;
      std::int64_t limit;
      const char* what;
      const char* member;
    } sizes[] = {
        {problem_.slots.size(), kMaxSlots, "slots", "slots"},
        {problem_.quantities.size(), kMaxQuantities, "quantities", "quantities"},
        {problem_.limits.size(), kMaxRows, "limits", "limits"},
        {problem_.levels.size(), kMaxLevels, "levels", "levels"},
        {candidates, kMaxCandidates, "candidates in all slots", "slots"},
        {problem_.attributes.size(), std::numeric_limits<std::int32_t>::max(), "attributes",
         "attributes"},
        {problem_.tags.size(), std::numeric_limits<std::int32_t>::max(), "tags", "tags"},
    };
    for (const auto& size : sizes) {
      Status status = CheckCount(size.count, size.limit, size.what, Pointer({size.member}));
      if (!status) return status;
    }
    Status top = CheckSmall("top", problem_.top, kTopRange, "");
    return top ? CheckSmall("distance", problem_.distance, kDistanceRange, "") : top;
  }

  Status CheckAllNames() {
    const auto self = [](const std::string& name) { return std::string_view(name); };
    const auto member = [](const auto& item) { return std::string_view(item.name); };
    if (Status s = CheckNames(problem_.tags, self, Pointer({"tags"})); !s) return s;
    if (Status s = CheckNames(problem_.label_kinds, self, Pointer({"label_kinds"})); !s) return s;
    if (Status s = CheckNames(problem_.attributes, member, Pointer({"attributes"})); !s) return s;
    if (Status s = CheckNames(problem_.slots, member, Pointer({"slots"})); !s) return s;
    return CheckNames(problem_.quantities, member, Pointer({"quantities"}));
  }

  Status CheckSlots() {
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      const std::string pointer = At(Pointer({"slots"}), s);
      if (Status status = CheckSlot(problem_.slots[s], pointer); !status) return status;
    }
    return {};
  }

  Status CheckSlot(const Slot& slot, const std::string& pointer) {
    const bool set = slot.choice == SlotChoice::kSet;
    if (slot.quantity != kOneUnit && !InRange(slot.quantity, problem_.quantities.size())) {
      return InvalidArgument("the slot's quantity does not exist", In(pointer, "quantity"));
    }
    if (Status s =
            CheckSmall("distance_weight", slot.distance_weight, kDistanceWeightRange, pointer);
        !s) {
      return s;
    }
    if (slot.cover.size() > static_cast<std::size_t>(kMaxCoverBits)) {
      return ResourceLimit(fmt::format("{} cover names, but at most {} are possible",
                                       slot.cover.size(), kMaxCoverBits),
                           In(pointer, "cover"));
    }
    if (set && slot.cover.empty()) {
      return InvalidArgument(
          "a set slot needs at least one cover name, or none of its sets could be complete",
          In(pointer, "cover"));
    }
    if (!set && !slot.cover.empty()) {
      return InvalidArgument("only a set slot has cover names", In(pointer, "cover"));
    }
    const IntRange picks{1, set ? kMaxCoverBits : 1};
    if (Status s = CheckSmall("max_picks", slot.max_picks, picks, pointer); !s) return s;
    if (Status s = CheckNames(
            slot.cover, [](const std::string& name) { return std::string_view(name); },
            In(pointer, "cover"));
        !s) {
      return s;
    }
    const std::string list = In(pointer, "candidates");
    if (Status s = CheckNames(
            slot.candidates,
            [](const Candidate& candidate) { return std::string_view(candidate.id); }, list);
        !s) {
      return s;
    }
    for (std::size_t c = 0; c < slot.candidates.size(); ++c) {
      Status status = CheckCandidate(slot, slot.candidates[c]);
      if (status) continue;
      Error error = std::move(status).error();
      error.context = At(list, c) + error.context;
      return error;
    }
    return {};
  }

  Status CheckTags(const std::vector<TagId>& tags, std::string_view member) const {
    for (const TagId tag : tags) {
      if (!InRange(tag, problem_.tags.size())) {
        return InvalidArgument(fmt::format("tag {} does not exist", tag), Pointer({member}));
      }
    }
    return {};
  }

  // The error's context is relative to the candidate: pointers are only built for what is wrong,
  // because a large problem has millions of candidates.
  Status CheckCandidate(const Slot& slot, const Candidate& candidate) const {
    if (slot.choice == SlotChoice::kSet && candidate.id.find(',') != std::string::npos) {
      return InvalidArgument(
          "an id of a set slot contains ','; ties are broken by ids joined with ','",
          Pointer({"id"}));
    }
    if (Status s = CheckTags(candidate.provides, "provides"); !s) return s;
    if (Status s = CheckTags(candidate.conflicts, "conflicts"); !s) return s;
    for (const auto& group : candidate.requires_) {
      if (Status s = CheckTags(group, "requires"); !s) return s;
    }
    for (std::size_t i = 1; i < candidate.provides.size(); ++i) {
      if (candidate.provides[i - 1] >= candidate.provides[i]) {
        return InvalidArgument("provided tags are not sorted and unique", Pointer({"provides"}));
      }
    }
    if ((std::uint64_t{candidate.covers} >> slot.cover.size()) != 0) {
      return InvalidArgument(
          fmt::format("covers has bits beyond the slot's {} cover names", slot.cover.size()),
          Pointer({"covers"}));
    }
    if (candidate.values.size() > problem_.attributes.size()) {
      return InvalidArgument(fmt::format("{} values, but only {} attributes",
                                         candidate.values.size(), problem_.attributes.size()),
                             Pointer({"values"}));
    }
    if (candidate.labels.size() > problem_.label_kinds.size()) {
      return InvalidArgument(fmt::format("{} labels, but only {} label kinds",
                                         candidate.labels.size(), problem_.label_kinds.size()),
                             Pointer({"labels"}));
    }
    return CheckValues(candidate);
  }

  // Likewise.
  Status CheckValues(const Candidate& candidate) const {
    for (std::size_t a = 0; a < candidate.values.size(); ++a) {
      if (!ValueInRange(candidate.values[a])) {
        return InvalidArgument(fmt::format("{} is beyond ±{}", candidate.values[a], kMaxValue),
                               Pointer({"values", problem_.attributes[a].name}));
      }
    }
    return {};
  }

  Status CheckAllValues() {
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      const auto& candidates = problem_.slots[s].candidates;
      for (std::size_t c = 0; c < candidates.size(); ++c) {
        const std::vector<std::int64_t>& values = candidates[c].values;
        if (std::all_of(values.begin(), values.end(), ValueInRange)) continue;
        Error error = CheckValues(candidates[c]).error();
        error.context = At(In(At(Pointer({"slots"}), s), "candidates"), c) + error.context;
        return error;
      }
    }
    return {};
  }

  Status CheckQuantities() {
    for (std::size_t q = 0; q < problem_.quantities.size(); ++q) {
      const Quantity& quantity = problem_.quantities[q];
      const std::string pointer = At(Pointer({"quantities"}), q);
      Status status;
      switch (quantity.kind) {
        case Quantity::Kind::kTable:
          status = CheckTable(quantity, pointer);
          break;
        case Quantity::Kind::kCeil:
          status = CheckCeil(quantity, q, pointer);
          break;
        case Quantity::Kind::kFatTree:
          status = CheckFatTree(quantity, q, pointer);
          break;
      }
      if (!status) return status;
    }
    return {};
  }

  Status CheckTable(const Quantity& quantity, const std::string& pointer) const {
    const int slots[] = {quantity.table_rows_slot, quantity.table_columns_slot};
    const std::size_t lines[] = {quantity.table.rows(), quantity.table.columns()};
    for (int i = 0; i < 2; ++i) {
      const std::string place = In(pointer, i == 0 ? "rows" : "columns");
      if (!InRange(slots[i], problem_.slots.size())) {
        return InvalidArgument("the table's slot does not exist", place);
      }
      const Slot& slot = problem_.slots[static_cast<std::size_t>(slots[i])];
      if (slot.choice != SlotChoice::kOne) {
        return InvalidArgument(
            fmt::format("slot {} does not take exactly one candidate, as a table needs",
                        Quoted(slot.name)),
            place);
      }
      if (lines[i] != slot.candidates.size()) {
        return InvalidArgument(
            fmt::format("the table has {} {}, but slot {} has {} candidates", lines[i],
                        i == 0 ? "rows" : "columns", Quoted(slot.name), slot.candidates.size()),
            In(pointer, "table"));
      }
    }
    if (slots[0] == slots[1]) {
      return InvalidArgument("a table needs two different slots", In(pointer, "columns"));
    }
    for (const std::int64_t value : quantity.table.cells()) {
      if (value < -1 || value > kMaxValue) {
        return InvalidArgument(
            fmt::format("{} is neither -1 (incompatible) nor between 0 and {}", value, kMaxValue),
            In(pointer, "table"));
      }
    }
    return {};
  }

  // An attribute of the one candidate of a slot, as a coefficient, divisor or radix.
  Status CheckRead(int slot, AttributeId attribute, bool non_negative, const std::string& pointer) {
    if (!InRange(slot, problem_.slots.size())) {
      return InvalidArgument("the slot does not exist", pointer);
    }
    const Slot& source = problem_.slots[static_cast<std::size_t>(slot)];
    if (source.choice == SlotChoice::kSet) {
      return InvalidArgument(
          fmt::format("slot {} is a set: which member's attribute is meant would be open",
                      Quoted(source.name)),
          pointer);
    }
    if (!InRange(attribute, problem_.attributes.size())) {
      return InvalidArgument("the attribute does not exist", pointer);
    }
    if (non_negative) non_negative_.push_back({slot, attribute, pointer});
    return {};
  }

  Status CheckDemand(const CeilDemand& demand, std::size_t own, const std::string& pointer) {
    if (!ValueInRange(demand.constant)) {
      return InvalidArgument(fmt::format("{} is beyond ±{}", demand.constant, kMaxValue),
                             In(pointer, "constant"));
    }
    for (std::size_t t = 0; t < demand.terms.size(); ++t) {
      const Term& term = demand.terms[t];
      const std::string place = At(In(pointer, "terms"), t);
      if (term.quantity != kOneUnit && !InRange(term.quantity, own)) {
        return InvalidArgument("a quantity may only use quantities that are listed before it",
                               In(place, "quantity"));
      }
      if (!ValueInRange(term.coefficient)) {
        return InvalidArgument(fmt::format("{} is beyond ±{}", term.coefficient, kMaxValue),
                               In(place, "coefficient"));
      }
      if (term.slot == -1) continue;
      if (Status s = CheckRead(term.slot, term.attribute, false, In(place, "coefficient")); !s)
        return s;
    }
    if (demand.divisor < 0 || demand.divisor > kMaxValue) {
      return InvalidArgument(
          fmt::format("divisor {} is not between 0 and {}", demand.divisor, kMaxValue),
          In(pointer, "divisor"));
    }
    if (demand.divisor_slot == -1) return {};
    return CheckRead(demand.divisor_slot, demand.divisor_attribute, true, In(pointer, "divisor"));
  }

  Status CheckCeil(const Quantity& quantity, std::size_t own, const std::string& pointer) {
    if (quantity.minimum < 0 || quantity.minimum > kMaxValue) {
      return InvalidArgument(
          fmt::format("minimum {} is not between 0 and {}", quantity.minimum, kMaxValue),
          In(pointer, "minimum"));
    }
    for (std::size_t d = 0; d < quantity.demands.size(); ++d) {
      const std::string place = At(In(pointer, "demands"), d);
      if (Status s = CheckDemand(quantity.demands[d], own, place); !s) return s;
    }
    return {};
  }

  Status CheckFatTree(const Quantity& quantity, std::size_t own, const std::string& pointer) {
    if (quantity.demands.size() != 1) {
      return InvalidArgument("a fat tree needs exactly one demand: its ports",
                             In(pointer, "ports"));
    }
    const CeilDemand& ports = quantity.demands[0];
    if (ports.divisor != 1 || ports.divisor_slot != -1) {
      return InvalidArgument("the ports of a fat tree have no divisor", In(pointer, "ports"));
    }
    if (Status s = CheckDemand(ports, own, In(pointer, "ports")); !s) return s;
    return CheckRead(quantity.radix_slot, quantity.radix_attribute, true, In(pointer, "radix"));
  }

  Status CheckMeasure(const Measure& measure, const std::string& pointer) {
    if (measure.kind == Measure::Kind::kDistinct) {
      if (InRange(measure.label_kind, problem_.label_kinds.size())) return {};
      return InvalidArgument("the label kind does not exist", In(pointer, "distinct"));
    }
    const bool maximum = measure.kind == Measure::Kind::kMax;
    const std::string place = In(pointer, maximum ? "max" : "sum");
    if (!InRange(measure.attribute, problem_.attributes.size())) {
      return InvalidArgument("the attribute does not exist", place);
    }
    if (maximum) non_negative_.push_back({-1, measure.attribute, place});
    return {};
  }

  Status CheckMeasures() {
    for (std::size_t i = 0; i < problem_.limits.size(); ++i) {
      const std::string place = In(At(Pointer({"limits"}), i), "measure");
      if (Status s = CheckMeasure(problem_.limits[i].measure, place); !s) return s;
    }
    for (std::size_t i = 0; i < problem_.levels.size(); ++i) {
      const auto& terms = problem_.levels[i].terms;
      for (std::size_t t = 0; t < terms.size(); ++t) {
        const std::string place = At(In(At(Pointer({"levels"}), i), "terms"), t);
        if (Status s = CheckMeasure(terms[t].measure, In(place, "measure")); !s) return s;
        if (!ValueInRange(terms[t].weight) ||
            (terms[t].weight < 0 && terms[t].measure.kind != Measure::Kind::kSum)) {
          return InvalidArgument(
              fmt::format("weight {} is beyond ±{}, or negative for a maximum or a count",
                          terms[t].weight, kMaxValue),
              In(place, "weight"));
        }
      }
    }
    return {};
  }

  // Divisors, radices and attributes under a maximum must not be negative: a negative unit count
  // has no meaning, and a maximum of negatives would lie below that of nothing.
  Status CheckReadAttributes() {
    for (const NonNegative& rule : non_negative_) {
      for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
        if (rule.slot >= 0 && static_cast<std::size_t>(rule.slot) != s) continue;
        const auto& candidates = problem_.slots[s].candidates;
        for (std::size_t c = 0; c < candidates.size(); ++c) {
          const auto a = static_cast<std::size_t>(rule.attribute);
          if (a >= candidates[c].values.size() || candidates[c].values[a] >= 0) continue;
          return InvalidArgument(
              fmt::format("{} is negative, but {} uses it as a divisor, a radix or a maximum",
                          candidates[c].values[a], rule.pointer),
              In(In(At(In(At(Pointer({"slots"}), s), "candidates"), c), "values"),
                 problem_.attributes[a].name));
        }
      }
    }
    return {};
  }

  Status CheckSums() { return CheckReach(problem_); }

  struct NonNegative {
    int slot;  // -1: every slot
    AttributeId attribute;
    std::string pointer;
  };

  const Problem& problem_;
  std::vector<NonNegative> non_negative_;
};

}  // namespace

std::string OutsideText(std::string_view name, std::int64_t value, const IntRange& range) {
  return fmt::format("{} is {}, but must be between {} and {}", name, value, range.low, range.high);
}

Status Validate(const Problem& problem) {
  return Checker(problem).Run();
}

Status CheckNumbers(const Problem& problem) {
  return Checker(problem).RunNumbers();
}

}  // namespace stackport::match
