#include "catalog/match/slot_builder.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/match/sites.h"

namespace stackport::match {

namespace {

// What a component's rules ask of a site, see Eligibility::JudgeAt.
struct SiteView {
  bool customer_site = true;
  bool sovereign = false;
  int country = -1;  // where an offer of the component names it

  friend bool operator==(const SiteView&, const SiteView&) = default;
};

}  // namespace

SlotBuilder::SlotBuilder(const PreparedCatalog& catalog, const Request& request,
                         const CountryIndex& countries, CompiledMatch* compiled)
    : catalog_(catalog),
      snapshot_(catalog.snapshot()),
      request_(request),
      compiled_(*compiled),
      eligibility_(snapshot_, request, countries),
      classes_(catalog.class_samples(), request),
      tags_(catalog.tags()),
      pinned_components_(request.pinned_components.begin(), request.pinned_components.end()),
      pinned_vendors_(request.pinned_vendors.begin(), request.pinned_vendors.end()),
      energy_milli_cents_per_watt_year_(EnergyMilliCentsPerWattYear(request)),
      years_(request.Milli("years") / 1000) {}

void SlotBuilder::Build() {
  compiled_.sites = FindSites(snapshot_, request_, eligibility_);
  for (const Site& site : compiled_.sites) {
    site_tags_.push_back(tags_.Id("site " + site.id));
    const auto number = static_cast<int>(country_numbers_.size());
    site_countries_.push_back(country_numbers_.try_emplace(site.country, number).first->second);
  }
  verdicts_.reserve(snapshot_.components.size());
  for (const Component& component : snapshot_.components) {
    verdicts_.push_back(std::make_shared<const Verdict>(eligibility_.Judge(component)));
  }
  DeclareSlots();
  AddDeployments();
  AddModels();
  AddRuntimes();
  AddAccelerators();
  AddRentedMachines();
  AddServers();
  AddSwitches();
  AddStorage();
  AddCloudServices();
  AddProviderServices();
  AddEntitlements();
  AddData();
  AddApplications();
  AddSecurity();
  ProvideSiteSets();
  RemoveUnsatisfiable();
  AddOpenRequirements();
  RecordExclusions();
}

const Component* SlotBuilder::AcceleratorOf(std::size_t compute_candidate) const {
  return accelerator_of_[compute_candidate];
}

std::vector<std::size_t> SlotBuilder::Eligible(std::string_view kind) const {
  std::vector<std::size_t> found;
  for (const std::size_t position : catalog_.OfKind(kind)) {
    if (verdicts_[position]->eligible()) found.push_back(position);
  }
  return found;
}

std::vector<SlotBuilder::Variant> SlotBuilder::VariantsOf(
    std::size_t component, const std::function<bool(const Site&)>& wanted) {
  std::vector<Variant> variants;
  std::vector<bool> named(country_numbers_.size(), false);
  for (const Offer& offer : snapshot_.components[component].offers) {
    const auto number = country_numbers_.find(offer.location_country);
    if (number != country_numbers_.end()) named[static_cast<std::size_t>(number->second)] = true;
  }
  // Sites that look the same to the component share one judgement.
  std::vector<std::pair<SiteView, std::optional<std::size_t>>> seen;
  for (std::size_t s = 0; s < compiled_.sites.size(); ++s) {
    const Site& site = compiled_.sites[s];
    if (!wanted(site)) continue;
    const int country = site_countries_[s];
    const SiteView view{site.customer_site, site.mode == DeploymentMode::kSovereignCloud,
                        named[static_cast<std::size_t>(country)] ? country : -1};
    auto known = std::find_if(seen.begin(), seen.end(),
                              [&](const auto& each) { return each.first == view; });
    if (known == seen.end()) {
      known = seen.insert(seen.end(), {view, PlaceAt(component, site, variants)});
    }
    if (known->second) variants[*known->second].sites.push_back(s);
  }
  return variants;
}

// The number of the variant that the component is at `site`, added where it is new; nothing where
// it cannot be had.
std::optional<std::size_t> SlotBuilder::PlaceAt(std::size_t component, const Site& site,
                                                std::vector<Variant>& variants) {
  Placement placement;
  Verdict verdict = eligibility_.JudgeAt(snapshot_.components[component], site, &placement);
  if (!verdict.eligible()) {
    site_exclusions_.try_emplace(component, *verdict.exclusion);
    return std::nullopt;
  }
  const auto alike = std::find_if(variants.begin(), variants.end(), [&](const Variant& v) {
    const auto same_text = [](const OpenQuestion& a, const OpenQuestion& b) {
      return a.text == b.text;
    };
    return v.placement.offer == placement.offer && v.placement.as_service == placement.as_service &&
           std::equal(v.verdict->questions.begin(), v.verdict->questions.end(),
                      verdict.questions.begin(), verdict.questions.end(), same_text);
  });
  if (alike != variants.end()) return static_cast<std::size_t>(alike - variants.begin());
  variants.push_back({{}, placement, std::make_shared<const Verdict>(std::move(verdict))});
  return variants.size() - 1;
}

std::string SlotBuilder::SuffixFor(const Variant& variant, std::size_t index) const {
  if (variant.sites.size() == 1 && !compiled_.sites[variant.sites.front()].customer_site) {
    return "@" + compiled_.sites[variant.sites.front()].country;
  }
  if (variant.placement.as_service) return "#service";
  return index == 0 ? "" : fmt::format("#{}", index + 1);
}

std::int64_t& SlotBuilder::Value(Candidate& candidate, int attribute) const {
  if (candidate.values.size() <= static_cast<std::size_t>(attribute)) {
    candidate.values.resize(static_cast<std::size_t>(attribute) + 1, 0);
  }
  return candidate.values[static_cast<std::size_t>(attribute)];
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

SlotBuilder::Draft SlotBuilder::MakeDraft(std::size_t index, const Variant& variant, std::string id,
                                          const PriceBasis& basis, bool counts_price) {
  const Component& component = snapshot_.components[index];
  Draft draft;
  Candidate& candidate = draft.candidate;
  Part& part = draft.part;
  candidate.id = std::move(id);
  candidate.labels = {component.vendor_id};
  const ProvidedTags& provided = catalog_.ProvidedBy(index);
  candidate.provides = provided.certain;
  candidate.provides.insert(candidate.provides.end(), provided.maybe.begin(), provided.maybe.end());
  candidate.requires_ = catalog_.RequiredBy(index);
  const auto& needs_of_entitlement = catalog_.requirement_tags().needs_of_entitlement();
  for (const auto& group : candidate.requires_) {
    for (const TagId tag : group) {
      const auto need = needs_of_entitlement.find(tag);
      if (need != needs_of_entitlement.end()) {
        candidate.provides.push_back(need->second);
      }
    }
  }
  if (pinned_components_.contains(component.id))
    candidate.provides.push_back(tags_.Id("pinned " + component.id));
  if (pinned_vendors_.contains(component.vendor_id)) {
    candidate.provides.push_back(tags_.Id("vendor " + component.vendor_id));
  }
  RequireSites(candidate, variant.sites);

  part.component = index;
  part.has_component = true;
  part.anywhere = verdicts_[index];
  part.at_sites = variant.verdict;
  part.licence_needed =
      part.anywhere->licence_needed || (part.at_sites != nullptr && part.at_sites->licence_needed);
  if (variant.placement.as_service) {
    part.role = "as a service of its vendor";
    part.location_country = variant.placement.offer->location_country;
    if (part.location_country != request_.country) Value(candidate, kAbroad) = 1;
  }
  if (counts_price) {
    part.money = MoneyOf(component, variant.placement.offer, basis, classes_, request_, snapshot_);
    if (part.money.basis != Basis::kStated) {
      const bool money_limit =
          request_.max_capex_cents || request_.max_opex_cents || request_.max_tco_cents;
      part.questions_here.push_back(
          {component.id, "price", "cost of the package",
           "Its price is not published; " + part.money.origin + " stands in.", money_limit});
    }
  }
  eligibility_.LeadTime(component, variant.placement, part.licence_needed, &part);
  Value(candidate, kLeadDays) = part.lead_days;
  Value(candidate, kLicence) = part.licence_needed ? 1 : 0;
  return draft;
}

SlotBuilder::Draft SlotBuilder::MakeIncluded(std::size_t provider, const Site& site,
                                             std::size_t site_index, std::string role) {
  const Component& component = snapshot_.components[provider];
  Draft draft;
  draft.candidate.id = component.id + "@" + site.country;
  draft.candidate.labels = {component.vendor_id};
  RequireSites(draft.candidate, {site_index});
  draft.part.component = provider;
  draft.part.has_component = true;
  draft.part.role = std::move(role);
  draft.part.location_country = site.country;
  draft.part.regions = site.regions;
  draft.part.money.origin = "included";
  return draft;
}

// Completes the money, power and question attributes, and files the candidate.
void SlotBuilder::Add(int slot, Draft draft) {
  Candidate& candidate = draft.candidate;
  Part& part = draft.part;
  if (request_.missing_prices == MissingPrices::kReject && part.money.basis != Basis::kStated) {
    site_exclusions_.try_emplace(
        part.component,
        Exclusion{snapshot_.components[part.component].id,
                  "missing_price",
                  "its price is not published, and the request rejects missing prices",
                  {},
                  {}});
    return;
  }
  constexpr std::int64_t kMilliCents = 1000;
  const std::int64_t energy = energy_milli_cents_per_watt_year_;
  const std::int64_t energy_low = MulDivFloor(part.power.watts.low, energy, kMilliCents);
  const std::int64_t energy_high = MulDivCeil(part.power.watts.high, energy, kMilliCents);
  Value(candidate, kPowerLow) = part.power.watts.low;
  Value(candidate, kPowerHigh) = part.power.watts.high;
  Value(candidate, kCapexLow) = part.money.capex_cents.low;
  Value(candidate, kCapexHigh) = part.money.capex_cents.high;
  Value(candidate, kOpexLow) = part.money.opex_cents_per_year.low + energy_low;
  Value(candidate, kOpexHigh) = part.money.opex_cents_per_year.high + energy_high;
  Value(candidate, kTcoLow) = candidate.values[kCapexLow] + years_ * candidate.values[kOpexLow];
  Value(candidate, kTcoHigh) = candidate.values[kCapexHigh] + years_ * candidate.values[kOpexHigh];
  if (part.hardware_value) {
    // Best corner of value * (share - 51 percent); the worst one where unknown facts are rejected.
    // In whole dollars, so that no sum leaves 64 bits.
    std::int64_t best = 0, worst = 0;
    bool first = true;
    for (const std::int64_t cents : {part.money.capex_cents.low, part.money.capex_cents.high}) {
      for (const std::int64_t share : {part.us_content_bp.low, part.us_content_bp.high}) {
        const std::int64_t credit = CeilDiv(cents, 100) * (share - kUsContentPresumption);
        best = first ? credit : std::max(best, credit);
        worst = first ? credit : std::min(worst, credit);
        first = false;
      }
    }
    Value(candidate, kUsCredit) = request_.unknown_facts == UnknownFacts::kReject ? worst : best;
  }
  Value(candidate, kQuestions) = part.DecisiveQuestions();
  std::sort(candidate.provides.begin(), candidate.provides.end());
  candidate.provides.erase(std::unique(candidate.provides.begin(), candidate.provides.end()),
                           candidate.provides.end());
  if (part.has_component) placed_.insert(part.component);
  compiled_.problem.slots[static_cast<std::size_t>(slot)].candidates.push_back(
      std::move(candidate));
  compiled_.parts[static_cast<std::size_t>(slot)].push_back(std::move(part));
}

void SlotBuilder::RecordExclusions() {
  placed_.clear();
  for (const auto& parts : compiled_.parts) {
    for (const Part& part : parts) {
      if (part.has_component) placed_.insert(part.component);
    }
  }
  for (std::size_t i = 0; i < snapshot_.components.size(); ++i) {
    if (placed_.contains(i)) continue;
    const Component& component = snapshot_.components[i];
    if (!verdicts_[i]->eligible()) {
      compiled_.excluded.push_back(*verdicts_[i]->exclusion);
    } else if (const auto found = site_exclusions_.find(i); found != site_exclusions_.end()) {
      compiled_.excluded.push_back(found->second);
    } else {
      compiled_.excluded.push_back(
          {component.id,
           std::string(kNotDemanded),
           "no demand of this request asks for a " + component.kind + " with what it provides",
           {},
           {}});
    }
  }
}

}  // namespace stackport::match
