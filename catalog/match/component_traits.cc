#include "catalog/match/component_traits.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "catalog/programme/members.h"

namespace stackport::match {

namespace {

constexpr std::pair<std::string_view, KindOf> kKinds[] = {
    {"accelerator", KindOf::kAccelerator},        {"application", KindOf::kApplication},
    {"cloud_instance", KindOf::kCloudInstance},   {"cloud_platform", KindOf::kCloudPlatform},
    {"cloud_provider", KindOf::kCloudProvider},   {"model", KindOf::kModel},
    {"network_switch", KindOf::kNetworkSwitch},   {"server", KindOf::kServer},
    {"sovereign_cloud", KindOf::kSovereignCloud}, {"storage_system", KindOf::kStorageSystem},
};

constexpr std::pair<std::string_view, const Fact * ComponentTraits::*> kFacts[] = {
    {"air_gap", &ComponentTraits::air_gap},
    {"certifications", &ComponentTraits::certifications},
    {"commercial_use", &ComponentTraits::commercial_use},
    {"context_tokens", &ComponentTraits::context_tokens},
    {"control_plane", &ComponentTraits::control_plane},
    {"languages", &ComponentTraits::languages},
    {"licensed_users", &ComponentTraits::licensed_users},
    {"mains_voltage", &ComponentTraits::mains_voltage},
    {"open_weights", &ComponentTraits::open_weights},
    {"parameters", &ComponentTraits::parameters},
    {"unlicensed_countries", &ComponentTraits::unlicensed_countries},
};

KindOf NumberOfKind(std::string_view name) {
  const auto found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                  [&](const auto& kind) { return kind.first == name; });
  return found == std::end(kKinds) ? KindOf::kOther : found->second;
}

}  // namespace

CountryNumber NumberOfCountry(std::string_view code) {
  const auto letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (code.size() != 2 || !letter(code[0]) || !letter(code[1])) return kNoCountry;
  return static_cast<CountryNumber>((code[0] - 'A') * 26 + (code[1] - 'A'));
}

std::string CodeOf(CountryNumber country) {
  return {static_cast<char>('A' + country / 26), static_cast<char>('A' + country % 26)};
}

TraitsTable::TraitsTable(const CatalogSnapshot& snapshot) {
  std::size_t offers = 0;
  for (const Component& component : snapshot.components) offers += component.offers.size();
  offers_.reserve(offers);  // so that spans into it hold
  traits_.reserve(snapshot.components.size());
  for (const Component& component : snapshot.components) {
    ComponentTraits traits;
    traits.component = &component;
    traits.vendor = snapshot.FindVendor(component.vendor_id);
    traits.kind = NumberOfKind(component.kind);
    traits.member =
        JudgeMember(traits.vendor == nullptr ? Vendor{} : *traits.vendor, component.layer).holds;
    traits.site_conditions =
        std::any_of(component.requires_.begin(), component.requires_.end(),
                    [](const Requirement& requirement) { return requirement.site_condition; });
    for (const auto& [name, member] : kFacts) traits.*member = component.FindFact(name);
    const std::size_t first = offers_.size();
    for (const Offer& offer : component.offers) {
      OfferTraits each;
      each.offer = &offer;
      for (const OfferDeployment deployment : offer.deployments) {
        each.deployments |= static_cast<std::uint8_t>(1U << static_cast<unsigned>(deployment));
      }
      each.free = !offer.prices.empty() &&
                  std::all_of(offer.prices.begin(), offer.prices.end(),
                              [](const Price& price) { return price.price_kind == "free"; });
      each.location = NumberOfCountry(offer.location_country);
      if (offer.sold_only_in) each.sold_only_in = Interned(*offer.sold_only_in);
      if (offer.sold_except_in) each.sold_except_in = Interned(*offer.sold_except_in);
      offers_.push_back(each);
    }
    traits.offers = std::span(offers_).subspan(first);
    Place(traits);
    traits_.push_back(traits);
  }
}

void TraitsTable::Place(const ComponentTraits& traits) {
  const bool mains = traits.IsHardware() && traits.mains_voltage != nullptr;
  if (mains) {
    const Interval& volts = traits.mains_voltage->value.number;
    geography_.mains.emplace(volts.low, volts.high);
  }
  for (const OfferTraits& offer : traits.offers) {
    const bool service = offer.Has(OfferDeployment::kSaas);
    const bool sovereign = offer.Has(OfferDeployment::kSovereignCloud);
    const bool region = offer.Has(OfferDeployment::kCloud) || sovereign || service;
    for (const CountrySet* set : {offer.sold_only_in, offer.sold_except_in}) {
      if (set == nullptr) continue;
      if (region) geography_.sold_in_regions.insert(set);
      if (offer.Has(OfferDeployment::kOnPremises) || sovereign || service) {
        geography_.sold_at_customers.insert(set);
      }
    }
    if (mains && region) geography_.mains_in_regions = true;
    if (offer.location == kNoCountry) continue;
    geography_.locations.set(offer.location);
    if (service) geography_.service_locations.set(offer.location);
  }
}

const CountrySet* TraitsTable::Interned(const std::vector<std::string>& codes) {
  const auto [found, fresh] = sets_.try_emplace(codes);
  if (fresh) {
    for (const std::string& code : codes) {
      const CountryNumber number = NumberOfCountry(code);
      if (number != kNoCountry) found->second.set(number);
    }
  }
  return &found->second;
}

}  // namespace stackport::match
