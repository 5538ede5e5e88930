// The benchmark's figures as tables for people and as JSON for programs.
#ifndef STACKPORT_TESTS_BENCH_MATCH_TABLES_H_
#define STACKPORT_TESTS_BENCH_MATCH_TABLES_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/base/json.h"
#include "tests/bench/match_measure.h"
#include "tests/bench/match_peers.h"

namespace stackport::bench {

struct MatchReport {
  std::uint64_t seed = 1;
  std::int64_t deadline_ms = 0;       // of a request's search
  std::int64_t peer_deadline_ms = 0;  // of a solver's problem
  std::vector<CatalogRow> catalogs;
  std::vector<std::string> not_built;  // catalogs that this machine has no room for, and why
  std::optional<SweepFigures> sweep;
  std::optional<PeerComparison> peers;
};

// Tables are printed to standard output while the figures come in: a head, then its rows.
void PrintFamilyHead();
void PrintFamily(const CatalogRow& catalog, const FamilyRow& row);
void PrintCatalogs(const std::vector<CatalogRow>& catalogs);
void PrintGrowth(const std::vector<CatalogRow>& catalogs);
void PrintSweep(const SweepFigures& sweep);
void PrintPeerHead(const PeerOptions& options);
void PrintPeerRow(const PeerRow& row);
void PrintPeerNotes(const PeerComparison& peers);

// Exponent of the growth of the median answer from the smallest to the largest generated catalog; 1
// is linear. Nothing when there are no two of them, or one of the medians was not proven: then
// `why` says so.
std::optional<double> GrowthExponent(const std::vector<CatalogRow>& catalogs,
                                     const std::string& family, std::string* why);

json::Document ReportJson(const MatchReport& report);

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_MATCH_TABLES_H_
