#include "catalog/match/compiled_search.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <map>

#include "catalog/match/compiler.h"
#include "catalog/match/problem_check.h"

namespace stackport::match {

namespace {

bool HasEmptySlot(const Problem& problem) {
  return std::any_of(problem.slots.begin(), problem.slots.end(), [](const Slot& slot) {
    return slot.candidates.empty() && slot.choice != SlotChoice::kOptional;
  });
}

std::string ClassOf(const CatalogSnapshot& snapshot, const CompiledMatch& compiled,
                    const std::string& best_per, std::size_t slot, std::size_t candidate) {
  const Part& part = compiled.parts[slot][candidate];
  if (best_per == "deployment") {
    return std::string(DeploymentModeName(compiled.sites[candidate].mode));
  }
  const Component& component = snapshot.components[part.component];
  if (best_per == "accelerator_vendor") return component.vendor_id;
  if (const ProvidedCapability* model = component.FindCapability("language-model")) {
    const auto family = model->attributes.find("family");
    if (family != model->attributes.end() && !family->second.tokens.empty()) {
      return family->second.tokens.front();
    }
  }
  return component.id;
}

Result<CompiledMatch> Checked(Result<CompiledMatch> compiled) {
  if (!compiled || HasEmptySlot(compiled->problem)) return compiled;
  // The compiler names things apart and refers to what there is.
  if (Status valid = CheckNumbers(compiled->problem); !valid) return valid.error();
  assert(Validate(compiled->problem));
  return compiled;
}

}  // namespace

Result<CompiledMatch> CompileChecked(const PreparedCatalog& catalog, const CountryIndex& countries,
                                     const Request& request) {
  return Checked(Compile(catalog, countries, request));
}

Result<CompiledMatch> CompileAtChecked(const PreparedCatalog& catalog,
                                       const CountryIndex& countries, const Request& request,
                                       const std::set<std::string>& site_ids) {
  return Checked(CompileAt(catalog, countries, request, site_ids));
}

std::vector<std::string> EmptyDemands(const Problem& problem) {
  std::vector<std::string> empty;
  for (const Slot& slot : problem.slots) {
    if (slot.choice == SlotChoice::kOptional) continue;
    if (slot.choice == SlotChoice::kOne && slot.candidates.empty()) empty.push_back(slot.name);
    std::uint32_t covered = 0;
    for (const Candidate& candidate : slot.candidates) covered |= candidate.covers;
    for (std::size_t bit = 0; bit < slot.cover.size(); ++bit) {
      if ((covered >> bit & 1U) == 0) empty.push_back(slot.cover[bit]);
    }
  }
  return empty;
}

Solution SolveCompiled(const CompiledMatch& compiled, const SearchOptions& options) {
  if (HasEmptySlot(compiled.problem)) return {};
  return Solve(compiled.problem, options);
}

AnyPackage FindAnyCompiled(const CompiledMatch& compiled, const SearchOptions& options) {
  if (HasEmptySlot(compiled.problem)) return {true, {}, 0};
  return FindAny(compiled.problem, options);
}

NamedClasses ClassesFor(const CatalogSnapshot& snapshot, const CompiledMatch& compiled,
                        const std::string& best_per) {
  const std::size_t slot = best_per == "deployment"           ? kDeploymentSlot
                           : best_per == "accelerator_vendor" ? kComputeSlot
                                                              : kModelSlot;
  const std::size_t count = compiled.problem.slots[slot].candidates.size();
  std::vector<std::string> class_of;
  std::map<std::string, int> numbers;
  for (std::size_t c = 0; c < count; ++c) {
    class_of.push_back(ClassOf(snapshot, compiled, best_per, slot, c));
    numbers.emplace(class_of.back(), 0);
  }
  NamedClasses named;
  for (auto& [name, number] : numbers) {
    number = static_cast<int>(named.names.size());
    named.names.push_back(name);
  }
  named.classes.slot = static_cast<int>(slot);
  named.classes.count = static_cast<int>(named.names.size());
  for (const std::string& name : class_of) {
    named.classes.of_candidate.push_back(numbers.at(name));
  }
  return named;
}

SearchOptions OptionsOf(const Request& request, const std::atomic<bool>* cancel) {
  SearchOptions options;
  options.deadline = std::chrono::milliseconds(request.deadline_ms.value_or(kDefaultDeadlineMs));
  options.cancel = cancel;
  return options;
}

}  // namespace stackport::match
