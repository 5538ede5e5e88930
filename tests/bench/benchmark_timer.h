// Google Benchmark as a stopwatch: it decides how often to repeat, and reads the clock.
#ifndef STACKPORT_TESTS_BENCH_BENCHMARK_TIMER_H_
#define STACKPORT_TESTS_BENCH_BENCHMARK_TIMER_H_

#include <functional>
#include <string>

namespace stackport::bench {

// Mean milliseconds of one call of `work`, which is repeated until `least_seconds` have passed.
double MeanMilliseconds(const std::string& name, double least_seconds,
                        const std::function<void()>& work);

// Milliseconds of one single call.
double OnceMilliseconds(const std::string& name, const std::function<void()>& work);

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_BENCHMARK_TIMER_H_
