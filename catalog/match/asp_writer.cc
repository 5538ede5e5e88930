#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/match/arithmetic.h"
#include "catalog/match/problem_export.h"

namespace stackport::match {

namespace {

// Largest integer of clingo.
constexpr Wide kClingoMax = 2'147'483'647;

// Slots, candidates, quantities, tags and measures are numbers, counted from 0 as in the file.
//   pick(S,C)   slot S holds candidate C        q(I,V)    quantity I is V; q(one,1)
//   has(T)      a chosen candidate provides T   a(S,A,V)  attribute A of the candidate in slot S
//   w(M,S,C,V)  C adds V to the sum M           x(M,V)    C may be the maximum of M
//   l(M,L)      label L is counted by M
class AspWriter {
 public:
  explicit AspWriter(const Problem& problem) : problem_(problem) {}

  Result<std::string> Write() {
    Line("% problem: " + Printable(problem_.name, 200));
    Line("% All packages that are first by their levels (names may still decide between them):");
    Line("%   clingo --opt-mode=optN --models=0 FILE");
    Line("% Each level counts 1 more than in the problem, so that none is left out of the answer.");
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) AddSlot(s);
    AddTags();
    Line("q(one,1).");
    for (std::size_t i = 0; i < problem_.quantities.size(); ++i) AddQuantity(i);
    for (const Limit& limit : problem_.limits) AddLimit(limit);
    for (std::size_t l = 0; l < problem_.levels.size(); ++l) AddLevel(l);
    Line("#show pick/2.");
    if (largest_ > kClingoMax) {
      return InvalidArgument(
          "a sum of the problem passes 2147483647, the largest integer of clingo; write its values "
          "in larger units, or use `--as minizinc` with another solver");
    }
    return std::move(text_);
  }

 private:
  void Line(std::string_view line) {
    text_ += line;
    text_ += '\n';
  }
  void Note(Wide value) { largest_ = std::max(largest_, AbsoluteValue(value)); }

  static std::int64_t ValueOf(const Candidate& candidate, AttributeId attribute) {
    const auto index = static_cast<std::size_t>(attribute);
    return index < candidate.values.size() ? candidate.values[index] : 0;
  }
  static std::string Name(QuantityId id) { return id == kOneUnit ? "one" : std::to_string(id); }
  Wide Highest(QuantityId id) const {
    return id == kOneUnit ? Wide{1} : highest_[static_cast<std::size_t>(id)];
  }

  void AddSlot(std::size_t s) {
    const Slot& slot = problem_.slots[s];
    Line("% slot " + Printable(slot.name, 200));
    const std::size_t last = slot.candidates.size() - 1;
    const int low = slot.choice == SlotChoice::kOptional ? 0 : 1;
    const int high = slot.choice == SlotChoice::kSet ? slot.max_picks : 1;
    if (slot.candidates.empty()) {
      if (low > 0) Line(":- 0 = 0.");
      return;
    }
    Line(fmt::format("{} {{ pick({},0..{}) }} {}.", low, s, last, high));
    if (slot.choice != SlotChoice::kSet) return;
    for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
      for (std::size_t c = 0; c <= last; ++c) {
        if ((slot.candidates[c].covers >> bit & 1U) != 0) {
          Line(fmt::format("covers({},{},{}).", s, c, bit));
        }
      }
      Line(fmt::format(":- not pick({0},C) : covers({0},C,{1}).", s, bit));
    }
    // None can be left out: each covers a name that no other one covers.
    Line(
        fmt::format("alone({0},C) :- pick({0},C), covers({0},C,B), 1 = #count{{ D : pick({0},D), "
                    "covers({0},D,B) }}.",
                    s));
    Line(fmt::format(":- pick({0},C), not alone({0},C).", s));
  }

  void AddTags() {
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      for (std::size_t c = 0; c < problem_.slots[s].candidates.size(); ++c) {
        const Candidate& candidate = problem_.slots[s].candidates[c];
        const std::string pick = fmt::format("pick({},{})", s, c);
        for (const TagId tag : candidate.provides) Line(fmt::format("has({}) :- {}.", tag, pick));
        for (const auto& group : candidate.requires_) {
          std::string rule = ":- " + pick;
          for (const TagId tag : group) rule += fmt::format(", not has({})", tag);
          Line(rule + ".");
        }
        for (const TagId tag : candidate.conflicts) Line(fmt::format(":- {}, has({}).", pick, tag));
      }
    }
    Line("#defined has/1.");
  }

  // a(S,A,V) for every candidate; 0 for an empty slot. Returns the largest absolute value.
  Wide UseAttribute(int slot, AttributeId attribute) {
    const Slot& described = problem_.slots[static_cast<std::size_t>(slot)];
    Wide largest = 0;
    for (const Candidate& candidate : described.candidates) {
      largest = std::max(largest, AbsoluteValue(ValueOf(candidate, attribute)));
    }
    Note(largest);
    if (!used_.insert({slot, attribute}).second) return largest;
    for (std::size_t c = 0; c < described.candidates.size(); ++c) {
      Line(fmt::format("a({0},{1},{3}) :- pick({0},{2}).", slot, attribute, c,
                       ValueOf(described.candidates[c], attribute)));
    }
    Line(fmt::format("a({0},{1},0) :- not pick({0},C) : C = 0..{2}.", slot, attribute,
                     static_cast<std::int64_t>(described.candidates.size()) - 1));
    return largest;
  }

  // num(I,K,N): the numerator of a demand. Returns its largest absolute value.
  Wide AddNumerator(std::size_t i, std::size_t k, const CeilDemand& demand) {
    std::string body, sum = std::to_string(demand.constant);
    Wide largest = AbsoluteValue(demand.constant);
    for (std::size_t t = 0; t < demand.terms.size(); ++t) {
      const Term& term = demand.terms[t];
      Wide each = AbsoluteValue(term.coefficient);
      body += fmt::format("{}q({},Q{})", body.empty() ? "" : ", ", Name(term.quantity), t);
      if (term.slot < 0) {
        sum += fmt::format(" + ({})*Q{}", term.coefficient, t);
      } else {
        each = UseAttribute(term.slot, term.attribute);
        body += fmt::format(", a({},{},A{})", term.slot, term.attribute, t);
        sum += fmt::format(" + A{0}*Q{0}", t);
      }
      largest += each * Highest(term.quantity);
    }
    Note(largest);
    Line(body.empty() ? fmt::format("num({},{},{}).", i, k, demand.constant)
                      : fmt::format("num({},{},N) :- {}, N = {}.", i, k, body, sum));
    return largest;
  }

  void AddQuantity(std::size_t i) {
    const Quantity& quantity = problem_.quantities[i];
    Line("% quantity " + Printable(quantity.name, 200));
    Wide highest = 0;
    switch (quantity.kind) {
      case Quantity::Kind::kTable:
        highest = AddTable(i, quantity);
        break;
      case Quantity::Kind::kCeil:
        highest = AddCeil(i, quantity);
        break;
      case Quantity::Kind::kFatTree:
        highest = AddFatTree(i, quantity);
        break;
    }
    Note(highest);
    highest_.push_back(highest);
  }

  Wide AddTable(std::size_t i, const Quantity& quantity) {
    Wide highest = 0;
    for (std::size_t r = 0; r < quantity.table.rows(); ++r) {
      for (std::size_t c = 0; c < quantity.table.columns(); ++c) {
        const std::int64_t value = quantity.table.At(r, c);
        highest = std::max<Wide>(highest, value);
        Line(fmt::format("{} :- pick({},{}), pick({},{}).",
                         value < 0 ? "" : fmt::format("q({},{})", i, value),
                         quantity.table_rows_slot, r, quantity.table_columns_slot, c));
      }
    }
    return highest;
  }

  Wide AddCeil(std::size_t i, const Quantity& quantity) {
    Wide highest = quantity.minimum;
    for (std::size_t k = 0; k < quantity.demands.size(); ++k) {
      const CeilDemand& demand = quantity.demands[k];
      highest = std::max(highest, AddNumerator(i, k, demand));
      Wide divisor = demand.divisor;
      if (demand.divisor_slot < 0) {
        Line(fmt::format("div({},{},{}).", i, k, demand.divisor));
      } else {
        divisor = UseAttribute(demand.divisor_slot, demand.divisor_attribute);
        Line(fmt::format("div({},{},D) :- a({},{},D).", i, k, demand.divisor_slot,
                         demand.divisor_attribute));
      }
      Note(highest + divisor);
    }
    Line(fmt::format("need({0},(N+D-1)/D) :- num({0},K,N), N > 0, div({0},K,D), D > 0.", i));
    Line(fmt::format(":- num({0},K,N), N > 0, div({0},K,0).", i));
    Line(fmt::format("q({0},M) :- M = #max{{ {1}; V : need({0},V) }}.", i, quantity.minimum));
    return highest;
  }

  Wide AddFatTree(std::size_t i, const Quantity& quantity) {
    const Wide ports = AddNumerator(i, 0, quantity.demands.front());
    const Wide radix = UseAttribute(quantity.radix_slot, quantity.radix_attribute);
    Note(radix * radix + ports * 3);
    Line(fmt::format("radix({},R) :- a({},{},R).", i, quantity.radix_slot,
                     quantity.radix_attribute));
    Line(fmt::format("q({0},0) :- num({0},0,P), P <= 0.", i));
    Line(fmt::format(":- num({0},0,P), P > 0, radix({0},R), R < 2.", i));
    Line(fmt::format("q({0},1) :- num({0},0,P), P > 0, radix({0},R), R >= 2, P <= R.", i));
    Line(fmt::format(":- num({0},0,P), radix({0},R), R >= 2, P > R, P > R*(R/2).", i));
    Line(
        fmt::format("q({0},L+(L*H+R-1)/R) :- num({0},0,P), radix({0},R), R >= 2, P > R, H = R/2, "
                    "L = (P+H-1)/H.",
                    i));
    return ports * 3;
  }

  // The number of a measure; its rules are written where it is first used. `high` receives the
  // largest absolute value it could have.
  std::size_t UseMeasure(const Measure& measure, Wide* high) {
    const auto key = std::tuple(measure.kind, measure.attribute, measure.label_kind);
    const auto [found, is_new] = measures_.try_emplace(key, std::pair(measures_.size(), Wide{0}));
    if (is_new) found->second.second = AddMeasure(found->second.first, measure);
    *high = found->second.second;
    return found->second.first;
  }

  Wide AddMeasure(std::size_t m, const Measure& measure) {
    Wide high = 0;
    std::map<std::string, std::size_t> labels;
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      const Slot& slot = problem_.slots[s];
      const std::string units = fmt::format("q({},Q)", Name(slot.quantity));
      Wide largest = 0;
      for (std::size_t c = 0; c < slot.candidates.size(); ++c) {
        const Candidate& candidate = slot.candidates[c];
        if (measure.kind == Measure::Kind::kDistinct) {
          const auto kind = static_cast<std::size_t>(measure.label_kind);
          if (kind >= candidate.labels.size() || candidate.labels[kind].empty()) continue;
          const std::size_t label =
              labels.emplace(candidate.labels[kind], labels.size()).first->second;
          Line(fmt::format("l({},{}) :- pick({},{}).", m, label, s, c));
          continue;
        }
        const std::int64_t value = ValueOf(candidate, measure.attribute);
        if (value == 0) continue;
        largest = std::max(largest, AbsoluteValue(value));
        const bool scaled = problem_.attributes[static_cast<std::size_t>(measure.attribute)].scaled;
        if (measure.kind == Measure::Kind::kMax) {
          Line(fmt::format("x({},{}) :- pick({},{}), {}, Q > 0.", m, value, s, c, units));
        } else if (scaled) {
          Line(fmt::format("w({},{},{},({})*Q) :- pick({},{}), {}.", m, s, c, value, s, c, units));
        } else {
          Line(fmt::format("w({},{},{},{}) :- pick({},{}).", m, s, c, value, s, c));
        }
      }
      const Wide members = slot.choice == SlotChoice::kSet ? slot.max_picks : 1;
      high += largest * members * std::max<Wide>(1, Highest(slot.quantity));
    }
    if (measure.kind == Measure::Kind::kMax) {
      Line(fmt::format("mx({0},M) :- M = #max{{ 0; V : x({0},V) }}.", m));
    }
    if (measure.kind == Measure::Kind::kDistinct) high = static_cast<Wide>(labels.size());
    Note(high);
    return high;
  }

  void AddLimit(const Limit& limit) {
    Line("% limit " + Printable(limit.name, 200));
    Wide high = 0;
    const std::size_t m = UseMeasure(limit.measure, &high);
    const auto forbid = [&](const char* comparison, std::int64_t bound) {
      Note(bound);
      switch (limit.measure.kind) {
        case Measure::Kind::kSum:
          Line(fmt::format(":- #sum{{ V,S,C : w({},S,C,V) }} {} {}.", m, comparison, bound));
          break;
        case Measure::Kind::kMax:
          Line(fmt::format(":- mx({},M), M {} {}.", m, comparison, bound));
          break;
        case Measure::Kind::kDistinct:
          Line(fmt::format(":- #count{{ L : l({},L) }} {} {}.", m, comparison, bound));
          break;
      }
    };
    if (limit.low) forbid("<", *limit.low);
    if (limit.high) forbid(">", *limit.high);
  }

  void AddLevel(std::size_t l) {
    const Level& level = problem_.levels[l];
    const std::size_t priority = problem_.levels.size() - l;
    Line("% level " + Printable(level.name, 200));
    Line(fmt::format("#minimize {{ 1@{},{} }}.", priority, "base"));
    Wide total = 1;
    for (std::size_t t = 0; t < level.terms.size(); ++t) {
      const LevelTerm& term = level.terms[t];
      Wide high = 0;
      const std::size_t m = UseMeasure(term.measure, &high);
      total += AbsoluteValue(term.weight) * high;
      const std::string weight = fmt::format("({})", term.weight);
      switch (term.measure.kind) {
        case Measure::Kind::kSum:
          Line(
              fmt::format("#minimize {{ {}*V@{},{},S,C : w({},S,C,V) }}.", weight, priority, t, m));
          break;
        case Measure::Kind::kMax:
          Line(fmt::format("#minimize {{ {}*M@{},{} : mx({},M) }}.", weight, priority, t, m));
          break;
        case Measure::Kind::kDistinct:
          Line(fmt::format("#minimize {{ {}@{},{},L : l({},L) }}.", weight, priority, t, m));
          break;
      }
    }
    Note(total);
  }

  const Problem& problem_;
  std::string text_;
  Wide largest_ = 0;
  std::vector<Wide> highest_;  // by quantity
  std::set<std::pair<int, AttributeId>> used_;
  std::map<std::tuple<Measure::Kind, AttributeId, int>, std::pair<std::size_t, Wide>> measures_;
};

}  // namespace

Result<std::string> WriteAsp(const Problem& problem) {
  return AspWriter(problem).Write();
}

}  // namespace stackport::match
