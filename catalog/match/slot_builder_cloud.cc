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
  for (const std::size_t index : Wanted(catalog_.OfKind("cloud_instance"))) {
    const Component& machine = snapshot_.components[index];
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const std::vector<std::string> inside =
        ProvidedTokens(machine, "accelerated-compute", "accelerator");
    const Component* accelerator = inside.empty() ? nullptr : snapshot_.Find(inside.front());
    const AttributeValue* count = ProvidedValue(machine, "accelerated-compute", "accelerators");
    if (accelerator == nullptr || count == nullptr) {
      Reject(index, "cannot_size", [&] {
        return accelerator == nullptr
                   ? "the accelerator inside is not in the catalog, so it cannot be sized"
                   : "it does not state how many accelerators it holds";
      });
      continue;
    }
    const std::vector<std::string>& clouds = catalog_.CloudsOf(index);
    const std::vector<Variant> variants = VariantsOf(index, SitesOf(clouds));
    if (variants.empty()) {
      Reject(index, "deployment", [&] {
        return fmt::format(
            "no region of its cloud ({}) is where the request allows machines to stand",
            Join(clouds, ", "));
      });
    }
    PriceBasis basis;
    basis.accelerators_per_unit = count->number.low;
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      const Site& site = compiled_.sites[variants[v].sites.front()];
      Draft draft = MakeDraft(index, verdict, variants[v], IdOf(machine, variants, v), basis);
      draft.candidate.requires_.push_back({tags_.Of(catalog_.tags().weights())});
      draft.part.role = "rented machines";
      const Offer* offer = variants[v].placement.offer;
      StandAt(site, offer == nullptr ? site.regions : offer->regions, draft);
      Value(draft, kAcceleratorsPerUnit) = count->number.low;
      if (Add(kComputeSlot, std::move(draft))) accelerator_of_.push_back(accelerator);
    }
  }
}

void SlotBuilder::AddCloudServices() {
  for (const std::size_t index : Wanted(catalog_.Providing("cloud-services"))) {
    const Component& component = snapshot_.components[index];
    const KindOf kind = catalog_.TraitsOf(index).kind;
    const bool platform = kind == KindOf::kCloudPlatform;
    const bool sovereign = kind == KindOf::kSovereignCloud;
    if (!platform && !sovereign && kind != KindOf::kCloudProvider) continue;
    const Verdict verdict = eligibility_.Judge(index);
    if (!verdict.eligible()) continue;
    const bool at_customer = IsProvided(component, "cloud-services", "customer_site");
    std::vector<std::size_t> sites;
    if (const auto own = sites_of_provider_.find(index); own != sites_of_provider_.end()) {
      sites = own->second;
    }
    for (const std::size_t s : customer_sites_) {
      const bool hosted = compiled_.sites[s].mode == DeploymentMode::kSovereignCloud;
      if (hosted ? sovereign && at_customer : platform) sites.push_back(s);
    }
    std::sort(sites.begin(), sites.end());
    const std::vector<Variant> variants = VariantsOf(index, sites);
    if (variants.empty() && !platform && !at_customer) {
      const NoSite why = WhyNoSite(catalog_, index, request_, eligibility_, words_);
      Reject(index, why.reason, [&] { return why.text; });
    }
    for (std::size_t v = 0; v < variants.size(); ++v) {
      if (!AnyWanted(variants[v].sites)) continue;
      const Site& site = compiled_.sites[variants[v].sites.front()];
      // A region's services are paid with the machines and the storage used; a platform is bought.
      const bool region = !site.customer_site;
      Draft draft =
          MakeDraft(index, verdict, variants[v], IdOf(component, variants, v), {}, !region);
      if (region) {
        if (draft.words != nullptr) {
          draft.words->money.origin = "paid with the machines and storage used";
        }
        StandAt(site, site.regions, draft);
      }
      Add(kCloudServicesSlot, std::move(draft));
    }
  }
}

// What a region brings with it: hosted inference in place of machines, object storage, the network.
void SlotBuilder::AddProviderServices() {
  const TagId hosted = tags_.Of(catalog_.tags().hosted());
  for (const int slot : {kRuntimeSlot, kComputeSlot, kNetworkSlot, kStorageSlot}) {
    Expect(slot, all_sites_.size() - customer_sites_.size());
  }
  const std::int64_t micro_year = request_.Milli("cloud_storage_usd_per_tb_month") * 1000 * 12;
  const std::int64_t cents_a_year = CeilDiv(micro_year, kMicroUsdPerCent);
  const Interval assumed_storage{cents_a_year, cents_a_year};
  for (std::size_t s = 0; s < compiled_.sites.size(); ++s) {
    const Site& site = compiled_.sites[s];
    if (site.customer_site || !wanted_site_[s]) continue;
    const std::size_t index = site.provider_position;
    if (only_ && !std::binary_search(only_->begin(), only_->end(), index)) continue;
    const CountryNumber country = NumberOfCountry(site.country);

    Draft serving = MakeIncluded(s, "serves the hosted model");
    serving.candidate.requires_.push_back({hosted});
    Add(kRuntimeSlot, std::move(serving));

    Draft compute = MakeIncluded(s, "runs the hosted model");
    compute.candidate.requires_.push_back({hosted});
    if (Add(kComputeSlot, std::move(compute))) accelerator_of_.push_back(nullptr);

    Add(kNetworkSlot, MakeIncluded(s, "network of the region"));

    Draft storage = MakeIncluded(s, "object storage of the region, per TB");
    PriceBasis basis;
    basis.terabytes_per_unit = 1;
    const Offer* located = nullptr;
    for (const OfferTraits& traits : catalog_.TraitsOf(index).offers) {
      if (traits.location != country) continue;
      const std::vector<Price>& prices = traits.offer->prices;
      const bool per_tb = std::any_of(prices.begin(), prices.end(), [](const Price& p) {
        return p.per == PricePer::kTerabyteMonth;
      });
      if (per_tb) located = traits.offer;
    }
    FigureWords* words = storage.words == nullptr ? nullptr : &storage.words->money;
    const auto stated = located == nullptr ? std::nullopt : StatedMoney(*located, basis, words);
    if (stated) {
      storage.part.money = *stated;
    } else {
      storage.part.money.opex_cents_per_year = assumed_storage;
      storage.part.money.basis = Basis::kAssumed;
      if (words != nullptr) *words = {"assumption cloud_storage_usd_per_tb_month", {}};
      const bool money_limit = request_.max_opex_cents || request_.max_tco_cents;
      Ask(storage, Asked::kStoragePrice, money_limit, [&] {
        return RuleAndText{"cost of the package", "The price of object storage in " + site.country +
                                                      " is not stated; an assumption stands in."};
      });
    }
    Value(storage, kCapacityGb) = kTerabyteInGigabytes;
    Value(storage, kReadMbPerS) = kUnboundedMbPerS;
    Add(kStorageSlot, std::move(storage));
  }
}

}  // namespace stackport::match
