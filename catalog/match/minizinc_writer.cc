#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/match/arithmetic.h"
#include "catalog/match/problem_export.h"
#include "catalog/match/quantity_rules.h"

namespace stackport::match {

namespace {

// Largest absolute integer of Gecode's variables.
constexpr Wide kGecodeMax = 2'147'483'646;

std::string Comment(std::string_view text) {
  return "% " + Printable(text, 200) + "\n";
}

// Everything is written from 1 on, as MiniZinc counts.
//   c3      candidate of slot 3, 0 when it is empty       x4[i]  whether set slot 4 holds candidate
//   i q2      quantity 2                                    p5     whether a chosen one provides
//   tag 5
class MiniZincWriter {
 public:
  explicit MiniZincWriter(const Problem& problem) : problem_(problem) {}

  std::string Write() {
    text_ += Comment("problem: " + problem_.name);
    text_ +=
        "% One package, the first of the order. Solve for one level after the other:\n"
        "%   minizinc --solver gecode FILE -D 'step=1; known=[];'\n"
        "%   minizinc --solver gecode FILE -D 'step=2; known=[VALUE OF LEVEL 1];'  and so on\n";
    const std::size_t head = text_.size();
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) AddSlot(s);
    AddTags();
    AddQuantities();
    AddLimits();
    AddLevels();
    if (largest_ > kGecodeMax) {
      text_.insert(head,
                   "% Some sums pass 2147483646, the largest integer of Gecode: scale the values, "
                   "or use another solver.\n");
    }
    return std::move(text_);
  }

 private:
  static std::string Var(const char* kind, std::size_t index) {
    return kind + std::to_string(index + 1);
  }
  bool IsSet(std::size_t slot) const { return problem_.slots[slot].choice == SlotChoice::kSet; }

  static std::int64_t ValueOf(const Candidate& candidate, AttributeId attribute) {
    const auto index = static_cast<std::size_t>(attribute);
    return index < candidate.values.size() ? candidate.values[index] : 0;
  }

  void AddSlot(std::size_t s) {
    const Slot& slot = problem_.slots[s];
    const std::size_t count = slot.candidates.size();
    text_ += "\n" + Comment("slot " + slot.name);
    if (!IsSet(s)) {
      text_ += fmt::format("var {}..{}: {};\n", slot.choice == SlotChoice::kOne ? 1 : 0, count,
                           Var("c", s));
      return;
    }
    const std::string x = Var("x", s);
    text_ += fmt::format("array[1..{}] of var bool: {};\n", count, x);
    text_ += fmt::format("constraint sum({0}) >= 1 /\\ sum({0}) <= {1};\n", x, slot.max_picks);
    std::vector<std::string> counts;
    for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
      std::vector<std::string> covering;
      for (std::size_t i = 0; i < count; ++i) {
        if ((slot.candidates[i].covers >> bit & 1U) != 0) covering.push_back(Member(s, i));
      }
      counts.push_back(fmt::format("{}_{}", Var("k", s), bit + 1));
      text_ += fmt::format("var int: {} = sum([{}]);\nconstraint {} >= 1;\n", counts.back(),
                           Join(covering, ", "), counts.back());
    }
    // None can be left out: each covers a name that no other one covers.
    for (std::size_t i = 0; i < count; ++i) {
      std::vector<std::string> alone = {"false"};
      for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
        if ((slot.candidates[i].covers >> bit & 1U) != 0) alone.push_back(counts[bit] + " = 1");
      }
      text_ += fmt::format("constraint {} -> ({});\n", Member(s, i), Join(alone, " \\/ "));
    }
  }

  static std::string Member(std::size_t slot, std::size_t candidate) {
    return fmt::format("{}[{}]", Var("x", slot), candidate + 1);
  }

  // Whether the slot holds one of these candidates.
  std::string HoldsOne(std::size_t s, const std::vector<std::size_t>& candidates) const {
    std::vector<std::string> parts;
    for (const std::size_t i : candidates) {
      parts.push_back(IsSet(s) ? Member(s, i) : std::to_string(i + 1));
    }
    if (IsSet(s)) return "(" + Join(parts, " \\/ ") + ")";
    return fmt::format("({} in {{{}}})", Var("c", s), Join(parts, ", "));
  }

  void AddTags() {
    std::map<TagId, std::vector<std::string>> providers;
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      std::map<TagId, std::vector<std::size_t>> by_tag;
      for (std::size_t i = 0; i < problem_.slots[s].candidates.size(); ++i) {
        for (const TagId tag : problem_.slots[s].candidates[i].provides) by_tag[tag].push_back(i);
      }
      for (const auto& [tag, candidates] : by_tag) {
        providers[tag].push_back(HoldsOne(s, candidates));
      }
    }
    text_ += "\n% tags that something provides\n";
    for (const auto& [tag, parts] : providers) {
      text_ +=
          fmt::format("var bool: {} = {}; {}", Var("p", static_cast<std::size_t>(tag)),
                      Join(parts, " \\/ "), Comment(problem_.tags[static_cast<std::size_t>(tag)]));
    }
    const auto provided = [&](TagId tag) {
      return providers.contains(tag) ? Var("p", static_cast<std::size_t>(tag))
                                     : std::string("false");
    };
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      std::map<std::vector<TagId>, std::vector<std::size_t>> requiring;
      std::map<TagId, std::vector<std::size_t>> conflicting;
      for (std::size_t i = 0; i < problem_.slots[s].candidates.size(); ++i) {
        const Candidate& candidate = problem_.slots[s].candidates[i];
        for (const auto& group : candidate.requires_) requiring[group].push_back(i);
        for (const TagId tag : candidate.conflicts) conflicting[tag].push_back(i);
      }
      for (const auto& [group, candidates] : requiring) {
        std::vector<std::string> any = {"false"};
        for (const TagId tag : group) any.push_back(provided(tag));
        text_ +=
            fmt::format("constraint {} -> ({});\n", HoldsOne(s, candidates), Join(any, " \\/ "));
      }
      for (const auto& [tag, candidates] : conflicting) {
        text_ += fmt::format("constraint {} -> not {};\n", HoldsOne(s, candidates), provided(tag));
      }
    }
  }

  // The value of what a slot holds, summed up over the members of a set. "0" when it is 0 for all.
  std::string ValueIn(std::size_t s, AttributeId attribute) {
    const auto key = std::pair(s, attribute);
    const auto known = values_.find(key);
    if (known != values_.end()) return known->second;
    std::vector<std::string> numbers;
    bool any = false;
    for (const Candidate& candidate : problem_.slots[s].candidates) {
      const std::int64_t value = ValueOf(candidate, attribute);
      any = any || value != 0;
      Note(value);
      numbers.push_back(std::to_string(value));
    }
    std::string expression = "0";
    if (any) {
      const std::string name = fmt::format("v{}_{}", s + 1, attribute + 1);
      if (IsSet(s)) {
        text_ += fmt::format("array[1..{}] of int: {} = [{}];\n", numbers.size(), name,
                             Join(numbers, ", "));
        expression =
            fmt::format("sum(i in 1..{0})({1}[i]*{2}[i])", numbers.size(), name, Var("x", s));
      } else {
        text_ += fmt::format("array[0..{0}] of int: {1} = array1d(0..{0}, [0, {2}]);\n",
                             numbers.size(), name, Join(numbers, ", "));
        expression = fmt::format("{}[{}]", name, Var("c", s));
      }
    }
    values_[key] = expression;
    return expression;
  }

  static std::string Units(QuantityId quantity) {
    return quantity == kOneUnit ? "1" : Var("q", static_cast<std::size_t>(quantity));
  }

  std::string Numerator(const CeilDemand& demand) {
    std::string sum = std::to_string(demand.constant);
    for (const Term& term : demand.terms) {
      const std::string factor = term.slot < 0
                                     ? fmt::format("({})", term.coefficient)
                                     : ValueIn(static_cast<std::size_t>(term.slot), term.attribute);
      sum += fmt::format(" + {}*{}", factor, Units(term.quantity));
    }
    return sum;
  }

  void AddQuantities() {
    const QuantityRules rules(problem_);
    const std::vector<int> open(problem_.slots.size(), kUndecided);
    std::vector<std::int64_t> low(problem_.quantities.size()), high(problem_.quantities.size());
    for (std::size_t q = 0; q < problem_.quantities.size(); ++q) {
      const Quantity& quantity = problem_.quantities[q];
      text_ += "\n" + Comment("quantity " + quantity.name);
      WideInterval range;
      if (!rules.Interval(static_cast<QuantityId>(q), rules.whole(), open.data(), low.data(),
                          high.data(), &range)) {
        // It never has a value, so nothing fits.
        text_ += fmt::format("constraint false;\nint: {} = 0;\n", Var("q", q));
        continue;
      }
      low[q] = static_cast<std::int64_t>(range.low);
      high[q] = static_cast<std::int64_t>(range.high);
      Note(range.high);
      text_ += fmt::format("var {}..{}: {};\n", low[q], high[q], Var("q", q));
      AddRule(quantity, q);
    }
  }

  void AddRule(const Quantity& quantity, std::size_t q) {
    const std::string name = Var("q", q);
    switch (quantity.kind) {
      case Quantity::Kind::kTable: {
        const auto rows_slot = static_cast<std::size_t>(quantity.table_rows_slot);
        const auto columns_slot = static_cast<std::size_t>(quantity.table_columns_slot);
        const std::size_t rows = quantity.table.rows();
        const std::size_t columns = quantity.table.columns();
        std::vector<std::string> cells;
        for (std::size_t r = 0; r < rows; ++r) {
          for (std::size_t c = 0; c < columns; ++c) {
            cells.push_back(std::to_string(quantity.table.At(r, c)));
          }
        }
        text_ += fmt::format(
            "array[1..{0},1..{1}] of int: t{2} = array2d(1..{0}, 1..{1}, [{3}]);\n"
            "constraint {4} = t{2}[{5}, {6}];\n",
            rows, columns, q + 1, Join(cells, ", "), name, Var("c", rows_slot),
            Var("c", columns_slot));
        return;
      }
      case Quantity::Kind::kCeil: {
        std::vector<std::string> demands = {std::to_string(quantity.minimum)};
        for (std::size_t d = 0; d < quantity.demands.size(); ++d) {
          demands.push_back(AddDemand(quantity.demands[d], fmt::format("{}_{}", name, d + 1)));
        }
        text_ += fmt::format("constraint {} = max([{}]);\n", name, Join(demands, ", "));
        return;
      }
      case Quantity::Kind::kFatTree: {
        const std::string ports = Numerator(quantity.demands[0]);
        const std::string radix =
            ValueIn(static_cast<std::size_t>(quantity.radix_slot), quantity.radix_attribute);
        text_ += fmt::format(
            "var int: {0}_ports = max(0, {1});\nvar int: {0}_radix = max(2, {2});\n"
            "var int: {0}_half = {0}_radix div 2;\n"
            "var int: {0}_leaves = ({0}_ports + {0}_half - 1) div {0}_half;\n"
            "constraint {0}_ports > 0 -> {2} >= 2;\n"
            "constraint {0}_ports <= {0}_radix * {0}_half;\n"
            "constraint {0} = if {0}_ports = 0 then 0 elseif {0}_ports <= {0}_radix then 1\n"
            "  else {0}_leaves + ({0}_leaves * {0}_half + {0}_radix - 1) div {0}_radix endif;\n",
            name, ports, radix);
        return;
      }
    }
  }

  // Units that one demand asks for. A divisor of 0 is only allowed where nothing is asked for.
  std::string AddDemand(const CeilDemand& demand, const std::string& name) {
    const std::string numerator = Numerator(demand);
    const std::string divisor =
        demand.divisor_slot < 0
            ? std::to_string(demand.divisor)
            : ValueIn(static_cast<std::size_t>(demand.divisor_slot), demand.divisor_attribute);
    text_ += fmt::format(
        "var int: {0}_need = max(0, {1});\nvar int: {0}_per = max(1, {2});\n"
        "constraint {0}_need > 0 -> {2} >= 1;\n",
        name, numerator, divisor);
    return fmt::format("({0}_need + {0}_per - 1) div {0}_per", name);
  }

  std::string MeasureText(const Measure& measure) {
    std::vector<std::string> parts = {"0"};
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      const QuantityId quantity = problem_.slots[s].quantity;
      switch (measure.kind) {
        case Measure::Kind::kSum: {
          const bool scaled =
              problem_.attributes[static_cast<std::size_t>(measure.attribute)].scaled;
          const std::string value = ValueIn(s, measure.attribute);
          if (value == "0") break;
          parts.push_back(scaled && quantity != kOneUnit ? value + "*" + Units(quantity) : value);
          break;
        }
        case Measure::Kind::kMax: {
          if (ValueIn(s, measure.attribute) == "0") break;
          std::string value = ValueIn(s, measure.attribute);
          if (IsSet(s)) {
            value =
                fmt::format("max(i in 1..{})(v{}_{}[i]*{}[i])", problem_.slots[s].candidates.size(),
                            s + 1, measure.attribute + 1, Var("x", s));
          }
          parts.push_back(
              quantity == kOneUnit ? value : fmt::format("({} > 0)*{}", Units(quantity), value));
          break;
        }
        case Measure::Kind::kDistinct:
          break;
      }
    }
    if (measure.kind == Measure::Kind::kDistinct) AddLabels(measure.label_kind, &parts);
    return measure.kind == Measure::Kind::kMax ? "max([" + Join(parts, ", ") + "])"
                                               : Join(parts, " + ");
  }

  void AddLabels(int kind, std::vector<std::string>* parts) const {
    std::map<std::string, std::vector<std::string>> holders;
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      std::map<std::string, std::vector<std::size_t>> by_label;
      for (std::size_t i = 0; i < problem_.slots[s].candidates.size(); ++i) {
        const auto& labels = problem_.slots[s].candidates[i].labels;
        const auto index = static_cast<std::size_t>(kind);
        if (index < labels.size() && !labels[index].empty()) by_label[labels[index]].push_back(i);
      }
      for (const auto& [label, candidates] : by_label) {
        holders[label].push_back(HoldsOne(s, candidates));
      }
    }
    for (const auto& [label, slots] : holders) {
      parts->push_back("bool2int(" + Join(slots, " \\/ ") + ")");
    }
  }

  void AddLimits() {
    for (const Limit& limit : problem_.limits) {
      if (!limit.low && !limit.high) continue;
      const std::string measure = MeasureText(limit.measure);
      text_ += "\n" + Comment("limit " + limit.name);
      if (limit.high) text_ += fmt::format("constraint {} <= {};\n", measure, *limit.high);
      if (limit.low) text_ += fmt::format("constraint {} >= {};\n", measure, *limit.low);
    }
  }

  void AddLevels() {
    std::vector<std::string> levels;
    for (const Level& level : problem_.levels) {
      std::vector<std::string> terms = {"0"};
      for (const LevelTerm& term : level.terms) {
        terms.push_back(fmt::format("({})*({})", term.weight, MeasureText(term.measure)));
      }
      levels.push_back(Join(terms, " + "));
    }
    text_ += "\n";
    for (std::size_t l = 0; l < levels.size(); ++l) {
      text_ += Comment("level " + problem_.levels[l].name);
    }
    text_ += fmt::format("array[1..{0}] of var int: level = array1d(1..{0}, [{1}]);\n",
                         levels.size(), Join(levels, ",\n  "));
    text_ +=
        "int: step;\narray[int] of int: known;\n"
        "constraint forall(i in 1..step-1)(level[i] = known[i]);\n";
    text_ += levels.empty() ? "solve satisfy;\n" : "solve minimize level[step];\n";
    std::vector<std::string> shown;
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      shown.push_back(IsSet(s) ? fmt::format("[i | i in 1..{} where fix({}[i])]",
                                             problem_.slots[s].candidates.size(), Var("x", s))
                               : fmt::format("[{}]", Var("c", s)));
    }
    text_ += "output [\"level \\(level)\\n\"";
    for (std::size_t s = 0; s < shown.size(); ++s) {
      text_ += fmt::format(",\n  \"slot {} \\({})\\n\"", s + 1, shown[s]);
    }
    text_ += "];\n";
  }

  void Note(Wide value) { largest_ = std::max(largest_, AbsoluteValue(value)); }

  const Problem& problem_;
  std::string text_;
  std::map<std::pair<std::size_t, AttributeId>, std::string> values_;
  Wide largest_ = 0;
};

}  // namespace

std::string WriteMiniZinc(const Problem& problem) {
  return MiniZincWriter(problem).Write();
}

}  // namespace stackport::match
