#include "catalog/match/sweep_blocked.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <string>
#include <utility>

#include "catalog/match/compiled_search.h"
#include "catalog/match/dropped_demand.h"
#include "catalog/match/relaxation.h"
#include "catalog/match/settling.h"
#include "catalog/match/wording.h"
#include "catalog/programme/destination.h"

namespace stackport::match {

namespace {

// Reasons told for a country without a package.
constexpr std::size_t kMaxReasons = 3;

void CountReasons(const std::vector<LeftOut>& left_out, SweepRow* row) {
  std::map<std::string, std::int64_t> counts;
  for (const LeftOut& each : left_out) {
    if (each.reason != kNotDemanded) ++counts[std::string(each.reason)];
  }
  row->reasons.assign(counts.begin(), counts.end());
  std::stable_sort(row->reasons.begin(), row->reasons.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (row->reasons.size() > kMaxReasons) row->reasons.resize(kMaxReasons);
}

std::string BarredBy(const CountryIndex& countries, const std::string& country) {
  for (const RuleVerdict& rule :
       {JudgeDestination(countries, country), JudgeMarket(countries, country)}) {
    if (rule.holds == Truth::kFalse) return rule.rule;
  }
  return {};
}

}  // namespace

Status TellWhyNothingFits(const PreparedCatalog& catalog, const CountryIndex& countries,
                          const Request& request, const std::atomic<bool>* cancel, bool unlocks,
                          SweepRow* row) {
  auto compiled = CompileChecked(catalog, countries, request);
  if (!compiled) return compiled.error();
  row->empty_demands = EmptyDemands(compiled->problem);
  CountReasons(FindLeftOut(catalog, countries, request, *compiled), row);
  row->barred_by = BarredBy(countries, request.country);
  if (!row->barred_by.empty()) return {};
  const SearchOptions options = OptionsOf(request, cancel);
  if (unlocks) {
    row->fits_without_demand = row->empty_demands.size() == 1 &&
                               FitsWithoutDemand(*compiled, row->empty_demands.front(), options);
    if (request.unknown_facts == UnknownFacts::kReject ||
        request.missing_prices == MissingPrices::kReject) {
      row->settlement = FactsToSettle(catalog, countries, request, options);
    }
  }
  Hindrance hindrance =
      FindHindrance(catalog, countries, request, *std::move(compiled), options, unlocks);
  row->conflict = std::move(hindrance.conflict);
  row->changes = std::move(hindrance.changes);
  return {};
}

}  // namespace stackport::match
