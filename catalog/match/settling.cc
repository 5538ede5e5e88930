#include "catalog/match/settling.h"

#include <algorithm>
#include <cstddef>
#include <set>

#include "catalog/match/compiled.h"
#include "catalog/match/compiled_search.h"
#include "catalog/match/compiler.h"
#include "catalog/match/money.h"

namespace stackport::match {

namespace {

// What the request leaves a part out for.
AskedSet RejectedOf(const Part& part, const Request& request) {
  AskedSet rejected;
  if (!part.has_component) return rejected;
  if (request.unknown_facts == UnknownFacts::kReject) rejected.Add(part.asked_by_rules);
  const bool priced = part.money.basis == Basis::kStated;
  if (request.missing_prices == MissingPrices::kReject && !priced) rejected.Add(Asked::kPrice);
  return rejected;
}

void Give(Candidate& candidate, AttributeIndex attribute, std::int64_t value) {
  const auto index = static_cast<std::size_t>(attribute);
  if (candidate.values.size() <= index) candidate.values.resize(index + 1);
  candidate.values[index] = value;
}

// Makes the open questions of each candidate those that the request rejects, and the first figure
// to look at. Shares that are not known count as they do where unknown facts are rejected: no fact
// that is settled here tells them.
void RankByRejected(const Request& request, CompiledMatch& compiled) {
  for (std::size_t s = 0; s < compiled.parts.size(); ++s) {
    for (std::size_t c = 0; c < compiled.parts[s].size(); ++c) {
      const Part& part = compiled.parts[s][c];
      Candidate& candidate = compiled.problem.slots[s].candidates[c];
      Give(candidate, kQuestions, RejectedOf(part, request).size());
      if (part.hardware_value && request.unknown_facts == UnknownFacts::kReject) {
        Give(candidate, kUsCredit, UsCreditOf(part.money.capex_cents, part.us_content_bp).low);
      }
    }
  }
  std::vector<Level>& levels = compiled.problem.levels;
  const Level fewest{std::string(FigureName(Figure::kOpenQuestions)),
                     {{MeasureOf(Figure::kOpenQuestions), 1}}};
  levels.insert(levels.begin(), fewest);
  if (levels.size() > kMaxLevels) levels.pop_back();
}

}  // namespace

Settlement FactsToSettle(const PreparedCatalog& catalog, const CountryIndex& countries,
                         const Request& request, const SearchOptions& options) {
  Request allowing = request;
  allowing.unknown_facts = UnknownFacts::kConditional;
  allowing.missing_prices = MissingPrices::kEstimate;
  allowing.top = 1;
  allowing.min_difference = 1;
  auto compiled = CompileChecked(catalog, countries, allowing);
  if (!compiled || !EmptyDemands(compiled->problem).empty()) return {};
  RankByRejected(request, *compiled);
  const Solution solution = SolveCompiled(*compiled, options);
  if (solution.status != ProofStatus::kOptimal || solution.answers.empty()) return {};
  std::set<UnstatedFact> facts;
  const Choice& choice = solution.answers.front().choice;
  for (std::size_t s = 0; s < choice.picks.size(); ++s) {
    for (const int pick : choice.picks[s]) {
      const Part& part = compiled->parts[s][static_cast<std::size_t>(pick)];
      for (const std::string_view fact : RejectedOf(part, request).Facts()) {
        facts.emplace(catalog.snapshot().components[part.component].id, fact);
      }
    }
  }
  const auto site = static_cast<std::size_t>(choice.picks[kDeploymentSlot].front());
  return {{facts.begin(), facts.end()}, compiled->sites[site].id};
}

}  // namespace stackport::match
