// What stands in for a figure that a component does not state: the upper quartile of its class over
// the catalog, or an assumption of the request.
#ifndef STACKPORT_CATALOG_MATCH_CLASS_ESTIMATES_H_
#define STACKPORT_CATALOG_MATCH_CLASS_ESTIMATES_H_

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "catalog/match/request.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// One figure with its basis, for the result: "stated" figures name a source, "estimated" ones their
// class, "assumed" ones the assumption of the request.
enum class Basis { kStated, kEstimated, kAssumed };
std::string_view BasisName(Basis basis);

// What the components of a class that state both figures of a ratio say.
struct ClassSample {
  std::size_t count = 0;
  std::int64_t upper_quartile = 0;
};

// The ratios of one snapshot, each in micro-USD or watts per unit of the class's measure. Immutable
// after construction.
struct ClassSamples {
  explicit ClassSamples(const CatalogSnapshot& snapshot);

  ClassSample accelerator_price_per_gb, server_price_per_slot, switch_price_per_port,
      storage_price_per_tb, rented_accelerator_hour, host_power_per_slot, switch_power_per_port,
      storage_power;
  // By sector, the first half of a task: what developers pay says nothing about farmers.
  std::map<std::string, ClassSample, std::less<>> application_user_month;
};

// The upper quartile of a ratio over the catalog's components that state both figures, or the
// request's assumption where fewer than kMinimumSamples do.
struct ClassEstimate {
  std::int64_t value = 0;  // micro-USD or watts per unit of the class's measure
  Basis basis = Basis::kAssumed;
  ClassSample sample;
  std::string_view what, unit, assumption;  // for people
  std::optional<std::string_view> sector;   // of applications; of the component's own text
  // "upper quartile of 24 priced servers per accelerator slot: 10.00 USD/slot"
  std::string Origin() const;
};

// A quartile of fewer is a single price list's opinion.
inline constexpr std::size_t kMinimumSamples = 3;

// The class figures of one snapshot under one request. Immutable after construction.
class ClassEstimates {
 public:
  // Refers to `samples`, which outlive it.
  ClassEstimates(const ClassSamples& samples, const Request& request);

  const ClassEstimate& accelerator_price_per_gb() const { return accelerator_price_per_gb_; }
  const ClassEstimate& server_price_per_slot() const { return server_price_per_slot_; }
  const ClassEstimate& switch_price_per_port() const { return switch_price_per_port_; }
  const ClassEstimate& storage_price_per_tb() const { return storage_price_per_tb_; }
  const ClassEstimate& rented_accelerator_hour() const { return rented_accelerator_hour_; }
  // Of the sector that the application's first task is in.
  ClassEstimate ApplicationUserMonth(const Component& application) const;
  const ClassEstimate& host_power_per_slot() const { return host_power_per_slot_; }
  const ClassEstimate& switch_power_per_port() const { return switch_power_per_port_; }
  const ClassEstimate& storage_power() const { return storage_power_; }

 private:
  ClassEstimate accelerator_price_per_gb_, server_price_per_slot_, switch_price_per_port_,
      storage_price_per_tb_, rented_accelerator_hour_, host_power_per_slot_, switch_power_per_port_,
      storage_power_;
  const ClassSamples& samples_;
  std::int64_t assumed_application_user_month_ = 0;
};

// First price that buys one unit outright and new, in micro-USD.
std::optional<std::int64_t> UnitPrice(const Component& component);

// The one accelerator a complete system holds, or null when it holds a choice of them.
const Component* OnlyAccelerator(const Component& server, const CatalogSnapshot& snapshot);

// Whether a system is sold with its accelerators.
bool IncludesAccelerators(const Component& server);

// Assumptions hold thousandths of a dollar; prices are millionths.
inline std::int64_t AssumedMicroUsd(const Request& request, std::string_view name) {
  return request.Milli(name) * 1000;
}

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_CLASS_ESTIMATES_H_
