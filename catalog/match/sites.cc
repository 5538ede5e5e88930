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

// Clouds by where the catalog knows something to compute with; "" for any country.
using Served = std::map<std::string, std::set<std::string>>;

Served FindServed(const CatalogSnapshot& snapshot) {
  Served served;
  for (const Component& component : snapshot.components) {
    const bool rented = component.kind == "cloud_instance";
    if (!rented && component.kind != "model") continue;
    for (const std::string& cloud : CloudsOf(component)) {
      if (!rented || component.offers.empty()) served[cloud].insert("");
      if (!rented) continue;
      for (const Offer& offer : component.offers) served[cloud].insert(offer.location_country);
    }
  }
  return served;
}

bool Serves(const Served& served, const std::string& cloud, const std::string& country) {
  const auto found = served.find(cloud);
  return found != served.end() && (found->second.contains("") || found->second.contains(country));
}

}  // namespace

std::vector<std::string> CloudsOf(const Component& component) {
  std::vector<std::string> clouds;
  if (const Fact* hosted = component.FindFact("hosted_on")) clouds = hosted->value.tokens;
  for (const Requirement& requirement : component.requires_) {
    for (const RequiredCapability& alternative : requirement.any_of) {
      if (alternative.capability != "cloud-services") continue;
      for (const Condition& condition : alternative.where) {
        if (condition.attribute == "cloud") {
          clouds.insert(clouds.end(), condition.tokens.begin(), condition.tokens.end());
        }
      }
    }
  }
  std::sort(clouds.begin(), clouds.end());
  clouds.erase(std::unique(clouds.begin(), clouds.end()), clouds.end());
  return clouds;
}

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
  const Served served = request.air_gap ? Served() : FindServed(snapshot);
  for (const Component& component : snapshot.components) {
    if (component.kind != "cloud_provider" && component.kind != "sovereign_cloud") continue;
    if (request.air_gap || !eligibility.Judge(component).eligible()) continue;
    for (const Offer& offer : component.offers) {
      AddRegion(component, offer, request, eligibility, sites);
    }
  }
  std::vector<Site> sorted;
  for (auto& [id, site] : sites) {
    if (!site.customer_site && !Serves(served, site.cloud, site.country)) continue;
    std::sort(site.regions.begin(), site.regions.end());
    site.regions.erase(std::unique(site.regions.begin(), site.regions.end()), site.regions.end());
    sorted.push_back(std::move(site));
  }
  return sorted;
}

Exclusion WhyNoSite(const Component& provider, const Request& request,
                    const Eligibility& eligibility) {
  std::set<std::string> countries;
  std::map<std::string, Site> sites;
  bool kept_out = true;
  for (const Offer& offer : provider.offers) {
    if (offer.location_country.empty()) continue;
    countries.insert(offer.location_country);
    AddRegion(provider, offer, request, eligibility, sites);
    kept_out = kept_out && eligibility.ResidencyAllows(offer.location_country) == Truth::kFalse;
  }
  if (countries.empty()) {
    return {provider.id,
            "deployment",
            "it states neither a region in a country nor that it runs at a customer's site",
            {},
            {}};
  }
  if (request.air_gap) {
    return {provider.id, "air_gap", "a public region has a connection to the outside", {}, {}};
  }
  if (!sites.empty()) {
    return {provider.id,
            "cannot_size",
            fmt::format("in its regions in {} the catalog knows neither a machine to rent nor a "
                        "hosted model",
                        sites.begin()->second.country),
            {},
            {}};
  }
  const std::string where =
      Join(std::vector<std::string>(countries.begin(), countries.end()), ", ");
  if (kept_out) {
    return {provider.id,
            "residency",
            fmt::format("its regions are in {}, and the request keeps data in {}", where,
                        request.residency == Residency::kBloc ? "the bloc of " + request.country
                                                              : request.country),
            {},
            {}};
  }
  return {provider.id,
          "deployment",
          fmt::format("its regions are in {}, and the request allows machines in none of them that "
                      "may hold its data",
                      where),
          {},
          {}};
}

}  // namespace stackport::match
