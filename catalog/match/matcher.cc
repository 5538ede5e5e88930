#include "catalog/match/matcher.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/match/answer_name.h"
#include "catalog/match/compiled_search.h"
#include "catalog/match/compiler.h"
#include "catalog/match/component_places.h"
#include "catalog/match/package_change.h"
#include "catalog/match/relaxation.h"
#include "catalog/match/reporter.h"
#include "catalog/match/trials.h"
#include "catalog/match/why_best.h"
#include "catalog/match/wording.h"

namespace stackport::match {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

// Points of a front before it is cut; the answer says when it is.
constexpr int kMaxFrontPoints = 200;

Value BestPerJson(const CatalogSnapshot& snapshot, const Request& request,
                  const CompiledMatch& compiled, const Solution& best, const Reporter& reporter,
                  const SearchOptions& options, bool* stopped, Allocator& allocator) {
  const NamedClasses named = ClassesFor(snapshot, compiled, request.best_per);
  const std::vector<Solution> solutions =
      SolveClasses(compiled.problem, named.classes, options, &best);
  Value list(rapidjson::kArrayType);
  for (std::size_t number = 0; number < solutions.size(); ++number) {
    const Solution& solution = solutions[number];
    Value entry(rapidjson::kObjectType);
    Set(entry, "class", named.names[number], allocator);
    *stopped = *stopped || solution.status == ProofStatus::kStopped;
    Set(entry, "proof", reporter.ProofJson(solution, allocator), allocator);
    if (!solution.answers.empty()) {
      Set(entry, "candidate", reporter.CandidateJson(solution.answers.front(), 1, allocator),
          allocator);
    }
    list.PushBack(entry, allocator);
  }
  return list;
}

// The answer when a search ended before it had found a package or the proof that there is none.
json::Document NotSettled(json::Document document, const std::string& search) {
  Allocator& allocator = document.GetAllocator();
  Set(document, "answer", "not_settled", allocator);
  Set(document, "text",
      search +
          " was stopped before it found one or proved that there is none; ask again with a "
          "larger deadline_ms",
      allocator);
  return document;
}

Value ParetoJson(const Request& request, const CompiledMatch& compiled, const Reporter& reporter,
                 const SearchOptions& options, bool* stopped, Allocator& allocator) {
  std::vector<Measure> measures;
  std::vector<std::string> names;
  for (const Figure figure : request.pareto) {
    measures.push_back(MeasureOf(figure));
    names.emplace_back(FigureName(figure));
  }
  const Front front = SolvePareto(compiled.problem, measures, kMaxFrontPoints, options);
  *stopped = *stopped || front.status == ProofStatus::kStopped;
  Value value(rapidjson::kObjectType);
  Set(value, "figures", json::StringArray(names, allocator), allocator);
  Set(value, "complete", front.status == ProofStatus::kOptimal && !front.truncated, allocator);
  Value points(rapidjson::kArrayType);
  for (std::size_t p = 0; p < front.answers.size(); ++p) {
    Value point(rapidjson::kObjectType);
    Value vector(rapidjson::kArrayType);
    for (const std::int64_t number : front.vectors[p]) vector.PushBack(number, allocator);
    Set(point, "values", std::move(vector), allocator);
    Set(point, "candidate",
        reporter.CandidateJson(front.answers[p], static_cast<int>(p) + 1, allocator), allocator);
    points.PushBack(point, allocator);
  }
  Set(value, "points", std::move(points), allocator);
  return value;
}

Value DifferencesJson(const Problem& problem, const Answer& best, const Answer& with_it,
                      Allocator& allocator) {
  Value differences(rapidjson::kArrayType);
  for (std::size_t l = 0; l < problem.levels.size(); ++l) {
    Value level(rapidjson::kObjectType);
    const std::int64_t with_value = with_it.evaluation.level_values[l];
    const std::int64_t best_value = best.evaluation.level_values[l];
    const std::string& name = problem.levels[l].name;
    Set(level, "figure", name, allocator);
    if (!LevelUnit(name).empty()) Set(level, "unit", LevelUnit(name), allocator);
    Set(level, "best", best_value, allocator);
    Set(level, "with_it", with_value, allocator);
    Set(level, "difference", with_value - best_value, allocator);
    differences.PushBack(level, allocator);
  }
  return differences;
}

Value PlacesJson(const std::vector<DemandPlace>& places, Allocator& allocator) {
  Value list(rapidjson::kArrayType);
  for (const DemandPlace& place : places) {
    Value value(rapidjson::kObjectType);
    Set(value, "demand", place.demand, allocator);
    Set(value, "place", place.place, allocator);
    Set(value, "of", place.of, allocator);
    Set(value, "complete", place.complete, allocator);
    list.PushBack(value, allocator);
  }
  return list;
}

Result<json::Document> Named(Result<json::Document> explanation) {
  if (explanation) {
    Set(*explanation, "id", NameOfAnswer("e-", *explanation), explanation->GetAllocator());
  }
  return explanation;
}

}  // namespace

Result<json::Document> Matcher::Match(const Request& request,
                                      const std::atomic<bool>* cancel) const {
  auto compiled = CompileChecked(catalog_, countries_, request);
  if (!compiled) return compiled.error();
  const SearchOptions options = OptionsOf(request, cancel);
  const Solution solution = SolveCompiled(*compiled, options);
  const Reporter reporter(catalog_, countries_, request, *compiled);

  json::Document document(rapidjson::kObjectType);
  Allocator& allocator = document.GetAllocator();
  bool stopped = solution.status == ProofStatus::kStopped;
  Value candidates(rapidjson::kArrayType);
  for (std::size_t i = 0; i < solution.answers.size(); ++i) {
    candidates.PushBack(
        reporter.CandidateJson(solution.answers[i], static_cast<int>(i) + 1, allocator), allocator);
  }
  Set(document, "schema", "stackport.result/1", allocator);
  Set(document, "id", "", allocator);
  Set(document, "snapshot", snapshot().id, allocator);
  Set(document, "engine", kEngineVersion, allocator);
  Set(document, "country", request.country, allocator);
  Set(document, "country_name", countries_.Find(request.country)->name, allocator);
  Set(document, "proof", reporter.ProofJson(solution, allocator), allocator);
  Set(document, "effective_request", EffectiveRequestJson(request, allocator), allocator);
  Set(document, "assumptions", AssumptionsJson(request, allocator), allocator);
  Set(document, "workload", reporter.WorkloadJson(allocator), allocator);
  Set(document, "candidates", std::move(candidates), allocator);
  if (!solution.answers.empty() && request.best_per != "none") {
    Set(document, "best_per",
        BestPerJson(snapshot(), request, *compiled, solution, reporter, options, &stopped,
                    allocator),
        allocator);
  }
  if (!solution.answers.empty() && !request.pareto.empty()) {
    Set(document, "pareto", ParetoJson(request, *compiled, reporter, options, &stopped, allocator),
        allocator);
  }
  Set(document, "excluded", reporter.ExcludedJson(allocator), allocator);
  if (solution.answers.empty() && !stopped) {
    Set(document, "no_package",
        RelaxationsJson(catalog_, countries_, request, *std::move(compiled), options, allocator),
        allocator);
  }
  Set(document, "reproducible", !stopped, allocator);
  // Everything above is a function of snapshot, request and engine.
  document["id"].SetString(NameOfAnswer("r-", document), allocator);
  return document;
}

Result<json::Document> Matcher::Explain(const Request& request, const std::string& component_id,
                                        const std::atomic<bool>* cancel) const {
  return Named(ExplainUnnamed(request, component_id, cancel));
}

Result<json::Document> Matcher::ExplainUnnamed(const Request& request,
                                               const std::string& component_id,
                                               const std::atomic<bool>* cancel) const {
  const Component* component = snapshot().Find(component_id);
  if (component == nullptr) {
    std::vector<std::string> known;
    for (const Component& other : snapshot().components) known.push_back(other.id);
    const std::string near = NearestName(component_id, known);
    return NotFound(fmt::format(
        "the catalog has no component {}{}", Quoted(component_id),
        near.empty() ? "; see `stackport components`" : "; did you mean '" + near + "'?"));
  }
  auto compiled = CompileChecked(catalog_, countries_, request);
  if (!compiled) return compiled.error();
  const SearchOptions options = OptionsOf(request, cancel);
  const Trials trials(catalog_, countries_, options);
  const Solution best = SolveCompiled(*compiled, options);
  const Reporter reporter(catalog_, countries_, request, *compiled);

  json::Document document(rapidjson::kObjectType);
  Allocator& allocator = document.GetAllocator();
  Set(document, "schema", "stackport.explanation/1", allocator);
  Set(document, "component", component_id, allocator);
  Set(document, "name", component->name, allocator);
  Set(document, "snapshot", snapshot().id, allocator);
  Set(document, "country", request.country, allocator);
  if (const auto left_out = WhyLeftOut(catalog_, countries_, request, *compiled, *component)) {
    Set(document, "answer", "excluded", allocator);
    Set(document, "exclusion", ExclusionJson(*left_out, allocator), allocator);
    return document;
  }
  if (best.answers.empty() && best.status == ProofStatus::kStopped) {
    return NotSettled(std::move(document), "the search for the best package");
  }
  if (best.answers.empty()) {
    Set(document, "answer", "no_package", allocator);
    Set(document, "text", "it is eligible, and no package fits the request with or without it",
        allocator);
    Set(document, "no_package",
        RelaxationsJson(catalog_, countries_, request, *std::move(compiled), options, allocator),
        allocator);
    return document;
  }
  Set(document, "best", reporter.CandidateJson(best.answers.front(), 1, allocator), allocator);
  Request with = request;
  if (std::find(with.pinned_components.begin(), with.pinned_components.end(), component_id) ==
      with.pinned_components.end()) {
    with.pinned_components.push_back(component_id);
  }
  with.top = 1;
  auto forced = CompileChecked(catalog_, countries_, with);
  if (!forced) return forced.error();
  const Solution pinned = SolveCompiled(*forced, options);
  if (pinned.answers.empty() && pinned.status == ProofStatus::kStopped) {
    return NotSettled(std::move(document), "the search for a package with it");
  }
  if (pinned.answers.empty()) {
    Set(document, "answer", "no_package_with_it", allocator);
    Set(document, "text",
        "it is eligible by itself, and no package that contains it fits the request: what it "
        "needs, or the limits, rule out every combination",
        allocator);
    Set(document, "no_package",
        RelaxationsJson(catalog_, countries_, with, *std::move(forced), options, allocator),
        allocator);
    return document;
  }
  const Reporter forced_reporter(catalog_, countries_, with, *forced);
  const bool chosen = pinned.answers.front().evaluation.level_values ==
                      best.answers.front().evaluation.level_values;
  Set(document, "answer", chosen ? "in_a_best_package" : "eligible_not_best", allocator);
  Set(document, "with_it", forced_reporter.CandidateJson(pinned.answers.front(), 1, allocator),
      allocator);
  Set(document, "differences",
      DifferencesJson(compiled->problem, best.answers.front(), pinned.answers.front(), allocator),
      allocator);
  const auto position = static_cast<std::size_t>(component - snapshot().components.data());
  const std::vector<DemandPlace> places = PlacesOf(*compiled, position, best, trials);
  Set(document, "places", PlacesJson(places, allocator), allocator);
  return document;
}

Result<json::Document> Matcher::ExplainBest(const Request& request,
                                            const std::atomic<bool>* cancel) const {
  return Named(ExplainBestUnnamed(request, cancel));
}

Result<json::Document> Matcher::ExplainBestUnnamed(const Request& request,
                                                   const std::atomic<bool>* cancel) const {
  auto compiled = CompileChecked(catalog_, countries_, request);
  if (!compiled) return compiled.error();
  const SearchOptions options = OptionsOf(request, cancel);
  const Solution solution = SolveCompiled(*compiled, options);
  json::Document document(rapidjson::kObjectType);
  Allocator& allocator = document.GetAllocator();
  Set(document, "schema", "stackport.explanation/1", allocator);
  Set(document, "snapshot", snapshot().id, allocator);
  Set(document, "country", request.country, allocator);
  if (solution.status == ProofStatus::kStopped) {
    return NotSettled(std::move(document), "the search for the best package");
  }
  if (solution.answers.empty()) {
    Set(document, "answer", "no_package", allocator);
    Set(document, "no_package",
        RelaxationsJson(catalog_, countries_, request, *std::move(compiled), options, allocator),
        allocator);
    return document;
  }
  const Reporter reporter(catalog_, countries_, request, *compiled);
  Set(document, "answer", "best_package", allocator);
  AddWhyBest(stackport::match::ExplainBest(catalog_, countries_, request, *compiled,
                                           solution.answers, options),
             document);
  Set(document, "best", reporter.CandidateJson(solution.answers.front(), 1, allocator), allocator);
  return document;
}

Result<std::string> Matcher::WriteProblemOf(const Request& request) const {
  auto compiled = CompileChecked(catalog_, countries_, request);
  if (!compiled) return compiled.error();
  return WriteProblem(compiled->problem);
}

}  // namespace stackport::match
