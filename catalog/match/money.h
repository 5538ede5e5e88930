// What a component costs and draws, per unit, in integers: from its offers where they state it,
// otherwise from its class, marked and with the origin printed.
#ifndef STACKPORT_CATALOG_MATCH_MONEY_H_
#define STACKPORT_CATALOG_MATCH_MONEY_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "catalog/match/class_estimates.h"
#include "catalog/match/request.h"
#include "catalog/match/workload.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

inline constexpr std::int64_t kMicroUsdPerCent = 10'000;
inline constexpr std::int64_t kHoursPerYear = 8'760;

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

// value * (share - 51 percent) over the corners of both, the least and the largest. In whole
// dollars times basis points, so that no sum leaves 64 bits.
Interval UsCreditOf(const Interval& capex_cents, const Interval& us_content_bp);

// Energy of one watt of equipment over a year at the request's price and PUE, in cents times 1000,
// rounded up.
std::int64_t EnergyMilliCentsPerWattYear(const Request& request);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_MONEY_H_
