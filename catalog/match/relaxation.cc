#include "catalog/match/relaxation.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/match/compiled_search.h"
#include "catalog/match/compiler.h"
#include "catalog/match/conflicts.h"
#include "catalog/match/package_hints.h"
#include "catalog/match/relaxed_problems.h"
#include "catalog/match/reporter.h"
#include "catalog/match/request_demands.h"
#include "catalog/match/trials.h"
#include "catalog/match/workload.h"

namespace stackport::match {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

bool SameMeasure(const Measure& a, const Measure& b) {
  return a.kind == b.kind && a.attribute == b.attribute && a.label_kind == b.label_kind;
}

bool Keeps(const Limit& limit, std::int64_t value) {
  return (!limit.low || *limit.low <= value) && (!limit.high || value <= *limit.high);
}

class Relaxation {
 public:
  Relaxation(const PreparedCatalog& catalog, const CountryIndex& countries, const Request& request,
             CompiledMatch compiled, const SearchOptions& options)
      : catalog_(catalog),
        countries_(countries),
        request_(request),
        demands_(DemandsOf(request)),
        problems_(catalog, countries, request, demands_, std::move(compiled)),
        trials_(catalog, countries, options) {}

  // `with_changes`: changes are asked for afterwards, so that what is found of them is kept.
  ConflictReport Conflicts(const ConflictLimits& limits, bool with_changes) {
    const auto judge = [&](const std::vector<int>& kept) {
      std::vector<int> given_up;
      for (int d = 0; d < static_cast<int>(demands_.size()); ++d) {
        if (!std::binary_search(kept.begin(), kept.end(), d)) given_up.push_back(d);
      }
      if (with_changes && given_up.size() == 1 && IsSuspect(given_up.front())) {
        Change& change = known_changes_[given_up.front()];
        change = FindChange(given_up);
        return Judgement(change.fit);
      }
      return Judge(given_up);
    };
    std::vector<int> suspects;
    for (int d = 0; d < static_cast<int>(demands_.size()); ++d) {
      if (IsSuspect(d)) suspects.push_back(d);
    }
    return FindConflicts(static_cast<int>(demands_.size()), judge, limits, suspects);
  }

  std::vector<std::string> Texts(const std::vector<int>& demands) const {
    std::vector<std::string> texts;
    texts.reserve(demands.size());
    for (const int d : demands) texts.push_back(At(d).text);
    return texts;
  }

  std::vector<std::string> Pointers(const std::vector<int>& demands) const {
    std::vector<std::string> pointers;
    pointers.reserve(demands.size());
    for (const int d : demands) pointers.push_back(At(d).pointer);
    return pointers;
  }

  // Demands that decide about candidates, so that without one a demand may have some. Several of
  // one kind, languages or bans, are given up together first: mostly none of them helps.
  std::vector<int> Deciding() {
    std::map<std::string, std::vector<int>> of_kind;
    for (int d = 0; d < static_cast<int>(demands_.size()); ++d) {
      const std::string& pointer = At(d).pointer;
      if (!At(d).only_bounds) of_kind[pointer.substr(0, pointer.find('/', 1))].push_back(d);
    }
    std::vector<int> deciding;
    for (const auto& [kind, demands] : of_kind) {
      if (demands.size() > 1 && Judge(demands).fit != Fit::kFits) continue;
      deciding.insert(deciding.end(), demands.begin(), demands.end());
    }
    std::sort(deciding.begin(), deciding.end());
    return deciding;
  }

  // What giving up one demand does; nothing when that is not enough, or not known to be.
  std::optional<SingleChange> Alone(int demand) {
    SingleChange change{At(demand).pointer, At(demand).text, At(demand).figure, 0};
    if (!change.figure) {
      if (Judge({demand}).fit != Fit::kFits) return std::nullopt;
      return change;
    }
    const auto options = trials_.Left();
    CompiledMatch* compiled = options ? problems_.Without({demand}) : nullptr;
    if (compiled == nullptr) return std::nullopt;
    compiled->problem.levels = {LevelOf(*change.figure)};
    const Solution least = SolveCompiled(*compiled, *options);
    if (FitOf(least) != Fit::kFits) return std::nullopt;
    change.needed = LimitFor(*change.figure, least.answers.front().evaluation.level_values.front());
    // A limit that decides about candidates asks for facts that nobody needs without it.
    if (!At(demand).only_bounds && !FitsWithLimit(demand, change.needed)) change.figure.reset();
    return change;
  }

  Value ChangeJson(const std::vector<int>& given_up, Allocator& allocator) {
    const auto known = known_changes_.find(given_up.front());
    const bool is_known = given_up.size() == 1 && known != known_changes_.end();
    const Change found = is_known ? std::move(known->second) : FindChange(given_up);
    Value change(rapidjson::kObjectType);
    Value list(rapidjson::kArrayType);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < given_up.size(); ++i) {
      const RequestDemand& demand = At(given_up[i]);
      const std::optional<std::int64_t>& needed = found.needed[i];
      texts.push_back(needed ? AllowText(*demand.figure, *needed) : "give up: " + demand.text);
      Value each(rapidjson::kObjectType);
      Set(each, "pointer", demand.pointer, allocator);
      Set(each, "text", demand.text, allocator);
      if (needed) Set(each, "needed", *needed, allocator);
      list.PushBack(each, allocator);
    }
    Set(change, "change", At(given_up.front()).pointer, allocator);
    Set(change, "text", Join(texts, "; and "), allocator);
    if (given_up.size() == 1 && found.needed.front()) {
      Set(change, "needed", *found.needed.front(), allocator);
    }
    Set(change, "demands", std::move(list), allocator);
    if (found.best) {
      const CompiledMatch* compiled = found.own ? &*found.own : problems_.Without(given_up);
      const Reporter reporter(catalog_, countries_, found.request, *compiled);
      Set(change, "tco_high", found.best->evaluation.limit_values[kRowTcoHigh], allocator);
      Set(change, "candidate", reporter.CandidateJson(*found.best, 1, allocator), allocator);
    }
    return change;
  }

 private:
  struct Change {
    Fit fit = Fit::kUnknown;
    Request request;                                  // with the smallest values that work
    std::vector<std::optional<std::int64_t>> needed;  // those values, by demand that is given up
    std::optional<Answer> best;
    // Where the values decide about candidates, the problem with them.
    std::optional<CompiledMatch> own;
  };

  const RequestDemand& At(int demand) const { return demands_[static_cast<std::size_t>(demand)]; }

  bool FitsWithLimit(int demand, std::int64_t value) const {
    Request request = problems_.RequestWithout({demand});
    At(demand).set_limit(request, value);
    return trials_.Best(std::move(request)).fit == Fit::kFits;
  }

  static Level LevelOf(Figure figure) {
    return {std::string(FigureName(figure)), {{MeasureOf(figure), 1}}};
  }

  // The objective counts what the machines draw, the request what the site takes in.
  std::int64_t LimitFor(Figure figure, std::int64_t value) const {
    return figure == Figure::kSitePower ? SitePower(value, request_) : value;
  }

  // Limits stand in the way more often than anything else, and trying without one compiles nothing.
  bool IsSuspect(int demand) const { return At(demand).figure && At(demand).only_bounds; }

  Judgement Judge(const std::vector<int>& given_up) {
    const auto options = trials_.Left();
    const CompiledMatch* compiled = options ? problems_.Without(given_up) : nullptr;
    if (compiled == nullptr) return Fit::kUnknown;
    const AnyPackage any = FindAnyCompiled(*compiled, *options);
    if (!any.settled) return Fit::kUnknown;
    if (!any.package) return Fit::kNothingFits;
    Judgement judgement = Fit::kFits;
    for (const int d : given_up) {
      std::vector<int> others = given_up;
      std::erase(others, d);
      const Request with = problems_.RequestWithout(others);
      if (!At(d).only_bounds) {
        if (SeemsToMiss(catalog_, countries_, with, *compiled, any.package->choice)) {
          judgement.missed.push_back(d);
        }
        continue;
      }
      // What only bounds a figure can be judged by the package at hand.
      const std::vector<Limit> limits = LimitsOf(with);
      bool keeps = true;
      for (std::size_t row = 0; row < limits.size() && keeps; ++row) {
        keeps = Keeps(limits[row], any.package->evaluation.limit_values[row]);
      }
      (keeps ? judgement.also : judgement.missed).push_back(d);
    }
    return judgement;
  }

  // The smallest values that work, one limit after the other as low as it goes; and the best
  // package that then appears.
  Change FindChange(const std::vector<int>& given_up) {
    Change change;
    change.request = problems_.RequestWithout(given_up);
    change.needed.resize(given_up.size());
    const auto options = trials_.Left();
    CompiledMatch* compiled = options ? problems_.Without(given_up) : nullptr;
    if (compiled == nullptr) return change;
    Problem& problem = compiled->problem;
    std::vector<Level> levels;
    bool same_candidates = true;
    for (const int d : given_up) {
      if (!At(d).figure) continue;
      levels.push_back(LevelOf(*At(d).figure));
      same_candidates = same_candidates && At(d).only_bounds;
    }
    const std::size_t figures = levels.size();
    // Among packages with the smallest values, the objective decides: one search finds both.
    const bool at_once = same_candidates && figures + problem.levels.size() <= kMaxLevels;
    if (at_once) levels.insert(levels.end(), problem.levels.begin(), problem.levels.end());
    problem.levels = std::move(levels);
    const Solution least = SolveCompiled(*compiled, *options);
    change.fit = FitOf(least);
    if (change.fit != Fit::kFits) return change;
    const Answer& answer = least.answers.front();
    std::size_t level = 0;
    for (std::size_t i = 0; i < given_up.size(); ++i) {
      const RequestDemand& demand = At(given_up[i]);
      if (!demand.figure) continue;
      const std::int64_t value = LimitFor(*demand.figure, answer.evaluation.level_values[level++]);
      change.needed[i] = value;
      demand.set_limit(change.request, value);
    }
    if (!same_candidates) {
      Trial then = trials_.Best(change.request);
      if (then.fit == Fit::kFits) change.best = std::move(then.solution.answers.front());
      change.own = std::move(then.compiled);
      return change;
    }
    const std::vector<Level> minimised = std::exchange(problem.levels, LevelsOf(change.request));
    problem.limits = LimitsOf(change.request);
    if (at_once && AtTheirBounds(problem.limits, minimised, figures, answer)) {
      change.best = Answer{answer.choice, Evaluate(problem, answer.choice)};
      return change;
    }
    const auto left = trials_.Left();
    if (!left) return change;
    Solution then = SolveCompiled(*compiled, *left);
    if (!then.answers.empty()) change.best = std::move(then.answers.front());
    return change;
  }

  // Whether the bounds let through no more than the values of the first `figures` levels.
  static bool AtTheirBounds(const std::vector<Limit>& limits, const std::vector<Level>& levels,
                            std::size_t figures, const Answer& answer) {
    for (std::size_t l = 0; l < figures; ++l) {
      const Measure& measure = levels[l].terms.front().measure;
      const auto limit = std::find_if(limits.begin(), limits.end(), [&](const Limit& each) {
        return SameMeasure(each.measure, measure);
      });
      if (limit->high != answer.evaluation.level_values[l]) return false;
    }
    return true;
  }

  const PreparedCatalog& catalog_;
  const CountryIndex& countries_;
  const Request& request_;
  const std::vector<RequestDemand> demands_;
  RelaxedProblems problems_;
  Trials trials_;
  std::map<int, Change> known_changes_;  // by the one limit that is given up
};

}  // namespace

Hindrance FindHindrance(const PreparedCatalog& catalog, const CountryIndex& countries,
                        const Request& request, CompiledMatch compiled,
                        const SearchOptions& options, bool with_changes) {
  const bool all_answered = EmptyDemands(compiled.problem).empty();
  if (!all_answered && !with_changes) return {};
  Relaxation relaxation(catalog, countries, request, std::move(compiled), options);
  ConflictLimits limits;
  limits.conflicts = 1;
  // What is enough alone is in every conflict.
  const std::vector<int> demands =
      all_answered ? relaxation.Conflicts(limits, false).conflicts.front().demands
                   : relaxation.Deciding();
  Hindrance hindrance;
  if (all_answered) hindrance.conflict = relaxation.Texts(demands);
  if (!with_changes) return hindrance;
  for (const int demand : demands) {
    if (auto change = relaxation.Alone(demand)) hindrance.changes.push_back(*std::move(change));
  }
  return hindrance;
}

Value RelaxationsJson(const PreparedCatalog& catalog, const CountryIndex& countries,
                      const Request& request, CompiledMatch compiled, const SearchOptions& options,
                      Allocator& allocator) {
  const std::vector<std::string> empty_demands = EmptyDemands(compiled.problem);
  Relaxation relaxation(catalog, countries, request, std::move(compiled), options);
  const ConflictReport report = relaxation.Conflicts({}, true);
  const auto texts = [&](const std::vector<int>& demands) {
    return json::StringArray(relaxation.Texts(demands), allocator);
  };
  Value value(rapidjson::kObjectType);
  Set(value, "empty_demands", json::StringArray(empty_demands, allocator), allocator);
  Value conflicts(rapidjson::kArrayType);
  for (const Conflict& conflict : report.conflicts) {
    Value each(rapidjson::kObjectType);
    Set(each, "demands", texts(conflict.demands), allocator);
    Set(each, "pointers", json::StringArray(relaxation.Pointers(conflict.demands), allocator),
        allocator);
    Set(each, "minimal", conflict.minimal, allocator);
    conflicts.PushBack(each, allocator);
  }
  Set(value, "conflict", texts(report.conflicts.front().demands), allocator);
  Set(value, "conflicts", std::move(conflicts), allocator);
  Value changes(rapidjson::kArrayType);
  for (const std::vector<int>& given_up : report.corrections) {
    if (!given_up.empty()) changes.PushBack(relaxation.ChangeJson(given_up, allocator), allocator);
  }
  Set(value, "changes", std::move(changes), allocator);
  Set(value, "complete", report.complete, allocator);
  return value;
}

}  // namespace stackport::match
