// ./dev bench match: what an answer costs on the real catalog and on large generated ones.
//
// Every iteration of a benchmark is one request of a family: compiled and searched to the proof on
// one core, which together are "answer", and put through the matcher as a whole, explanations and
// result document included.
#include <benchmark/benchmark.h>
#include <fmt/format.h>
#include <malloc.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <memory>
#include <string>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/match/compiled_search.h"
#include "catalog/match/matcher.h"
#include "tests/bench/catalog_generator.h"
#include "tests/bench/match_requests.h"
#include "tests/support/bundled_catalog.h"

namespace stackport::bench {
namespace {

using Clock = std::chrono::steady_clock;
using match::Request;

struct Options {
  std::vector<std::size_t> sizes = {1'000, 10'000};
  std::uint64_t seed = 1;
  double seconds = 8;  // for each family on each catalog
  std::int64_t deadline_ms = 2'000;
  bool quick = false;
  bool json = false;
};

double MillisecondsSince(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

// Nearest rank. Requires: values are not empty.
double Percentile(std::vector<double> values, double share) {
  std::sort(values.begin(), values.end());
  const auto rank = static_cast<std::size_t>(std::ceil(share * static_cast<double>(values.size())));
  return values[std::max<std::size_t>(rank, 1) - 1];
}

struct Catalog {
  std::string name;
  SnapshotPtr snapshot;
  std::unique_ptr<match::PreparedCatalog> prepared;
  double prepare_ms = 0;                          // of what the matcher derives from the snapshot
  double snapshot_bytes = 0, prepared_bytes = 0;  // for each component; 0: not measured
};

// One family on one catalog. Times in milliseconds, one of each for every request.
struct Row {
  std::string catalog;
  std::size_t components = 0;
  std::string family;
  std::size_t asked = 0, fits = 0, none = 0, stopped = 0;
  std::vector<double> compile, search, answer, document, nodes;
  std::string refused;  // why the matcher could not answer at all; empty: it could
};

// Seconds that the answer took; 0 when the matcher refused the request.
double Measure(const match::PreparedCatalog& prepared, const match::Matcher& matcher,
               const Request& request, Row& row) {
  const CountryIndex& countries = CountryIndex::Builtin();
  const match::SearchOptions options = match::OptionsOf(request, nullptr);
  const auto start = Clock::now();
  const auto compiled = match::CompileChecked(prepared, countries, request);
  const double compile = MillisecondsSince(start);
  if (!compiled) {
    row.refused = compiled.error().ToString();
    return 0;
  }
  const auto search_start = Clock::now();
  const match::Solution solution = match::SolveCompiled(*compiled, options);
  const double search = MillisecondsSince(search_start);
  const auto document_start = Clock::now();
  const auto document = matcher.Match(request);
  if (!document) throw std::runtime_error(document.error().ToString());
  row.document.push_back(MillisecondsSince(document_start));
  row.compile.push_back(compile);
  row.search.push_back(search);
  row.answer.push_back(compile + search);
  row.nodes.push_back(static_cast<double>(solution.nodes));
  ++row.asked;
  switch (solution.status) {
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
  return row.answer.back() / 1000;
}

// Requests in turn, one for each iteration; the timer of the library counts the answer alone.
void RunFamily(benchmark::State& state, const Catalog& catalog,
               const std::vector<Request>& requests, Row& row) {
  const match::Matcher matcher(catalog.snapshot, CountryIndex::Builtin());
  std::size_t next = 0;
  for ([[maybe_unused]] auto _ : state) {
    state.SetIterationTime(
        Measure(*catalog.prepared, matcher, requests[next++ % requests.size()], row));
  }
}

// The table is printed at the end; the library's own lines would only repeat part of it.
class SilentReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>&) override {}
};

std::size_t HeapBytes() {
  return mallinfo2().uordblks;
}

void Prepare(Catalog& catalog) {
  const std::size_t before = HeapBytes();
  const auto start = Clock::now();
  catalog.prepared = std::make_unique<match::PreparedCatalog>(catalog.snapshot);
  catalog.prepare_ms = MillisecondsSince(start);
  catalog.prepared_bytes = static_cast<double>(HeapBytes() - before) /
                           static_cast<double>(catalog.snapshot->components.size());
}

Catalog Generated(const CatalogSnapshot& real, std::size_t count, std::uint64_t seed) {
  Catalog catalog;
  catalog.name = fmt::format("{} generated", count);
  const std::size_t before = HeapBytes();
  catalog.snapshot = GenerateCatalog(real, count, seed);
  catalog.snapshot_bytes = static_cast<double>(HeapBytes() - before) / static_cast<double>(count);
  return catalog;
}

void PrintRow(const Row& row) {
  if (row.asked == 0) {
    fmt::print("{:<18} {:<10} not answered: {}\n", row.catalog, row.family,
               row.refused.empty() ? "no request of this family has a package" : row.refused);
    std::fflush(stdout);
    return;
  }
  const auto p = [](const std::vector<double>& values, double share) {
    return fmt::format("{:.3f}", Percentile(values, share));
  };
  fmt::print("{:<18} {:<10} {:>4} {:>5} {:>6.1f} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>9}\n",
             row.catalog, row.family, row.asked, row.fits,
             100.0 * static_cast<double>(row.asked - row.stopped) / static_cast<double>(row.asked),
             p(row.answer, 0.5), p(row.answer, 0.9), p(row.answer, 0.99), p(row.compile, 0.5),
             p(row.search, 0.5), p(row.document, 0.5), Percentile(row.nodes, 0.5));
  std::fflush(stdout);
}

void PrintHead() {
  fmt::print("{:<18} {:<10} {:>4} {:>5} {:>6} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>9}\n",
             "catalog", "requests", "n", "fit", "proven", "answer", "", "", "compile", "search",
             "document", "nodes");
  fmt::print("{:<18} {:<10} {:>4} {:>5} {:>6} {:>10} {:>10} {:>10} {:>10} {:>10} {:>10} {:>9}\n",
             "", "", "", "", "%", "p50 ms", "p90 ms", "p99 ms", "p50 ms", "p50 ms", "p50 ms",
             "p50");
}

json::Value RowJson(const Row& row, json::Allocator& allocator) {
  json::Value value(rapidjson::kObjectType);
  json::Set(value, "catalog", row.catalog, allocator);
  json::Set(value, "components", row.components, allocator);
  json::Set(value, "family", row.family, allocator);
  json::Set(value, "requests", row.asked, allocator);
  json::Set(value, "fits", row.fits, allocator);
  json::Set(value, "infeasible", row.none, allocator);
  json::Set(value, "stopped", row.stopped, allocator);
  if (!row.refused.empty()) json::Set(value, "refused", row.refused, allocator);
  if (row.asked == 0) return value;
  const auto spread = [&](const char* name, const std::vector<double>& values) {
    json::Value percentiles(rapidjson::kObjectType);
    json::Set(percentiles, "p50", Percentile(values, 0.5), allocator);
    json::Set(percentiles, "p90", Percentile(values, 0.9), allocator);
    json::Set(percentiles, "p99", Percentile(values, 0.99), allocator);
    json::Set(value, name, std::move(percentiles), allocator);
  };
  spread("answer_ms", row.answer);
  spread("compile_ms", row.compile);
  spread("search_ms", row.search);
  spread("document_ms", row.document);
  spread("nodes", row.nodes);
  return value;
}

// Exponent of the growth of the median answer from the smallest to the largest generated catalog:
// 1 is linear.
void PrintGrowth(const std::vector<Row>& rows) {
  for (const Family family : kFamilies) {
    const Row* small = nullptr;
    const Row* large = nullptr;
    for (const Row& row : rows) {
      if (row.family != FamilyName(family) || !row.catalog.ends_with("generated") ||
          row.asked == 0) {
        continue;
      }
      if (small == nullptr || row.components < small->components) small = &row;
      if (large == nullptr || row.components > large->components) large = &row;
    }
    if (small == nullptr || large == nullptr || small->components == large->components) continue;
    const double exponent =
        std::log(Percentile(large->answer, 0.5) / Percentile(small->answer, 0.5)) /
        std::log(static_cast<double>(large->components) / static_cast<double>(small->components));
    fmt::print("growth of the median answer with the catalog, {}: components^{:.2f}\n",
               FamilyName(family), exponent);
  }
}

int Run(const Options& options) {
  int argc = 1;
  char name[] = "bench_match";
  char* argv[] = {name, nullptr};
  benchmark::Initialize(&argc, argv);
  std::vector<Catalog> catalogs(1);
  catalogs[0].name = "real";
  catalogs[0].snapshot = testing::AdmitBundled(BENCH_PLUGINS);
  const CatalogSnapshot& real = *catalogs[0].snapshot;
  for (const std::size_t size : options.sizes) {
    if (size > real.components.size()) catalogs.push_back(Generated(real, size, options.seed));
  }
  for (Catalog& catalog : catalogs) Prepare(catalog);
  if (!options.json) PrintHead();
  std::vector<Row> rows;
  for (const Catalog& catalog : catalogs) {
    for (const Family family : kFamilies) {
      const std::vector<Request> loose =
          LooseRequests(BENCH_REQUESTS, options.quick ? 5 : 100, options.seed, options.deadline_ms);
      // One request beforehand warms up and says how many the time allows.
      Row row;
      row.catalog = catalog.name;
      row.components = catalog.snapshot->components.size();
      row.family = FamilyName(family);
      Row pilot;
      const auto start = Clock::now();
      const match::Matcher matcher(catalog.snapshot, CountryIndex::Builtin());
      std::vector<Request> first = RequestsOf(family, *catalog.prepared, {loose.front()});
      if (!first.empty()) Measure(*catalog.prepared, matcher, first.front(), pilot);
      const double each = std::max(0.01, MillisecondsSince(start));
      const auto affordable = std::clamp<std::size_t>(
          static_cast<std::size_t>(1000 * options.seconds / each), 1, loose.size());
      const std::vector<Request> requests =
          RequestsOf(family, *catalog.prepared,
                     {loose.begin(), loose.begin() + static_cast<std::ptrdiff_t>(affordable)});
      if (!requests.empty()) {
        benchmark::ClearRegisteredBenchmarks();
        benchmark::RegisterBenchmark(
            (row.catalog + "/" + row.family).c_str(),
            [&](benchmark::State& state) { RunFamily(state, catalog, requests, row); })
            ->UseManualTime()
            ->Iterations(static_cast<std::int64_t>(requests.size()));
        SilentReporter reporter;
        benchmark::RunSpecifiedBenchmarks(&reporter);
      }
      if (!options.json) PrintRow(row);
      rows.push_back(std::move(row));
    }
  }
  if (options.json) {
    json::Document document(rapidjson::kObjectType);
    json::Allocator& allocator = document.GetAllocator();
    json::Set(document, "seed", static_cast<std::int64_t>(options.seed), allocator);
    json::Set(document, "deadline_ms", options.deadline_ms, allocator);
    json::Value built(rapidjson::kArrayType);
    for (const Catalog& catalog : catalogs) {
      json::Value value(rapidjson::kObjectType);
      json::Set(value, "catalog", catalog.name, allocator);
      json::Set(value, "components", catalog.snapshot->components.size(), allocator);
      json::Set(value, "prepare_ms", catalog.prepare_ms, allocator);
      json::Set(value, "prepared_bytes_per_component", catalog.prepared_bytes, allocator);
      built.PushBack(value, allocator);
    }
    json::Set(document, "catalogs", std::move(built), allocator);
    json::Value list(rapidjson::kArrayType);
    for (const Row& row : rows) list.PushBack(RowJson(row, allocator), allocator);
    json::Set(document, "rows", std::move(list), allocator);
    std::puts(json::WritePretty(document).c_str());
    return 0;
  }
  fmt::print("\n");
  for (const Catalog& catalog : catalogs) {
    fmt::print(
        "{}: the matcher prepares the snapshot in {:.1f} ms, {:.0f} bytes for each component",
        catalog.name, catalog.prepare_ms, catalog.prepared_bytes);
    if (catalog.snapshot_bytes > 0) {
      fmt::print(" beside {:.0f} of the snapshot", catalog.snapshot_bytes);
    }
    fmt::print("\n");
  }
  PrintGrowth(rows);
  fmt::print(
      "\nanswer: compile and search to the proof, the first ten packages, one core; document: the\n"
      "whole of `stackport match`, and where nothing fits the conflicts and relaxations too.\n");
  return 0;
}

}  // namespace
}  // namespace stackport::bench

int main(int argc, char** argv) {
  stackport::bench::Options options;
  CLI::App app("What an answer of the matcher costs", "./dev bench match");
  app.add_option("--sizes", options.sizes, "Components of the generated catalogs, as 1000,10000")
      ->delimiter(',')
      ->check(CLI::Range(std::size_t{1'000}, std::size_t{1'000'000}));
  app.add_option("--seed", options.seed, "Of catalogs and requests (default 1)");
  app.add_option("--seconds", options.seconds, "For each family on each catalog (default 8)")
      ->check(CLI::Range(0.1, 3600.0));
  app.add_option("--deadline", options.deadline_ms,
                 "Milliseconds of search before a request counts as not proven (default 2000)")
      ->check(CLI::Range(1, 600'000));
  app.add_flag("--quick", options.quick, "Five requests of each family");
  app.add_flag("--json", options.json, "Figures for programs");
  CLI11_PARSE(app, argc, argv);
  try {
    return stackport::bench::Run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench match: %s\n", error.what());
    return 1;
  }
}
