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
      if (run.iterations > 0) {
        seconds_ = run.real_accumulated_time / static_cast<double>(run.iterations);
      }
    }
  }
  double seconds() const { return seconds_; }

 private:
  double seconds_ = -1;
};

double Run(const std::string& name, const std::function<void()>& work,
           const std::function<void(benchmark::internal::Benchmark*)>& set) {
  benchmark::ClearRegisteredBenchmarks();
  set(benchmark::RegisterBenchmark(name.c_str(), [&](benchmark::State& state) {
    for ([[maybe_unused]] auto _ : state) work();
  }));
  KeepingReporter reporter;
  benchmark::RunSpecifiedBenchmarks(&reporter, ".");
  benchmark::ClearRegisteredBenchmarks();
  if (reporter.seconds() < 0) throw std::runtime_error("no time was taken of " + name);
  return 1000 * reporter.seconds();
}

}  // namespace

double MeanMilliseconds(const std::string& name, double least_seconds,
                        const std::function<void()>& work) {
  return Run(name, work, [&](benchmark::internal::Benchmark* run) {
    run->UseRealTime()->MinTime(least_seconds);
  });
}

double OnceMilliseconds(const std::string& name, const std::function<void()>& work) {
  return Run(name, work,
             [](benchmark::internal::Benchmark* run) { run->UseRealTime()->Iterations(1); });
}

}  // namespace stackport::bench
