#include "catalog/match/sites.h"

#include <algorithm>
#include <map>
#include <set>

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

// Merges one region offer into the sites of its provider.
void AddRegion(const Component& provider, const Offer& offer, const Request& request,
               const Eligibility& eligibility, std::map<std::string, Site>& sites) {
  const bool sovereign = OffersDeployment(offer, OfferDeployment::kSovereignCloud);
  if (!sovereign && !OffersDeployment(offer, OfferDeployment::kCloud)) return;
  const std::string& where = offer.location_country;
  if (where.empty()) return;  // a region whose country is not stated cannot be placed
  if (eligibility.ResidencyAllows(where) == Truth::kFalse) return;
  Site site;
  site.customer_site = false;
  site.cloud = CloudToken(provider);
  site.provider = provider.id;
  site.country = where;
  if (site.cloud.empty()) return;
  if (sovereign && where == request.country) {
    site.mode = DeploymentMode::kSovereignCloud;
  } else if (where == request.country) {
    site.mode = DeploymentMode::kCloudInCountry;
  } else {
    site.mode =
        eligibility.InBloc(where) ? DeploymentMode::kCloudInBloc : DeploymentMode::kCloudAnywhere;
  }
  if (!Allows(request, site.mode)) return;
  site.id = (sovereign ? "sovereign:" : "cloud:") + site.cloud + "@" + where;
  Site& merged = sites.try_emplace(site.id, site).first->second;
  merged.regions.insert(merged.regions.end(), offer.regions.begin(), offer.regions.end());
}

}  // namespace

std::vector<Site> FindSites(const CatalogSnapshot& snapshot, const Request& request,
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
  for (const Component& component : snapshot.components) {
    if (component.kind != "cloud_provider" && component.kind != "sovereign_cloud") continue;
    if (!eligibility.Judge(component).eligible()) continue;
    for (const Offer& offer : component.offers) {
      AddRegion(component, offer, request, eligibility, sites);
    }
  }
  std::vector<Site> sorted;
  for (auto& [id, site] : sites) {
    std::sort(site.regions.begin(), site.regions.end());
    site.regions.erase(std::unique(site.regions.begin(), site.regions.end()), site.regions.end());
    sorted.push_back(std::move(site));
  }
  return sorted;
}

}  // namespace stackport::match
