// Integer arithmetic that both the definitions (problem.cc) and the search use.
#ifndef STACKPORT_CATALOG_MATCH_ARITHMETIC_H_
#define STACKPORT_CATALOG_MATCH_ARITHMETIC_H_

#include <bit>
#include <cstdint>
#include <limits>

namespace stackport::match {

// 128 bits: a product of two values of at most 1e15 and a sum of millions of them fit.
__extension__ typedef __int128 Wide;

inline constexpr Wide kWideInt64Max = std::numeric_limits<std::int64_t>::max();

constexpr Wide AbsoluteValue(Wide value) {
  return value < 0 ? -value : value;
}

// Bits that are set. In line: the baseline of the target has no instruction for it.
constexpr int CountBits(std::uint64_t word) {
  word -= (word >> 1U) & 0x5555555555555555U;
  word = (word & 0x3333333333333333U) + ((word >> 2U) & 0x3333333333333333U);
  word = (word + (word >> 4U)) & 0x0F0F0F0F0F0F0F0FU;
  return static_cast<int>((word * 0x0101010101010101U) >> 56U);
}

// An odd number to scatter with: 2^64 / golden ratio.
inline constexpr std::uint64_t kOddMultiplier = 0x9E3779B97F4A7C15;

// The hash of a list that goes on with `value`.
constexpr std::uint64_t MixHash(std::uint64_t hash, std::int64_t value) {
  return (std::rotl(hash, 5) ^ static_cast<std::uint64_t>(value)) * kOddMultiplier;
}

// ceil(numerator / divisor). Requires: numerator > 0, divisor > 0.
constexpr Wide CeilDivide(Wide numerator, Wide divisor) {
  return (numerator + divisor - 1) / divisor;
}

// Switches of a non-blocking fat tree (Quantity::Kind::kFatTree); -1 when it cannot be built.
constexpr Wide FatTreeSwitches(Wide ports, Wide radix) {
  if (ports <= 0) return 0;
  if (radix < 2) return -1;
  if (ports <= radix) return 1;
  const Wide half = radix / 2;
  if (ports > radix * half) return -1;
  const Wide leaves = CeilDivide(ports, half);
  return leaves + CeilDivide(leaves * half, radix);
}

// For estimates, in which the rounding of large numbers is no matter; the compiler's own conversion
// is a slow call.
inline double ToDouble(Wide value) {
  const auto low = static_cast<std::int64_t>(value);
  if (low == value) return static_cast<double>(low);
  return static_cast<double>(static_cast<std::int64_t>(value >> 64)) * 0x1p64 +
         static_cast<double>(static_cast<std::uint64_t>(value) >> 1) * 2.0;
}

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_ARITHMETIC_H_
