// Candidates of clouds: rented machines, services, and what a region brings with it.
#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/match/provided_values.h"
#include "catalog/match/sites.h"
#include "catalog/match/slot_builder.h"

namespace stackport::match {

namespace {

constexpr std::int64_t kTerabyteInGigabytes = 1000;

}  // namespace

void SlotBuilder::AddRentedMachines() {
  for (const std::size_t index : Eligible("cloud_instance")) {
    const Component& machine = snapshot_.components[index];
    const std::vector<std::string> inside =
        ProvidedTokens(machine, "accelerated-compute", "accelerator");
    const Component* accelerator = inside.empty() ? nullptr : snapshot_.Find(inside.front());
    const AttributeValue* count = ProvidedValue(machine, "accelerated-compute", "accelerators");
    if (accelerator == nullptr || count == nullptr) {
      site_exclusions_.try_emplace(
          index,
          Exclusion{machine.id,
                    "cannot_size",
                    accelerator == nullptr
                        ? "the accelerator inside is not in the catalog, so it cannot be sized"
                        : "it does not state how many accelerators it holds",
                    {},
                    {}});
      continue;
    }
    const std::vector<std::string> clouds = CloudsOf(machine);
    const std::vector<Variant> variants = VariantsOf(index, [&](const Site& site) {
      return !site.customer_site &&
             std::find(clouds.begin(), clouds.end(), site.cloud) != clouds.end();
    });
    if (variants.empty()) {
      site_exclusions_.try_emplace(
          index, Exclusion{machine.id,
                           "deployment",
                           fmt::format("no region of its cloud ({}) is where the request allows "
                                       "machines to stand",
                                       Join(clouds, ", ")),
                           {},
                           {}});
    }
    PriceBasis basis;
    basis.accelerators_per_unit = count->number.low;
    for (std::size_t v = 0; v < variants.size(); ++v) {
      const Site& site = compiled_.sites[variants[v].sites.front()];
      Draft draft = MakeDraft(index, variants[v], machine.id + SuffixFor(variants[v], v), basis);
      draft.candidate.requires_.push_back({tags_.Id("weights run by the operator")});
      draft.part.role = "rented machines";
      draft.part.location_country = site.country;
      draft.part.regions = variants[v].placement.offer == nullptr
                               ? site.regions
                               : variants[v].placement.offer->regions;
      Value(draft.candidate, kAcceleratorsPerUnit) = count->number.low;
      accelerator_of_.push_back(accelerator);
      const std::size_t before = compiled_.parts[kComputeSlot].size();
      Add(kComputeSlot, std::move(draft));
      if (compiled_.parts[kComputeSlot].size() == before) accelerator_of_.pop_back();
    }
  }
}

void SlotBuilder::AddCloudServices() {
  for (std::size_t index = 0; index < snapshot_.components.size(); ++index) {
    const Component& component = snapshot_.components[index];
    if (component.FindCapability("cloud-services") == nullptr || !verdicts_[index]->eligible())
      continue;
    const bool platform = component.kind == "cloud_platform";
    const bool sovereign = component.kind == "sovereign_cloud";
    if (!platform && !sovereign && component.kind != "cloud_provider") continue;
    const bool at_customer = IsProvided(component, "cloud-services", "customer_site");
    const std::vector<Variant> variants = VariantsOf(index, [&](const Site& site) {
      if (!site.customer_site) return site.provider == component.id;
      if (site.mode == DeploymentMode::kSovereignCloud) return sovereign && at_customer;
      return platform;
    });
    if (variants.empty() && !platform && !at_customer) {
      site_exclusions_.try_emplace(index, WhyNoSite(component, request_, eligibility_));
    }
    for (std::size_t v = 0; v < variants.size(); ++v) {
      const Site& site = compiled_.sites[variants[v].sites.front()];
      // A region's services are paid with the machines and the storage used; a platform is bought.
      const bool region = !site.customer_site;
      Draft draft =
          MakeDraft(index, variants[v], component.id + SuffixFor(variants[v], v), {}, !region);
      if (region) {
        draft.part.money.origin = "paid with the machines and storage used";
        draft.part.location_country = site.country;
        draft.part.regions = site.regions;
      }
      Add(kCloudServicesSlot, std::move(draft));
    }
  }
}

// What a region brings with it: hosted inference in place of machines, object storage, the network.
void SlotBuilder::AddProviderServices() {
  for (std::size_t s = 0; s < compiled_.sites.size(); ++s) {
    const Site& site = compiled_.sites[s];
    if (site.customer_site) continue;
    const Component* provider = snapshot_.Find(site.provider);
    const std::size_t index = snapshot_.index_by_id.find(site.provider)->second;

    Draft serving = MakeIncluded(index, site, s, "serves the hosted model");
    serving.candidate.requires_.push_back({tags_.Id("hosted interface")});
    Add(kRuntimeSlot, std::move(serving));

    Draft compute = MakeIncluded(index, site, s, "runs the hosted model");
    compute.candidate.requires_.push_back({tags_.Id("hosted interface")});
    accelerator_of_.push_back(nullptr);
    Add(kComputeSlot, std::move(compute));

    Add(kNetworkSlot, MakeIncluded(index, site, s, "network of the region"));

    Draft storage = MakeIncluded(index, site, s, "object storage of the region, per TB");
    PriceBasis basis;
    basis.terabytes_per_unit = 1;
    const Offer* located = nullptr;
    for (const Offer& offer : provider->offers) {
      if (offer.location_country != site.country) continue;
      const bool per_tb = std::any_of(offer.prices.begin(), offer.prices.end(), [](const Price& p) {
        return p.per == PricePer::kTerabyteMonth;
      });
      if (per_tb) located = &offer;
    }
    const auto stated = located == nullptr ? std::nullopt : StatedMoney(*located, basis);
    if (stated) {
      storage.part.money = *stated;
    } else {
      const std::int64_t micro_year = request_.Milli("cloud_storage_usd_per_tb_month") * 1000 * 12;
      const std::int64_t cents = CeilDiv(micro_year, kMicroUsdPerCent);
      storage.part.money.opex_cents_per_year = {cents, cents};
      storage.part.money.basis = Basis::kAssumed;
      storage.part.money.origin = "assumption cloud_storage_usd_per_tb_month";
      storage.part.questions_here.push_back(
          {provider->id, "storage price", "cost of the package",
           "The price of object storage in " + site.country +
               " is not stated; an assumption stands in.",
           request_.max_opex_cents.has_value() || request_.max_tco_cents.has_value()});
    }
    Value(storage.candidate, kCapacityGb) = kTerabyteInGigabytes;
    Value(storage.candidate, kReadMbPerS) = kUnboundedMbPerS;
    Add(kStorageSlot, std::move(storage));
  }
}

}  // namespace stackport::match
