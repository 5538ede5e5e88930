#include "tests/bench/benchmark_timer.h"

#include <benchmark/benchmark.h>

#include <stdexcept>
#include <vector>

namespace stackport::bench {

namespace {

// Keeps the library's figure instead of printing it: our tables hold more than its lines.
class KeepingReporter : public benchmark::BenchmarkReporter {
 public:
  bool ReportContext(const Context&) override { return true; }
  void ReportRuns(const std::vector<Run>& runs) override {
    for (const Run& run : runs) {
      if (run.iterations == 0) continue;
      const auto calls = static_cast<double>(run.iterations);
      wall_ = run.real_accumulated_time / calls;
      cpu_ = run.cpu_accumulated_time / calls;
    }
  }
  double wall() const { return wall_; }
  double cpu() const { return cpu_; }

 private:
  double wall_ = -1, cpu_ = -1;  // seconds
};

KeepingReporter Run(const std::string& name, const std::function<void()>& work,
                    const std::function<void(benchmark::internal::Benchmark*)>& set) {
  benchmark::ClearRegisteredBenchmarks();
  set(benchmark::RegisterBenchmark(name.c_str(), [&](benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) work();
  }));
  KeepingReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter, ".");
  benchmark::ClearRegisteredBenchmarks();
  if (reporter.wall() < 0) throw std::runtime_error("no time was taken of " + name);
  return reporter;
}

}  // namespace

double MeanCpuMilliseconds(const std::string& name, double least_seconds,
                           const std::function<void()>& work) {
  const auto set = [&](benchmark::internal::Benchmark* run) { run->MinTime(least_seconds); };
  return 1000 * Run(name, work, set).cpu();
}

double OnceMilliseconds(const std::string& name, const std::function<void()>& work) {
  const auto set = [](benchmark::internal::Benchmark* run) { run->UseRealTime()->Iterations(1); };
  return 1000 * Run(name, work, set).wall();
}

}  // namespace stackport::bench
