#include "catalog/match/trials.h"

#include <utility>

#include "catalog/match/compiled_search.h"

namespace stackport::match {

Fit FitOf(const Solution& solution) {
  if (!solution.answers.empty()) return Fit::kFits;
  return solution.status == ProofStatus::kInfeasible ? Fit::kNothingFits : Fit::kUnknown;
}

Trials::Trials(const PreparedCatalog& catalog, const CountryIndex& countries,
               const SearchOptions& options)
    : catalog_(catalog), countries_(countries), options_(options) {
  if (options.deadline) end_ = std::chrono::steady_clock::now() + *options.deadline;
}

std::optional<SearchOptions> Trials::Left() const {
  SearchOptions options = options_;
  if (end_) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(
        *end_ - std::chrono::steady_clock::now());
    if (left.count() <= 0) return std::nullopt;
    options.deadline = left;
  }
  return options;
}

Trial Trials::Best(Request request) const {
  Trial trial;
  request.top = 1;
  request.min_difference = 1;
  trial.request = std::move(request);
  const auto options = Left();
  if (!options) return trial;
  auto compiled = CompileChecked(catalog_, countries_, trial.request);
  if (!compiled) return trial;
  trial.compiled = *std::move(compiled);
  trial.solution = SolveCompiled(trial.compiled, *options);
  trial.fit = FitOf(trial.solution);
  return trial;
}

Solution Trials::Best(Problem problem) const {
  problem.top = 1;
  problem.distance = 1;
  const auto options = Left();
  if (options) return Solve(problem, *options);
  Solution stopped;
  stopped.status = ProofStatus::kStopped;
  return stopped;
}

}  // namespace stackport::match
