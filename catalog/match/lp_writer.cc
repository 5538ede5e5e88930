#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/match/problem_export.h"

namespace stackport::match {

namespace {

// A weighted sum of variables, each of which readers accept only once.
class Linear {
 public:
  void Add(std::int64_t coefficient, const std::string& variable) {
    const auto [found, is_new] = places_.try_emplace(variable, terms_.size());
    if (is_new) terms_.emplace_back(0, variable);
    terms_[found->second].first += coefficient;
  }
  bool empty() const {
    return std::all_of(terms_.begin(), terms_.end(), [](const auto& t) { return t.first == 0; });
  }
  // "+ 3 x_1_2 - 1 x_2_1", in lines of a length that readers accept.
  std::string ToText() const {
    std::string text;
    int shown = 0;
    for (const auto& [coefficient, variable] : terms_) {
      if (coefficient == 0) continue;
      text +=
          fmt::format("{}{} {} {}", shown++ % 8 == 7 ? "\n   " : " ", coefficient < 0 ? "-" : "+",
                      coefficient < 0 ? -coefficient : coefficient, variable);
    }
    return text;
  }

 private:
  std::vector<std::pair<std::int64_t, std::string>> terms_;
  std::map<std::string, std::size_t> places_;
};

// x_3_5: slot 3 holds its candidate 5, both counted from 1.
class LpWriter {
 public:
  explicit LpWriter(const Problem& problem) : problem_(problem) {}

  std::string Write() {
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      AddSlot(s);
      AddTags(s);
    }
    for (const Limit& limit : problem_.limits) AddLimit(limit);
    Linear goal;
    std::string head = "\\ problem: " + Printable(problem_.name, 200) + "\n";
    for (std::size_t l = 0; l < problem_.levels.size(); ++l) {
      head += fmt::format("\\ level {}: {}{}\n", l + 1, Printable(problem_.levels[l].name, 200),
                          l == 0 ? ", minimised here" : "");
    }
    if (!problem_.levels.empty()) {
      for (const LevelTerm& term : problem_.levels[0].terms) {
        AddMeasure(term.measure, term.weight, &goal);
      }
    }
    std::string text = head + "Minimize\n level:" + goal.ToText() + "\nSubject To\n" + rows_;
    if (!integers_.empty()) text += "Generals\n" + integers_;
    text += "Binaries\n" + binaries_ + "End\n";
    return text;
  }

 private:
  bool IsSet(std::size_t slot) const { return problem_.slots[slot].choice == SlotChoice::kSet; }
  static std::string X(std::size_t slot, std::size_t candidate) {
    return fmt::format("x_{}_{}", slot + 1, candidate + 1);
  }

  std::string Binary(std::string name) {
    binaries_ += " " + name + "\n";
    return name;
  }

  void Row(const Linear& sum, const char* relation, std::int64_t bound) {
    if (sum.empty()) {
      // A row without variables either always holds or never does.
      const std::string_view kind = relation;
      const bool holds = kind == "<=" ? 0 <= bound : kind == ">=" ? 0 >= bound : bound == 0;
      if (holds) return;
      rows_ += fmt::format(" r{}: 0 {} {} {}\n", ++row_, FirstVariable(), relation, bound);
      return;
    }
    rows_ += fmt::format(" r{}:{} {} {}\n", ++row_, sum.ToText(), relation, bound);
  }

  std::string FirstVariable() const {
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      if (!problem_.slots[s].candidates.empty()) return X(s, 0);
    }
    return "x_1_1";
  }

  void AddSlot(std::size_t s) {
    const Slot& slot = problem_.slots[s];
    Linear all;
    for (std::size_t i = 0; i < slot.candidates.size(); ++i) all.Add(1, Binary(X(s, i)));
    if (!IsSet(s)) {
      Row(all, slot.choice == SlotChoice::kOne ? "=" : "<=", 1);
      return;
    }
    Row(all, ">=", 1);
    Row(all, "<=", slot.max_picks);
    for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
      Row(Covering(s, bit, slot.candidates.size()), ">=", 1);
    }
    // None can be left out: each member has a name that no other member covers.
    for (std::size_t i = 0; i < slot.candidates.size(); ++i) {
      Linear needed;
      needed.Add(-1, X(s, i));
      for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
        if ((slot.candidates[i].covers >> bit & 1U) == 0) continue;
        const std::string alone = Binary(fmt::format("a_{}_{}_{}", s + 1, i + 1, bit + 1));
        needed.Add(1, alone);
        Linear others = Covering(s, bit, i);
        const auto most = static_cast<std::int64_t>(slot.candidates.size());
        others.Add(most, alone);
        Row(others, "<=", most);
      }
      Row(needed, ">=", 0);
    }
  }

  // Candidates of a set slot that cover a bit, without one of them.
  Linear Covering(std::size_t s, std::size_t bit, std::size_t without) const {
    Linear sum;
    const auto& candidates = problem_.slots[s].candidates;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      if (i != without && (candidates[i].covers >> bit & 1U) != 0) sum.Add(1, X(s, i));
    }
    return sum;
  }

  void AddTags(std::size_t s) {
    const auto& candidates = problem_.slots[s].candidates;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
      for (const auto& group : candidates[i].requires_) {
        Linear served;
        bool by_itself = false;
        for (std::size_t t = 0; t < problem_.slots.size(); ++t) {
          const auto& others = problem_.slots[t].candidates;
          for (std::size_t j = 0; j < others.size(); ++j) {
            const bool serves = std::any_of(group.begin(), group.end(), [&](TagId tag) {
              return std::binary_search(others[j].provides.begin(), others[j].provides.end(), tag);
            });
            if (!serves) continue;
            by_itself = by_itself || (t == s && j == i);
            served.Add(1, X(t, j));
          }
        }
        if (by_itself) continue;
        served.Add(-1, X(s, i));
        Row(served, ">=", 0);
      }
      for (const TagId tag : candidates[i].conflicts) AddConflict(s, i, tag);
    }
  }

  void AddConflict(std::size_t s, std::size_t i, TagId tag) {
    for (std::size_t t = 0; t < problem_.slots.size(); ++t) {
      const auto& others = problem_.slots[t].candidates;
      Linear together;
      for (std::size_t j = 0; j < others.size(); ++j) {
        if (!std::binary_search(others[j].provides.begin(), others[j].provides.end(), tag))
          continue;
        if (t == s && j == i) {
          Linear never;
          never.Add(1, X(s, i));
          Row(never, "=", 0);
        } else if (IsSet(t)) {
          Linear pair;
          pair.Add(1, X(s, i));
          pair.Add(1, X(t, j));
          Row(pair, "<=", 1);
        } else if (t != s) {
          together.Add(1, X(t, j));
        }
      }
      if (together.empty()) continue;
      together.Add(1, X(s, i));
      Row(together, "<=", 1);
    }
  }

  template <typename Visit>
  void ForEachValue(AttributeId attribute, Visit visit) const {
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      const auto& candidates = problem_.slots[s].candidates;
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        const auto index = static_cast<std::size_t>(attribute);
        if (index < candidates[i].values.size() && candidates[i].values[index] != 0) {
          visit(X(s, i), candidates[i].values[index]);
        }
      }
    }
  }

  // Adds weight * measure; new variables stand for maxima and counts.
  void AddMeasure(const Measure& measure, std::int64_t weight, Linear* sum) {
    switch (measure.kind) {
      case Measure::Kind::kSum:
        ForEachValue(measure.attribute, [&](const std::string& x, std::int64_t value) {
          sum->Add(weight * value, x);
        });
        return;
      case Measure::Kind::kMax: {
        // Minimised with a weight of 0 or more, so it sinks to the largest value.
        const std::string largest = fmt::format("m_{}", ++maxima_);
        integers_ += " " + largest + "\n";
        ForEachValue(measure.attribute, [&](const std::string& x, std::int64_t value) {
          Linear row;
          row.Add(1, largest);
          row.Add(-value, x);
          Row(row, ">=", 0);
        });
        sum->Add(weight, largest);
        return;
      }
      case Measure::Kind::kDistinct:
        for (const std::string& label : LabelsOf(measure.label_kind)) sum->Add(weight, label);
        return;
    }
  }

  // A binary for each label: whether some chosen candidate has it.
  const std::vector<std::string>& LabelsOf(int kind) {
    const auto [found, is_new] = labels_.try_emplace(kind);
    if (!is_new) return found->second;
    std::map<std::string, std::vector<std::string>> holders;
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      const auto& candidates = problem_.slots[s].candidates;
      for (std::size_t i = 0; i < candidates.size(); ++i) {
        const auto index = static_cast<std::size_t>(kind);
        if (index < candidates[i].labels.size() && !candidates[i].labels[index].empty()) {
          holders[candidates[i].labels[index]].push_back(X(s, i));
        }
      }
    }
    for (const auto& [label, variables] : holders) {
      const std::string used = Binary(fmt::format("l_{}_{}", kind + 1, found->second.size() + 1));
      Linear at_most;
      at_most.Add(-1, used);
      for (const std::string& x : variables) {
        Linear at_least;
        at_least.Add(1, used);
        at_least.Add(-1, x);
        Row(at_least, ">=", 0);
        at_most.Add(1, x);
      }
      Row(at_most, ">=", 0);
      found->second.push_back(used);
    }
    return found->second;
  }

  void AddLimit(const Limit& limit) {
    if (limit.measure.kind == Measure::Kind::kMax) {
      Linear reaching;
      ForEachValue(limit.measure.attribute, [&](const std::string& x, std::int64_t value) {
        if (limit.high && value > *limit.high) {
          Linear never;
          never.Add(1, x);
          Row(never, "=", 0);
        }
        if (limit.low && value >= *limit.low) reaching.Add(1, x);
      });
      if (limit.high && *limit.high < 0) Row({}, "<=", *limit.high);
      if (limit.low && *limit.low > 0) Row(reaching, ">=", 1);
      return;
    }
    Linear sum;
    AddMeasure(limit.measure, 1, &sum);
    if (limit.high) Row(sum, "<=", *limit.high);
    if (limit.low) Row(sum, ">=", *limit.low);
  }

  const Problem& problem_;
  std::string rows_, binaries_, integers_;
  int row_ = 0;
  int maxima_ = 0;
  std::map<int, std::vector<std::string>> labels_;
};

}  // namespace

Result<std::string> WriteLp(const Problem& problem) {
  if (!problem.quantities.empty()) {
    return InvalidArgument("the quantity " + Quoted(problem.quantities.front().name) +
                           " is not linear, and LP files are; write it --as minizinc, or leave "
                           "the quantities out");
  }
  return LpWriter(problem).Write();
}

}  // namespace stackport::match
