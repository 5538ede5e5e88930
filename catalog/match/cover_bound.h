// Lower bounds on what it costs to complete a set.
#ifndef STACKPORT_CATALOG_MATCH_COVER_BOUND_H_
#define STACKPORT_CATALOG_MATCH_COVER_BOUND_H_

#include <cstdint>
#include <vector>

#include "catalog/match/arithmetic.h"

namespace stackport::match {

// For each column of costs: the least sum of candidates that cover a set of bits, each step
// covering the lowest open bit. Every irredundant set can be put in such an order, so the least sum
// bounds it from below; with more than kMaxBits bits, only the hardest of them are looked at.
class CoverBound {
 public:
  static constexpr int kMaxBits = 9;  // tables of 512 sums for each column

  CoverBound() = default;
  CoverBound(const std::vector<std::uint32_t>& covers, std::uint32_t full_cover, int max_picks);

  // `costs` is [column * candidates + candidate]. False when some bit cannot be covered.
  bool Fill(const std::vector<Wide>& costs, int columns);
  // Takes new costs for one column. After Fill.
  void FillColumn(const std::vector<Wide>& costs, int column);

  // Bound on the sum of all members that are still to be chosen while `open` is uncovered.
  Wide Remaining(int column, std::uint32_t open) const;

 private:
  std::uint32_t Project(std::uint32_t bits) const;

  int max_picks_ = 1;
  bool all_bits_ = true;
  std::vector<int> bits_;                 // the bits that are looked at
  std::vector<std::uint32_t> projected_;  // covers, projected
  std::vector<std::vector<int>> by_bit_;
  std::vector<Wide> least_;  // [column << bits | open]
  std::vector<Wide> extra_;  // by column: what members outside the projection may save
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_COVER_BOUND_H_
