// What the use cases ask of the machines: token rates and volumes, in integers.
#ifndef STACKPORT_CATALOG_MATCH_WORKLOAD_H_
#define STACKPORT_CATALOG_MATCH_WORKLOAD_H_

#include <cstdint>
#include <string>
#include <vector>

#include "catalog/match/arithmetic.h"
#include "catalog/match/request.h"

namespace stackport::match {

// Ceiling of a / b for a >= 0, b > 0.
constexpr std::int64_t CeilDiv(std::int64_t a, std::int64_t b) {
  return (a + b - 1) / b;
}

// The least multiple of `step` that is not below `a`. Requires: as for CeilDiv.
constexpr std::int64_t RoundedUp(std::int64_t a, std::int64_t step) {
  return CeilDiv(a, step) * step;
}
// Ceiling of a * b / c without overflow in between. Requires: a, b >= 0, c > 0.
constexpr std::int64_t MulDivCeil(std::int64_t a, std::int64_t b, std::int64_t c) {
  return static_cast<std::int64_t>((static_cast<Wide>(a) * b + c - 1) / c);
}
constexpr std::int64_t MulDivFloor(std::int64_t a, std::int64_t b, std::int64_t c) {
  return static_cast<std::int64_t>(static_cast<Wide>(a) * b / c);
}

// What the site takes in for machines that draw `watts`, by the request's power usage
// effectiveness.
inline std::int64_t SitePower(std::int64_t watts, const Request& request) {
  return MulDivCeil(watts, request.Milli("pue"), 1000);
}

struct Workload {
  std::int64_t users = 0;                         // over all use cases
  std::int64_t peak_output_tokens_per_1000s = 0;  // at the busiest minute, rounded up
  std::int64_t output_tokens_per_year = 0;
  std::int64_t input_tokens_per_year = 0;
  std::int64_t storage_bytes = 0;      // documents, indexes, logs
  std::vector<std::string> languages;  // of all use cases, sorted, unique
};

// Sums the use cases under the request's assumptions:
//   peak = users * requests_per_user_day * output_tokens_per_request * peak_factor / 86,400 s,
// or the stated rate. A use case with a stated rate and no users counts the yearly volume from the
// rate over the peak factor.
Workload ComputeWorkload(const Request& request);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_WORKLOAD_H_
