#include "catalog/match/money.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <string_view>

#include "catalog/match/provided_values.h"
#include "catalog/programme/us_content.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kMicro = 1'000'000;
constexpr std::int64_t kGigabyte = 1'000'000'000;
constexpr std::int64_t kTerabyte = 1'000'000'000'000;

std::string Usd(std::int64_t micro_usd) {
  return fmt::format("{:.2f} USD", static_cast<double>(micro_usd) / 1e6);
}

void Add(UnitMoney& money, const Interval& micro_usd, std::int64_t factor, bool yearly) {
  Interval& target = yearly ? money.opex_cents_per_year : money.capex_cents;
  target.low += MulDivFloor(micro_usd.low, factor, kMicroUsdPerCent);
  target.high += MulDivCeil(micro_usd.high, factor, kMicroUsdPerCent);
}

// How many units of what the price is per are bought; nothing where the search settles it.
std::optional<std::int64_t> KnownQuantity(PricePer per, const PriceBasis& basis) {
  switch (per) {
    case PricePer::kUserMonth:
      return basis.users;
    case PricePer::kYear:
      return 1;
    case PricePer::kTerabyteMonth:
    case PricePer::kUnit:
    case PricePer::kUnitYear:
    case PricePer::kUnitHour:
    case PricePer::kAcceleratorYear:
    case PricePer::kMillionInputTokens:
    case PricePer::kMillionOutputTokens:
      return std::nullopt;
  }
  return std::nullopt;
}

// A price that holds, or several steps of one as an interval.
struct HoldingPrice {
  const Price* price;
  Interval micro_usd;
  bool several_steps = false;
};

// The prices that hold for the quantity. Where it is not known yet, the steps of one unit of sale
// become one price, an interval over all of them.
std::vector<HoldingPrice> AtQuantity(const std::vector<Price>& prices, const PriceBasis& basis) {
  std::vector<HoldingPrice> holding;
  holding.reserve(prices.size());
  for (const Price& price : prices) {
    const auto quantity = KnownQuantity(price.per, basis);
    if (quantity && !price.quantity.Contains(*quantity)) continue;
    const auto step = quantity || price.quantity.all()
                          ? holding.end()
                          : std::find_if(holding.begin(), holding.end(), [&](const auto& kept) {
                              return kept.price->per == price.per &&
                                     kept.price->price_kind == price.price_kind &&
                                     !kept.price->quantity.all();
                            });
    if (step == holding.end()) {
      holding.push_back({&price, price.micro_usd});
      continue;
    }
    step->several_steps = true;
    Interval& range = step->micro_usd;
    range.low = std::min(range.low, price.micro_usd.low);
    range.high = std::max(range.high, price.micro_usd.high);
  }
  return holding;
}

std::string QuantityText(const HoldingPrice& holding) {
  const QuantityRange& quantity = holding.price->quantity;
  if (holding.several_steps) return ", by quantity";
  if (quantity.all()) return "";
  return quantity.to ? fmt::format(" for {} to {}", quantity.from, *quantity.to)
                     : fmt::format(" from {} on", quantity.from);
}

void Tell(const HoldingPrice& holding, FigureWords& words) {
  const Price& price = *holding.price;
  const Interval& range = holding.micro_usd;
  if (!words.origin.empty()) words.origin += " + ";
  words.origin +=
      fmt::format("{} price {} per {}{}", price.price_kind,
                  range.exact() ? Usd(range.high) : Usd(range.low) + " to " + Usd(range.high),
                  PricePerName(price.per), QuantityText(holding));
  words.sources.push_back(price.provenance);
}

UnitMoney Yearly(std::int64_t micro_usd_per_year, Basis basis) {
  UnitMoney money;
  const std::int64_t cents = CeilDiv(micro_usd_per_year, kMicroUsdPerCent);
  money.opex_cents_per_year = {cents, cents};
  money.basis = basis;
  return money;
}

UnitMoney Capital(std::int64_t micro_usd, Basis basis) {
  UnitMoney money;
  const std::int64_t cents = CeilDiv(micro_usd, kMicroUsdPerCent);
  money.capex_cents = {cents, cents};
  money.basis = basis;
  return money;
}

UnitMoney ServerEstimate(const Component& server, const ClassEstimates& classes,
                         FigureWords* words) {
  const std::int64_t slots = ProvidedNumber(server, "accelerator-host", "slots", 1);
  const ClassEstimate& per_slot = classes.server_price_per_slot();
  if (words != nullptr) *words = {fmt::format("{} x {} slots", per_slot.Origin(), slots), {}};
  return Capital(per_slot.value * slots, per_slot.basis);
}

// A system sold with its accelerators: what is left for the host once the accelerators, which the
// package counts on their own line, are taken out.
UnitMoney HostShare(const UnitMoney& system, const Component& server,
                    const CatalogSnapshot& snapshot, const ClassEstimates& classes,
                    FigureWords* words) {
  const Component* accelerator = OnlyAccelerator(server, snapshot);
  const auto each = accelerator == nullptr ? std::nullopt : UnitPrice(*accelerator);
  if (!each) return ServerEstimate(server, classes, words);
  const std::int64_t slots = ProvidedNumber(server, "accelerator-host", "slots", 1);
  const std::int64_t inside = MulDivCeil(*each, slots, kMicroUsdPerCent);
  UnitMoney host = system;
  host.capex_cents.low = std::max<std::int64_t>(0, system.capex_cents.low - inside);
  host.capex_cents.high = std::max<std::int64_t>(0, system.capex_cents.high - inside);
  if (words != nullptr) {
    words->origin +=
        fmt::format("; less {} accelerators at {} counted on their own line", slots, Usd(*each));
  }
  return host;
}

}  // namespace

std::optional<UnitMoney> StatedMoney(const Offer& offer, const PriceBasis& basis,
                                     FigureWords* words) {
  UnitMoney money;
  bool stated = false;
  if (words != nullptr) *words = {};
  for (const HoldingPrice& holding : AtQuantity(offer.prices, basis)) {
    const Price& price = *holding.price;
    if (price.price_kind == "used") continue;
    stated = true;
    if (words != nullptr) Tell(holding, *words);
    switch (price.per) {
      case PricePer::kUnit:
        Add(money, holding.micro_usd, 1, false);
        break;
      case PricePer::kUnitYear:
      case PricePer::kAcceleratorYear:
      case PricePer::kYear:
        Add(money, holding.micro_usd, 1, true);
        break;
      case PricePer::kUnitHour:
        Add(money, holding.micro_usd, kHoursPerYear, true);
        break;
      case PricePer::kUserMonth:
        Add(money, holding.micro_usd, 12 * basis.users, true);
        break;
      case PricePer::kTerabyteMonth:
        Add(money, holding.micro_usd, 12 * basis.terabytes_per_unit, true);
        break;
      case PricePer::kMillionInputTokens:
        Add(money, holding.micro_usd, CeilDiv(basis.input_tokens_per_year, kMicro), true);
        break;
      case PricePer::kMillionOutputTokens:
        Add(money, holding.micro_usd, CeilDiv(basis.output_tokens_per_year, kMicro), true);
        break;
    }
  }
  if (!stated) return std::nullopt;
  return money;
}

UnitMoney MoneyOf(const Component& component, const Offer* offer, const PriceBasis& basis,
                  const ClassEstimates& classes, const Request& request,
                  const CatalogSnapshot& snapshot, FigureWords* words) {
  if (offer != nullptr) {
    if (auto stated = StatedMoney(*offer, basis, words)) {
      if (component.kind == "server" && IncludesAccelerators(component)) {
        return HostShare(*stated, component, snapshot, classes, words);
      }
      return *stated;
    }
  }
  // `origin` is called only for words.
  const auto tell = [&](const auto& origin) {
    if (words != nullptr) *words = {origin(), {}};
  };
  if (component.kind == "accelerator") {
    const ClassEstimate& per_gb = classes.accelerator_price_per_gb();
    const auto memory = component.Number("memory");
    const std::int64_t bytes = memory ? memory->high : kGigabyte;
    tell([&] { return per_gb.Origin(); });
    return Capital(MulDivCeil(per_gb.value, bytes, kGigabyte), per_gb.basis);
  }
  if (component.kind == "server") return ServerEstimate(component, classes, words);
  if (component.kind == "network_switch") {
    const ClassEstimate& per_port = classes.switch_price_per_port();
    const std::int64_t ports = ProvidedNumber(component, "fabric-switching", "ports", 64);
    tell([&] { return fmt::format("{} x {} ports", per_port.Origin(), ports); });
    return Capital(per_port.value * ports, per_port.basis);
  }
  if (component.kind == "storage_system") {
    const ClassEstimate& per_tb = classes.storage_price_per_tb();
    const std::int64_t bytes = ProvidedNumber(component, "data-storage", "capacity", kTerabyte);
    tell([&] { return per_tb.Origin(); });
    return Capital(MulDivCeil(per_tb.value, bytes, kTerabyte), per_tb.basis);
  }
  if (component.kind == "cloud_instance") {
    const ClassEstimate& hour = classes.rented_accelerator_hour();
    tell([&] { return hour.Origin(); });
    return Yearly(hour.value * basis.accelerators_per_unit * kHoursPerYear, hour.basis);
  }
  if (component.kind == "application") {
    const ClassEstimate month = classes.ApplicationUserMonth(component);
    tell([&] { return month.Origin(); });
    return Yearly(month.value * 12 * basis.users, month.basis);
  }
  if (component.kind == "model") {
    const std::int64_t tokens = basis.input_tokens_per_year + basis.output_tokens_per_year;
    tell([] { return "assumption model_usd_per_million_tokens"; });
    return Yearly(
        AssumedMicroUsd(request, "model_usd_per_million_tokens") * CeilDiv(tokens, kMicro),
        Basis::kAssumed);
  }
  const bool platform = component.layer == 'A';
  const char* name = platform ? "platform_usd_per_year" : "software_usd_per_year";
  const std::int64_t assumed = AssumedMicroUsd(request, name);
  tell([&] { return fmt::format("assumption {}: {}", name, Usd(assumed)); });
  return Yearly(assumed, Basis::kAssumed);
}

UnitPower PowerOf(const Component& component, const ClassEstimates& classes,
                  const CatalogSnapshot& snapshot, FigureWords* words) {
  UnitPower power;
  const auto state = [&](std::string_view fact, const auto& origin) {
    if (words != nullptr) *words = {origin(), {component.FindFact(fact)->provenance}};
  };
  const auto estimate = [&](const ClassEstimate& per, std::int64_t count) {
    power.watts = {0, per.value * count};
    power.basis = per.basis;
    if (words == nullptr) return;
    *words = {count == 1 ? per.Origin() : fmt::format("{} x {}", per.Origin(), count), {}};
  };
  if (component.kind == "accelerator") {
    if (const auto tdp = component.Number("tdp")) {
      power.watts = *tdp;
      state("tdp", [] { return "stated maximum thermal design power"; });
    } else {
      estimate(classes.host_power_per_slot(), 1);
    }
    return power;
  }
  const auto stated = component.Number("max_power");
  if (component.kind == "server") {
    const std::int64_t slots = ProvidedNumber(component, "accelerator-host", "slots", 1);
    const Component* inside = OnlyAccelerator(component, snapshot);
    const auto tdp = inside == nullptr ? std::nullopt : inside->Number("tdp");
    if (stated && IncludesAccelerators(component) && tdp) {
      power.watts = {std::max<std::int64_t>(0, stated->low - slots * tdp->high),
                     std::max<std::int64_t>(0, stated->high - slots * tdp->low)};
      state("max_power",
            [&] { return fmt::format("stated system power less {} accelerators", slots); });
    } else {
      estimate(classes.host_power_per_slot(), slots);
    }
    return power;
  }
  if (component.kind == "network_switch" || component.kind == "storage_system") {
    if (stated) {
      power.watts = *stated;
      state("max_power", [] { return "stated maximum power"; });
    } else if (component.kind == "network_switch") {
      estimate(classes.switch_power_per_port(),
               ProvidedNumber(component, "fabric-switching", "ports", 64));
    } else {
      estimate(classes.storage_power(), 1);
    }
  }
  return power;
}

Interval UsCreditOf(const Interval& capex_cents, const Interval& us_content_bp) {
  std::array<std::int64_t, 4> credits{};
  std::size_t corner = 0;
  for (const std::int64_t cents : {capex_cents.low, capex_cents.high}) {
    for (const std::int64_t share : {us_content_bp.low, us_content_bp.high}) {
      credits[corner++] = CeilDiv(cents, 100) * (share - kUsContentPresumption);
    }
  }
  const auto [least, most] = std::minmax_element(credits.begin(), credits.end());
  return {*least, *most};
}

std::int64_t EnergyMilliCentsPerWattYear(const Request& request) {
  // watts * PUE * 8,760 h / 1000 W per kW * USD per kWh * 100 cents * 1000; both factors in
  // thousandths.
  return CeilDiv(
      request.Milli("pue") * kHoursPerYear * request.Milli("electricity_usd_per_kwh") * 100,
      1000 * 1000);
}

}  // namespace stackport::match
