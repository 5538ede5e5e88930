#include "catalog/match/workload.h"

#include <algorithm>
#include <set>

namespace stackport::match {

namespace {

constexpr std::int64_t kMilli = 1000;
constexpr std::int64_t kSecondsPerDay = 86'400;
constexpr std::int64_t kSecondsPerYear = 31'536'000;
constexpr std::int64_t kGigabyte = 1'000'000'000;
constexpr std::int64_t kTerabyte = 1'000'000'000'000;

}  // namespace

Workload ComputeWorkload(const Request& request) {
  const std::int64_t requests_milli = request.Milli("requests_per_user_day");
  const std::int64_t input_milli = request.Milli("input_tokens_per_request");
  const std::int64_t output_milli = request.Milli("output_tokens_per_request");
  const std::int64_t peak_milli = request.Milli("peak_factor");

  Workload workload;
  std::set<std::string> languages;
  for (const UseCase& use_case : request.use_cases) {
    languages.insert(use_case.languages.begin(), use_case.languages.end());
    workload.users += use_case.users;
    // Requests per day in thousandths; then tokens per day, exact in 128 bits.
    const Wide requests_day_milli = static_cast<Wide>(use_case.users) * requests_milli;
    const Wide output_day = requests_day_milli * output_milli / (kMilli * kMilli);
    const Wide input_day = requests_day_milli * input_milli / (kMilli * kMilli);
    if (use_case.peak_tokens_per_1000s) {
      workload.peak_output_tokens_per_1000s += *use_case.peak_tokens_per_1000s;
    } else {
      const Wide numerator = output_day * peak_milli;  // tokens per day, thousandths
      workload.peak_output_tokens_per_1000s +=
          static_cast<std::int64_t>((numerator + kSecondsPerDay - 1) / kSecondsPerDay);
    }
    if (use_case.users > 0) {
      workload.output_tokens_per_year += static_cast<std::int64_t>(output_day * 365);
      workload.input_tokens_per_year += static_cast<std::int64_t>(input_day * 365);
    } else if (peak_milli > 0 && output_milli > 0) {
      const Wide average_per_1000s =
          static_cast<Wide>(*use_case.peak_tokens_per_1000s) * kMilli / peak_milli;
      const auto output = static_cast<std::int64_t>(average_per_1000s * kSecondsPerYear / 1000);
      workload.output_tokens_per_year += output;
      workload.input_tokens_per_year += MulDivFloor(output, input_milli, output_milli);
    }
  }
  workload.languages.assign(languages.begin(), languages.end());
  const std::int64_t by_users =
      MulDivCeil(workload.users, request.Milli("storage_gb_per_user") * kGigabyte, kMilli);
  const std::int64_t minimum = MulDivCeil(request.Milli("storage_minimum_tb"), kTerabyte, kMilli);
  workload.storage_bytes = std::max(by_users, minimum);
  return workload;
}

}  // namespace stackport::match
