// Where the candidates of a component can stand.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "catalog/match/sites.h"
#include "catalog/match/slot_builder.h"

namespace stackport::match {

void SlotBuilder::FindTheSites() {
  compiled_.sites = FindSites(catalog_, request_, eligibility_);
  all_sites_.resize(compiled_.sites.size());
  std::iota(all_sites_.begin(), all_sites_.end(), std::size_t{0});
  number_of_country_.assign(kCountryNumbers, -1);
  int countries = 0;
  for (const std::size_t s : all_sites_) {
    const Site& site = compiled_.sites[s];
    site_tags_.push_back(tags_.Id("site " + site.id));
    if (site.customer_site) {
      customer_sites_.push_back(s);
    } else {
      sites_of_cloud_[site.cloud].push_back(s);
    }
    int& number = number_of_country_[NumberOfCountry(site.country)];
    if (number < 0) number = countries++;
    country_of_site_.push_back(number);
  }
}

std::vector<SlotBuilder::Variant> SlotBuilder::VariantsOf(std::size_t component, Positions sites) {
  std::vector<Variant> variants;
  std::vector<int> named;  // numbers of the sites' countries that an offer names
  for (const OfferTraits& offer : catalog_.TraitsOf(component).offers) {
    if (offer.location == kNoCountry) continue;
    const int number = number_of_country_[offer.location];
    if (number >= 0) named.push_back(number);
  }
  // What the rules ask of a site, see Eligibility::JudgeAt: whose it is, whether it is sovereign,
  // and the country where an offer of the component names it. Sites that look the same to the
  // component share one judgement.
  struct Seen {
    int view;
    std::optional<std::size_t> variant;
  };
  std::vector<Seen> seen;
  for (const std::size_t s : sites) {
    const Site& site = compiled_.sites[s];
    const int country = country_of_site_[s];
    const bool is_named = std::find(named.begin(), named.end(), country) != named.end();
    const int view = (is_named ? 4 * (country + 1) : 0) + (site.customer_site ? 2 : 0) +
                     (site.mode == DeploymentMode::kSovereignCloud ? 1 : 0);
    auto known =
        std::find_if(seen.begin(), seen.end(), [&](const Seen& each) { return each.view == view; });
    if (known == seen.end()) {
      known = seen.insert(seen.end(), {view, PlaceAt(component, site, variants)});
    }
    if (known->variant) variants[*known->variant].sites.push_back(s);
  }
  return variants;
}

// The number of the variant that the component is at `site`, added where it is new; nothing where
// it cannot be had.
std::optional<std::size_t> SlotBuilder::PlaceAt(std::size_t component, const Site& site,
                                                std::vector<Variant>& variants) {
  Placement placement;
  Verdict verdict = eligibility_.JudgeAt(component, site, &placement);
  if (!verdict.eligible()) {
    RejectBy(component, verdict);
    return std::nullopt;
  }
  const auto alike = std::find_if(variants.begin(), variants.end(), [&](const Variant& v) {
    return v.placement.offer == placement.offer && v.placement.as_service == placement.as_service &&
           v.verdict.site_questions() == verdict.site_questions();
  });
  if (alike != variants.end()) return static_cast<std::size_t>(alike - variants.begin());
  variants.push_back({{}, placement, std::move(verdict)});
  return variants.size() - 1;
}

std::vector<std::size_t> SlotBuilder::SitesOf(const std::vector<std::string>& clouds) const {
  std::vector<std::size_t> sites;
  for (const std::string& cloud : clouds) {
    const auto found = sites_of_cloud_.find(cloud);
    if (found == sites_of_cloud_.end()) continue;
    sites.insert(sites.end(), found->second.begin(), found->second.end());
  }
  std::sort(sites.begin(), sites.end());
  return sites;
}

void SlotBuilder::RejectBy(std::size_t component, const Verdict& verdict) {
  const bool first =
      rejections_.try_emplace(component, Rejection{component, verdict.reason(), {}}).second;
  if (first && words_ == Words::kNow) {
    rejection_words_.emplace(component, *verdict.words()->exclusion);
  }
}

std::string SlotBuilder::SuffixFor(const Variant& variant, std::size_t index) const {
  if (variant.sites.size() == 1 && !compiled_.sites[variant.sites.front()].customer_site) {
    return "@" + compiled_.sites[variant.sites.front()].country;
  }
  if (variant.placement.as_service) return "#service";
  return index == 0 ? "" : fmt::format("#{}", index + 1);
}

void SlotBuilder::RequireSites(Candidate& candidate, const std::vector<std::size_t>& sites) {
  if (sites.size() == compiled_.sites.size()) return;
  if (sites.size() == 1) {
    candidate.requires_.push_back({site_tags_[sites.front()]});
    return;
  }
  const auto [set, fresh] = site_sets_.try_emplace(sites, TagId{});
  if (fresh) {
    set->second = tags_.Id(fmt::format("site set {}: {} of the {} sites, {} the first",
                                       site_sets_.size(), sites.size(), compiled_.sites.size(),
                                       compiled_.sites[sites.front()].id));
  }
  candidate.requires_.push_back({set->second});
}

// Each site carries the tags of the sets it is in.
void SlotBuilder::ProvideSiteSets() {
  auto& deployments = compiled_.problem.slots[kDeploymentSlot].candidates;
  for (const auto& [sites, tag] : site_sets_) {
    for (const std::size_t site : sites) deployments[site].provides.push_back(tag);
  }
  for (Candidate& deployment : deployments) {
    std::sort(deployment.provides.begin(), deployment.provides.end());
  }
}

}  // namespace stackport::match
