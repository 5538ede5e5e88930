// Which slots of a package a search around it may fill anew.
#ifndef STACKPORT_CATALOG_MATCH_FREE_SLOTS_H_
#define STACKPORT_CATALOG_MATCH_FREE_SLOTS_H_

#include <cstdint>
#include <random>
#include <vector>

#include "catalog/match/arithmetic.h"

namespace stackport::match {

// Draws a few slots at a time: those in which a package costs more than it had to by the prices of
// all limits more often than others, and as many as can be searched completely. The same calls give
// the same slots on every machine. One thread at a time.
class FreeSlots {
 public:
  // `slots`: 1 to 64.
  explicit FreeSlots(int slots);
  // One bit for each free slot, for a package that costs so much by slot above the least there,
  // none below 0 and in total below 2^120.
  std::uint64_t Draw(const std::vector<Wide>& excess);
  // Whether what the last draw left open was searched to its end.
  void Report(bool complete);

 private:
  int slots_;
  int count_;  // to draw
  int score_ = 0;
  std::mt19937_64 random_;  // seeded by a constant
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_FREE_SLOTS_H_
