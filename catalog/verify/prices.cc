#include "catalog/verify/prices.h"

#include <algorithm>
#include <vector>

namespace stackport::verify {

namespace {

constexpr std::int64_t kThousand = 1'000;
constexpr std::int64_t kMillion = 1'000'000;
constexpr std::int64_t kGiga = 1'000'000'000;
constexpr std::int64_t kTera = 1'000'000'000'000;
constexpr std::int64_t kMicroPerCent = 10'000;
constexpr std::int64_t kHoursPerYear = 8'760;
constexpr std::size_t kLeastSamples = 3;

Interval Cents(const Interval& micro_usd, Wide times) {
  return {Narrow(micro_usd.low * times / kMicroPerCent),
          Narrow(CeilOf(micro_usd.high * times, kMicroPerCent))};
}

Interval Sum(const Interval& a, const Interval& b) {
  return {Narrow(Wide{a.low} + b.low), Narrow(Wide{a.high} + b.high)};
}

// The first price for which one new unit is bought outright, in any quantity from some on.
std::optional<std::int64_t> PurchasePrice(const Component& component) {
  for (const Offer& offer : component.offers) {
    for (const Price& price : offer.prices) {
      if (price.per == PricePer::kUnit && price.price_kind != "used" && !price.quantity.to &&
          price.micro_usd.high > 0) {
        return price.micro_usd.high;
      }
    }
  }
  return std::nullopt;
}

// The accelerator of a system that is sold with one model of it.
const Component* SoleAccelerator(const World& world, const Component& server) {
  const std::vector<std::string> held = TokensOf(server, "accelerator-host", "accelerators");
  return held.size() == 1 ? world.snapshot.Find(held.front()) : nullptr;
}

std::optional<Interval> SoleTdp(const World& world, const Component& server) {
  const Component* inside = SoleAccelerator(world, server);
  return inside == nullptr ? std::nullopt : inside->Number("tdp");
}

std::int64_t Slots(const Component& server) {
  return NumberOf(server, "accelerator-host", "slots").value_or(1);
}

std::int64_t UpperQuartileOr(std::vector<std::int64_t> samples, std::int64_t assumed) {
  if (samples.size() < kLeastSamples) return assumed;
  std::sort(samples.begin(), samples.end());
  return samples[(3 * samples.size() + 3) / 4 - 1];
}

// One price for several steps of a quantity that is not known beforehand.
std::vector<Price> Applicable(const Offer& offer, const Units& units) {
  std::vector<Price> prices;
  for (const Price& price : offer.prices) {
    const bool by_users = price.per == PricePer::kUserMonth;
    const bool known = by_users || price.per == PricePer::kYear;
    if (known) {
      if (price.quantity.Contains(by_users ? units.users : 1)) prices.push_back(price);
      continue;
    }
    const auto step = std::find_if(prices.begin(), prices.end(), [&](const Price& kept) {
      return !price.quantity.all() && !kept.quantity.all() && kept.per == price.per &&
             kept.price_kind == price.price_kind;
    });
    if (step == prices.end()) {
      prices.push_back(price);
    } else {
      step->micro_usd.low = std::min(step->micro_usd.low, price.micro_usd.low);
      step->micro_usd.high = std::max(step->micro_usd.high, price.micro_usd.high);
    }
  }
  return prices;
}

// Name of what stands in for the price of an application; the sector follows.
constexpr const char* kUserMonth = "application_user ";

// Sectors of the tasks that an application states.
std::vector<std::string> Sectors(const Component& application) {
  std::vector<std::string> sectors;
  for (const ProvidedCapability& provided : application.provides) {
    const auto tasks = provided.attributes.find("task");
    if (provided.capability != "application" || tasks == provided.attributes.end()) continue;
    for (const std::string& task : tasks->second.tokens) {
      const std::string sector = task.substr(0, task.find('.'));
      if (!Holds(sectors, sector)) sectors.push_back(sector);
    }
  }
  return sectors;
}

UnitCost StandIn(Wide micro_usd, bool yearly) {
  const std::int64_t cents = Narrow(CeilOf(micro_usd, kMicroPerCent));
  UnitCost cost;
  cost.stated = false;
  (yearly ? cost.opex_cents_per_year : cost.capex_cents) = {cents, cents};
  return cost;
}

}  // namespace

StandIns::StandIns(const World& world) {
  std::map<std::string, std::vector<std::int64_t>> samples;
  for (const Component& component : world.snapshot.components) {
    const auto price = PurchasePrice(component);
    const auto power = component.Number("max_power");
    if (component.kind == "accelerator") {
      const auto memory = component.Number("memory");
      if (price && memory && memory->low > 0) {
        samples["accelerator_gb"].push_back(Narrow(Wide{*price} * kGiga / memory->low));
      }
    } else if (component.kind == "server") {
      const auto slots = NumberOf(component, "accelerator-host", "slots");
      if (!slots || *slots <= 0) continue;
      const bool included = FactHolds(component, "accelerators_included");
      if (price && !included) samples["server_slot"].push_back(*price / *slots);
      const std::int64_t inside = *slots * SoleTdp(world, component).value_or(Interval()).high;
      if (included && power && inside > 0 && power->high > inside) {
        samples["host_watts"].push_back((power->high - inside) / *slots);
      }
    } else if (component.kind == "network_switch") {
      const auto ports = NumberOf(component, "fabric-switching", "ports");
      if (!ports || *ports <= 0) continue;
      if (price) samples["switch_port"].push_back(*price / *ports);
      if (power) samples["port_watts"].push_back(Narrow(CeilOf(power->high, *ports)));
    } else if (component.kind == "storage_system") {
      const auto capacity = NumberOf(component, "data-storage", "capacity");
      if (price && capacity && *capacity > 0) {
        samples["storage_tb"].push_back(Narrow(Wide{*price} * kTera / *capacity));
      }
      if (power) samples["storage_watts"].push_back(power->high);
    }
    const std::int64_t inside =
        component.kind == "cloud_instance"
            ? NumberOf(component, "accelerated-compute", "accelerators").value_or(0)
            : 0;
    for (const Offer& offer : component.offers) {
      for (const Price& each : offer.prices) {
        if (each.quantity.to) continue;
        if (inside > 0 && each.per == PricePer::kUnitHour) {
          samples["rented_hour"].push_back(each.micro_usd.high / inside);
        }
        if (component.kind == "application" && each.per == PricePer::kUserMonth) {
          for (const std::string& sector : Sectors(component)) {
            samples[kUserMonth + sector].push_back(each.micro_usd.high);
          }
        }
      }
    }
  }
  const auto money = [&](const char* name, const char* assumption) {
    values_[name] = UpperQuartileOr(samples[name], world.asked.Milli(assumption) * kThousand);
  };
  const auto watts = [&](const char* name, const char* assumption) {
    values_[name] =
        UpperQuartileOr(samples[name], Narrow(CeilOf(world.asked.Milli(assumption), kThousand)));
  };
  money("accelerator_gb", "accelerator_usd_per_gb");
  money("server_slot", "server_usd_per_slot");
  money("switch_port", "switch_usd_per_port");
  money("storage_tb", "storage_usd_per_tb");
  money("rented_hour", "cloud_usd_per_accelerator_hour");
  money(kUserMonth, "application_usd_per_user_month");
  for (const auto& [name, values] : samples) {
    if (name.starts_with(kUserMonth) && name != kUserMonth && values.size() >= kLeastSamples) {
      money(name.c_str(), "application_usd_per_user_month");
    }
  }
  watts("host_watts", "host_power_w_per_slot");
  watts("port_watts", "switch_power_w_per_port");
  watts("storage_watts", "storage_power_w");
}

std::optional<UnitCost> PublishedCost(const Offer& offer, const Units& units) {
  UnitCost cost;
  bool any = false;
  for (const Price& price : Applicable(offer, units)) {
    if (price.price_kind == "used") continue;
    any = true;
    Wide times = 1;
    switch (price.per) {
      case PricePer::kUnit:
      case PricePer::kUnitYear:
      case PricePer::kAcceleratorYear:
      case PricePer::kYear:
        break;
      case PricePer::kUnitHour:
        times = kHoursPerYear;
        break;
      case PricePer::kUserMonth:
        times = Wide{12} * units.users;
        break;
      case PricePer::kTerabyteMonth:
        times = 12;
        break;
      case PricePer::kMillionInputTokens:
        times = CeilOf(units.input_tokens_per_year, kMillion);
        break;
      case PricePer::kMillionOutputTokens:
        times = CeilOf(units.output_tokens_per_year, kMillion);
        break;
    }
    Interval& target = price.per == PricePer::kUnit ? cost.capex_cents : cost.opex_cents_per_year;
    target = Sum(target, Cents(price.micro_usd, times));
  }
  if (!any) return std::nullopt;
  return cost;
}

UnitCost CostOf(const World& world, const StandIns& stand_ins, const Component& component,
                const Offer* offer, const Units& units) {
  const auto published = offer == nullptr ? std::nullopt : PublishedCost(*offer, units);
  if (published) {
    if (component.kind != "server" || !FactHolds(component, "accelerators_included")) {
      return *published;
    }
    // The package counts the accelerators on a line of their own.
    const Component* inside = SoleAccelerator(world, component);
    if (const auto each = inside == nullptr ? std::nullopt : PurchasePrice(*inside)) {
      const Wide accelerators = CeilOf(Wide{*each} * Slots(component), kMicroPerCent);
      UnitCost host = *published;
      host.capex_cents.low = Narrow(std::max<Wide>(0, host.capex_cents.low - accelerators));
      host.capex_cents.high = Narrow(std::max<Wide>(0, host.capex_cents.high - accelerators));
      return host;
    }
  }
  const std::string& kind = component.kind;
  if (kind == "accelerator") {
    const auto memory = component.Number("memory");
    return StandIn(
        CeilOf(Wide{stand_ins.Of("accelerator_gb")} * (memory ? memory->high : kGiga), kGiga),
        false);
  }
  if (kind == "server") {
    return StandIn(Wide{stand_ins.Of("server_slot")} * Slots(component), false);
  }
  if (kind == "network_switch") {
    return StandIn(Wide{stand_ins.Of("switch_port")} *
                       NumberOf(component, "fabric-switching", "ports").value_or(64),
                   false);
  }
  if (kind == "storage_system") {
    const Wide bytes = NumberOf(component, "data-storage", "capacity").value_or(kTera);
    return StandIn(CeilOf(stand_ins.Of("storage_tb") * bytes, kTera), false);
  }
  if (kind == "cloud_instance") {
    return StandIn(Wide{stand_ins.Of("rented_hour")} * units.accelerators * kHoursPerYear, true);
  }
  if (kind == "application") {
    const std::vector<std::string> sectors = Sectors(component);
    const std::string of_sector = kUserMonth + (sectors.empty() ? "" : sectors.front());
    const std::int64_t month = stand_ins.Of(stand_ins.Has(of_sector) ? of_sector : kUserMonth);
    return StandIn(Wide{month} * 12 * units.users, true);
  }
  const auto assumed = [&](const char* name) { return Wide{world.asked.Milli(name)} * kThousand; };
  if (kind == "model") {
    const Wide tokens = Wide{units.input_tokens_per_year} + units.output_tokens_per_year;
    return StandIn(assumed("model_usd_per_million_tokens") * CeilOf(tokens, kMillion), true);
  }
  return StandIn(
      assumed(component.layer == 'A' ? "platform_usd_per_year" : "software_usd_per_year"), true);
}

Interval PowerOf(const World& world, const StandIns& stand_ins, const Component& component) {
  const auto power = component.Number("max_power");
  const auto up_to = [&](const char* name, std::int64_t count) {
    return Interval{0, Narrow(Wide{stand_ins.Of(name)} * count)};
  };
  if (component.kind == "accelerator") {
    const auto tdp = component.Number("tdp");
    return tdp ? *tdp : up_to("host_watts", 1);
  }
  if (component.kind == "server") {
    const auto tdp = SoleTdp(world, component);
    const std::int64_t slots = Slots(component);
    if (power && tdp && FactHolds(component, "accelerators_included")) {
      return {std::max<std::int64_t>(0, power->low - slots * tdp->high),
              std::max<std::int64_t>(0, power->high - slots * tdp->low)};
    }
    return up_to("host_watts", slots);
  }
  if (component.kind == "network_switch") {
    return power
               ? *power
               : up_to("port_watts", NumberOf(component, "fabric-switching", "ports").value_or(64));
  }
  if (component.kind == "storage_system") return power ? *power : up_to("storage_watts", 1);
  return {0, 0};
}

Interval EnergyCents(const World& world, const Interval& watts) {
  // PUE and price are in thousandths; a watt over a year is 8.76 kWh; the rate is rounded up to
  // thousandths of a cent.
  const Wide rate = CeilOf(Wide{world.asked.Milli("pue")} * kHoursPerYear *
                               world.asked.Milli("electricity_usd_per_kwh") * 100,
                           kMillion);
  return {Narrow(watts.low * rate / kThousand), Narrow(CeilOf(watts.high * rate, kThousand))};
}

}  // namespace stackport::verify
