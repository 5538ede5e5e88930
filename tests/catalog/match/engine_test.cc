#include "catalog/match/engine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <string>
#include <vector>

#include "catalog/match/engine_tuned.h"
#include "catalog/match/search_model.h"
#include "tests/catalog/match/naive.h"
#include "tests/catalog/match/problem_builder.h"

namespace stackport::match {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// Each answer as "price: ids".
std::vector<std::string> Told(const Problem& problem, const std::vector<Answer>& answers) {
  std::vector<std::string> lines;
  for (const Answer& answer : answers) {
    std::string line;
    for (const std::int64_t value : answer.evaluation.level_values) {
      line += (line.empty() ? "" : " ") + std::to_string(value);
    }
    line += ":";
    for (const std::string& id : CanonicalIds(problem, answer.choice)) {
      line += " " + (id.empty() ? "-" : id);
    }
    lines.push_back(line);
  }
  return lines;
}

std::vector<std::string> Answers(const Problem& problem) {
  EXPECT_TRUE(Validate(problem).ok());
  return Told(problem, Solve(problem).answers);
}

TEST(Solve, ListsTheFirstKInOrder) {
  Problem problem = TwoSlots();
  problem.top = 10;
  EXPECT_THAT(Answers(problem),
              ElementsAre("13: a y", "14: a x", "15: b y", "16: b x", "33: c y", "34: c x"));
  problem.top = 2;
  EXPECT_THAT(Answers(problem), ElementsAre("13: a y", "14: a x"));
}

TEST(Solve, LaterLevelsDecideAmongEquals) {
  Problem problem = TwoSlots();
  problem.levels = {Least("days", MaxOf(1)), Least("price", SumOf(0))};
  problem.top = 3;
  EXPECT_THAT(Answers(problem), ElementsAre("2 16: b x", "2 34: c x", "5 14: a x"));
}

TEST(Solve, IdsDecideTheRestWhateverTheOrderOfCandidates) {
  Problem problem = TwoSlots();
  problem.levels.clear();
  problem.top = 3;
  EXPECT_THAT(Answers(problem), ElementsAre(": a x", ": a y", ": b x"));
  std::reverse(problem.slots[0].candidates.begin(), problem.slots[0].candidates.end());
  EXPECT_THAT(Answers(problem), ElementsAre(": a x", ": a y", ": b x"));
}

TEST(Solve, ManyEqualPackagesAreNotEnumerated) {
  Problem problem;
  for (int s = 0; s < 16; ++s) {
    Slot slot = Place("s" + std::to_string(s), {});
    for (int c = 0; c < 40; ++c) slot.candidates.push_back(Part("c" + std::to_string(10 + c), {}));
    problem.slots.push_back(slot);
  }
  problem.top = 50;
  const Solution solution = Solve(problem);
  ASSERT_EQ(solution.answers.size(), 50U);
  EXPECT_EQ(solution.status, ProofStatus::kOptimal);
  EXPECT_EQ(CanonicalIds(problem, solution.answers[49].choice)[14], "c11");
  EXPECT_LT(solution.nodes, 20000);
}

TEST(Solve, TagsBindSlots) {
  Problem problem = TwoSlots();
  problem.tags = {"fast", "slow"};
  problem.slots[0].candidates[0].requires_ = {{0}};
  problem.slots[1].candidates[0].provides = {0};
  problem.slots[1].candidates[1].provides = {1};
  problem.slots[0].candidates[1].conflicts = {1};
  problem.top = 10;
  EXPECT_THAT(Answers(problem), ElementsAre("14: a x", "16: b x", "33: c y", "34: c x"));
}

TEST(Solve, ARequirementThatNobodyMeetsLeavesNothing) {
  Problem problem = TwoSlots();
  problem.tags = {"missing"};
  for (Candidate& candidate : problem.slots[1].candidates) candidate.requires_ = {{0}};
  const Solution solution = Solve(problem);
  EXPECT_EQ(solution.status, ProofStatus::kInfeasible);
  EXPECT_THAT(solution.answers, IsEmpty());
  EXPECT_THAT(solution.bound, IsEmpty());
}

TEST(Solve, OptionalSlotsMayStayEmpty) {
  Problem problem = TwoSlots();
  problem.slots[1].choice = SlotChoice::kOptional;
  problem.tags = {"net"};
  problem.slots[1].candidates[0].provides = {0};
  problem.slots[0].candidates[0].requires_ = {{0}};
  problem.top = 3;
  EXPECT_THAT(Answers(problem), ElementsAre("12: b -", "14: a x", "15: b y"));
}

TEST(Solve, SetsCoverEverythingWithoutSpareMembers) {
  Problem problem = TwoSlots();
  Slot& slot = problem.slots[1];
  slot = Place("controls",
               {Part("a", {3}), Part("b", {4}), Part("c", {5}), Part("ab", {6}), Part("all", {20})},
               SlotChoice::kSet);
  slot.cover = {"one", "two", "three"};
  slot.max_picks = 2;
  const std::uint32_t covers[] = {1, 2, 4, 3, 7};
  for (std::size_t c = 0; c < 5; ++c) slot.candidates[c].covers = covers[c];
  problem.slots[0].candidates.resize(1);
  problem.top = 10;
  EXPECT_THAT(Answers(problem), ElementsAre("21: a ab,c", "30: a all"));
  slot.max_picks = 3;
  EXPECT_THAT(Answers(problem), ElementsAre("21: a ab,c", "22: a a,b,c", "30: a all"));
}

// A set slot with more sets than are listed beforehand is put together inside the search.
TEST(Solve, LargeSetSlotsAreStillExact) {
  Problem problem;
  problem.attributes = {{"price", true}};
  problem.levels = {Least("price", SumOf(0))};
  Slot slot = Place("controls", {}, SlotChoice::kSet);
  for (int b = 0; b < 6; ++b) slot.cover.push_back("b" + std::to_string(b));
  slot.max_picks = 6;
  // For each bit, 20 candidates at 10, 11, 12 …: 20^6 sets, the best of which are obvious.
  for (int b = 0; b < 6; ++b) {
    for (int c = 0; c < 20; ++c) {
      slot.candidates.push_back(
          Part("b" + std::to_string(b) + "-" + std::to_string(10 + c), {10 + c}));
      slot.candidates.back().covers = 1U << b;
    }
  }
  problem.slots = {slot};
  problem.top = 3;
  EXPECT_THAT(Answers(problem), ElementsAre("60: b0-10,b1-10,b2-10,b3-10,b4-10,b5-10",
                                            "61: b0-10,b1-10,b2-10,b3-10,b4-10,b5-11",
                                            "61: b0-10,b1-10,b2-10,b3-10,b4-11,b5-10"));
}

TEST(Solve, QuantitiesFollowChoices) {
  Problem problem;
  problem.attributes = {{"price", true}, {"rate", false}};
  problem.slots = {
      Place("model", {Part("light", {0, 100}), Part("heavy", {0, 350})}),
      Place("accelerator", {Part("big", {70, 100}), Part("small", {30, 40})}),
  };
  Quantity units;
  units.name = "units";
  units.demands = {{0, {{kOneUnit, 1, 0, 1}}, 1, 1, 1}};  // ceil(model rate / accelerator rate)
  problem.quantities = {units};
  problem.slots[1].quantity = 0;
  problem.levels = {Least("price", SumOf(0))};
  problem.top = 4;
  EXPECT_THAT(Answers(problem), ElementsAre("70: light big", "90: light small", "270: heavy small",
                                            "280: heavy big"));
}

TEST(Solve, SignedRowsWithLowLimits) {
  Problem problem = TwoSlots();
  problem.attributes.push_back({"credit", true});
  problem.slots[0].candidates[0].values.push_back(-5);
  problem.slots[0].candidates[1].values.push_back(2);
  problem.slots[0].candidates[2].values.push_back(9);
  problem.slots[1].candidates[0].values.push_back(1);
  problem.slots[1].candidates[1].values.push_back(-4);
  problem.limits = {{"content", SumOf(2), 3, std::nullopt}};
  problem.top = 10;
  EXPECT_THAT(Answers(problem), ElementsAre("16: b x", "33: c y", "34: c x"));
}

TEST(Solve, FewestVendors) {
  Problem problem = TwoSlots();
  problem.levels = {Least("vendors", DistinctOf(0)), Least("price", SumOf(0))};
  const char* servers[] = {"acme", "brix", "brix"};
  for (std::size_t c = 0; c < 3; ++c) problem.slots[0].candidates[c].labels = {servers[c]};
  problem.slots[1].candidates[0].labels = {"brix"};
  problem.slots[1].candidates[1].labels = {""};
  problem.top = 4;
  EXPECT_THAT(Answers(problem), ElementsAre("1 13: a y", "1 15: b y", "1 16: b x", "1 33: c y"));
}

TEST(Solve, AnswersKeepTheirDistance) {
  Problem problem = TwoSlots();
  problem.top = 5;
  problem.distance = 2;
  EXPECT_THAT(Answers(problem), ElementsAre("13: a y", "16: b x"));
  problem.slots[1].distance_weight = 0;  // only servers count
  problem.distance = 1;
  EXPECT_THAT(Answers(problem), ElementsAre("13: a y", "15: b y", "33: c y"));
}

TEST(Solve, EveryTuningAgreesWithEnumeration) {
  for (std::uint64_t seed = 0; seed < 250; ++seed) {
    const Problem problem = naive::RandomProblem(seed);
    ASSERT_TRUE(Validate(problem).ok()) << seed;
    const auto expected = naive::Greedy(problem, naive::Enumerate(problem));
    const Tuning tunings[] = {{},
                              {.max_sets = 0, .tags_for_domains = 1, .dive_nodes = 2},
                              {.use_skyband = false, .use_multipliers = false}};
    for (const Tuning& tuning : tunings) {
      const Solution solution = SolveTuned(problem, {}, tuning);
      ASSERT_EQ(solution.answers.size(), expected.size()) << "seed " << seed;
      EXPECT_EQ(solution.status,
                expected.empty() ? ProofStatus::kInfeasible : ProofStatus::kOptimal);
      for (std::size_t i = 0; i < expected.size(); ++i) {
        ASSERT_EQ(solution.answers[i].choice, expected[i].choice) << "seed " << seed;
        EXPECT_EQ(solution.answers[i].evaluation.level_values, expected[i].evaluation.level_values);
      }
    }
  }
}

TEST(FindAny, FindsAPackageWhereSolveDoes) {
  int fitting = 0;
  for (std::uint64_t seed = 0; seed < 250; ++seed) {
    const Problem problem = naive::RandomProblem(seed);
    const AnyPackage any = FindAny(problem);
    const Solution solution = Solve(problem);
    ASSERT_TRUE(any.settled) << seed;
    ASSERT_EQ(any.package.has_value(), !solution.answers.empty()) << seed;
    if (!any.package) continue;
    ++fitting;
    EXPECT_TRUE(any.package->evaluation.feasible) << seed;
    // It knows the figures by the problem's own levels, though it did not search by them.
    EXPECT_GE(any.package->evaluation.level_values,
              solution.answers.front().evaluation.level_values)
        << seed;
  }
  EXPECT_GT(fitting, 50);
}

// Ten slots of ten options, the dear ones light, and half of those are enough.
Problem DearAndLight() {
  Problem problem;
  problem.attributes = {{"price", false}, {"weight", false}};
  for (int s = 0; s < 10; ++s) {
    Slot slot = Place("s" + std::to_string(s), {});
    for (int c = 0; c < 10; ++c) {
      slot.candidates.push_back(Part("c" + std::to_string(c), {c * c + s, 9 * s - c}));
    }
    problem.slots.push_back(slot);
  }
  problem.limits = {{"weight", SumOf(1), {}, 9 * 45 - 45}, {"price", SumOf(0), {}, 500}};
  problem.levels = {Least("price", SumOf(0))};
  return problem;
}

TEST(FindAny, StopsAtTheFirstPackage) {
  const Problem problem = DearAndLight();
  const AnyPackage any = FindAny(problem);
  ASSERT_TRUE(any.package.has_value());
  EXPECT_GT(Solve(problem).nodes, 2 * any.nodes);
}

TEST(FindAny, SaysWhenItWasStoppedBeforeItKnew) {
  SearchOptions options;
  options.max_nodes = 0;
  const AnyPackage any = FindAny(DearAndLight(), options);
  EXPECT_FALSE(any.settled);
  EXPECT_FALSE(any.package.has_value());
}

TEST(Solve, AnswersDoNotDependOnTheOrderOfCandidates) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Problem problem = naive::RandomProblem(seed);
    Problem turned = problem;
    for (std::size_t s = 0; s < turned.slots.size(); ++s) {
      // Tables are indexed by candidates, so their slots stay as they are.
      const bool fixed = std::any_of(turned.quantities.begin(), turned.quantities.end(),
                                     [&](const Quantity& quantity) {
                                       return quantity.kind == Quantity::Kind::kTable &&
                                              (quantity.table_rows_slot == static_cast<int>(s) ||
                                               quantity.table_columns_slot == static_cast<int>(s));
                                     });
      auto& candidates = turned.slots[s].candidates;
      if (!fixed) std::reverse(candidates.begin(), candidates.end());
    }
    EXPECT_EQ(Told(problem, Solve(problem).answers), Told(turned, Solve(turned).answers)) << seed;
  }
}

TEST(Solve, TheSameProblemTakesTheSameNodes) {
  const Problem problem = naive::RandomProblem(7);
  EXPECT_EQ(Solve(problem).nodes, Solve(problem).nodes);
}

TEST(Solve, AStoppedSearchProvesABoundOnWhatItMissed) {
  int stopped = 0;
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    const Problem problem = naive::RandomProblem(seed);
    const auto expected = naive::Greedy(problem, naive::Enumerate(problem));
    for (const std::int64_t nodes : {0, 1, 3, 10, 40}) {
      SearchOptions options;
      options.max_nodes = nodes;
      const Solution solution = Solve(problem, options);
      EXPECT_LE(solution.nodes, nodes);
      if (solution.status != ProofStatus::kStopped) {
        EXPECT_EQ(solution.answers.size(), expected.size()) << seed;
        continue;
      }
      ++stopped;
      // The first true answer that is missing is not below the bound.
      for (const naive::Ranked& truth : expected) {
        const bool found =
            std::any_of(solution.answers.begin(), solution.answers.end(),
                        [&](const Answer& answer) { return answer.choice == truth.choice; });
        if (found) continue;
        EXPECT_LE(solution.bound, truth.evaluation.level_values) << "seed " << seed;
        break;
      }
    }
  }
  EXPECT_GT(stopped, 50);
}

// Ten products of ten vendors, the cheapest first: of each other three are better, unless taking
// them could mean one vendor too many.
TEST(SearchModel, ALimitWithoutAnEndKeepsNothing) {
  Problem problem;
  problem.attributes = {{"price", true}};
  problem.label_kinds = {"vendor"};
  problem.top = 3;
  Slot slot;
  slot.name = "product";
  for (int i = 0; i < 10; ++i) {
    const std::string number = std::to_string(i);
    slot.candidates.push_back({"p" + number, {}, {}, {}, 0, {100 + i}, {"vendor " + number}});
  }
  problem.slots = {slot, slot};
  problem.slots[1].name = "service";
  problem.levels = {{"price", {{SumOf(0), 1}}}};
  problem.limits = {{"vendors", {Measure::Kind::kDistinct, -1, 0}, {}, {}}};
  const auto options = [&] {
    return BuildSearchModel(problem, problem.levels, 0, problem.top, {}, Tuning{}).slots[0].count;
  };
  EXPECT_EQ(options(), 3);
  problem.limits[0].high = 1;
  EXPECT_EQ(options(), 10);
}

TEST(Solve, CancelAndDeadlineStop) {
  const Problem problem = TwoSlots();
  const std::atomic<bool> cancel = true;
  SearchOptions options;
  options.cancel = &cancel;
  EXPECT_EQ(Solve(problem, options).status, ProofStatus::kStopped);
  EXPECT_THAT(Solve(problem, options).bound, ElementsAre(13));
  options.cancel = nullptr;
  options.deadline = std::chrono::milliseconds(0);
  EXPECT_EQ(Solve(problem, options).status, ProofStatus::kStopped);
}

// Time that is out before the search has begun: no answers, and a bound that holds.
TEST(Solve, WithoutTimeToPrepareTheBoundIsTrue) {
  const std::atomic<bool> cancel = true;
  SearchOptions options;
  options.cancel = &cancel;
  int feasible = 0;
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Problem problem = naive::RandomProblem(seed);
    const Solution solution = Solve(problem, options);
    EXPECT_EQ(solution.status, ProofStatus::kStopped) << "seed " << seed;
    EXPECT_TRUE(solution.answers.empty());
    EXPECT_EQ(solution.nodes, 0);
    const auto packages = naive::Enumerate(problem);
    if (packages.empty()) continue;
    ++feasible;
    EXPECT_LE(solution.bound, packages.front().evaluation.level_values) << "seed " << seed;
  }
  EXPECT_GT(feasible, 30);
  const Problem problem = TwoSlots();
  EXPECT_EQ(SolvePareto(problem, {SumOf(0), MaxOf(1)}, 10, options).status, ProofStatus::kStopped);
  const Solution best = Solve(problem);
  const SlotClasses classes{0, {0, 1}, 2};
  const auto by_class = SolveClasses(problem, classes, options, &best);
  ASSERT_EQ(by_class.size(), 2U);
  const auto known = static_cast<std::size_t>(best.answers[0].choice.picks[0][0]);
  EXPECT_EQ(by_class[known].status, ProofStatus::kOptimal);
  EXPECT_EQ(by_class[1 - known].status, ProofStatus::kStopped);
  EXPECT_LE(by_class[1 - known].bound, best.answers[0].evaluation.level_values);
}

TEST(SolvePareto, ListsEachNondominatedVectorOnce) {
  const Problem problem = TwoSlots();
  const Front front = SolvePareto(problem, {SumOf(0), MaxOf(1)}, 10);
  EXPECT_EQ(front.status, ProofStatus::kOptimal);
  EXPECT_THAT(front.vectors,
              ElementsAre(ElementsAre(13, 9), ElementsAre(14, 5), ElementsAre(16, 2)));
  EXPECT_FALSE(front.truncated);
  const Front cut = SolvePareto(problem, {SumOf(0), MaxOf(1)}, 2);
  EXPECT_EQ(cut.vectors.size(), 2U);
  EXPECT_TRUE(cut.truncated);
}

TEST(SolvePareto, AgreesWithEnumeration) {
  const std::vector<std::vector<Measure>> choices = {
      {SumOf(0), MaxOf(3)}, {SumOf(2), DistinctOf(0)}, {SumOf(0), SumOf(2), MaxOf(3)}};
  for (std::uint64_t seed = 0; seed < 150; ++seed) {
    const Problem problem = naive::RandomProblem(seed);
    const std::vector<Measure>& measures = choices[seed % choices.size()];
    // The first package of the order for each vector, then those that nothing dominates.
    std::vector<std::pair<std::vector<std::int64_t>, Choice>> all;
    for (const naive::Ranked& ranked : naive::Enumerate(problem)) {
      std::vector<std::int64_t> vector;
      for (const Measure& measure : measures) {
        vector.push_back(naive::ValueOf(problem, measure, ranked.choice));
      }
      all.emplace_back(std::move(vector), ranked.choice);
    }
    std::stable_sort(all.begin(), all.end(),
                     [](const auto& a, const auto& b) { return a.first < b.first; });
    std::vector<std::pair<std::vector<std::int64_t>, Choice>> expected;
    for (const auto& next : all) {
      const bool covered = std::any_of(expected.begin(), expected.end(), [&](const auto& found) {
        return std::equal(found.first.begin(), found.first.end(), next.first.begin(),
                          [](std::int64_t a, std::int64_t b) { return a <= b; });
      });
      if (!covered) expected.push_back(next);
    }
    const Front front = SolvePareto(problem, measures, 1000);
    ASSERT_EQ(front.vectors.size(), expected.size()) << "seed " << seed;
    for (std::size_t i = 0; i < expected.size(); ++i) {
      EXPECT_EQ(front.vectors[i], expected[i].first) << "seed " << seed;
      EXPECT_EQ(front.answers[i].choice, expected[i].second) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace stackport::match
