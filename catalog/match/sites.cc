#include "catalog/match/sites.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "catalog/base/text.h"

namespace stackport::match {

namespace {

bool Allows(const Request& request, DeploymentMode mode) {
  const auto has = [&](DeploymentMode wanted) {
    return std::find(request.deployment.begin(), request.deployment.end(), wanted) !=
           request.deployment.end();
  };
  switch (mode) {
    case DeploymentMode::kOnPremises:
    case DeploymentMode::kSovereignCloud:
      return has(mode);
    case DeploymentMode::kCloudInCountry:
      return has(mode) || has(DeploymentMode::kCloudInBloc) || has(DeploymentMode::kCloudAnywhere);
    case DeploymentMode::kCloudInBloc:
      return has(mode) || has(DeploymentMode::kCloudAnywhere);
    case DeploymentMode::kCloudAnywhere:
      return has(mode);
  }
  return false;
}

std::string CloudToken(const Component& component) {
  const ProvidedCapability* services = component.FindCapability("cloud-services");
  if (services == nullptr) return {};
  const auto cloud = services->attributes.find("cloud");
  return cloud == services->attributes.end() ? std::string() : cloud->second.tokens.front();
}

Site CustomerSite(DeploymentMode mode, std::string id, const std::string& country) {
  Site site;
  site.mode = mode;
  site.id = std::move(id);
  site.country = country;
  return site;
}

// The mode of a region; nothing where the request has no use for it.
std::optional<DeploymentMode> ModeOf(const std::string& where, bool sovereign,
                                     const Request& request, const Eligibility& eligibility) {
  const bool abroad = where != request.country;
  // Neither of the two modes that reach abroad is allowed.
  if (abroad && !Allows(request, DeploymentMode::kCloudInBloc)) return std::nullopt;
  if (eligibility.ResidencyAllows(where) == Truth::kFalse) return std::nullopt;
  const DeploymentMode mode =
      !abroad ? (sovereign ? DeploymentMode::kSovereignCloud : DeploymentMode::kCloudInCountry)
      : eligibility.InBloc(where) ? DeploymentMode::kCloudInBloc
                                  : DeploymentMode::kCloudAnywhere;
  if (!Allows(request, mode)) return std::nullopt;
  return mode;
}

// Merges the regions that a provider offers into the sites.
void AddRegions(const ComponentTraits& provider, std::size_t position, const Request& request,
                const Eligibility& eligibility, std::map<std::string, Site>& sites) {
  const std::string cloud = CloudToken(*provider.component);
  if (cloud.empty()) return;
  // A provider offers many regions in few countries.
  struct Place {
    CountryNumber country;
    bool sovereign;
    Site* site;  // null: the request has no use for it
  };
  std::vector<Place> places;
  for (const OfferTraits& traits : provider.offers) {
    const Offer& offer = *traits.offer;
    const bool sovereign = traits.Has(OfferDeployment::kSovereignCloud);
    if (!sovereign && !traits.Has(OfferDeployment::kCloud)) continue;
    const std::string& where = offer.location_country;
    if (where.empty()) continue;  // a region whose country is not stated cannot be placed
    auto place = std::find_if(places.begin(), places.end(), [&](const Place& each) {
      return each.country == traits.location && each.sovereign == sovereign;
    });
    if (place == places.end()) {
      place = places.insert(place, {traits.location, sovereign, nullptr});
      if (const auto mode = ModeOf(where, sovereign, request, eligibility)) {
        std::string id = (sovereign ? "sovereign:" : "cloud:") + cloud + "@" + where;
        const auto [found, fresh] = sites.try_emplace(std::move(id));
        place->site = &found->second;  // where it stays: in a node
        if (fresh) {
          Site& site = found->second;
          site.customer_site = false;
          site.cloud = cloud;
          site.provider = provider.component->id;
          site.provider_position = position;
          site.country = where;
          site.mode = *mode;
          site.id = found->first;
        }
      }
    }
    if (place->site == nullptr) continue;
    std::vector<std::string>& regions = place->site->regions;
    regions.insert(regions.end(), offer.regions.begin(), offer.regions.end());
  }
}

}  // namespace

std::vector<Site> FindSites(const PreparedCatalog& catalog, const Request& request,
                            const Eligibility& eligibility) {
  std::map<std::string, Site> sites;
  if (Allows(request, DeploymentMode::kOnPremises)) {
    sites["on_premises"] =
        CustomerSite(DeploymentMode::kOnPremises, "on_premises", request.country);
  }
  if (Allows(request, DeploymentMode::kSovereignCloud)) {
    sites["sovereign:customer_site"] =
        CustomerSite(DeploymentMode::kSovereignCloud, "sovereign:customer_site", request.country);
  }
  std::vector<std::size_t> providers;
  if (!request.air_gap) {
    for (const char* kind : {"cloud_provider", "sovereign_cloud"}) {
      const auto positions = catalog.OfKind(kind);
      providers.insert(providers.end(), positions.begin(), positions.end());
    }
  }
  std::sort(providers.begin(), providers.end());
  for (const std::size_t position : providers) {
    if (!eligibility.Judge(position).eligible()) continue;
    AddRegions(catalog.TraitsOf(position), position, request, eligibility, sites);
  }
  std::vector<Site> sorted;
  sorted.reserve(sites.size());
  for (auto& [id, site] : sites) {
    if (!site.customer_site && !catalog.Serves(site.cloud, site.country)) continue;
    std::sort(site.regions.begin(), site.regions.end());
    site.regions.erase(std::unique(site.regions.begin(), site.regions.end()), site.regions.end());
    sorted.push_back(std::move(site));
  }
  return sorted;
}

NoSite WhyNoSite(const PreparedCatalog& catalog, std::size_t position, const Request& request,
                 const Eligibility& eligibility, Words words) {
  const Component& provider = catalog.At(position);
  std::map<std::string, Site> sites;
  AddRegions(catalog.TraitsOf(position), position, request, eligibility, sites);
  bool stated = false;
  bool kept_out = true;
  for (const Offer& offer : provider.offers) {
    if (offer.location_country.empty()) continue;
    stated = true;
    kept_out = kept_out && eligibility.ResidencyAllows(offer.location_country) == Truth::kFalse;
  }
  const auto why = [&](std::string_view reason, const auto& text) -> NoSite {
    return {reason, words == Words::kNow ? text() : std::string()};
  };
  const auto where = [&] {
    std::set<std::string> countries;
    for (const Offer& offer : provider.offers) countries.insert(offer.location_country);
    countries.erase("");
    return Join(std::vector<std::string>(countries.begin(), countries.end()), ", ");
  };
  if (!stated) {
    return why("deployment", [] {
      return "it states neither a region in a country nor that it runs at a customer's site";
    });
  }
  if (request.air_gap) {
    return why("air_gap", [] { return "a public region has a connection to the outside"; });
  }
  if (!sites.empty()) {
    return why("cannot_size", [&] {
      return fmt::format(
          "in its regions in {} the catalog knows neither a machine to rent nor a hosted model",
          sites.begin()->second.country);
    });
  }
  if (kept_out) {
    return why("residency", [&] {
      return fmt::format("its regions are in {}, and the request keeps data in {}", where(),
                         request.residency == Residency::kBloc ? "the bloc of " + request.country
                                                               : request.country);
    });
  }
  return why("deployment", [&] {
    return fmt::format(
        "its regions are in {}, and the request allows machines in none of them that may hold its "
        "data",
        where());
  });
}

}  // namespace stackport::match
