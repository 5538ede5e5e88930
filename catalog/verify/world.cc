#include "catalog/verify/world.h"

#include <algorithm>
#include <limits>

#include "catalog/base/text.h"

namespace stackport::verify {

namespace {

bool SharesBloc(const World& world, const std::string& country) {
  return !world.countries.ShareRegionalBloc(world.asked.country, country).empty();
}

bool Offers(const Offer& offer, OfferDeployment deployment) {
  return std::find(offer.deployments.begin(), offer.deployments.end(), deployment) !=
         offer.deployments.end();
}

}  // namespace

Truth MayHoldData(const World& world, const std::string& country) {
  const std::string& rule = world.asked.residency;
  if (rule != "country" && rule != "bloc") return Truth::kTrue;
  if (country.empty()) return Truth::kUnknown;
  if (country == world.asked.country) return Truth::kTrue;
  return FromBool(rule == "bloc" && SharesBloc(world, country));
}

Result<Place> FindPlace(const World& world, const std::string& site) {
  Place place;
  place.country = world.asked.country;
  if (site == "on_premises") {
    place.deployment = "on_premises";
    return place;
  }
  if (site == "sovereign:customer_site") {
    place.deployment = "sovereign_cloud";
    return place;
  }
  const std::size_t colon = site.find(':');
  const std::size_t at = site.rfind('@');
  if (colon == std::string::npos || at == std::string::npos || at < colon) {
    return InvalidArgument("the site " + Quoted(site) + " is not of the form KIND:CLOUD@COUNTRY");
  }
  const bool sovereign = site.substr(0, colon) == "sovereign";
  place.customer = false;
  place.cloud = site.substr(colon + 1, at - colon - 1);
  place.country = site.substr(at + 1);
  const OfferDeployment wanted =
      sovereign ? OfferDeployment::kSovereignCloud : OfferDeployment::kCloud;
  for (const Component& component : world.snapshot.components) {
    if (component.kind != "cloud_provider" && component.kind != "sovereign_cloud") continue;
    const auto clouds = TokensOf(component, "cloud-services", "cloud");
    if (clouds.empty() || clouds.front() != place.cloud) continue;
    const bool here =
        std::any_of(component.offers.begin(), component.offers.end(), [&](const Offer& offer) {
          return Offers(offer, wanted) && offer.location_country == place.country;
        });
    if (here) {
      place.provider = &component;
      break;
    }
  }
  if (place.provider == nullptr) {
    return NotFound("no provider in the snapshot offers " + Quoted(place.cloud) + " in " +
                    Quoted(place.country));
  }
  if (place.country == world.asked.country) {
    place.deployment = sovereign ? "sovereign_cloud" : "cloud_in_country";
  } else {
    place.deployment = SharesBloc(world, place.country) ? "cloud_in_bloc" : "cloud_anywhere";
  }
  return place;
}

std::int64_t Narrow(Wide value) {
  constexpr Wide kMost = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(std::clamp<Wide>(value, -kMost, kMost));
}

Wide CeilOf(Wide a, Wide b) {
  return a / b + (a % b > 0 ? 1 : 0);
}

bool Holds(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

const AttributeValue* Attribute(const Component& component, std::string_view capability,
                                const std::string& name) {
  const ProvidedCapability* provided = component.FindCapability(capability);
  if (provided == nullptr) return nullptr;
  const auto found = provided->attributes.find(name);
  return found == provided->attributes.end() ? nullptr : &found->second;
}

std::vector<std::string> TokensOf(const Component& component, std::string_view capability,
                                  const std::string& name) {
  const AttributeValue* value = Attribute(component, capability, name);
  return value == nullptr ? std::vector<std::string>() : value->tokens;
}

std::optional<std::int64_t> NumberOf(const Component& component, std::string_view capability,
                                     const std::string& name) {
  const AttributeValue* value = Attribute(component, capability, name);
  return value == nullptr ? std::nullopt : std::optional(value->number.low);
}

bool FlagOf(const Component& component, std::string_view capability, const std::string& name) {
  const AttributeValue* value = Attribute(component, capability, name);
  return value != nullptr && value->flag;
}

bool FactHolds(const Component& component, std::string_view fact) {
  const Fact* found = component.FindFact(fact);
  return found != nullptr && found->value.flag;
}

bool IsMachine(const Component& component) {
  return component.kind == "accelerator" || component.kind == "server" ||
         component.kind == "network_switch" || component.kind == "storage_system";
}

}  // namespace stackport::verify
