// What a unit of a component costs and draws, computed anew from the documents.
#ifndef STACKPORT_CATALOG_VERIFY_PRICES_H_
#define STACKPORT_CATALOG_VERIFY_PRICES_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "catalog/model/component.h"
#include "catalog/verify/amounts.h"
#include "catalog/verify/world.h"

namespace stackport::verify {

// Of one unit. Cents, and watts without the accelerators inside.
struct UnitCost {
  Interval capex_cents, opex_cents_per_year;
  bool stated = true;  // a published price; otherwise an estimate stands in
};

// What one unit stands for where a price is per something else.
struct Units {
  std::int64_t users = 0;
  std::int64_t input_tokens_per_year = 0, output_tokens_per_year = 0;
  std::int64_t accelerators = 1;  // of a rented machine
};

// The figures that stand in for missing ones: the upper quartile of the snapshot's components that
// state them, or the request's assumption where fewer than three do.
class StandIns {
 public:
  explicit StandIns(const World& world);
  // Millionths of a dollar, or watts. Requires: `name` is one of the constructor's.
  std::int64_t Of(const std::string& name) const { return values_.at(name); }
  bool Has(const std::string& name) const { return values_.contains(name); }

 private:
  std::map<std::string, std::int64_t> values_;
};

// The sum of an offer's published prices, or nothing when none counts: a used item's price is not
// the price of a new one.
std::optional<UnitCost> PublishedCost(const Offer& offer, const Units& units);

// The published price, or what stands in.
UnitCost CostOf(const World& world, const StandIns& stand_ins, const Component& component,
                const Offer* offer, const Units& units);

// Watts of one unit of hardware, without the accelerators it holds.
Interval PowerOf(const World& world, const StandIns& stand_ins, const Component& component);

// Cents a year for the energy of equipment that draws so many watts.
Interval EnergyCents(const World& world, const Interval& watts);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_PRICES_H_
