#include "tests/bench/problem_sets.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "catalog/countries/country_index.h"
#include "catalog/match/compiled_search.h"
#include "tests/bench/choice_problems.h"

namespace stackport::bench {

namespace {

using match::Problem;

constexpr std::int64_t kLarge = 1'000'000;
// Money in cents becomes thousands of dollars.
constexpr std::int64_t kDivisor = 100'000;

constexpr ChoiceFamily kEasy[] = {ChoiceFamily::kBudgets, ChoiceFamily::kInterfaces};
constexpr ChoiceFamily kHard[] = {ChoiceFamily::kIndependent, ChoiceFamily::kWeak,
                                  ChoiceFamily::kStrong,      ChoiceFamily::kSubset,
                                  ChoiceFamily::kRanked,      ChoiceFamily::kRatio,
                                  ChoiceFamily::kTight,       ChoiceFamily::kInfeasible};

std::vector<bool> ReadByQuantities(const Problem& problem) {
  std::vector<bool> read(problem.attributes.size(), false);
  const auto note = [&](match::AttributeId attribute) {
    if (attribute >= 0) read[static_cast<std::size_t>(attribute)] = true;
  };
  for (const match::Quantity& quantity : problem.quantities) {
    note(quantity.radix_attribute);
    for (const match::CeilDemand& demand : quantity.demands) {
      note(demand.divisor_attribute);
      for (const match::Term& term : demand.terms) note(term.attribute);
    }
  }
  return read;
}

std::int64_t DividedUp(std::int64_t value, std::int64_t divisor) {
  return value / divisor + (value % divisor > 0 ? 1 : 0);
}

std::int64_t DividedDown(std::int64_t value, std::int64_t divisor) {
  return value / divisor - (value % divisor < 0 ? 1 : 0);
}

}  // namespace

std::vector<ProblemSet> GeneratedSets(std::size_t count, std::uint64_t seed) {
  std::vector<ProblemSet> sets;
  for (const int candidates : {30, 300}) {
    for (const ChoiceFamily family : kEasy) {
      ProblemSet set;
      set.name = fmt::format("{}, 12 slots x {}", FamilyName(family), candidates);
      for (std::size_t i = 0; i < count; ++i) {
        set.problems.push_back(ChoiceProblem({family, 12, candidates, 3}, seed + i));
      }
      sets.push_back(std::move(set));
    }
  }
  for (const auto& [candidates, budgets] : {std::pair{10, 5}, std::pair{30, 10}}) {
    ProblemSet set;
    set.name = fmt::format("hard, 15 x {} x {} budgets", candidates, budgets);
    for (const ChoiceFamily family : kHard) {
      set.problems.push_back(ChoiceProblem({family, 15, candidates, budgets}, seed));
    }
    sets.push_back(std::move(set));
  }
  return sets;
}

ProblemSet CompiledSet(const match::PreparedCatalog& catalog,
                       const std::vector<match::Request>& requests) {
  ProblemSet set;
  set.name = "real catalog, rounded";
  for (match::Request request : requests) {
    request.top = 1;
    const auto compiled = match::CompileChecked(catalog, CountryIndex::Builtin(), request);
    if (!compiled || !match::EmptyDemands(compiled->problem).empty()) continue;
    Problem problem = Rounded(compiled->problem, kDivisor);
    problem.top = 1;
    problem.distance = 1;
    set.problems.push_back(std::move(problem));
  }
  return set;
}

Problem Rounded(Problem problem, std::int64_t divisor) {
  const std::vector<bool> read = ReadByQuantities(problem);
  std::vector<std::int64_t> largest(problem.attributes.size(), 0);
  for (const match::Slot& slot : problem.slots) {
    for (const match::Candidate& candidate : slot.candidates) {
      for (std::size_t a = 0; a < candidate.values.size(); ++a) {
        const std::int64_t value = candidate.values[a];
        largest[a] = std::max(largest[a], value < 0 ? -value : value);
      }
    }
  }
  const auto divided = [&](std::size_t a) { return !read[a] && largest[a] >= kLarge; };
  for (match::Slot& slot : problem.slots) {
    for (match::Candidate& candidate : slot.candidates) {
      for (std::size_t a = 0; a < candidate.values.size(); ++a) {
        std::int64_t& value = candidate.values[a];
        value = divided(a) ? DividedUp(value, divisor) : read[a] ? std::min(value, kLarge) : value;
      }
    }
  }
  for (match::Limit& limit : problem.limits) {
    if (limit.measure.kind == match::Measure::Kind::kDistinct) continue;
    if (!divided(static_cast<std::size_t>(limit.measure.attribute))) continue;
    if (limit.low) limit.low = DividedDown(*limit.low, divisor);
    if (limit.high) limit.high = DividedDown(*limit.high, divisor);
  }
  return problem;
}

}  // namespace stackport::bench
