#include "catalog/match/slot_builder.h"

#include <algorithm>
#include <iterator>
#include <utility>

#include "catalog/match/sites.h"

namespace stackport::match {

namespace {

template <typename T>
void Append(std::vector<T>& to, const std::vector<T>& from) {
  to.insert(to.end(), from.begin(), from.end());
}

void Append(PartWords& to, const VerdictWords& from) {
  Append(to.questions, from.questions);
  Append(to.because, from.because);
  Append(to.programme, from.programme);
  Append(to.facts, from.facts);
}

}  // namespace

SlotBuilder::SlotBuilder(const PreparedCatalog& catalog, const Request& request,
                         const CountryIndex& countries, Words words, CompiledMatch* compiled)
    : catalog_(catalog),
      snapshot_(catalog.snapshot()),
      request_(request),
      words_(words),
      compiled_(*compiled),
      eligibility_(catalog, request, countries, words),
      classes_(catalog.class_samples(), request),
      tags_(catalog.tags()),
      pinned_components_(request.pinned_components.begin(), request.pinned_components.end()),
      pinned_vendors_(request.pinned_vendors.begin(), request.pinned_vendors.end()),
      energy_milli_cents_per_watt_year_(EnergyMilliCentsPerWattYear(request)),
      years_(request.Milli("years") / 1000) {}

void SlotBuilder::Build(const std::set<std::string>* only_at) {
  only_at_ = only_at;
  compiled_.sites = FindSites(catalog_, request_, eligibility_);
  NumberTheSites();
  DeclareSlots();
  AddDeployments();
  AddAll();
  ProvideSiteSets();
  RemoveUnsatisfiable();
  AddOpenRequirements();
  for (auto& [component, rejection] : rejections_) {
    compiled_.rejected.push_back(std::move(rejection));
  }
}

void SlotBuilder::BuildOnly(Positions components, std::vector<Site> sites) {
  only_ = components;
  compiled_.sites = std::move(sites);
  NumberTheSites();
  DeclareSlots();
  AddAll();
}

void SlotBuilder::AddAll() {
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
}

std::vector<std::size_t> SlotBuilder::Wanted(Positions positions) const {
  std::vector<std::size_t> wanted;
  if (only_) {
    std::set_intersection(positions.begin(), positions.end(), only_->begin(), only_->end(),
                          std::back_inserter(wanted));
  } else {
    wanted.assign(positions.begin(), positions.end());
  }
  return wanted;
}

std::int64_t& SlotBuilder::Value(Candidate& candidate, int attribute) const {
  if (candidate.values.size() <= static_cast<std::size_t>(attribute)) {
    candidate.values.reserve(kReplicaCapacity0);  // most stop before that
    candidate.values.resize(static_cast<std::size_t>(attribute) + 1, 0);
  }
  return candidate.values[static_cast<std::size_t>(attribute)];
}

SlotBuilder::Draft SlotBuilder::MakeDraft(std::size_t index, const Verdict& anywhere,
                                          const Variant& variant, std::string id,
                                          const PriceBasis& basis, bool counts_price) {
  const Component& component = snapshot_.components[index];
  Draft draft;
  Candidate& candidate = draft.candidate;
  Part& part = draft.part;
  candidate.id = std::move(id);
  candidate.labels = {component.vendor_id};
  const ProvidedTags& provided = catalog_.ProvidedBy(index);
  candidate.provides = provided.certain;
  Append(candidate.provides, provided.maybe);
  candidate.requires_ = catalog_.RequiredBy(index);
  const auto& needs_of_entitlement = catalog_.requirement_tags().needs_of_entitlement();
  for (const auto& group : candidate.requires_) {
    for (const TagId tag : group) {
      const auto need = needs_of_entitlement.find(tag);
      if (need != needs_of_entitlement.end()) candidate.provides.push_back(need->second);
    }
  }
  if (pinned_components_.contains(component.id)) {
    candidate.provides.push_back(tags_.Id("pinned " + component.id));
  }
  if (pinned_vendors_.contains(component.vendor_id)) {
    candidate.provides.push_back(tags_.Id("vendor " + component.vendor_id));
  }
  RequireSites(candidate, variant.sites);

  part.component = index;
  part.has_component = true;
  part.licence_needed = anywhere.licence_needed || variant.verdict.licence_needed;
  part.decisive_questions = anywhere.decisive_questions() + variant.verdict.decisive_questions();
  part.decisive_asked = anywhere.decisive_asked();
  part.decisive_asked.Add(variant.verdict.decisive_asked());
  if (words_ == Words::kNow) {
    draft.words = std::make_shared<PartWords>();
    Append(*draft.words, *anywhere.words());
    Append(*draft.words, *variant.verdict.words());
  }
  if (variant.placement.as_service) {
    part.role = "as a service of its vendor";
    part.location_country = variant.placement.offer->location_country;
    if (part.location_country != request_.country) Value(candidate, kAbroad) = 1;
  }
  if (counts_price) {
    FigureWords* words = draft.words == nullptr ? nullptr : &draft.words->money;
    part.money =
        MoneyOf(component, variant.placement.offer, basis, classes_, request_, snapshot_, words);
    if (part.money.basis != Basis::kStated) {
      const bool money_limit =
          request_.max_capex_cents || request_.max_opex_cents || request_.max_tco_cents;
      Ask(draft, Asked::kPrice, money_limit, [&] {
        return RuleAndText{"cost of the package", "Its price is not published; " +
                                                      draft.words->money.origin + " stands in."};
      });
    }
  }
  LeadTime lead = eligibility_.LeadTimeOf(index, variant.placement, part.licence_needed);
  part.lead_days = lead.days;
  if (draft.words != nullptr) {
    draft.words->lead_driver = std::move(lead.driver);
    draft.words->lead_provenance = std::move(lead.provenance);
  }
  Value(candidate, kLeadDays) = part.lead_days;
  Value(candidate, kLicence) = part.licence_needed ? 1 : 0;
  return draft;
}

SlotBuilder::Draft SlotBuilder::MakeIncluded(std::size_t provider, std::size_t site_number,
                                             std::string_view role) {
  const Component& component = snapshot_.components[provider];
  const Site& site = compiled_.sites[site_number];
  Draft draft;
  draft.candidate.id = component.id + "@" + site.country;
  draft.candidate.labels = {component.vendor_id};
  if (all_sites_.size() > 1) draft.candidate.requires_.push_back({site_tags_[site_number]});
  draft.part.component = provider;
  draft.part.has_component = true;
  draft.part.role = role;
  if (words_ == Words::kNow) {
    draft.words = std::make_shared<PartWords>();
    draft.words->money.origin = "included";
  }
  StandAt(site, site.regions, draft);
  return draft;
}

void SlotBuilder::StandAt(const Site& site, const std::vector<std::string>& regions, Draft& draft) {
  draft.part.location_country = site.country;
  if (draft.words != nullptr) draft.words->regions = regions;
}

// Power and U.S. content of what is bought.
void SlotBuilder::Draw(const Component& hardware, Draft& draft) {
  FigureWords* words = draft.words == nullptr ? nullptr : &draft.words->power;
  draft.part.power = PowerOf(hardware, classes_, snapshot_, words);
  draft.part.hardware_value = true;
  if (const auto share = hardware.Number("us_content")) draft.part.us_content_bp = *share;
}

// Completes the money, power and question attributes, and files the candidate.
bool SlotBuilder::Add(int slot, Draft draft) {
  Candidate& candidate = draft.candidate;
  Part& part = draft.part;
  if (request_.missing_prices == MissingPrices::kReject && part.money.basis != Basis::kStated) {
    Reject(part.component, "missing_price",
           [] { return "its price is not published, and the request rejects missing prices"; });
    return false;
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
  Value(candidate, kQuestions) = part.decisive_questions;
  std::sort(candidate.provides.begin(), candidate.provides.end());
  candidate.provides.erase(std::unique(candidate.provides.begin(), candidate.provides.end()),
                           candidate.provides.end());
  part.words = std::move(draft.words);
  compiled_.problem.slots[static_cast<std::size_t>(slot)].candidates.push_back(
      std::move(candidate));
  compiled_.parts[static_cast<std::size_t>(slot)].push_back(std::move(part));
  return true;
}

}  // namespace stackport::match
