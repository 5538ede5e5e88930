// ./dev bench admission: what admission costs beside the least that the same process starts cost.
//
// Every plugin is a library with bytes of its own. Admission starts two processes for each (two
// descriptions have to agree), so the bare cost is measured for one start and for two, and with as
// many starts side by side as admission has.
#include <fmt/format.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <functional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "catalog/base/clock.h"
#include "catalog/base/json.h"
#include "host/admission/admit_all.h"
#include "host/admission/parallel.h"
#include "tests/support/plugin_folder_builder.h"

namespace stackport {
namespace {

using Seconds = std::chrono::duration<double>;

struct Options {
  std::size_t plugins = 1000;
  std::size_t runs = 3;
  bool json = false;
};

[[noreturn]] void Fail(const std::string& why) {
  std::fprintf(stderr, "bench admission: %s\n", why.c_str());
  std::exit(1);
}

double Time(const std::function<void()>& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return Seconds(std::chrono::steady_clock::now() - start).count();
}

double Median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

std::string WithId(std::string bytes, const std::string& id) {
  const std::string placeholder = "bench-plugin-000000";
  for (auto at = bytes.find(placeholder); at != std::string::npos;
       at = bytes.find(placeholder, at + 1)) {
    bytes.replace(at, placeholder.size(), id);
  }
  return bytes;
}

// Plugin folders, and the libraries in them.
std::vector<std::string> MakePlugins(const std::string& folder, std::size_t count) {
  const std::string library = ReadFile(BENCH_PLUGIN);
  if (library.empty()) Fail(std::string("there is no library ") + BENCH_PLUGIN);
  std::vector<std::string> libraries;
  for (std::size_t i = 1; i <= count; ++i) {
    const std::string id = fmt::format("bench-plugin-{:06}", i);
    const std::string path =
        PluginFolderBuilder(id, "bench").Library(WithId(library, id)).WriteTo(folder);
    libraries.push_back(path + "/" + id + ".so");
  }
  return libraries;
}

void LoadBare(const std::string& library) {
  std::string program = BENCH_BARE_LOAD;
  std::string argument = library;
  char* arguments[] = {program.data(), argument.data(), nullptr};
  char* environment[] = {nullptr};
  pid_t pid = 0;
  int status = 0;
  if (posix_spawn(&pid, program.c_str(), nullptr, nullptr, arguments, environment) != 0 ||
      waitpid(pid, &status, 0) != pid || status != 0) {
    Fail("a library could not be loaded bare: " + library);
  }
}

double Bare(const std::vector<std::string>& libraries, std::size_t starts, std::size_t threads) {
  return Time([&] {
    const Status done = RunOnThreads(libraries.size(), threads, [&](std::size_t i) -> Status {
      for (std::size_t start = 0; start < starts; ++start) LoadBare(libraries[i]);
      return {};
    });
    if (!done) Fail(done.error().ToString());
  });
}

// Opens the catalog and brings it in line with the folder, as a host does that starts.
double Start(const std::string& catalog, const std::string& folder, AdmissionOutcome expected,
             std::size_t count) {
  const SystemClock clock;
  return Time([&] {
    const auto store = CatalogStore::Open(catalog, OpenMode::kCreateIfMissing, clock);
    if (!store) Fail(store.error().ToString());
    AdmitAllSettings settings;
    settings.scan.scanner_path = DefaultScannerPath();
    const std::vector<PluginSource> sources = {{folder, TrustPolicy{.unsigned_allowed = true}}};
    const auto report = AdmitAll(sources, **store, settings);
    if (!report) Fail(report.error().ToString());
    if (report->Count(expected) != count) {
      std::string why = report->Summary();
      for (const AdmissionReport& plugin : report->plugins) {
        if (plugin.refused()) why += "; " + plugin.Reason();
        if (plugin.refused()) break;
      }
      Fail("not every plugin was as expected: " + why);
    }
  });
}

struct Row {
  std::string name;
  std::string key;
  double seconds;
};

void Print(const Options& options, std::size_t threads, const std::vector<Row>& rows, double bare) {
  if (options.json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "plugins", options.plugins, allocator);
    json::Set(document, "runs", options.runs, allocator);
    json::Set(document, "threads", threads, allocator);
    for (const Row& row : rows) json::Set(document, row.key, row.seconds, allocator);
    std::puts(json::WritePretty(document).c_str());
    return;
  }
  fmt::print("{} library plugins, median of {} runs, {} threads\n\n", options.plugins, options.runs,
             threads);
  fmt::print("{:<58} {:>9} {:>11} {:>7}\n", "", "seconds", "ms/plugin", "ratio");
  for (const Row& row : rows) {
    fmt::print("{:<58} {:>9.3f} {:>11.3f} {:>7.2f}\n", row.name, row.seconds,
               1000 * row.seconds / static_cast<double>(options.plugins), row.seconds / bare);
  }
  fmt::print(
      "\nratio: to two bare starts for each file with the same threads, which is what\n"
      "admission does: it has every library described twice, each time in a fresh process.\n");
}

int Run(const Options& options) {
  TempFolder temp;
  const std::string folder = temp / "plugins";
  const std::vector<std::string> libraries = MakePlugins(folder, options.plugins);
  const std::size_t threads = std::max<std::size_t>(1, std::thread::hardware_concurrency());
  std::vector<double> once, once_parallel, twice_parallel, cold, warm;
  for (std::size_t run = 0; run < options.runs; ++run) {
    const std::string catalog = temp / ("catalog-" + std::to_string(run) + ".db");
    once.push_back(Bare(libraries, 1, 1));
    once_parallel.push_back(Bare(libraries, 1, threads));
    twice_parallel.push_back(Bare(libraries, 2, threads));
    cold.push_back(Start(catalog, folder, AdmissionOutcome::kAdmitted, options.plugins));
    warm.push_back(Start(catalog, folder, AdmissionOutcome::kUnchanged, options.plugins));
  }
  const double bare = Median(twice_parallel);
  Print(options, threads,
        {{"bare fork+exec+dlopen, once for each file, one at a time", "bare_once_serial",
          Median(once)},
         {"bare, once for each file, same threads", "bare_once", Median(once_parallel)},
         {"bare, twice for each file, same threads", "bare_twice", bare},
         {"cold admission", "cold_admission", Median(cold)},
         {"warm start, nothing changed", "warm_start", Median(warm)}},
        bare);
  return 0;
}

}  // namespace
}  // namespace stackport

int main(int argc, char** argv) {
  stackport::Options options;
  CLI::App app("What the admission of many plugins costs", "./dev bench admission");
  app.add_option("--plugins", options.plugins, "How many (default 1000)")
      ->check(CLI::Range(1, 999'999));
  app.add_option("--runs", options.runs, "Each figure is their median (default 3)")
      ->check(CLI::Range(1, 100));
  app.add_flag("--json", options.json, "Figures for programs, in seconds");
  CLI11_PARSE(app, argc, argv);
  return stackport::Run(options);
}
