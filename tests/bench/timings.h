// Durations, some of which are only known to be at least so long.
#ifndef STACKPORT_TESTS_BENCH_TIMINGS_H_
#define STACKPORT_TESTS_BENCH_TIMINGS_H_

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace stackport::bench {

// Also used for ratios and counts: a number that may be a lower bound.
struct Reading {
  double value = 0;
  bool at_least = false;
};

// "0.312", "45.7", "> 2000": about three digits.
std::string ToText(const Reading& reading);

class Readings {
 public:
  void Add(double value, bool at_least = false) { values_.push_back({value, at_least}); }
  std::size_t size() const { return values_.size(); }
  bool empty() const { return values_.empty(); }

  // Nearest rank; a lower bound when the true values behind lower bounds could push it up.
  // Requires: not empty; 0 < share <= 1.
  Reading At(double share) const;
  Reading Median() const { return At(0.5); }

 private:
  std::vector<Reading> values_;
};

inline double MillisecondsSince(std::chrono::steady_clock::time_point start) {
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

}  // namespace stackport::bench

#endif  // STACKPORT_TESTS_BENCH_TIMINGS_H_
