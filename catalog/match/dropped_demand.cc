#include "catalog/match/dropped_demand.h"

#include <algorithm>
#include <cstddef>
#include <cstdint>

#include "catalog/match/compiled_search.h"

namespace stackport::match {

namespace {

// Large enough for whatever a package asks of a part that is not there.
constexpr std::int64_t kPlenty = 1'000'000;

// Costs nothing, draws nothing, asks for nothing, and limits nothing.
Candidate StandIn(const Problem& problem) {
  Candidate candidate;
  candidate.id = "dropped";
  candidate.labels.resize(problem.label_kinds.size());
  candidate.values.resize(kAttributes);
  for (const AttributeIndex attribute : {kRadix, kCapacityGb, kReadMbPerS}) {
    candidate.values[static_cast<std::size_t>(attribute)] = kPlenty;
  }
  return candidate;
}

}  // namespace

bool FitsWithoutDemand(const CompiledMatch& compiled, const std::string& demand,
                       const SearchOptions& options) {
  Problem problem = compiled.problem;
  for (std::size_t s = 0; s < problem.slots.size(); ++s) {
    Slot& slot = problem.slots[s];
    Candidate stand_in = StandIn(problem);
    if (slot.choice == SlotChoice::kSet) {
      const auto bit = std::find(slot.cover.begin(), slot.cover.end(), demand);
      if (bit == slot.cover.end()) continue;
      stand_in.covers = 1U << (bit - slot.cover.begin());
    } else if (slot.name != demand) {
      continue;
    }
    // These two size everything else, by pairs.
    if (s == kModelSlot || s == kComputeSlot) return false;
    slot.candidates.push_back(std::move(stand_in));
  }
  if (!EmptyDemands(problem).empty() || !Validate(problem)) return false;
  return FindAny(problem, options).package.has_value();
}

}  // namespace stackport::match
