// ./dev bench match: what an answer costs on the real catalog and on large generated ones, and how
// that compares with other solvers.
#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "catalog/base/json.h"
#include "tests/bench/match_measure.h"
#include "tests/bench/match_peers.h"
#include "tests/bench/match_tables.h"
#include "tests/bench/problem_sets.h"
#include "tests/support/bundled_catalog.h"

namespace stackport::bench {
namespace {

constexpr const char* kSweepRequest = BENCH_REQUESTS "/kenya-farm-and-health.json";
constexpr int kSweepThreads = 2;
constexpr int kSweepRepetitions = 3;

struct Options {
  std::vector<std::size_t> sizes = {1'000, 10'000};
  FamilyOptions families;
  std::vector<std::string> peers = {"all"};
  double peer_seconds = 10;
  std::size_t problems = 5;
  bool quick = false;
  bool json = false;
};

std::vector<oracle::Peer> ChosenPeers(const std::vector<std::string>& names) {
  std::vector<oracle::Peer> peers;
  for (const oracle::Peer peer : oracle::kPeers) {
    const bool named = std::any_of(names.begin(), names.end(), [&](const std::string& name) {
      return name == "all" || name == PeerName(peer);
    });
    if (named) peers.push_back(peer);
  }
  return peers;
}

void MeasureCatalogs(const Options& options, const SnapshotPtr& real, MatchReport& report) {
  const std::vector<match::Request> loose =
      LooseRequests(BENCH_REQUESTS, options.families.requests, options.families.seed,
                    options.families.deadline_ms);
  if (!options.json) PrintFamilyHead();
  const auto told = [&](const CatalogRow& row) {
    if (!options.json) PrintFamily(row, row.families.back());
  };
  CatalogRow& row = report.catalogs.emplace_back();
  row.name = "real";
  MeasureFamilies(real, loose, options.families, row, told);
  for (const std::size_t size : options.sizes) {
    if (size == 0) continue;
    std::string why = LacksMemory(size);
    if (size <= real->components.size()) {
      why = fmt::format("the real catalog has {} already", real->components.size());
    }
    if (!why.empty()) {
      report.not_built.push_back(fmt::format("{} components: {}", size, why));
      if (!options.json) fmt::print("not built: {}\n", report.not_built.back());
      continue;
    }
    CatalogRow& generated = report.catalogs.emplace_back();
    // One after the other: a catalog of a million components takes gigabytes.
    const SnapshotPtr snapshot = MeasureGeneration(*real, size, options.families.seed, generated);
    MeasureFamilies(snapshot, loose, options.families, generated, told);
  }
}

void MeasurePeers(const Options& options, const SnapshotPtr& real, MatchReport& report) {
  PeerOptions peers;
  peers.peers = ChosenPeers(options.peers);
  if (peers.peers.empty()) return;
  peers.deadline =
      std::chrono::milliseconds(static_cast<std::int64_t>(1000 * options.peer_seconds));
  report.peer_deadline_ms = peers.deadline.count();
  std::vector<ProblemSet> sets = GeneratedSets(options.problems, options.families.seed);
  std::vector<match::Request> examples = ExampleRequests(BENCH_REQUESTS);
  if (examples.size() > options.problems) examples.resize(options.problems);
  sets.push_back(CompiledSet(match::PreparedCatalog(real), examples));
  if (!options.json) PrintPeerHead(peers);
  report.peers = ComparePeers(sets, peers, [&](const PeerRow& row) {
    if (!options.json) PrintPeerRow(row);
  });
}

void PrintLoad() {
  const double load = LoadAverage();
  const unsigned cores = std::thread::hardware_concurrency();
  // This program is one of those that run, and two for the sweep.
  if (load < 2 || load <= cores * 0.75) return;
  fmt::print(
      "\nThis machine is busy: {:.1f} programs wanted its {} cores in the last minute. All times "
      "but\n"
      "those of the processor are longer than on an idle one.\n",
      load, cores);
}

void PrintLegend(const Options& options) {
  fmt::print(
      "\nanswer: compile and search to the proof, the first ten packages, one core, after the "
      "first\n"
      "use of the country; document: the whole of `stackport match`, and where nothing fits the\n"
      "conflicts and relaxations too. \"> 2000\": a deadline came first, more is not known.\n");
  if (ChosenPeers(options.peers).empty()) return;
  fmt::print(
      "Problems: the same for all, one package, one thread, at the peers' own settings, and the "
      "optimum\n"
      "they prove is compared with ours; milliseconds are of the processor. Ratio: median of "
      "(their\n"
      "time - their start-up) / our time; theirs holds reading the file. A peer that left {} "
      "problems\n"
      "of a set without a proof is not asked for the rest of it.\n",
      kGiveUpAfter);
}

int Run(Options options) {
  int argc = 1;
  char name[] = "bench_match";
  char* argv[] = {name, nullptr};
  benchmark::Initialize(&argc, argv);
  if (options.quick) {
    options.families.requests = 5;
    options.problems = 1;
    options.peer_seconds = std::min(options.peer_seconds, 1.0);
  }
  MatchReport report;
  report.seed = options.families.seed;
  report.deadline_ms = options.families.deadline_ms;
  const SnapshotPtr real = testing::AdmitBundled(BENCH_PLUGINS);
  MeasureCatalogs(options, real, report);
  if (!options.json) PrintCatalogs(report.catalogs);
  if (!options.json) PrintGrowth(report.catalogs);
  report.sweep = MeasureSweep(real, kSweepRequest, kSweepThreads, kSweepRepetitions);
  if (!options.json) PrintSweep(*report.sweep);
  MeasurePeers(options, real, report);
  if (!options.json && report.peers) PrintPeerNotes(*report.peers);
  if (!options.json) PrintLegend(options);
  if (!options.json) PrintLoad();
  if (options.json) std::puts(json::WritePretty(ReportJson(report)).c_str());
  return report.peers && !report.peers->differences.empty() ? 1 : 0;
}

}  // namespace
}  // namespace stackport::bench

int main(int argc, char** argv) {
  stackport::bench::Options options;
  CLI::App app("What an answer of the matcher costs, alone and beside other solvers",
               "./dev bench match");
  app.add_option("--sizes", options.sizes,
                 "Components of the generated catalogs, from 1000 to 1000000 (default 1000,10000; "
                 "0: none)")
      ->delimiter(',')
      ->check(CLI::IsMember({std::size_t{0}}) |
              CLI::Range(std::size_t{1'000}, std::size_t{1'000'000}));
  app.add_option("--seed", options.families.seed, "Of catalogs, requests and problems (default 1)");
  app.add_option("--seconds", options.families.seconds,
                 "For each family on each catalog (default 8)")
      ->check(CLI::Range(0.1, 3600.0));
  app.add_option("--deadline", options.families.deadline_ms,
                 "Milliseconds of search before a request counts as not proven (default 2000)")
      ->check(CLI::Range(1, 600'000));
  app.add_option("--peers", options.peers,
                 "Other solvers to compare with: all, none, or some of gecode,clingo,cbc "
                 "(default all)")
      ->delimiter(',')
      ->check(CLI::IsMember({"all", "none", "gecode", "clingo", "cbc"}));
  app.add_option("--peer-seconds", options.peer_seconds,
                 "For a solver on one problem before it counts as stopped (default 10)")
      ->check(CLI::Range(0.1, 3600.0));
  app.add_option("--problems", options.problems,
                 "Of each easy family, and of the real catalog, for the comparison (default 5)")
      ->check(CLI::Range(1, 1000));
  app.add_flag("--quick", options.quick,
               "Five requests of each family, one problem, a second for each peer");
  app.add_flag("--json", options.json, "Figures for programs");
  CLI11_PARSE(app, argc, argv);
  try {
    return stackport::bench::Run(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "bench match: %s\n", error.what());
    return 1;
  }
}
