#include "catalog/match/sites.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

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

bool OffersDeployment(const Offer& offer, OfferDeployment deployment) {
  return std::find(offer.deployments.begin(), offer.deployments.end(), deployment) !=
         offer.deployments.end();
}

// Merges the regions that a provider offers into the sites.
void AddRegions(const Component& provider, const Request& request, const Eligibility& eligibility,
                std::map<std::string, Site>& sites) {
  const std::string cloud = CloudToken(provider);
  if (cloud.empty()) return;
  for (const Offer& offer : provider.offers) {
    const bool sovereign = OffersDeployment(offer, OfferDeployment::kSovereignCloud);
    if (!sovereign && !OffersDeployment(offer, OfferDeployment::kCloud)) continue;
    const std::string& where = offer.location_country;
    if (where.empty()) continue;  // a region whose country is not stated cannot be placed
    const bool abroad = where != request.country;
    // Neither of the two modes that reach abroad is allowed.
    if (abroad && !Allows(request, DeploymentMode::kCloudInBloc)) continue;
    if (eligibility.ResidencyAllows(where) == Truth::kFalse) continue;
    const DeploymentMode mode =
        !abroad ? (sovereign ? DeploymentMode::kSovereignCloud : DeploymentMode::kCloudInCountry)
        : eligibility.InBloc(where) ? DeploymentMode::kCloudInBloc
                                    : DeploymentMode::kCloudAnywhere;
    if (!Allows(request, mode)) continue;
    std::string id = (sovereign ? "sovereign:" : "cloud:") + cloud + "@" + where;
    const auto [found, fresh] = sites.try_emplace(std::move(id));
    Site& site = found->second;
    if (fresh) {
      site.customer_site = false;
      site.cloud = cloud;
      site.provider = provider.id;
      site.country = where;
      site.mode = mode;
      site.id = found->first;
    }
    site.regions.insert(site.regions.end(), offer.regions.begin(), offer.regions.end());
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
    AddRegions(catalog.At(position), request, eligibility, sites);
  }
  std::vector<Site> sorted;
  for (auto& [id, site] : sites) {
    if (!site.customer_site && !catalog.Serves(site.cloud, site.country)) continue;
    std::sort(site.regions.begin(), site.regions.end());
    site.regions.erase(std::unique(site.regions.begin(), site.regions.end()), site.regions.end());
    sorted.push_back(std::move(site));
  }
  return sorted;
}

NoSite WhyNoSite(const Component& provider, const Request& request,
                 const Eligibility& eligibility) {
  std::set<std::string> countries;
  std::map<std::string, Site> sites;
  AddRegions(provider, request, eligibility, sites);
  bool kept_out = true;
  for (const Offer& offer : provider.offers) {
    if (offer.location_country.empty()) continue;
    countries.insert(offer.location_country);
    kept_out = kept_out && eligibility.ResidencyAllows(offer.location_country) == Truth::kFalse;
  }
  if (countries.empty()) {
    return {"deployment",
            "it states neither a region in a country nor that it runs at a customer's site"};
  }
  if (request.air_gap) {
    return {"air_gap", "a public region has a connection to the outside"};
  }
  if (!sites.empty()) {
    return {"cannot_size",
            fmt::format("in its regions in {} the catalog knows neither a machine to rent nor a "
                        "hosted model",
                        sites.begin()->second.country)};
  }
  const std::string where =
      Join(std::vector<std::string>(countries.begin(), countries.end()), ", ");
  if (kept_out) {
    return {"residency",
            fmt::format("its regions are in {}, and the request keeps data in {}", where,
                        request.residency == Residency::kBloc ? "the bloc of " + request.country
                                                              : request.country)};
  }
  return {"deployment",
          fmt::format("its regions are in {}, and the request allows machines in none of them that "
                      "may hold its data",
                      where)};
}

}  // namespace stackport::match
