// What answers cost on one catalog: by family of request, at first use and later, and as a sweep.
#ifndef STACKPORT_TESTS_BENCH_MATCH_MEASURE_H_
#define STACKPORT_TESTS_BENCH_MATCH_MEASURE_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "catalog/match/request.h"
#include "catalog/model/snapshot.h"
#include "tests/bench/match_requests.h"
#include "tests/bench/timings.h"

namespace stackport::bench {

struct FamilyOptions {
  std::size_t requests = 100;  // of each family at most
  double seconds = 8;          // for each family on each catalog; at least one request is asked
  std::uint64_t seed = 1;
  std::int64_t deadline_ms = 2'000;  // of the search of one request
};

// One family on one catalog. Times in milliseconds, one for each request; of a request that its
// deadline stopped they are lower bounds.
struct FamilyRow {
  std::string family;
  std::size_t asked = 0, fits = 0, none = 0, stopped = 0;
  Readings answer, compile, search, document, nodes;
  std::map<std::string, std::size_t> left_out;  // requests that were not asked, by reason

  std::size_t proven() const { return fits + none; }
};

// First and later uses of countries: the same request twice in a row, the first time after the
// snapshot was prepared and no request of its country had been answered. What takes longer than a
// whole family may is not asked again.
struct CountryUse {
  Readings first, again;
};

struct CatalogRow {
  std::string name;
  std::size_t components = 0;
  double generate_seconds = 0;                    // 0: not generated
  double prepare_ms = 0;                          // of what the matcher derives from the snapshot
  double snapshot_bytes = 0, prepared_bytes = 0;  // for each component; 0: not measured
  CountryUse countries;
  std::vector<FamilyRow> families;
};

// Times every family on the snapshot. `told` is given the row with the newest family last.
void MeasureFamilies(const SnapshotPtr& snapshot, const std::vector<match::Request>& loose,
                     const FamilyOptions& options, CatalogRow& row,
                     const std::function<void(const CatalogRow&)>& told);

// Why this machine cannot hold a generated catalog of so many components now; empty: it can.
std::string LacksMemory(std::size_t components);

// A generated catalog, with what it took filled in.
SnapshotPtr MeasureGeneration(const CatalogSnapshot& real, std::size_t count, std::uint64_t seed,
                              CatalogRow& row);

struct SweepFigures {
  std::size_t countries = 0, fitting = 0, stopped = 0;
  int threads = 0;
  Readings milliseconds;  // one for each repetition
};

// The request of a file put to every country, preparation of the snapshot included. Throws when the
// file holds no request.
SweepFigures MeasureSweep(const SnapshotPtr& snapshot, const std::string& request_file, int threads,
                          int repetitions);

// Of this machine over the last minute: how many programs wanted to run at once; 0: not known.
double LoadAverage();

// Largest memory this process has held so far, in bytes.
double PeakMemory();

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_MATCH_MEASURE_H_
