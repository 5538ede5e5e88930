#include "catalog/match/relaxation.h"

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/match/compiled_search.h"
#include "catalog/match/conflicts.h"
#include "catalog/match/reporter.h"
#include "catalog/match/request_demands.h"
#include "catalog/match/trials.h"

namespace stackport::match {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

class Relaxation {
 public:
  Relaxation(const PreparedCatalog& catalog, const CountryIndex& countries, const Request& request,
             const SearchOptions& options)
      : catalog_(catalog),
        countries_(countries),
        request_(request),
        demands_(DemandsOf(request)),
        trials_(catalog, countries, options) {}

  ConflictReport Conflicts(const ConflictLimits& limits) {
    const auto judge = [this](const std::vector<int>& kept) {
      Request request = request_;
      for (int d = 0; d < static_cast<int>(demands_.size()); ++d) {
        if (!std::binary_search(kept.begin(), kept.end(), d)) At(d).give_up(request);
      }
      return trials_.Best(std::move(request)).fit;
    };
    return FindConflicts(static_cast<int>(demands_.size()), judge, limits);
  }

  std::vector<std::string> Texts(const std::vector<int>& demands) const {
    std::vector<std::string> texts;
    for (const int d : demands) texts.push_back(At(d).text);
    return texts;
  }

  Value ChangeJson(const std::vector<int>& given_up, Allocator& allocator) {
    Request relaxed = request_;
    Request smallest = request_;
    smallest.objective.clear();
    for (const int d : given_up) {
      At(d).give_up(relaxed);
      At(d).give_up(smallest);
      if (At(d).figure) smallest.objective.push_back({{*At(d).figure, 1}});
    }
    // The smallest values that work: one limit after the other as low as it goes.
    std::vector<std::optional<std::int64_t>> needed(given_up.size());
    if (!smallest.objective.empty()) {
      const Trial least = trials_.Best(smallest);
      std::size_t level = 0;
      for (std::size_t i = 0; i < given_up.size(); ++i) {
        const RequestDemand& demand = At(given_up[i]);
        if (!demand.figure || least.fit != Fit::kFits) continue;
        std::int64_t value = least.solution.answers.front().evaluation.level_values[level++];
        // The objective counts what the machines draw, the request what the site takes in.
        if (*demand.figure == Figure::kSitePower) {
          value = SitePower(value, request_);
        }
        needed[i] = value;
        demand.set_limit(relaxed, value);
      }
    }
    const Trial then = trials_.Best(std::move(relaxed));

    Value change(rapidjson::kObjectType);
    Value list(rapidjson::kArrayType);
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < given_up.size(); ++i) {
      const RequestDemand& demand = At(given_up[i]);
      texts.push_back(needed[i] ? AllowText(*demand.figure, *needed[i])
                                : "give up: " + demand.text);
      Value each(rapidjson::kObjectType);
      Set(each, "pointer", demand.pointer, allocator);
      Set(each, "text", demand.text, allocator);
      if (needed[i]) Set(each, "needed", *needed[i], allocator);
      list.PushBack(each, allocator);
    }
    Set(change, "change", At(given_up.front()).pointer, allocator);
    Set(change, "text", Join(texts, "; and "), allocator);
    if (given_up.size() == 1 && needed.front()) Set(change, "needed", *needed.front(), allocator);
    Set(change, "demands", std::move(list), allocator);
    if (then.fit == Fit::kFits) {
      const Answer& best = then.solution.answers.front();
      const Reporter reporter(catalog_, countries_, then.request, then.compiled);
      Set(change, "tco_high", best.evaluation.limit_values[kRowTcoHigh], allocator);
      Set(change, "candidate", reporter.CandidateJson(best, 1, allocator), allocator);
    }
    return change;
  }

 private:
  const RequestDemand& At(int demand) const { return demands_[static_cast<std::size_t>(demand)]; }

  const PreparedCatalog& catalog_;
  const CountryIndex& countries_;
  const Request& request_;
  std::vector<RequestDemand> demands_;
  Trials trials_;
};

}  // namespace

std::vector<std::string> FirstConflict(const PreparedCatalog& catalog,
                                       const CountryIndex& countries, const Request& request,
                                       const SearchOptions& options) {
  ConflictLimits limits;
  limits.conflicts = 1;
  Relaxation relaxation(catalog, countries, request, options);
  return relaxation.Texts(relaxation.Conflicts(limits).conflicts.front().demands);
}

Value RelaxationsJson(const PreparedCatalog& catalog, const CountryIndex& countries,
                      const Request& request, const CompiledMatch& compiled,
                      const SearchOptions& options, Allocator& allocator) {
  Relaxation relaxation(catalog, countries, request, options);
  const ConflictReport report = relaxation.Conflicts({});
  const auto texts = [&](const std::vector<int>& demands) {
    return json::StringArray(relaxation.Texts(demands), allocator);
  };
  Value value(rapidjson::kObjectType);
  Set(value, "empty_demands", json::StringArray(EmptyDemands(compiled.problem), allocator),
      allocator);
  Value conflicts(rapidjson::kArrayType);
  for (const Conflict& conflict : report.conflicts) {
    Value each(rapidjson::kObjectType);
    Set(each, "demands", texts(conflict.demands), allocator);
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
