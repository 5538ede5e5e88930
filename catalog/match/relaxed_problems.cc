#include "catalog/match/relaxed_problems.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "catalog/match/compiled_search.h"
#include "catalog/match/compiler.h"

namespace stackport::match {
namespace {

// Candidates of all problems that are kept, a few hundred bytes each: some dozen problems of a
// catalog of a thousand components, and the last one of any.
constexpr std::size_t kMaxKeptCandidates = 50'000;

std::size_t CandidatesOf(const CompiledMatch& compiled) {
  std::size_t count = 0;
  for (const Slot& slot : compiled.problem.slots) count += slot.candidates.size();
  return count;
}

}  // namespace

RelaxedProblems::RelaxedProblems(const PreparedCatalog& catalog, const CountryIndex& countries,
                                 const Request& request, const std::vector<RequestDemand>& demands,
                                 CompiledMatch compiled)
    : catalog_(catalog), countries_(countries), request_(request), demands_(demands) {
  kept_.push_back(std::make_unique<Kept>(Kept{{}, std::move(compiled)}));
}

Request RelaxedProblems::RequestWithout(const std::vector<int>& given_up) const {
  Request request = request_;
  for (const int d : given_up) demands_[static_cast<std::size_t>(d)].give_up(request);
  request.top = 1;
  request.min_difference = 1;
  return request;
}

CompiledMatch* RelaxedProblems::Without(const std::vector<int>& given_up) {
  std::vector<int> deciding;
  for (const int d : given_up) {
    if (!demands_[static_cast<std::size_t>(d)].only_bounds) deciding.push_back(d);
  }
  auto found = std::find_if(kept_.begin(), kept_.end(),
                            [&](const auto& kept) { return kept->given_up == deciding; });
  if (found == kept_.end()) {
    auto compiled = CompileChecked(catalog_, countries_, RequestWithout(deciding));
    if (!compiled) return nullptr;
    kept_.push_back(std::make_unique<Kept>(Kept{std::move(deciding), *std::move(compiled)}));
    MakeRoom();
    found = kept_.end() - 1;
  }
  CompiledMatch& compiled = (*found)->compiled;
  const Request request = RequestWithout(given_up);
  compiled.problem.limits = LimitsOf(request);
  compiled.problem.levels = LevelsOf(request);
  compiled.problem.top = request.top;
  compiled.problem.distance = request.min_difference;
  return &compiled;
}

// Forgets the oldest but the request's own.
void RelaxedProblems::MakeRoom() {
  std::size_t candidates = 0;
  for (const auto& kept : kept_) candidates += CandidatesOf(kept->compiled);
  while (candidates > kMaxKeptCandidates && kept_.size() > 2) {
    candidates -= CandidatesOf(kept_[1]->compiled);
    kept_.erase(kept_.begin() + 1);
  }
}

}  // namespace stackport::match
