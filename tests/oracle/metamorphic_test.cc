// Problems whose answers are bound to each other, whatever the answers are.
//
// These need no enumerator, so they also run on instances that are too large to enumerate.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "catalog/match/engine.h"
#include "tests/oracle/instances.h"
#include "tests/oracle/reference_enumerator.h"
#include "tests/oracle/variation.h"

namespace stackport::oracle {
namespace {

using match::Problem;
using match::ProofStatus;
using match::Solution;

constexpr std::uint64_t kSeeds = 150;
constexpr std::uint64_t kFirstSeed = 50'000;  // others than oracle_test.cc looks at
constexpr std::int64_t kMaxChoices = 1'000'000;

// An answer without the indices that a permutation may change.
struct NamedAnswer {
  std::vector<std::string> ids;
  std::vector<std::int64_t> quantities, slot_units, limit_values, level_values;
  friend bool operator==(const NamedAnswer&, const NamedAnswer&) = default;
};

std::vector<NamedAnswer> Named(const Problem& problem, const Solution& solution) {
  std::vector<NamedAnswer> named;
  for (const auto& [choice, evaluation] : solution.answers) {
    named.push_back({ReferenceIds(problem, choice), evaluation.quantities, evaluation.slot_units,
                     evaluation.limit_values, evaluation.level_values});
  }
  return named;
}

bool Same(const Problem& a, const Problem& b) {
  const Solution solution_a = match::Solve(a);
  const Solution solution_b = match::Solve(b);
  return solution_a.status == solution_b.status && Named(a, solution_a) == Named(b, solution_b);
}

// Runs `check(problem, random)` on every seed; a failing instance is shrunk and written.
template <typename CheckWithRandom>
void ForEachInstance(const std::string& name, CheckWithRandom check) {
  for (std::uint64_t seed = kFirstSeed; seed < kFirstSeed + kSeeds; ++seed) {
    const Instance instance = MakeInstance(seed, kMaxChoices);
    const bool passes = Passes(name, instance.problem, [&](const Problem& problem) {
      Random random(seed);
      return check(problem, random);
    });
    if (!passes) return;
  }
}

TEST(Metamorphic, TheSameProblemTwiceGivesTheSameBytes) {
  ForEachInstance("twice", [](const Problem& problem, Random&) -> std::string {
    const Solution first = match::Solve(problem);
    const Solution second = match::Solve(problem);
    if (first.nodes != second.nodes) return "the number of nodes changed";
    const bool same = std::equal(
        first.answers.begin(), first.answers.end(), second.answers.begin(), second.answers.end(),
        [](const match::Answer& a, const match::Answer& b) { return a.choice == b.choice; });
    return same ? "" : "the answers changed";
  });
}

TEST(Metamorphic, TheOrderOfTheInputChangesNothing) {
  ForEachInstance("permuted", [](const Problem& problem, Random& random) -> std::string {
    return Same(problem, Permuted(problem, random)) ? "" : "a permutation changed the answer";
  });
}

TEST(Metamorphic, ACandidateThatCannotFitChangesNothing) {
  ForEachInstance("hopeless", [](const Problem& problem, Random& random) -> std::string {
    return Same(problem, WithHopelessCandidate(problem, random))
               ? ""
               : "a candidate that cannot fit changed the answer";
  });
}

TEST(Metamorphic, ACandidateOutsideTheAnswersIsNotMissed) {
  ForEachInstance("not_missed", [](const Problem& problem, Random& random) -> std::string {
    const Solution solution = match::Solve(problem);
    const std::size_t s = random.Index(problem.slots.size());
    const std::size_t c = random.Index(problem.slots[s].candidates.size());
    for (const match::Answer& answer : solution.answers) {
      const std::vector<int>& picks = answer.choice.picks[s];
      if (std::find(picks.begin(), picks.end(), static_cast<int>(c)) != picks.end()) return "";
    }
    if (problem.slots[s].candidates.size() == 1) return "";
    return Same(problem, WithoutCandidate(problem, s, c)) ? "" : "an unused candidate was missed";
  });
}

TEST(Metamorphic, PinningTheWinnerKeepsIt) {
  ForEachInstance("pinned", [](const Problem& problem, Random& random) -> std::string {
    const Solution solution = match::Solve(problem);
    if (solution.answers.empty()) return "";
    const std::size_t s = random.Index(problem.slots.size());
    const std::vector<int>& winners = solution.answers[0].choice.picks[s];
    if (winners.empty()) return "";
    Problem pinned = problem;
    for (std::size_t c = problem.slots[s].candidates.size(); c-- > 0;) {
      const bool wins =
          std::find(winners.begin(), winners.end(), static_cast<int>(c)) != winners.end();
      if (!wins) pinned = WithoutCandidate(pinned, s, c);
    }
    const Solution kept = match::Solve(pinned);
    const bool same =
        !kept.answers.empty() && Named(pinned, kept).front() == Named(problem, solution).front();
    return same ? "" : "the pinned winner lost";
  });
}

TEST(Metamorphic, RelaxingALimitNeverWorsensTheBest) {
  ForEachInstance("relaxed", [](const Problem& problem, Random& random) -> std::string {
    if (problem.limits.empty()) return "";
    Problem relaxed = problem;
    match::Limit& limit = relaxed.limits[random.Index(relaxed.limits.size())];
    if (limit.high.has_value()) *limit.high += random.Between(0, 20);
    if (limit.low.has_value()) *limit.low -= random.Between(0, 20);
    const Solution before = match::Solve(problem);
    const Solution after = match::Solve(relaxed);
    if (before.answers.empty()) return "";
    if (after.answers.empty()) return "a looser limit lost the only package";
    return after.answers[0].evaluation.level_values <= before.answers[0].evaluation.level_values
               ? ""
               : "a looser limit worsened the best";
  });
}

TEST(Metamorphic, BanningTheBestYieldsTheOldSecond) {
  int banned_packages = 0;
  ForEachInstance("banned", [&](const Problem& original, Random&) -> std::string {
    Problem problem = original;
    problem.top = 2;
    problem.distance = 1;
    for (match::Slot& slot : problem.slots) slot.distance_weight = 1;
    const Solution both = match::Solve(problem);
    if (both.answers.empty()) return "";
    std::optional<Problem> banned = WithoutPackage(problem, both.answers[0].choice);
    if (!banned.has_value()) return "";
    ++banned_packages;
    banned->top = 1;
    const std::vector<NamedAnswer> rest = Named(*banned, match::Solve(*banned));
    std::vector<NamedAnswer> expected = Named(problem, both);
    expected.erase(expected.begin());
    return rest == expected ? "" : "without the best, the old second is not the best";
  });
  EXPECT_GE(banned_packages, 50);
}

TEST(Metamorphic, MoreAnswersBeginWithTheSameOnes) {
  ForEachInstance("prefix", [](const Problem& problem, Random&) -> std::string {
    Problem more = problem;
    more.top = problem.top + 5;
    const std::vector<NamedAnswer> few = Named(problem, match::Solve(problem));
    const std::vector<NamedAnswer> many = Named(more, match::Solve(more));
    const bool begins =
        few.size() <= many.size() && std::equal(few.begin(), few.end(), many.begin());
    return begins ? "" : "asking for more answers changed the first ones";
  });
}

TEST(Metamorphic, OtherUnitsChangeOnlyTheFigures) {
  constexpr std::int64_t kFactor = 1'000;
  ForEachInstance("units", [](const Problem& problem, Random&) -> std::string {
    Problem finer = problem;
    for (match::Level& level : finer.levels) {
      for (match::LevelTerm& term : level.terms) term.weight *= kFactor;
    }
    std::vector<NamedAnswer> expected = Named(problem, match::Solve(problem));
    for (NamedAnswer& answer : expected) {
      for (std::int64_t& value : answer.level_values) value *= kFactor;
    }
    return Named(finer, match::Solve(finer)) == expected ? "" : "finer units changed the answer";
  });
}

}  // namespace
}  // namespace stackport::oracle
