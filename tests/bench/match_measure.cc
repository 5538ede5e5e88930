#include "tests/bench/match_measure.h"

#include <fmt/format.h>
#include <malloc.h>
#include <sys/resource.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>
#include <fstream>
#include <optional>
#include <set>
#include <stdexcept>
#include <utility>

#include "catalog/base/json.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/compiled_search.h"
#include "catalog/match/matcher.h"
#include "catalog/match/sweep.h"
#include "tests/bench/benchmark_timer.h"
#include "tests/bench/catalog_generator.h"

namespace stackport::bench {

namespace {

// A million components were seen to take 6.3 GB; the problems of a request come on top.
constexpr double kBytesPerComponent = 9'000;

using Clock = std::chrono::steady_clock;
using match::Request;

// Bytes that the program holds, in the heap and in mappings of its own, which large blocks get.
double HeldBytes() {
  const auto info = mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

struct Timed {
  double compile = 0, search = 0, answer = 0;
  match::Solution solution;
  std::optional<Error> refused;
};

// Compiled and searched to the proof, as one iteration of a benchmark.
Timed Answer(const match::PreparedCatalog& catalog, const Request& request) {
  const match::SearchOptions options = match::OptionsOf(request, nullptr);
  Timed timed;
  timed.answer = OnceMilliseconds("answer", [&] {
    const auto start = Clock::now();
    const auto compiled = match::CompileChecked(catalog, CountryIndex::Builtin(), request);
    timed.compile = MillisecondsSince(start);
    if (!compiled) {
      timed.refused = compiled.error();
      return;
    }
    timed.solution = match::SolveCompiled(*compiled, options);
    timed.search = MillisecondsSince(start) - timed.compile;
  });
  return timed;
}

class FamilyMeasurement {
 public:
  FamilyMeasurement(const SnapshotPtr& snapshot, const FamilyOptions& options, CatalogRow& row)
      : options_(options), row_(row), matcher_(snapshot, CountryIndex::Builtin()) {
    const double before = HeldBytes();
    row.prepare_ms = OnceMilliseconds("prepare", [&] { catalog_.emplace(snapshot); });
    row.prepared_bytes = (HeldBytes() - before) / static_cast<double>(snapshot->components.size());
    row.components = snapshot->components.size();
  }

  FamilyRow Run(Family family, const std::vector<Request>& loose) {
    FamilyRow row;
    row.family = FamilyName(family);
    const auto start = Clock::now();
    for (std::size_t i = 0; i < loose.size() && i < options_.requests; ++i) {
      if (i > 0 && MillisecondsSince(start) > 1000 * options_.seconds) break;
      UseCountry(loose[i]);
      auto request = RequestOf(family, *catalog_, loose[i]);
      if (!request) {
        ++row.left_out[request.error().message];
        continue;
      }
      Ask(*request, row);
    }
    return row;
  }

 private:
  // What takes longer than a whole family may is not done twice.
  bool TooLong(const Timed& timed) const { return timed.answer > 1000 * options_.seconds; }

  // What is measured of families is later use.
  void UseCountry(const Request& request) {
    if (!used_.insert(request.country).second) return;
    for (Readings* readings : {&row_.countries.first, &row_.countries.again}) {
      const Timed timed = Answer(*catalog_, request);
      if (timed.refused) return;
      readings->Add(timed.answer, timed.solution.status == match::ProofStatus::kStopped);
      if (TooLong(timed)) return;
    }
    // The matcher that writes documents stands beside: it has countries of its own.
    WriteDocument(request);
  }

  void WriteDocument(const Request& request) const {
    const auto document = matcher_.Match(request);
    if (!document) throw std::runtime_error(document.error().ToString());
  }

  void Ask(const Request& request, FamilyRow& row) {
    const Timed timed = Answer(*catalog_, request);
    if (timed.refused) {
      ++row.left_out["refused: " + timed.refused->ToString()];
      return;
    }
    const bool stopped = timed.solution.status == match::ProofStatus::kStopped;
    if (!TooLong(timed)) {
      const double document = OnceMilliseconds("document", [&] { WriteDocument(request); });
      row.document.Add(document, stopped);
    }
    row.compile.Add(timed.compile);
    row.search.Add(timed.search, stopped);
    row.answer.Add(timed.answer, stopped);
    row.nodes.Add(static_cast<double>(timed.solution.nodes), stopped);
    ++row.asked;
    switch (timed.solution.status) {
      case match::ProofStatus::kOptimal:
        ++row.fits;
        break;
      case match::ProofStatus::kInfeasible:
        ++row.none;
        break;
      case match::ProofStatus::kStopped:
        ++row.stopped;
        break;
    }
  }

  const FamilyOptions& options_;
  CatalogRow& row_;
  match::Matcher matcher_;
  std::optional<match::PreparedCatalog> catalog_;
  std::set<std::string> used_;  // countries
};

}  // namespace

void MeasureFamilies(const SnapshotPtr& snapshot, const std::vector<Request>& loose,
                     const FamilyOptions& options, CatalogRow& row,
                     const std::function<void(const CatalogRow&)>& told) {
  FamilyMeasurement measurement(snapshot, options, row);
  for (const Family family : kFamilies) {
    row.families.push_back(measurement.Run(family, loose));
    if (told) told(row);
  }
}

std::string LacksMemory(std::size_t components) {
  const double needed = kBytesPerComponent * static_cast<double>(components);
  std::ifstream meminfo("/proc/meminfo");
  for (std::string name, line; meminfo >> name; std::getline(meminfo, line)) {
    if (name != "MemAvailable:") continue;
    double kilobytes = 0;
    meminfo >> kilobytes;
    if (1024 * kilobytes >= needed) return {};
    return fmt::format("needs about {:.1f} GB of memory, and {:.1f} GB are free", needed / 1e9,
                       1024 * kilobytes / 1e9);
  }
  return {};
}

SnapshotPtr MeasureGeneration(const CatalogSnapshot& real, std::size_t count, std::uint64_t seed,
                              CatalogRow& row) {
  row.name = fmt::format("{} generated", count);
  const double before = HeldBytes();
  const auto start = Clock::now();
  SnapshotPtr snapshot = GenerateCatalog(real, count, seed);
  row.generate_seconds = MillisecondsSince(start) / 1000;
  row.snapshot_bytes = (HeldBytes() - before) / static_cast<double>(count);
  return snapshot;
}

SweepFigures MeasureSweep(const SnapshotPtr& snapshot, const std::string& request_file, int threads,
                          int repetitions) {
  const auto request = json::ParseFile(request_file);
  if (!request) throw std::runtime_error(request.error().ToString());
  const CountryIndex& countries = CountryIndex::Builtin();
  std::vector<std::string> codes;
  for (const Country& country : countries.All()) codes.push_back(country.code);
  SweepFigures figures;
  figures.countries = codes.size();
  figures.threads = threads;
  for (int i = 0; i < repetitions; ++i) {
    std::optional<Result<match::Sweep>> sweep;
    figures.milliseconds.Add(OnceMilliseconds("sweep", [&] {
      sweep = match::RunSweep(snapshot, countries, Registry::Builtin(), *request, codes,
                              {.threads = threads, .cancel = nullptr, .progress = nullptr});
    }));
    if (!*sweep) throw std::runtime_error(sweep->error().ToString());
    figures.fitting = 0;
    figures.stopped = 0;
    for (const match::SweepRow& row : (*sweep)->rows) {
      figures.fitting += row.status == match::SweepStatus::kFits ? 1 : 0;
      figures.stopped += row.status == match::SweepStatus::kStopped ? 1 : 0;
    }
  }
  return figures;
}

double LoadAverage() {
  double load = 0;
  return getloadavg(&load, 1) == 1 ? load : 0;
}

double PeakMemory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return 1024.0 * static_cast<double>(usage.ru_maxrss);
}

}  // namespace stackport::bench
