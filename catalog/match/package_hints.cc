#include "catalog/match/package_hints.h"

#include <algorithm>
#include <cstddef>
#include <set>
#include <string>
#include <vector>

#include "catalog/match/eligibility.h"
#include "catalog/match/sites.h"

namespace stackport::match {
namespace {

bool HoldsAll(const std::set<std::string>& whole, const std::vector<std::string>& names) {
  return std::all_of(names.begin(), names.end(),
                     [&](const std::string& name) { return whole.contains(name); });
}

}  // namespace

bool SeemsToMiss(const PreparedCatalog& catalog, const CountryIndex& countries,
                 const Request& request, const CompiledMatch& compiled, const Choice& choice) {
  const Eligibility eligibility(catalog, request, countries, Words::kLater);
  const auto site_number = static_cast<std::size_t>(choice.picks[kDeploymentSlot].front());
  const Site& site = compiled.sites[site_number];
  const std::vector<Site> sites = FindSites(catalog, request, eligibility);
  const bool site_allowed =
      std::any_of(sites.begin(), sites.end(), [&](const Site& each) { return each.id == site.id; });
  if (!site_allowed) return true;
  std::set<std::string> components, vendors;
  for (std::size_t s = 0; s < choice.picks.size(); ++s) {
    for (const int pick : choice.picks[s]) {
      const Part& part = compiled.parts[s][static_cast<std::size_t>(pick)];
      if (!part.has_component) continue;
      const Component& component = catalog.At(part.component);
      components.insert(component.id);
      vendors.insert(component.vendor_id);
      if (!eligibility.Judge(part.component).eligible()) return true;
      if (request.missing_prices == MissingPrices::kReject && part.money.basis != Basis::kStated) {
        return true;
      }
      Placement placement;
      const bool bought = site.customer_site && catalog.TraitsOf(part.component).IsHardware();
      if (bought && !eligibility.JudgeAt(part.component, site, &placement).eligible()) return true;
    }
  }
  return !HoldsAll(components, request.pinned_components) ||
         !HoldsAll(vendors, request.pinned_vendors);
}

}  // namespace stackport::match
