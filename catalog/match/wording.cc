#include "catalog/match/wording.h"

#include <algorithm>
#include <array>
#include <string>

#include "catalog/match/eligibility.h"
#include "catalog/match/sites.h"
#include "catalog/match/slot_builder.h"

namespace stackport::match {

namespace {

// Longest list of things that are not provided, in bytes.
constexpr std::size_t kMaxNeedsText = 200;

const Rejection* RejectionOf(const CompiledMatch& compiled, std::size_t component) {
  const auto found =
      std::lower_bound(compiled.rejected.begin(), compiled.rejected.end(), component,
                       [](const Rejection& each, std::size_t at) { return each.component < at; });
  const bool known = found != compiled.rejected.end() && found->component == component;
  return known ? &*found : nullptr;
}

// By component: whether it is a candidate of some slot.
std::vector<bool> Placed(const PreparedCatalog& catalog, const CompiledMatch& compiled) {
  std::vector<bool> placed(catalog.snapshot().components.size());
  for (const auto& parts : compiled.parts) {
    for (const Part& part : parts) {
      if (part.has_component) placed[part.component] = true;
    }
  }
  return placed;
}

// Of a component that is a candidate of no slot.
LeftOut Judge(const Eligibility& eligibility, const CompiledMatch& compiled,
              std::size_t component) {
  const Verdict verdict = eligibility.Judge(component);
  if (!verdict.eligible()) return {component, verdict.reason()};
  const Rejection* rejection = RejectionOf(compiled, component);
  return {component, rejection != nullptr ? rejection->reason : kNotDemanded};
}

std::string UnmetText(const CompiledMatch& compiled, const std::vector<TagId>& unmet) {
  std::string needs;
  for (const TagId tag : unmet) {
    if (!needs.empty()) needs += " or ";
    if (needs.size() > kMaxNeedsText) {
      needs += "…";
      break;
    }
    needs += compiled.problem.tags[static_cast<std::size_t>(tag)];
  }
  return "no eligible component provides " + (needs.empty() ? "what it needs" : needs);
}

}  // namespace

std::vector<LeftOut> FindLeftOut(const PreparedCatalog& catalog, const CountryIndex& countries,
                                 const Request& request, const CompiledMatch& compiled) {
  const std::vector<bool> placed = Placed(catalog, compiled);
  const Eligibility eligibility(catalog, request, countries, Words::kLater);
  std::vector<LeftOut> left_out;
  for (std::size_t position = 0; position < placed.size(); ++position) {
    if (!placed[position]) left_out.push_back(Judge(eligibility, compiled, position));
  }
  return left_out;
}

std::optional<Exclusion> WhyLeftOut(const PreparedCatalog& catalog, const CountryIndex& countries,
                                    const Request& request, const CompiledMatch& compiled,
                                    const Component& component) {
  const std::size_t position = catalog.snapshot().index_by_id.at(component.id);
  if (Placed(catalog, compiled)[position]) return std::nullopt;
  const Eligibility eligibility(catalog, request, countries, Words::kLater);
  return Wording(catalog, countries, request, compiled).Of(Judge(eligibility, compiled, position));
}

// All of them: a compilation drops those at which nothing can stand.
const std::vector<Site>& Wording::Sites() const {
  if (!sites_) {
    const Eligibility eligibility(catalog_, request_, countries_, Words::kLater);
    sites_ = FindSites(catalog_, request_, eligibility);
  }
  return *sites_;
}

const PartWords& Wording::Of(std::size_t slot, std::size_t candidate) {
  const Place place{slot, candidate};
  if (!made_.contains(place)) Make({place});
  return *made_.at(place);
}

void Wording::Prepare(const Choice& choice) {
  std::vector<Place> places;
  for (std::size_t slot = 0; slot < choice.picks.size(); ++slot) {
    for (const int pick : choice.picks[slot]) {
      const Place place{slot, static_cast<std::size_t>(pick)};
      if (!made_.contains(place)) places.push_back(place);
    }
  }
  if (!places.empty()) Make(places);
}

// Builds the candidates of the components once more, with words, and finds the places among them.
void Wording::Make(const std::vector<Place>& places) {
  std::vector<std::size_t> components;
  for (const auto& [slot, candidate] : places) {
    const Part& part = compiled_.parts[slot][candidate];
    if (part.has_component) components.push_back(part.component);
  }
  std::sort(components.begin(), components.end());
  components.erase(std::unique(components.begin(), components.end()), components.end());
  CompiledMatch told;
  told.workload = compiled_.workload;
  SlotBuilder builder(catalog_, request_, countries_, Words::kNow, &told);
  builder.BuildOnly(components, Sites());
  for (const Place& place : places) {
    const auto& [slot, candidate] = place;
    std::shared_ptr<const PartWords> words = compiled_.parts[slot][candidate].words;
    if (slot < told.problem.slots.size()) {
      const auto& candidates = told.problem.slots[slot].candidates;
      const std::string& id = compiled_.problem.slots[slot].candidates[candidate].id;
      const auto same = std::find_if(candidates.begin(), candidates.end(),
                                     [&](const Candidate& each) { return each.id == id; });
      if (same != candidates.end()) {
        words = told.parts[slot][static_cast<std::size_t>(same - candidates.begin())].words;
      }
    }
    made_[place] = words != nullptr ? std::move(words) : std::make_shared<const PartWords>();
  }
}

Exclusion Wording::Of(const LeftOut& left_out) const {
  const Component& component = catalog_.At(left_out.component);
  const Eligibility eligibility(catalog_, request_, countries_, Words::kNow);
  const Verdict verdict = eligibility.Judge(left_out.component);
  if (!verdict.eligible()) return *verdict.words()->exclusion;
  const Rejection* rejection = RejectionOf(compiled_, left_out.component);
  const std::string reason(left_out.reason);
  if (rejection == nullptr) {
    return {component.id,
            reason,
            "no demand of this request asks for a " + component.kind + " with what it provides",
            {},
            {}};
  }
  if (!rejection->unmet.empty()) {
    return {component.id, reason, UnmetText(compiled_, rejection->unmet), {}, {}};
  }
  CompiledMatch told;
  told.workload = compiled_.workload;
  const std::array<std::size_t, 1> only = {left_out.component};
  SlotBuilder builder(catalog_, request_, countries_, Words::kNow, &told);
  builder.BuildOnly(only, Sites());
  return builder.rejection_words().at(left_out.component);
}

}  // namespace stackport::match
