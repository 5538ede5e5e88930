// The slots, and the sites as candidates of the first.
#include <utility>

#include "catalog/match/slot_builder.h"

namespace stackport::match {

void SlotBuilder::DeclareSlots() {
  struct Declaration {
    const char* name;
    SlotChoice choice;
    QuantityId quantity;
    int weight;
  };
  const Declaration declarations[kFixedSlots] = {
      {"deployment", SlotChoice::kOne, kOneUnit, 0},
      {"model", SlotChoice::kOne, kOneUnit, 1},
      {"model serving", SlotChoice::kOne, kOneUnit, 1},
      {"accelerated compute", SlotChoice::kOne, kComputeUnits, 1},
      {"servers", SlotChoice::kOptional, kNodes, 1},
      {"networking", SlotChoice::kOne, kSwitches, 1},
      {"storage", SlotChoice::kOne, kStorageUnits, 1},
      {"cloud services", SlotChoice::kOne, kOneUnit, 1},
      {"entitlements", SlotChoice::kOptional, kAccelerators, 1},
      {"data pipeline and labeling", SlotChoice::kSet, kOneUnit, 1},
      {"applications", SlotChoice::kSet, kOneUnit, 1},
      {"security", SlotChoice::kSet, kOneUnit, 1},
  };
  for (const Declaration& declaration : declarations) {
    Slot slot;
    slot.name = declaration.name;
    slot.choice = declaration.choice;
    slot.quantity = declaration.quantity;
    slot.distance_weight = declaration.weight;
    compiled_.problem.slots.push_back(std::move(slot));
    compiled_.parts.emplace_back();
  }
  compiled_.data_demands = {"data_pipeline", "data_labeling"};
  compiled_.security_demands = request_.security_controls;
  for (const UseCase& use_case : request_.use_cases) {
    compiled_.application_demands.push_back(use_case.task);
  }
  const auto cover = [&](int index, const std::vector<std::string>& demands) {
    Slot& slot = compiled_.problem.slots[static_cast<std::size_t>(index)];
    slot.cover = demands;
    slot.max_picks = static_cast<int>(demands.size());
  };
  cover(kDataSlot, compiled_.data_demands);
  cover(kApplicationSlot, compiled_.application_demands);
  cover(kSecuritySlot, compiled_.security_demands);
}

void SlotBuilder::AddDeployments() {
  Expect(kDeploymentSlot, compiled_.sites.size());
  for (std::size_t s = 0; s < compiled_.sites.size(); ++s) {
    const Site& site = compiled_.sites[s];
    Draft draft;
    draft.candidate.id = site.id;
    draft.candidate.provides = {site_tags_[s]};
    draft.candidate.labels.emplace_back();
    for (const auto* pins : {&pinned_components_, &pinned_vendors_}) {
      for (const auto& [id, tag] : *pins) draft.candidate.requires_.push_back({tag});
    }
    Value(draft, kAbroad) = site.country == request_.country ? 0 : 1;
    if (words_ == Words::kNow) draft.words = std::make_shared<PartWords>();
    StandAt(site, site.regions, draft);
    Add(kDeploymentSlot, std::move(draft));
  }
}

}  // namespace stackport::match
