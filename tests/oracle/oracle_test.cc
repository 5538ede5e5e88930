// The engine against the enumerator, on thousands of random instances and every kept one.
//
// STACKPORT_ORACLE_FIRST and STACKPORT_ORACLE_COUNT in the environment choose other seeds, for long
// runs; the instances of a seed are the same on every machine.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>
#include <vector>

#include "catalog/match/engine.h"
#include "catalog/match/engine_tuned.h"
#include "tests/oracle/comparison.h"
#include "tests/oracle/instances.h"
#include "tests/oracle/reference_enumerator.h"

namespace stackport::oracle {
namespace {

using match::Problem;

// After this many faults of one kind more would only scroll the first away.
constexpr int kEnoughFaults = 5;
// With so many instances the share of each feature is close to its odds.
constexpr int kEnoughForShares = 1'000;

std::uint64_t FromEnvironment(const char* name, std::uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

std::uint64_t FirstSeed() {
  return FromEnvironment("STACKPORT_ORACLE_FIRST", 1);
}

// Calls visit(seed) for `count` seeds, or as many as the environment says, until enough have
// failed.
template <typename Visit>
void ForEachSeed(std::uint64_t count, Visit visit) {
  count = FromEnvironment("STACKPORT_ORACLE_COUNT", count);
  int faults = 0;
  for (std::uint64_t i = 0; i < count && faults < kEnoughFaults; ++i) {
    if (!visit(FirstSeed() + i)) ++faults;
  }
}

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()};
}

// Small instances seldom reach what the engine keeps for large ones: sets that are put together
// during the search, and multipliers after a long dive. A tuning brings it in early.
match::Tuning DrawTuning(Random& random) {
  match::Tuning tuning;
  tuning.max_sets = random.Pick(std::vector<int>{0, 1, 5, 2'000});
  tuning.dive_nodes = random.Pick(std::vector<int>{0, 1, 5, 100});
  tuning.plain_nodes = random.Pick(std::vector<int>{0, 5, 100, 20'000});
  tuning.short_nodes = random.Pick(std::vector<int>{0, 5, 100, 2'000});
  tuning.near_nodes = random.Pick(std::vector<int>{-1, 0, 10, 1'000});
  tuning.nodes_to_price = random.Pick(std::vector<int>{0, 1, 5, 100});
  tuning.combinations_to_price = random.Pick(std::vector<int>{0, 10, 100'000});
  tuning.use_skyband = random.Percent(60);
  tuning.use_multipliers = random.Percent(80);
  tuning.use_variants = random.Percent(70);
  tuning.use_domains = random.Percent(70);
  tuning.tags_for_domains = random.Pick(std::vector<int>{1, 200});
  return tuning;
}

struct Counts {
  int compared = 0;
  int feasible = 0;
  int by_variants = 0;  // decide a slot first on which the others' requirements rest
  std::array<int, kFeatureCount> features{};
};

std::ostream& operator<<(std::ostream& out, const Counts& counts) {
  out << "oracle: compared " << counts.compared << " instances, " << counts.feasible
      << " feasible, " << counts.compared - counts.feasible << " infeasible, " << counts.by_variants
      << " by variants, with these features on:";
  for (std::size_t i = 0; i < kFeatureCount; ++i) {
    out << (i > 0 ? ", " : " ") << FeatureName(static_cast<Feature>(i)) << " "
        << counts.features[i];
  }
  return out;
}

TEST(Oracle, SolveAgreesWithTheEnumerator) {
  Counts counts;
  ForEachSeed(3'000, [&counts](std::uint64_t seed) {
    const Instance instance = MakeInstance(seed);
    const Status valid = match::Validate(instance.problem);
    EXPECT_TRUE(valid.ok()) << "seed " << seed << ": " << valid.error().ToString();
    if (!valid.ok()) return false;
    ++counts.compared;
    const auto model = match::BuildSearchModel(instance.problem, instance.problem.levels, 0,
                                               instance.problem.top, {}, match::Tuning{});
    counts.by_variants += model.variant_slot >= 0 ? 1 : 0;
    for (std::size_t i = 0; i < kFeatureCount; ++i) counts.features[i] += instance.features[i];
    bool feasible = false;
    const bool agrees = Passes("solve", instance.problem, [&feasible](const Problem& problem) {
      const std::vector<Package> packages = AllPackages(problem);
      feasible = !packages.empty();
      return SolutionFault(problem, match::Solve(problem), packages);
    });
    counts.feasible += feasible ? 1 : 0;
    return agrees;
  });
  std::cout << counts << std::endl;
  if (counts.compared < kEnoughForShares || HasFailure()) return;
  // The generator must keep asking both kinds of question, with everything a problem can say.
  EXPECT_GE(counts.feasible, counts.compared / 4);
  EXPECT_GE(counts.compared - counts.feasible, counts.compared / 10);
  EXPECT_GE(counts.by_variants, counts.compared / 10);
  for (const int count : counts.features) EXPECT_GE(count, counts.compared / 4);
}

TEST(Oracle, SolveAgreesWithEveryTuning) {
  ForEachSeed(1'000, [](std::uint64_t seed) {
    const Instance instance = MakeInstance(seed, 300);
    return Passes("tuned", instance.problem, [seed](const Problem& problem) {
      Random random(seed);
      const std::vector<Package> packages = AllPackages(problem);
      for (int i = 0; i < 4; ++i) {
        const match::Solution solution = match::SolveTuned(problem, {}, DrawTuning(random));
        const std::string fault = SolutionFault(problem, solution, packages);
        if (!fault.empty()) return fault;
      }
      return std::string();
    });
  });
}

TEST(Oracle, APackageIsFoundWhereThereIsOne) {
  ForEachSeed(300, [](std::uint64_t seed) {
    const Instance instance = MakeInstance(seed, 300);
    return Passes("any", instance.problem, [seed](const Problem& problem) -> std::string {
      Random random(seed);
      const std::vector<Package> packages = AllPackages(problem);
      for (int i = 0; i < 3; ++i) {
        const match::AnyPackage any = match::FindAnyTuned(problem, {}, DrawTuning(random));
        if (!any.settled) return "it was not settled";
        if (any.package.has_value() == packages.empty()) {
          return any.package ? "it found a package where there is none" : "it found none";
        }
        if (!any.package) continue;
        const bool known = std::any_of(
            packages.begin(), packages.end(),
            [&](const Package& package) { return package.choice == any.package->choice; });
        if (!known) return "it found what is no package";
      }
      return {};
    });
  });
}

// The first package of a class is the first package of all whose candidate is in that class.
TEST(Oracle, EachClassHasItsOwnFirstPackage) {
  ForEachSeed(500, [](std::uint64_t seed) {
    const Instance instance = MakeInstance(seed, 500);
    return Passes("classes", instance.problem, [seed](const Problem& problem) {
      Random random(seed);
      match::SlotClasses classes;
      classes.slot = random.IntBetween(0, static_cast<int>(problem.slots.size()) - 1);
      const match::Slot& slot = problem.slots[static_cast<std::size_t>(classes.slot)];
      if (slot.choice == match::SlotChoice::kSet) return std::string();
      for (std::size_t c = 0; c < slot.candidates.size(); ++c) {
        classes.of_candidate.push_back(random.IntBetween(0, 2));
      }
      classes.count = 3;
      const match::Solution of_all = match::Solve(problem);
      const auto solutions = match::SolveClassesTuned(problem, classes, {}, DrawTuning(random),
                                                      random.Percent(50) ? &of_all : nullptr);
      const std::vector<Package> packages = AllPackages(problem);
      for (int number = 0; number < classes.count; ++number) {
        std::vector<Package> members = packages;
        std::erase_if(members, [&](const Package& package) {
          const auto& picks = package.choice.picks[static_cast<std::size_t>(classes.slot)];
          return picks.empty() ||
                 classes.of_candidate[static_cast<std::size_t>(picks[0])] != number;
        });
        Problem first = problem;
        first.top = 1;
        const std::string fault =
            SolutionFault(first, solutions[static_cast<std::size_t>(number)], members);
        if (!fault.empty()) return "class " + std::to_string(number) + ": " + fault;
      }
      return std::string();
    });
  });
}

TEST(Oracle, EvaluateAgreesOnAnyChoice) {
  ForEachSeed(600, [](std::uint64_t seed) {
    const Instance instance = MakeInstance(seed);
    return Passes("evaluate", instance.problem, [seed](const Problem& problem) {
      Random random(seed);
      for (int i = 0; i < 40; ++i) {
        match::Choice choice = DrawChoice(problem, random);
        // Now and then a slot with too few or too many picks.
        if (random.Percent(2)) choice.picks[0].clear();
        if (random.Percent(2)) choice.picks[0].push_back(0);
        const match::Evaluation expected = ReferenceEvaluate(problem, choice);
        match::Evaluation actual = match::Evaluate(problem, choice);
        // Without slot units the rest cannot be computed, and only the verdict counts.
        if (expected.slot_units.empty()) {
          if (actual.feasible || actual.violation.empty()) return std::string("accepts nonsense");
          continue;
        }
        const std::string fault = EvaluationFault(actual, expected);
        if (!fault.empty()) return fault;
      }
      return std::string();
    });
  });
}

TEST(Oracle, ParetoFrontAgreesWithTheEnumerator) {
  ForEachSeed(400, [](std::uint64_t seed) {
    const Instance instance = MakeInstance(seed, 300);
    Random random(seed);
    std::vector<match::Measure> measures;
    for (int i = random.IntBetween(2, 4); i > 0; --i) {
      measures.push_back(DrawMeasure(instance.problem, instance.features, random));
    }
    const match::Tuning tuning = DrawTuning(random);
    return Passes("pareto", instance.problem, [&](const Problem& problem) {
      const std::vector<Package> packages = AllPackages(problem);
      const std::string fault =
          FrontFault(problem, match::SolvePareto(problem, measures, 1'000), measures, packages);
      if (!fault.empty()) return fault;
      const match::Front tuned = match::SolveParetoTuned(problem, measures, 1'000, {}, tuning);
      return FrontFault(problem, tuned, measures, packages);
    });
  });
}

// A front that is cut keeps its promise for the points that it shows.
TEST(Oracle, CutParetoFrontSaysSo) {
  ForEachSeed(100, [](std::uint64_t seed) {
    const Instance instance = MakeInstance(seed, 300);
    Random random(seed);
    const std::vector<match::Measure> measures = {
        DrawMeasure(instance.problem, instance.features, random),
        DrawMeasure(instance.problem, instance.features, random)};
    return Passes("cut_pareto", instance.problem, [&measures](const Problem& problem) {
      const std::vector<FrontPoint> whole = ReferenceFront(problem, AllPackages(problem), measures);
      const match::Front front = match::SolvePareto(problem, measures, 2);
      if (front.truncated != (whole.size() > 2)) return std::string("truncated is wrong");
      if (front.vectors.size() != std::min<std::size_t>(whole.size(), 2)) {
        return std::string("wrong number of points");
      }
      for (const auto& vector : front.vectors) {
        if (std::none_of(whole.begin(), whole.end(),
                         [&vector](const FrontPoint& point) { return point.vector == vector; })) {
          return std::string("a vector is not on the front");
        }
      }
      return std::string();
    });
  });
}

TEST(Oracle, StoppedSearchNeverClaimsTooMuch) {
  int stopped = 0;
  ForEachSeed(500, [&stopped](std::uint64_t seed) {
    const Instance instance = MakeInstance(seed, 500);
    return Passes("stopped", instance.problem, [seed, &stopped](const Problem& problem) {
      Random random(seed);
      const std::vector<Package> packages = AllPackages(problem);
      for (const std::int64_t max_nodes : {0, 1, 2, 3, 5, 8, 13, 21, 50, 150}) {
        match::SearchOptions options;
        options.max_nodes = max_nodes;
        const match::Tuning tuning = random.Percent(50) ? match::Tuning{} : DrawTuning(random);
        const match::Solution solution = match::SolveTuned(problem, options, tuning);
        stopped += solution.status == match::ProofStatus::kStopped ? 1 : 0;
        const std::string fault = StoppedSolutionFault(problem, solution, packages);
        if (!fault.empty()) return std::to_string(max_nodes) + " nodes: " + fault;
      }
      return std::string();
    });
  });
  std::cout << "oracle: " << stopped << " searches were stopped by their node limit" << std::endl;
}

TEST(Oracle, DeadlineAndCancelNeverClaimTooMuch) {
  const std::atomic<bool> cancelled = true;
  ForEachSeed(50, [&cancelled](std::uint64_t seed) {
    const Instance instance = MakeInstance(seed, 2'000);
    return Passes("deadline", instance.problem, [&cancelled](const Problem& problem) {
      const std::vector<Package> packages = AllPackages(problem);
      match::SearchOptions late;
      late.deadline = std::chrono::milliseconds(0);
      match::SearchOptions cancel;
      cancel.cancel = &cancelled;
      for (const match::SearchOptions& options : {late, cancel}) {
        const std::string fault =
            StoppedSolutionFault(problem, match::Solve(problem, options), packages);
        if (!fault.empty()) return fault;
      }
      return std::string();
    });
  });
}

// Differing instances are handed over as files, so the file form must keep every answer.
TEST(Oracle, FileFormKeepsTheAnswer) {
  ForEachSeed(300, [](std::uint64_t seed) {
    const Instance instance = MakeInstance(seed, 300);
    return Passes("file_form", instance.problem, [](const Problem& problem) {
      const std::string text = match::WriteProblem(problem);
      const Result<Problem> read = match::ReadProblem(text, "written by WriteProblem");
      if (!read.ok()) return "cannot be read back: " + read.error().ToString();
      if (match::WriteProblem(*read) != text) return std::string("written differently again");
      return SolutionFault(problem, match::Solve(*read), AllPackages(problem));
    });
  });
}

// Instances that once differed, and hand-written ones: the file, and the answer that it must have.
TEST(Oracle, KeptInstancesHaveTheirAnswers) {
  int instances = 0;
  for (const auto& entry : std::filesystem::directory_iterator(STACKPORT_ORACLE_INSTANCES)) {
    const std::string path = entry.path().string();
    constexpr std::string_view kEnding = ".problem.json";
    if (!path.ends_with(kEnding)) continue;
    ++instances;
    SCOPED_TRACE(path);
    const Result<Problem> problem = match::ReadProblem(ReadFile(path), path);
    ASSERT_TRUE(problem.ok()) << problem.error().ToString();
    const match::Solution solution = match::Solve(*problem);
    EXPECT_EQ(SolutionFault(*problem, solution, AllPackages(*problem)), "");
    const std::string stem = path.substr(0, path.size() - kEnding.size());
    EXPECT_EQ(SolutionText(*problem, solution), ReadFile(stem + ".answer.txt"));
  }
  EXPECT_GE(instances, 1);
}

}  // namespace
}  // namespace stackport::oracle
