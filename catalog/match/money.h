// What a component costs and draws, per unit, in integers: from its offers where they state it,
// otherwise from its class, marked and with the origin printed.
#ifndef STACKPORT_CATALOG_MATCH_MONEY_H_
#define STACKPORT_CATALOG_MATCH_MONEY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "catalog/match/request.h"
#include "catalog/match/workload.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

inline constexpr std::int64_t kMicroUsdPerCent = 10'000;
inline constexpr std::int64_t kHoursPerYear = 8'760;

// One figure with its basis, for the result: "stated" figures name a source, "estimated" ones their
// class, "assumed" ones the assumption of the request.
enum class Basis { kStated, kEstimated, kAssumed };
std::string_view BasisName(Basis basis);

// Cost of one unit of a slot's quantity. Money in US cents, rounded up per unit.
struct UnitMoney {
  Interval capex_cents;
  Interval opex_cents_per_year;
  Basis basis = Basis::kStated;
};

struct UnitPower {
  Interval watts;
  Basis basis = Basis::kStated;
};

// Where a figure comes from, for people.
struct FigureWords {
  std::string origin;               // "list price 98.32 USD per unit_hour" or the class estimate
  std::vector<Provenance> sources;  // of the prices or facts used
};

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

// What one unit stands for when a price is per something else.
struct PriceBasis {
  std::int64_t users = 0;
  std::int64_t input_tokens_per_year = 0;
  std::int64_t output_tokens_per_year = 0;
  std::int64_t accelerators_per_unit = 1;  // of a rented machine
  std::int64_t terabytes_per_unit = 1;
};

// Money of one offer's stated prices; nothing when it states none that counts (a used item's price
// is not the price of a new one, and a price for other quantities is not the price of these). Where
// a price holds for some quantities only and the quantity is settled by the search, the figure runs
// from the cheapest to the dearest of the offer's steps.
// Here and below, `words` are filled in where they are not null.
std::optional<UnitMoney> StatedMoney(const Offer& offer, const PriceBasis& basis,
                                     FigureWords* words = nullptr);

// Stated money, or the class estimate for the component's kind.
UnitMoney MoneyOf(const Component& component, const Offer* offer, const PriceBasis& basis,
                  const ClassEstimates& classes, const Request& request,
                  const CatalogSnapshot& snapshot, FigureWords* words = nullptr);

// Power of one unit of hardware without the accelerators it holds.
UnitPower PowerOf(const Component& component, const ClassEstimates& classes,
                  const CatalogSnapshot& snapshot, FigureWords* words = nullptr);

// Energy of one watt of equipment over a year at the request's price and PUE, in cents times 1000,
// rounded up.
std::int64_t EnergyMilliCentsPerWattYear(const Request& request);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_MONEY_H_
