#include "catalog/match/cover_bound.h"

#include <algorithm>
#include <bit>

namespace stackport::match {

CoverBound::CoverBound(const std::vector<std::uint32_t>& covers, std::uint32_t full_cover,
                       int max_picks)
    : max_picks_(max_picks) {
  const auto holders = [&](int bit) {
    return std::count_if(covers.begin(), covers.end(),
                         [&](std::uint32_t cover) { return ((cover >> bit) & 1U) != 0; });
  };
  for (int bit = 0; bit < static_cast<int>(std::bit_width(full_cover)); ++bit) bits_.push_back(bit);
  all_bits_ = static_cast<int>(bits_.size()) <= kMaxBits;
  if (!all_bits_) {
    std::stable_sort(bits_.begin(), bits_.end(),
                     [&](int a, int b) { return holders(a) < holders(b); });
    bits_.resize(kMaxBits);
  }
  by_bit_.resize(bits_.size());
  for (std::size_t candidate = 0; candidate < covers.size(); ++candidate) {
    projected_.push_back(Project(covers[candidate]));
    for (std::size_t bit = 0; bit < bits_.size(); ++bit) {
      if ((projected_[candidate] >> bit) & 1U) by_bit_[bit].push_back(static_cast<int>(candidate));
    }
  }
}

std::uint32_t CoverBound::Project(std::uint32_t bits) const {
  if (all_bits_) return bits;
  std::uint32_t result = 0;
  for (std::size_t i = 0; i < bits_.size(); ++i) result |= ((bits >> bits_[i]) & 1U) << i;
  return result;
}

bool CoverBound::Fill(const std::vector<Wide>& costs, int columns) {
  if (std::any_of(by_bit_.begin(), by_bit_.end(), [](const auto& list) { return list.empty(); })) {
    return false;
  }
  least_.assign(static_cast<std::size_t>(columns) << bits_.size(), 0);
  extra_.assign(static_cast<std::size_t>(columns), 0);
  for (int column = 0; column < columns; ++column) FillColumn(costs, column);
  return true;
}

void CoverBound::FillColumn(const std::vector<Wide>& costs, int column) {
  const std::size_t candidates = projected_.size();
  const std::uint32_t states = 1U << bits_.size();
  const Wide* cost = costs.data() + static_cast<std::size_t>(column) * candidates;
  Wide* least = least_.data() + static_cast<std::size_t>(column) * states;
  for (std::uint32_t open = 1; open < states; ++open) {
    bool first = true;
    for (const int candidate : by_bit_[static_cast<std::size_t>(std::countr_zero(open))]) {
      const auto index = static_cast<std::size_t>(candidate);
      const Wide sum = cost[index] + least[open & ~projected_[index]];
      if (first || sum < least[open]) least[open] = sum;
      first = false;
    }
  }
  if (all_bits_) return;
  Wide smallest = 0;
  for (std::size_t i = 0; i < candidates; ++i) smallest = std::min(smallest, cost[i]);
  extra_[static_cast<std::size_t>(column)] = smallest * max_picks_;
}

Wide CoverBound::Remaining(int column, std::uint32_t open) const {
  const auto index = static_cast<std::size_t>(column);
  return least_[(index << bits_.size()) | Project(open)] + extra_[index];
}

}  // namespace stackport::match
