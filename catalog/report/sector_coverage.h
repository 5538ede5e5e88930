// Where packages exist, sector by sector, and the missing facts that the best of them hang on.
#ifndef STACKPORT_CATALOG_REPORT_SECTOR_COVERAGE_H_
#define STACKPORT_CATALOG_REPORT_SECTOR_COVERAGE_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/sweep.h"
#include "catalog/model/registry.h"
#include "catalog/model/snapshot.h"

namespace stackport {

// Users of the request that stands for a sector: a ministry or a province.
inline constexpr std::int64_t kSectorUsers = 10'000;
// Missing facts that a report lists.
inline constexpr std::size_t kMostMissingFacts = 10;

// The countries a report looks at unless it is asked for others: those of the example requests.
const std::vector<std::string>& SectorPanel();

struct SectorRequest {
  std::string sector;  // "education"
  std::string task;    // the task of it that most applications state
  std::int64_t applications = 0;
};
// A request for each sector of the registry's tasks, in their order.
std::vector<SectorRequest> SectorRequests(const CatalogSnapshot& catalog,
                                          const Registry& registry = Registry::Builtin());

struct SectorCell {
  SectorRequest request;
  std::string language;  // the country's first official one; empty: unknown, none asked for
  match::SweepRow row;
};

struct MissingFact {
  std::string component;
  std::string fact;
  std::int64_t packages = 0;           // best packages that leave it open
  std::vector<std::string> countries;  // sorted
};

struct SectorCoverage {
  std::vector<SectorCell> cells;           // by sector, then by country
  std::vector<MissingFact> missing_facts;  // most packages first, at most kMostMissingFacts
  bool cancelled = false;                  // then cells are missing
};

// Asks for each sector in each country, in the country's own language, with every deployment
// allowed. An error is a country that does not exist.
Result<SectorCoverage> MeasureSectors(const SnapshotPtr& snapshot, const CountryIndex& countries,
                                      const std::vector<std::string>& codes,
                                      const match::SweepOptions& options);

json::Value SectorCoverageJson(const SectorCoverage& coverage, json::Allocator& allocator);
// Markdown sections.
std::string SectorCoverageMarkdown(const SectorCoverage& coverage, const CountryIndex& countries);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_REPORT_SECTOR_COVERAGE_H_
