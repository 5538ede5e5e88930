#include "catalog/match/class_estimates.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>
#include <vector>

#include "catalog/match/provided_values.h"
#include "catalog/match/workload.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kMilli = 1000;
constexpr std::int64_t kGigabyte = 1'000'000'000;
constexpr std::int64_t kTerabyte = 1'000'000'000'000;

// A price for small lots only is a trial's, and says nothing about what a class costs.
bool IsSample(const Price& price) {
  return !price.quantity.to.has_value();
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
  const AttributeValue* stated = ProvidedValue(component, capability, attribute);
  if (stated == nullptr) return std::nullopt;
  return stated->number.low;
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

const Component* OnlyAccelerator(const Component& server, const CatalogSnapshot& snapshot) {
  const ProvidedCapability* host = server.FindCapability("accelerator-host");
  if (host == nullptr) return nullptr;
  const auto accelerators = host->attributes.find("accelerators");
  if (accelerators == host->attributes.end() || accelerators->second.tokens.size() != 1)
    return nullptr;
  return snapshot.Find(accelerators->second.tokens.front());
}

bool IncludesAccelerators(const Component& server) {
  const Fact* included = server.FindFact("accelerators_included");
  return included != nullptr && included->value.flag;
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
      const bool included = IncludesAccelerators(component);
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

}  // namespace stackport::match
