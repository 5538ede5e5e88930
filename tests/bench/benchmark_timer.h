// Google Benchmark as a stopwatch: it decides how often to repeat, and reads the clock.
#ifndef STACKPORT_TESTS_BENCH_BENCHMARK_TIMER_H_
#define STACKPORT_TESTS_BENCH_BENCHMARK_TIMER_H_

#include <functional>
#include <string>

namespace stackport::bench {

// Mean processor time of one call of `work` in milliseconds; it is repeated until `least_seconds`
// of that have passed.
double MeanCpuMilliseconds(const std::string& name, double least_seconds,
                           const std::function<void()>& work);

// Milliseconds of one single call, by the clock on the wall.
double OnceMilliseconds(const std::string& name, const std::function<void()>& work);

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_BENCHMARK_TIMER_H_
