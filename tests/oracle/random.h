// Random integers that are the same on every machine and standard library.
//
// The standard fixes what mt19937_64 produces but not what its distributions and std::shuffle make
// of it, so those are spelled out here: a seed printed by a failing run names the same instance
// everywhere.
#ifndef STACKPORT_TESTS_ORACLE_RANDOM_H_
#define STACKPORT_TESTS_ORACLE_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <random>
#include <utility>
#include <vector>

namespace stackport::oracle {

class Random {
 public:
  explicit Random(std::uint64_t seed) : engine_(seed) {}

  // Requires: low <= high. The bias of the remainder is far below anything a test could see.
  std::int64_t Between(std::int64_t low, std::int64_t high) {
    return low + static_cast<std::int64_t>(engine_() % static_cast<std::uint64_t>(high - low + 1));
  }
  int IntBetween(int low, int high) { return static_cast<int>(Between(low, high)); }
  // Requires: count > 0.
  std::size_t Index(std::size_t count) { return static_cast<std::size_t>(engine_() % count); }
  bool Percent(int percent) { return Between(0, 99) < percent; }

  template <typename T>
  const T& Pick(const std::vector<T>& items) {
    return items[Index(items.size())];
  }
  template <typename T>
  void Shuffle(std::vector<T>& items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[Index(i)]);
  }

 private:
  std::mt19937_64 engine_;
};

}  // namespace stackport::oracle

#endif  // STACKPORT_TESTS_ORACLE_RANDOM_H_
