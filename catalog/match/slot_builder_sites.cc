// Where the candidates of a component can stand.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "catalog/match/sites.h"
#include "catalog/match/slot_builder.h"

namespace stackport::match {

void SlotBuilder::NumberTheSites() {
  all_sites_.resize(compiled_.sites.size());
  std::iota(all_sites_.begin(), all_sites_.end(), std::size_t{0});
  number_of_country_.assign(kCountryNumbers, -1);
  int countries = 0;
  for (const std::size_t s : all_sites_) {
    const Site& site = compiled_.sites[s];
    wanted_site_.push_back(only_at_ == nullptr || only_at_->contains(site.id));
    site_tags_.push_back(tags_.Add("site " + site.id));
    if (site.customer_site) {
      customer_sites_.push_back(s);
    } else {
      sites_of_cloud_[site.cloud].push_back(s);
      sites_of_provider_[site.provider_position].push_back(s);
    }
    int& number = number_of_country_[NumberOfCountry(site.country)];
    if (number < 0) number = countries++;
    const bool sovereign = site.mode == DeploymentMode::kSovereignCloud;
    const std::size_t view = (site.customer_site ? 2U : 0U) + (sovereign ? 1U : 0U);
    site_views_.push_back({static_cast<std::size_t>(number), view});
    if (std::none_of(first_of_views_.begin(), first_of_views_.end(),
                     [&](std::size_t first) { return site_views_[first].view == view; })) {
      first_of_views_.push_back(s);
    }
  }
  country_named_.resize(static_cast<std::size_t>(countries));
}

// What a package must hold, by name.
void SlotBuilder::NumberThePins() {
  for (const std::string& id : request_.pinned_components) pinned_components_[id] = TagId{};
  for (auto& [id, tag] : pinned_components_) tag = tags_.Add("pinned " + id);
  for (const std::string& id : request_.pinned_vendors) pinned_vendors_[id] = TagId{};
  for (auto& [id, tag] : pinned_vendors_) tag = tags_.Add("vendor " + id);
}

const std::vector<std::size_t>& SlotBuilder::SitesOfViews(std::size_t views) {
  std::vector<std::size_t>& sites = sites_of_views_[views];
  if (sites.empty()) {
    for (const std::size_t s : all_sites_) {
      if ((views >> site_views_[s].view & 1U) != 0) sites.push_back(s);
    }
  }
  return sites;
}

std::vector<SlotBuilder::Variant> SlotBuilder::VariantsAnywhere(std::size_t component) {
  std::vector<Variant> variants;
  std::array<std::size_t, kSiteViews> views_of{};  // by variant
  for (const std::size_t first : first_of_views_) {
    const auto placed = PlaceAt(component, compiled_.sites[first], variants);
    if (placed) views_of[*placed] |= std::size_t{1} << site_views_[first].view;
  }
  for (std::size_t v = 0; v < variants.size(); ++v) variants[v].sites = SitesOfViews(views_of[v]);
  return variants;
}

std::vector<SlotBuilder::Variant> SlotBuilder::VariantsOf(std::size_t component, Positions sites) {
  // What the rules ask of a site, see Eligibility::JudgeAt: whose it is, whether it is sovereign,
  // and the country where an offer of the component names it. Sites that look the same to the
  // component share one judgement.
  country_named_.assign(country_named_.size(), false);
  bool any_named = false;
  for (const OfferTraits& offer : catalog_.TraitsOf(component).offers) {
    if (offer.location == kNoCountry) continue;
    const int number = number_of_country_[offer.location];
    if (number < 0) continue;
    country_named_[static_cast<std::size_t>(number)] = true;
    any_named = true;
  }
  if (!any_named && sites.size() == all_sites_.size()) return VariantsAnywhere(component);
  std::vector<Variant> variants;
  constexpr int kNotSeen = -2;
  constexpr int kNotHad = -1;
  variant_of_view_.assign(kSiteViews * (country_named_.size() + 1), kNotSeen);
  for (const std::size_t s : sites) {
    const SiteView& site = site_views_[s];
    const std::size_t view =
        site.view + (country_named_[site.country] ? kSiteViews * (site.country + 1) : 0);
    int& variant = variant_of_view_[view];
    if (variant == kNotSeen) {
      const auto placed = PlaceAt(component, compiled_.sites[s], variants);
      variant = placed ? static_cast<int>(*placed) : kNotHad;
    }
    if (variant == kNotHad) continue;
    std::vector<std::size_t>& stands = variants[static_cast<std::size_t>(variant)].sites;
    if (stands.empty()) stands.reserve(sites.size());
    stands.push_back(s);
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
           v.verdict.asked() == verdict.asked();
  });
  if (alike != variants.end()) return static_cast<std::size_t>(alike - variants.begin());
  variants.push_back({{}, placement, std::move(verdict)});
  return variants.size() - 1;
}

bool SlotBuilder::AnyWanted(Positions sites) const {
  return std::any_of(sites.begin(), sites.end(), [&](std::size_t s) { return wanted_site_[s]; });
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
  if (NoteRejection(component, verdict.reason()) && words_ == Words::kNow) {
    rejection_words_.emplace(component, *verdict.words()->exclusion);
  }
}

// What tells a variant from the others of its component: the number of the country whose one region
// it stands in, or one of these.
constexpr int kByService = -1;
constexpr int kByNumber = -2;

int SlotBuilder::NamedBy(const Variant& variant) const {
  const std::size_t first = variant.sites.front();
  if (variant.sites.size() == 1 && !compiled_.sites[first].customer_site) {
    return static_cast<int>(site_views_[first].country);
  }
  return variant.placement.as_service ? kByService : kByNumber;
}

// No two variants have the same: of two regions in one country, a sovereign and an ordinary one,
// the second carries its number as well.
std::string SlotBuilder::IdOf(const Component& component, const std::vector<Variant>& variants,
                              std::size_t index) const {
  const int named_by = NamedBy(variants[index]);
  constexpr std::size_t kLongestSuffix = 8;  // "#service"; few have more
  std::string id;
  id.reserve(component.id.size() + kLongestSuffix);
  id = component.id;
  if (named_by == kByService) id += "#service";
  if (named_by >= 0) id.append("@").append(compiled_.sites[variants[index].sites.front()].country);
  const auto end = variants.begin() + static_cast<std::ptrdiff_t>(index);
  const bool taken = std::any_of(
      variants.begin(), end, [&](const Variant& earlier) { return NamedBy(earlier) == named_by; });
  if (taken || (named_by == kByNumber && index > 0)) id += fmt::format("#{}", index + 1);
  return id;
}

void SlotBuilder::RequireSites(Candidate& candidate, const std::vector<std::size_t>& sites) {
  if (sites.size() == compiled_.sites.size()) return;
  if (sites.size() == 1) {
    candidate.requires_.push_back({site_tags_[sites.front()]});
    return;
  }
  const auto [set, fresh] = site_sets_.try_emplace(sites, TagId{});
  if (fresh) {
    set->second = tags_.Add(fmt::format("site set {}: {} of the {} sites, {} the first",
                                        site_sets_.size(), sites.size(), compiled_.sites.size(),
                                        compiled_.sites[sites.front()].id));
  }
  candidate.requires_.push_back({set->second});
}

// Each site carries the tags of the sets it is in.
void SlotBuilder::ProvideSiteSets() {
  auto& deployments = compiled_.problem.slots[kDeploymentSlot].candidates;
  std::vector<std::size_t> sets_of_site(deployments.size());
  for (const auto& [sites, tag] : site_sets_) {
    for (const std::size_t site : sites) ++sets_of_site[site];
  }
  for (std::size_t site = 0; site < deployments.size(); ++site) {
    deployments[site].provides.reserve(deployments[site].provides.size() + sets_of_site[site]);
  }
  for (const auto& [sites, tag] : site_sets_) {
    for (const std::size_t site : sites) deployments[site].provides.push_back(tag);
  }
  for (Candidate& deployment : deployments) {
    std::sort(deployment.provides.begin(), deployment.provides.end());
  }
}

}  // namespace stackport::match
