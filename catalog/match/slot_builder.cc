#include "catalog/match/slot_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

#include "catalog/match/sites.h"

namespace stackport::match {

namespace {

// What a slot adds to the tags and requirements of most components: a pin, what it is, where it
// stands.
constexpr std::size_t kMoreProvided = 3;
constexpr std::size_t kMoreRequired = 3;

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
      rejection_of_(snapshot_.components.size(), -1),
      energy_milli_cents_per_watt_year_(EnergyMilliCentsPerWattYear(request)),
      years_(request.Milli("years") / 1000) {}

void SlotBuilder::Build(const std::set<std::string>* only_at) {
  only_at_ = only_at;
  compiled_.sites = FindSites(catalog_, request_, eligibility_);
  NumberTheSites();
  NumberThePins();
  DeclareSlots();
  AddDeployments();
  AddAll();
  ProvideSiteSets();
  RemoveUnsatisfiable();
  AddOpenRequirements();
  std::sort(compiled_.rejected.begin(), compiled_.rejected.end(),
            [](const Rejection& a, const Rejection& b) { return a.component < b.component; });
}

void SlotBuilder::BuildOnly(Positions components, std::vector<Site> sites) {
  only_ = components;
  compiled_.sites = std::move(sites);
  NumberTheSites();
  NumberThePins();
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

void SlotBuilder::Expect(int slot, std::size_t candidates) {
  std::vector<Candidate>& all = compiled_.problem.slots[static_cast<std::size_t>(slot)].candidates;
  all.reserve(all.size() + candidates);
  std::vector<Part>& parts = compiled_.parts[static_cast<std::size_t>(slot)];
  parts.reserve(parts.size() + candidates);
}

bool SlotBuilder::NoteRejection(std::size_t component, std::string_view reason) {
  int& number = rejection_of_[component];
  if (number >= 0) return false;
  number = static_cast<int>(compiled_.rejected.size());
  compiled_.rejected.push_back({component, reason, {}});
  return true;
}

SlotBuilder::Draft SlotBuilder::MakeDraft(std::size_t index, const Verdict& anywhere,
                                          const Variant& variant, std::string id,
                                          const PriceBasis& basis, bool counts_price) {
  const Component& component = snapshot_.components[index];
  Draft draft;
  Candidate& candidate = draft.candidate;
  Part& part = draft.part;
  candidate.id = std::move(id);
  candidate.labels.assign(1, component.vendor_id);
  const PartTags& tags = catalog_.tags()[index];
  if (!tags.provided.empty()) {
    candidate.provides.reserve(tags.provided.size() + kMoreProvided);
    Append(candidate.provides, tags.provided);
  }
  candidate.requires_.reserve(tags.required.size() + kMoreRequired);
  Append(candidate.requires_, tags.required);
  if (const auto pin = pinned_components_.find(component.id); pin != pinned_components_.end()) {
    candidate.provides.push_back(pin->second);
  }
  if (const auto pin = pinned_vendors_.find(component.vendor_id); pin != pinned_vendors_.end()) {
    candidate.provides.push_back(pin->second);
  }
  RequireSites(candidate, variant.sites);

  part.component = index;
  part.has_component = true;
  part.licence_needed = anywhere.licence_needed || variant.verdict.licence_needed;
  part.decisive_questions = anywhere.decisive_questions() + variant.verdict.decisive_questions();
  part.decisive_asked = anywhere.decisive_asked();
  part.decisive_asked.Add(variant.verdict.decisive_asked());
  part.asked_by_rules = anywhere.asked();
  part.asked_by_rules.Add(variant.verdict.asked());
  if (words_ == Words::kNow) {
    draft.words = std::make_shared<PartWords>();
    Append(*draft.words, *anywhere.words());
    Append(*draft.words, *variant.verdict.words());
  }
  if (variant.placement.as_service) {
    part.role = "as a service of its vendor";
    part.location_country = variant.placement.offer->location_country;
    if (part.location_country != request_.country) Value(draft, kAbroad) = 1;
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
  Value(draft, kLeadDays) = part.lead_days;
  Value(draft, kLicence) = part.licence_needed ? 1 : 0;
  return draft;
}

SlotBuilder::Draft SlotBuilder::MakeIncluded(std::size_t site_number, std::string_view role) {
  const Site& site = compiled_.sites[site_number];
  const Component& component = snapshot_.components[site.provider_position];
  Draft draft;
  draft.candidate.id.reserve(component.id.size() + 1 + site.country.size());
  draft.candidate.id.append(component.id).append("@").append(site.country);
  // A cloud may have a sovereign and an ordinary region in one country.
  std::size_t before = 0;
  for (const std::size_t other : sites_of_provider_.find(site.provider_position)->second) {
    if (other >= site_number) break;
    if (site_views_[other].country == site_views_[site_number].country) ++before;
  }
  if (before > 0) draft.candidate.id += fmt::format("#{}", before + 1);
  draft.candidate.labels.assign(1, component.vendor_id);
  draft.candidate.requires_.reserve(2);
  if (all_sites_.size() > 1) draft.candidate.requires_.push_back({site_tags_[site_number]});
  draft.part.component = site.provider_position;
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
bool SlotBuilder::Add(int slot, Draft&& draft) {
  Candidate& candidate = draft.candidate;
  Part& part = draft.part;
  if (request_.missing_prices == MissingPrices::kReject && part.money.basis != Basis::kStated) {
    Reject(part.component, "missing_price",
           [] { return "its price is not published, and the request rejects missing prices"; });
    return false;
  }
  constexpr std::int64_t kMilliCents = 1000;
  const std::int64_t energy = energy_milli_cents_per_watt_year_;
  Interval energy_cents;
  if (part.power.watts.high > 0) {  // most parts are no machines
    energy_cents = {MulDivFloor(part.power.watts.low, energy, kMilliCents),
                    MulDivCeil(part.power.watts.high, energy, kMilliCents)};
  }
  Value(draft, kPowerLow) = part.power.watts.low;
  Value(draft, kPowerHigh) = part.power.watts.high;
  Value(draft, kCapexLow) = part.money.capex_cents.low;
  Value(draft, kCapexHigh) = part.money.capex_cents.high;
  Value(draft, kOpexLow) = part.money.opex_cents_per_year.low + energy_cents.low;
  Value(draft, kOpexHigh) = part.money.opex_cents_per_year.high + energy_cents.high;
  Value(draft, kTcoLow) = draft.values[kCapexLow] + years_ * draft.values[kOpexLow];
  Value(draft, kTcoHigh) = draft.values[kCapexHigh] + years_ * draft.values[kOpexHigh];
  if (part.hardware_value) {
    // The best corner; the worst one where unknown facts are rejected.
    const Interval credit = UsCreditOf(part.money.capex_cents, part.us_content_bp);
    Value(draft, kUsCredit) =
        request_.unknown_facts == UnknownFacts::kReject ? credit.low : credit.high;
  }
  Value(draft, kQuestions) = part.decisive_questions;
  candidate.values.assign(draft.values.begin(), draft.values.begin() + draft.values_given);
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
