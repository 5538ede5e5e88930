#include "catalog/match/money.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "catalog/match/provided_values.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kMilli = 1000;
constexpr std::int64_t kMicro = 1'000'000;
constexpr std::int64_t kGigabyte = 1'000'000'000;
constexpr std::int64_t kTerabyte = 1'000'000'000'000;

std::string Usd(std::int64_t micro_usd) {
  return fmt::format("{:.2f} USD", static_cast<double>(micro_usd) / 1e6);
}

// Assumptions hold thousandths of a dollar; prices are millionths.
std::int64_t AssumedMicroUsd(const Request& request, std::string_view name) {
  return request.Milli(name) * kMilli;
}

// A price for small lots only is a trial's, and says nothing about what a class costs.
bool IsSample(const Price& price) {
  return !price.quantity.to.has_value();
}

// First price that buys one unit outright and new.
std::optional<std::int64_t> UnitPrice(const Component& component) {
  for (const Offer& offer : component.offers) {
    for (const Price& price : offer.prices) {
      if (price.per == PricePer::kUnit && price.price_kind != "used" && IsSample(price) &&
          price.micro_usd.high > 0) {
        return price.micro_usd.high;
      }
    }
  }
  return std::nullopt;
}

ClassSample SampleOf(std::vector<std::int64_t> values) {
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  // Nearest-rank: the smallest value with at least three quarters of the samples at or below it.
  return {values.size(), values[(values.size() * 3 + 3) / 4 - 1]};
}

ClassEstimate FromSample(const ClassSample& sample, std::string_view what, std::string_view unit,
                         std::int64_t assumed, std::string_view assumption) {
  ClassEstimate estimate;
  const bool known = sample.count >= kMinimumSamples;
  estimate.value = known ? sample.upper_quartile : assumed;
  estimate.basis = known ? Basis::kEstimated : Basis::kAssumed;
  estimate.sample = sample;
  estimate.what = what;
  estimate.unit = unit;
  estimate.assumption = assumption;
  return estimate;
}

// Sectors of an application's tasks, each once, in the order of the document.
std::vector<std::string> SectorsOf(const Component& application) {
  std::vector<std::string> sectors;
  for (const ProvidedCapability& provided : application.provides) {
    if (provided.capability != "application") continue;
    for (const std::string& task : TokensIn(provided, "task")) {
      std::string sector = task.substr(0, task.find('.'));
      if (std::find(sectors.begin(), sectors.end(), sector) == sectors.end()) {
        sectors.push_back(std::move(sector));
      }
    }
  }
  return sectors;
}

// Of its first task; empty when it states none.
std::string_view FirstSectorOf(const Component& application) {
  for (const ProvidedCapability& provided : application.provides) {
    if (provided.capability != "application") continue;
    for (const std::string& task : TokensIn(provided, "task")) {
      return std::string_view(task).substr(0, task.find('.'));
    }
  }
  return {};
}

std::optional<std::int64_t> AttributeNumber(const Component& component, std::string_view capability,
                                            const char* attribute) {
  const ProvidedCapability* provided = component.FindCapability(capability);
  if (provided == nullptr) return std::nullopt;
  const auto found = provided->attributes.find(attribute);
  if (found == provided->attributes.end()) return std::nullopt;
  return found->second.number.low;
}

bool Flag(const Component& component, std::string_view fact) {
  const Fact* found = component.FindFact(fact);
  return found != nullptr && found->value.flag;
}

// The one accelerator a complete system holds, or null when it holds a choice of them.
const Component* OnlyAccelerator(const Component& server, const CatalogSnapshot& snapshot) {
  const ProvidedCapability* host = server.FindCapability("accelerator-host");
  if (host == nullptr) return nullptr;
  const auto accelerators = host->attributes.find("accelerators");
  if (accelerators == host->attributes.end() || accelerators->second.tokens.size() != 1)
    return nullptr;
  return snapshot.Find(accelerators->second.tokens.front());
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
  const std::int64_t slots = AttributeNumber(server, "accelerator-host", "slots").value_or(1);
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
  const std::int64_t slots = AttributeNumber(server, "accelerator-host", "slots").value_or(1);
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

std::string_view BasisName(Basis basis) {
  switch (basis) {
    case Basis::kStated:
      return "stated";
    case Basis::kEstimated:
      return "estimated";
    case Basis::kAssumed:
      return "assumed";
  }
  return "";
}

ClassSamples::ClassSamples(const CatalogSnapshot& snapshot) {
  std::vector<std::int64_t> accelerator, server, switches, storage, rented, host_watts,
      switch_watts, storage_watts;
  std::map<std::string, std::vector<std::int64_t>> application;
  for (const Component& component : snapshot.components) {
    const auto price = UnitPrice(component);
    const auto power = component.Number("max_power");
    if (component.kind == "accelerator" && price) {
      if (const auto memory = component.Number("memory")) {
        accelerator.push_back(MulDivFloor(*price, kGigabyte, memory->low));
      }
    } else if (component.kind == "server") {
      const auto slots = AttributeNumber(component, "accelerator-host", "slots");
      if (!slots) continue;
      const bool included = Flag(component, "accelerators_included");
      if (price && !included) server.push_back(*price / *slots);
      const Component* inside = OnlyAccelerator(component, snapshot);
      const auto tdp = inside == nullptr ? std::nullopt : inside->Number("tdp");
      if (power && included && tdp && power->high > *slots * tdp->high) {
        host_watts.push_back((power->high - *slots * tdp->high) / *slots);
      }
    } else if (component.kind == "network_switch") {
      const auto ports = AttributeNumber(component, "fabric-switching", "ports");
      if (price && ports) switches.push_back(*price / *ports);
      if (power && ports) switch_watts.push_back(CeilDiv(power->high, *ports));
    } else if (component.kind == "storage_system") {
      const auto capacity = AttributeNumber(component, "data-storage", "capacity");
      if (price && capacity) storage.push_back(MulDivFloor(*price, kTerabyte, *capacity));
      if (power) storage_watts.push_back(power->high);
    } else if (component.kind == "cloud_instance") {
      const auto count = AttributeNumber(component, "accelerated-compute", "accelerators");
      if (!count) continue;
      for (const Offer& offer : component.offers) {
        for (const Price& hourly : offer.prices) {
          if (hourly.per == PricePer::kUnitHour && IsSample(hourly))
            rented.push_back(hourly.micro_usd.high / *count);
        }
      }
    } else if (component.kind == "application") {
      for (const Offer& offer : component.offers) {
        for (const Price& monthly : offer.prices) {
          if (monthly.per == PricePer::kUserMonth && IsSample(monthly))
            for (const std::string& sector : SectorsOf(component)) {
              application[sector].push_back(monthly.micro_usd.high);
            }
        }
      }
    }
  }
  accelerator_price_per_gb = SampleOf(std::move(accelerator));
  server_price_per_slot = SampleOf(std::move(server));
  switch_price_per_port = SampleOf(std::move(switches));
  storage_price_per_tb = SampleOf(std::move(storage));
  rented_accelerator_hour = SampleOf(std::move(rented));
  for (auto& [sector, prices] : application) {
    application_user_month[sector] = SampleOf(std::move(prices));
  }
  host_power_per_slot = SampleOf(std::move(host_watts));
  switch_power_per_port = SampleOf(std::move(switch_watts));
  storage_power = SampleOf(std::move(storage_watts));
}

ClassEstimates::ClassEstimates(const ClassSamples& samples, const Request& request)
    : samples_(samples) {
  const auto money = [&](const char* name) { return AssumedMicroUsd(request, name); };
  const auto watts = [&](const char* name) { return CeilDiv(request.Milli(name), kMilli); };
  accelerator_price_per_gb_ =
      FromSample(samples.accelerator_price_per_gb, "priced accelerators per GB of memory", "USD/GB",
                 money("accelerator_usd_per_gb"), "accelerator_usd_per_gb");
  server_price_per_slot_ =
      FromSample(samples.server_price_per_slot, "priced servers per accelerator slot", "USD/slot",
                 money("server_usd_per_slot"), "server_usd_per_slot");
  switch_price_per_port_ =
      FromSample(samples.switch_price_per_port, "priced switches per port", "USD/port",
                 money("switch_usd_per_port"), "switch_usd_per_port");
  storage_price_per_tb_ = FromSample(samples.storage_price_per_tb, "priced storage systems per TB",
                                     "USD/TB", money("storage_usd_per_tb"), "storage_usd_per_tb");
  rented_accelerator_hour_ =
      FromSample(samples.rented_accelerator_hour, "priced machine offers per accelerator", "USD/h",
                 money("cloud_usd_per_accelerator_hour"), "cloud_usd_per_accelerator_hour");
  assumed_application_user_month_ = money("application_usd_per_user_month");
  host_power_per_slot_ = FromSample(samples.host_power_per_slot,
                                    "systems with stated power, less accelerators, per slot", "W",
                                    watts("host_power_w_per_slot"), "host_power_w_per_slot");
  switch_power_per_port_ =
      FromSample(samples.switch_power_per_port, "switches with stated power, per port", "W",
                 watts("switch_power_w_per_port"), "switch_power_w_per_port");
  storage_power_ = FromSample(samples.storage_power, "storage systems with stated power", "W",
                              watts("storage_power_w"), "storage_power_w");
}

std::string ClassEstimate::Origin() const {
  const double scale = unit == "W" ? 1.0 : 1e6;
  const std::string of = sector
                             ? fmt::format("prices of {} applications per user and month", *sector)
                             : std::string(what);
  return basis == Basis::kEstimated
             ? fmt::format("upper quartile of {} {}: {:.2f} {}", sample.count, of,
                           static_cast<double>(value) / scale, unit)
             : fmt::format("assumption {}: {:.2f} {} ({} {} in the catalog, {} needed)", assumption,
                           static_cast<double>(value) / scale, unit, sample.count, of,
                           kMinimumSamples);
}

ClassEstimate ClassEstimates::ApplicationUserMonth(const Component& application) const {
  const std::string_view sector = FirstSectorOf(application);
  const auto found = samples_.application_user_month.find(sector);
  ClassEstimate estimate =
      FromSample(found == samples_.application_user_month.end() ? ClassSample() : found->second, "",
                 "USD", assumed_application_user_month_, "application_usd_per_user_month");
  estimate.sector = sector;
  return estimate;
}

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
      if (component.kind == "server" && Flag(component, "accelerators_included")) {
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
    const std::int64_t ports = AttributeNumber(component, "fabric-switching", "ports").value_or(64);
    tell([&] { return fmt::format("{} x {} ports", per_port.Origin(), ports); });
    return Capital(per_port.value * ports, per_port.basis);
  }
  if (component.kind == "storage_system") {
    const ClassEstimate& per_tb = classes.storage_price_per_tb();
    const std::int64_t bytes =
        AttributeNumber(component, "data-storage", "capacity").value_or(kTerabyte);
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
    const std::int64_t slots = AttributeNumber(component, "accelerator-host", "slots").value_or(1);
    const Component* inside = OnlyAccelerator(component, snapshot);
    const auto tdp = inside == nullptr ? std::nullopt : inside->Number("tdp");
    if (stated && Flag(component, "accelerators_included") && tdp) {
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
               AttributeNumber(component, "fabric-switching", "ports").value_or(64));
    } else {
      estimate(classes.storage_power(), 1);
    }
  }
  return power;
}

std::int64_t EnergyMilliCentsPerWattYear(const Request& request) {
  // watts * PUE * 8,760 h / 1000 W per kW * USD per kWh * 100 cents * 1000; both factors in
  // thousandths.
  return CeilDiv(
      request.Milli("pue") * kHoursPerYear * request.Milli("electricity_usd_per_kwh") * 100,
      1000 * 1000);
}

}  // namespace stackport::match
