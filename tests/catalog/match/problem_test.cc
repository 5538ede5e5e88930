#include "catalog/match/problem.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <functional>
#include <iterator>
#include <limits>
#include <string>

#include "catalog/base/text.h"
#include "catalog/match/engine.h"
#include "catalog/match/problem_check.h"
#include "tests/catalog/match/naive.h"
#include "tests/catalog/match/problem_builder.h"

namespace stackport::match {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

// An accelerator count from a table, servers for them, and switches for the servers.
//   model small, large;  accelerator fast, slow: units 2, 4 / 8, impossible
//   server: 4 or 8 accelerators each;  switch: radix 4
Problem Sized() {
  Problem problem;
  problem.attributes = {{"price", true}, {"per_server", false}, {"radix", false}};
  problem.slots = {
      Place("model", {Part("small", {}), Part("large", {})}),
      Place("accelerator", {Part("fast", {100}), Part("slow", {40})}),
      Place("server", {Part("four", {10, 4}), Part("eight", {18, 8})}),
      Place("switch", {Part("edge", {5, 0, 4})}),
  };
  Quantity accelerators;
  accelerators.name = "accelerators";
  accelerators.kind = Quantity::Kind::kTable;
  accelerators.table_rows_slot = 0;
  accelerators.table_columns_slot = 1;
  accelerators.table = PairTable(2, 2, {2, 4, 8, -1});
  Quantity servers;
  servers.name = "servers";
  servers.demands = {{0, {{0, 1, -1, -1}}, 1, 2, 1}};
  Quantity switches;
  switches.name = "switches";
  switches.kind = Quantity::Kind::kFatTree;
  switches.demands = {{0, {{1, 3, -1, -1}}, 1, -1, -1}};  // three ports for each server
  switches.radix_slot = 3;
  switches.radix_attribute = 2;
  problem.quantities = {accelerators, servers, switches};
  problem.slots[1].quantity = 0;
  problem.slots[2].quantity = 1;
  problem.slots[3].quantity = 2;
  problem.levels = {Least("price", SumOf(0))};
  return problem;
}

TEST(Evaluate, SizesWhatWasChosen) {
  const Problem problem = Sized();
  ASSERT_TRUE(Validate(problem).ok());
  // 8 accelerators, 2 servers of four, 6 ports: 3 leaves of two ports, 2 spines.
  const Evaluation evaluation = Evaluate(problem, {{{1}, {0}, {0}, {0}}});
  EXPECT_TRUE(evaluation.feasible) << evaluation.violation;
  EXPECT_THAT(evaluation.quantities, ElementsAre(8, 2, 5));
  EXPECT_THAT(evaluation.slot_units, ElementsAre(1, 8, 2, 5));
  EXPECT_THAT(evaluation.level_values, ElementsAre(800 + 20 + 25));
}

TEST(Evaluate, AnIncompatiblePairIsNoPackage) {
  const Evaluation evaluation = Evaluate(Sized(), {{{1}, {1}, {0}, {0}}});
  EXPECT_FALSE(evaluation.feasible);
  EXPECT_THAT(evaluation.violation, HasSubstr("'accelerators' has no value"));
}

TEST(Evaluate, AFatTreeEndsAtTwoTiers) {
  Problem problem = Sized();
  problem.quantities[2].demands[0].terms.clear();
  const auto switches = [&](std::int64_t ports) {
    problem.quantities[2].demands[0].constant = ports;
    const Evaluation evaluation = Evaluate(problem, {{{0}, {0}, {0}, {0}}});
    return evaluation.feasible ? evaluation.quantities[2] : -1;
  };
  EXPECT_EQ(switches(0), 0);
  EXPECT_EQ(switches(-3), 0);
  EXPECT_EQ(switches(1), 1);
  EXPECT_EQ(switches(4), 1);
  EXPECT_EQ(switches(5), 3 + 2);
  EXPECT_EQ(switches(8), 4 + 2);
  EXPECT_EQ(switches(9), -1);
}

TEST(Evaluate, TagsAreMetByAnyChosenCandidate) {
  Problem problem = TwoSlots();
  problem.tags = {"oam", "pcie"};
  problem.slots[0].candidates[0].requires_ = {{0, 1}};
  problem.slots[0].candidates[1].conflicts = {1};
  problem.slots[1].candidates[0].provides = {1};
  EXPECT_TRUE(Evaluate(problem, {{{0}, {0}}}).feasible);
  EXPECT_THAT(Evaluate(problem, {{{0}, {1}}}).violation, HasSubstr("'a' requires 'oam' or 'pcie'"));
  EXPECT_THAT(Evaluate(problem, {{{1}, {0}}}).violation, HasSubstr("'b' conflicts with 'pcie'"));
}

TEST(Evaluate, ASetIsCompleteAndHasNoMemberToSpare) {
  Problem problem = TwoSlots();
  Slot& slot = problem.slots[1];
  slot = Place("controls", {Part("a", {}), Part("b", {}), Part("ab", {})}, SlotChoice::kSet);
  slot.cover = {"scan", "filter"};
  slot.max_picks = 2;
  slot.candidates[0].covers = 1;
  slot.candidates[1].covers = 2;
  slot.candidates[2].covers = 3;
  EXPECT_TRUE(Evaluate(problem, {{{0}, {0, 1}}}).feasible);
  EXPECT_TRUE(Evaluate(problem, {{{0}, {2}}}).feasible);
  EXPECT_THAT(Evaluate(problem, {{{0}, {0}}}).violation,
              HasSubstr("nothing chosen covers 'filter'"));
  EXPECT_THAT(Evaluate(problem, {{{0}, {0, 2}}}).violation, HasSubstr("'a' can be left out"));
  EXPECT_THAT(Evaluate(problem, {{{0}, {}}}).violation, HasSubstr("1 to 2 candidates"));
}

TEST(Evaluate, LimitsHoldBothWays) {
  Problem problem = TwoSlots();
  problem.limits = {{"price", SumOf(0), 14, 15}, {"days", MaxOf(1), std::nullopt, 5}};
  EXPECT_THAT(Evaluate(problem, {{{0}, {0}}}).limit_values, ElementsAre(14, 5));
  EXPECT_TRUE(Evaluate(problem, {{{0}, {0}}}).feasible);
  EXPECT_THAT(Evaluate(problem, {{{0}, {1}}}).violation, HasSubstr("13 is below 14"));
  EXPECT_THAT(Evaluate(problem, {{{1}, {0}}}).violation, HasSubstr("16 is above 15"));
}

TEST(Evaluate, AnEmptyOptionalSlotCountsForNothing) {
  Problem problem = TwoSlots();
  problem.slots[1].choice = SlotChoice::kOptional;
  const Evaluation evaluation = Evaluate(problem, {{{0}, {}}});
  EXPECT_TRUE(evaluation.feasible);
  EXPECT_THAT(evaluation.slot_units, ElementsAre(1, 0));
  EXPECT_THAT(evaluation.level_values, ElementsAre(10));
}

TEST(CanonicalIds, JoinsSortedIds) {
  Problem problem = TwoSlots();
  problem.slots.push_back(Place("more", {Part("n", {})}, SlotChoice::kOptional));
  EXPECT_THAT(CanonicalIds(problem, {{{2, 0}, {1}, {}}}), ElementsAre("a,c", "y", ""));
}

TEST(Distance, SumsWeightsOfSlotsThatDiffer) {
  Problem problem = TwoSlots();
  problem.slots[1].distance_weight = 3;
  EXPECT_EQ(Distance(problem, {{{0}, {0}}}, {{{0}, {0}}}), 0);
  EXPECT_EQ(Distance(problem, {{{0}, {0}}}, {{{1}, {1}}}), 4);
}

struct Fault {
  const char* what;
  std::function<void(Problem&)> make;
  const char* context;
};

TEST(Validate, NamesThePlaceOfEachFault) {
  const Fault faults[] = {
      {"no slot", [](Problem& p) { p.slots.clear(); }, "/slots"},
      {"top 0", [](Problem& p) { p.top = 0; }, "/top"},
      {"top too large", [](Problem& p) { p.top = kMaxTop + 1; }, "/top"},
      {"negative distance", [](Problem& p) { p.distance = -1; }, "/distance"},
      {"name twice", [](Problem& p) { p.slots[1].name = "model"; }, "/slots/1"},
      {"id twice", [](Problem& p) { p.slots[0].candidates[1].id = "small"; },
       "/slots/0/candidates/1"},
      {"empty id", [](Problem& p) { p.slots[0].candidates[1].id = ""; }, "/slots/0/candidates/1"},
      {"unknown tag", [](Problem& p) { p.slots[0].candidates[1].provides = {0}; },
       "/slots/0/candidates/1/provides"},
      {"cover bits without a list", [](Problem& p) { p.slots[0].candidates[0].covers = 1; },
       "/slots/0/candidates/0/covers"},
      {"set without cover", [](Problem& p) { p.slots[0].choice = SlotChoice::kSet; },
       "/slots/0/cover"},
      {"too many values", [](Problem& p) { p.slots[0].candidates[0].values.assign(4, 0); },
       "/slots/0/candidates/0/values"},
      {"value too large", [](Problem& p) { p.slots[0].candidates[0].values = {kMaxValue + 1}; },
       "/slots/0/candidates/0/values/price"},
      {"negative divisor", [](Problem& p) { p.slots[2].candidates[0].values[1] = -4; },
       "/slots/2/candidates/0/values/per_server"},
      {"quantity of the future",
       [](Problem& p) { p.quantities[1].demands[0].terms[0].quantity = 1; },
       "/quantities/1/demands/0/terms/0/quantity"},
      {"table of the wrong size",
       [](Problem& p) {
         p.quantities[0].table = PairTable(2, 1, {2, 8});
       },
       "/quantities/0/table"},
      {"table over an optional slot", [](Problem& p) { p.slots[0].choice = SlotChoice::kOptional; },
       "/quantities/0/rows"},
      {"slot quantity", [](Problem& p) { p.slots[0].quantity = 3; }, "/slots/0/quantity"},
      {"negative weight of a maximum",
       [](Problem& p) {
         p.levels = {{"days", {{MaxOf(1), -1}}}};
       },
       "/levels/0/terms/0/weight"},
      {"unknown attribute", [](Problem& p) { p.levels = {Least("x", SumOf(3))}; },
       "/levels/0/terms/0/measure/sum"},
  };
  for (const Fault& fault : faults) {
    Problem problem = Sized();
    fault.make(problem);
    const Status status = Validate(problem);
    ASSERT_FALSE(status.ok()) << fault.what;
    EXPECT_EQ(status.error().context, fault.context) << fault.what;
  }
}

TEST(Validate, CountsAreFineAtTheLimitAndRefusedPastIt) {
  Problem problem = TwoSlots();
  while (problem.slots.size() < static_cast<std::size_t>(kMaxSlots)) {
    problem.slots.push_back(Place("s" + std::to_string(problem.slots.size()), {Part("p", {1})}));
  }
  problem.levels.assign(static_cast<std::size_t>(kMaxLevels), Least("price", SumOf(0)));
  problem.limits.assign(static_cast<std::size_t>(kMaxRows), {"price", SumOf(0), 0, 1000});
  problem.top = kMaxTop;
  EXPECT_TRUE(Validate(problem).ok());
  problem.levels.push_back(problem.levels[0]);
  EXPECT_EQ(Validate(problem).error().context, "/levels");
  problem.levels.pop_back();
  problem.limits.push_back(problem.limits[0]);
  EXPECT_EQ(Validate(problem).error().context, "/limits");
  problem.limits.pop_back();
  problem.slots.push_back(Place("one too many", {Part("p", {1})}));
  EXPECT_EQ(Validate(problem).error().code, ErrorCode::kResourceLimit);
}

TEST(Validate, SumsThatCouldPass64BitsAreRefused) {
  Problem problem = TwoSlots();
  problem.slots[0].candidates[0].values[0] = kMaxValue;
  problem.levels[0].terms[0].weight = 9000;
  EXPECT_TRUE(Validate(problem).ok());
  problem.levels[0].terms[0].weight = 10000;
  EXPECT_EQ(Validate(problem).error().context, "/levels/0");

  problem = Sized();
  problem.quantities[0].table = PairTable(2, 2, {kMaxValue, 4, 8, -1});
  EXPECT_TRUE(Validate(problem).ok());
  problem.slots[1].candidates[0].values[0] = 10000;  // for each of 1e15 units
  EXPECT_FALSE(Validate(problem).ok());
}

// What our own compiler writes is asked for its numbers alone.
TEST(CheckNumbers, FindsWhatValidateFindsOfNumbers) {
  const std::function<void(Problem&)> faults[] = {
      [](Problem& p) { p.slots[0].candidates[0].values = {kMaxValue + 1}; },
      [](Problem& p) { p.slots[2].candidates[0].values[1] = -4; },
      [](Problem& p) { p.top = kMaxTop + 1; },
      [](Problem& p) {
        p.quantities[0].table = PairTable(2, 2, {kMaxValue, 4, 8, -1});
        p.slots[1].candidates[0].values[0] = 10000;
      },
  };
  EXPECT_TRUE(CheckNumbers(Sized()).ok());
  for (const auto& fault : faults) {
    Problem problem = Sized();
    fault(problem);
    const Status status = CheckNumbers(problem);
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().ToString(), Validate(problem).error().ToString());
  }
}

TEST(ProblemFile, ReadsWhatItWrote) {
  for (std::uint64_t seed = 0; seed < 60; ++seed) {
    const Problem problem = naive::RandomProblem(seed);
    const std::string text = WriteProblem(problem);
    const Result<Problem> again = ReadProblem(text, "test");
    ASSERT_TRUE(again.ok()) << again.error().ToString() << "\n" << text;
    EXPECT_EQ(WriteProblem(*again), text);
    const auto before = naive::Enumerate(problem);
    const auto after = naive::Enumerate(*again);
    ASSERT_EQ(before.size(), after.size());
    for (std::size_t i = 0; i < before.size(); ++i) {
      EXPECT_EQ(before[i].ids, after[i].ids);
      EXPECT_EQ(before[i].evaluation.level_values, after[i].evaluation.level_values);
    }
  }
}

TEST(ProblemFile, SizedProblemKeepsItsQuantities) {
  const Result<Problem> again = ReadProblem(WriteProblem(Sized()), "test");
  ASSERT_TRUE(again.ok()) << again.error().ToString();
  EXPECT_THAT(Evaluate(*again, {{{1}, {0}, {0}, {0}}}).quantities, ElementsAre(8, 2, 5));
}

// Two slots and a table between them, as a file.
Result<Problem> ReadTable(const std::string& table) {
  return ReadProblem(
      R"({"schema":"stackport.problem/1","slots":[)"
      R"({"name":"model","candidates":[{"id":"a"},{"id":"b"},{"id":"c"}]},)"
      R"({"name":"machine","candidates":[{"id":"x"},{"id":"y"},{"id":"z"},{"id":"w"}]}],)"
      R"("quantities":[{"name":"q","kind":"table","rows":"model","columns":"machine",)" +
          table + "}]}",
      "test");
}

TEST(ProblemFile, CandidatesMayShareLinesOfATable) {
  const auto shared = ReadTable(R"("row_of":[0,1,0],"column_of":[1,0,1,1],"table":[[2,-1],[5,7]])");
  ASSERT_TRUE(shared.ok()) << shared.error().ToString();
  const auto plain = ReadTable(R"("table":[[-1,2,-1,-1],[7,5,7,7],[-1,2,-1,-1]])");
  ASSERT_TRUE(plain.ok()) << plain.error().ToString();
  EXPECT_EQ(WriteProblem(*shared), WriteProblem(*plain));
  EXPECT_EQ(Evaluate(*shared, {{{1}, {3}}}).quantities, std::vector<std::int64_t>{7});
  EXPECT_FALSE(Evaluate(*shared, {{{2}, {2}}}).feasible);
  // Eleven numbers instead of twelve.
  EXPECT_THAT(WriteProblem(*plain), HasSubstr(R"("row_of":[0,1,0],"column_of":[0,1,0,0],)"
                                              R"("table":[[-1,2],[7,5]])"));
  const auto one_apart = ReadTable(R"("table":[[-1,2,-1,-1],[7,5,7,7],[-1,2,-1,0]])");
  ASSERT_TRUE(one_apart.ok()) << one_apart.error().ToString();
  EXPECT_THAT(WriteProblem(*one_apart), Not(HasSubstr("row_of")));
}

TEST(ProblemFile, LinesOfATableBelongToCandidates) {
  const auto context = [](const std::string& table) {
    const auto problem = ReadTable(table);
    return problem.ok() ? std::string("none") : problem.error().context;
  };
  EXPECT_EQ(context(R"("row_of":[0,0,2],"table":[[1,2,3,4],[1,2,3,4],[1,2,3,4]])"), "none");
  EXPECT_EQ(context(R"("row_of":[0,0,3],"table":[[1,2,3,4],[1,2,3,4],[1,2,3,4]])"),
            "/quantities/0/row_of/2");
  EXPECT_EQ(context(R"("row_of":[0,-1,0],"table":[[1,2,3,4]])"), "/quantities/0/row_of/1");
  EXPECT_EQ(context(R"("row_of":[0,0],"table":[[1,2,3,4]])"), "/quantities/0/row_of");
  EXPECT_EQ(context(R"("row_of":[0,0,0],"table":[[1,2,3,4],[1,2,3,4]])"), "/quantities/0/table");
  EXPECT_EQ(context(R"("column_of":[0,0,0,1],"table":[[1,2],[1,2],[1]])"), "/quantities/0/table/2");
  EXPECT_EQ(context(R"("column_of":[0,0,0,"x"],"table":[[1,2],[1,2],[1,2]])"),
            "/quantities/0/column_of/3");
}

// The examples of PROBLEM.md are read from it, and the answers that it tells are the engine's.
TEST(ProblemFile, TheDocumentedExamplesHold) {
  std::ifstream file(STACKPORT_PROBLEM_DOCUMENT);
  const std::string text{std::istreambuf_iterator<char>(file), {}};
  const std::string fence = "```json\n";
  int examples = 0;
  for (std::size_t at = text.find(fence); at != std::string::npos; at = text.find(fence, at)) {
    at += fence.size();
    const std::size_t end = text.find("```", at);
    const Result<Problem> problem = ReadProblem(text.substr(at, end - at), "PROBLEM.md");
    ASSERT_TRUE(problem.ok()) << problem.error().ToString();
    const Solution solution = Solve(*problem);
    EXPECT_EQ(static_cast<int>(solution.answers.size()), problem->top);
    std::size_t told = text.rfind("First:", text.find("\n## ", end));
    for (const Answer& answer : solution.answers) {
      const std::string ids = "`" + Join(CanonicalIds(*problem, answer.choice), " ") + "`";
      told = text.find(ids, told);
      ASSERT_NE(told, std::string::npos) << ids;
    }
    ++examples;
  }
  EXPECT_EQ(examples, 3);
}

TEST(ProblemFile, AWholeNumberMayBeWrittenWithAPoint) {
  const auto price = [](const std::string& number) -> Result<std::int64_t> {
    const Result<Problem> problem =
        ReadProblem(R"({"schema":"stackport.problem/1","attributes":[{"name":"price"}],)"
                    R"("slots":[{"name":"s","candidates":[{"id":"a","values":{"price":)" +
                        number + "}}]}]}",
                    "test");
    if (!problem) return problem.error();
    return problem->slots[0].candidates[0].values[0];
  };
  EXPECT_EQ(*price("5"), 5);
  EXPECT_EQ(*price("-5.0"), -5);
  EXPECT_EQ(*price("1e15"), 1'000'000'000'000'000);
  EXPECT_THAT(price("5.5").error().message, HasSubstr("choose a smaller unit"));
  // Above 2^53 a double is no longer the number that was written.
  EXPECT_FALSE(price("9007199254740993.0").ok());
  EXPECT_THAT(price("\"5\"").error().message, HasSubstr("without quotes"));
}

TEST(ProblemFile, ErrorsNameThePlaceAndTheNearestName) {
  const auto error = [](const std::string& members) {
    const std::string text = R"({"schema":"stackport.problem/1","attributes":[{"name":"price"}],)"
                             R"("tags":["oam"],)" +
                             members + "}";
    const Result<Problem> problem = ReadProblem(text, "test");
    return problem.ok() ? Error{} : problem.error();
  };
  const Error tag = error(R"("slots":[{"name":"s","candidates":[{"id":"a","provides":["oan"]}]}])");
  EXPECT_EQ(tag.context, "/slots/0/candidates/0/provides/0");
  EXPECT_THAT(tag.message, HasSubstr("did you mean 'oam'?"));
  EXPECT_EQ(
      error(R"("slots":[{"name":"s","candidates":[{"id":"a","values":{"price":1.5}}]}])").context,
      "/slots/0/candidates/0/values/price");
  EXPECT_EQ(error(R"("slots":[{"name":"s","pick":1}])").context, "/slots/0/pick");
  EXPECT_EQ(
      error(R"("slots":[{"name":"s"}],"levels":[{"name":"l","terms":[{"measure":{}}]}])").context,
      "/levels/0/terms/0/measure");
  EXPECT_EQ(error(R"("slots":[{"name":"s"}],"top":99999999999)").context, "/top");
  EXPECT_EQ(error(R"("slots":[{"name":"s"}],)"
                  R"("quantities":[{"name":"q","kind":"table","rows":"s","columns":"t"}])")
                .context,
            "/quantities/0/columns");
  const Error picks = error(R"("slots":[{"name":"s","max_picks":1000000000000000000}])");
  EXPECT_EQ(picks.context, "/slots/0/max_picks");
  EXPECT_EQ(picks.message, "max_picks is 1000000000000000000, but must be between 1 and 1");
  const auto limited = [&](const std::string& ends) {
    return error(R"("slots":[{"name":"s","candidates":[{"id":"a"}]}],)"
                 R"("limits":[{"name":"l","measure":{"sum":"price"},)" +
                 ends + "}]");
  };
  EXPECT_EQ(limited(R"("low":4,"high":4)").context, "");
  EXPECT_EQ(limited(R"("low":5,"high":4)").context, "/limits/0/low");
  EXPECT_THAT(limited(R"("low":5,"high":4)").message, HasSubstr("low is 5 and high is 4"));
  EXPECT_FALSE(ReadProblem(R"({"schema":"stackport.problem/2","slots":[]})", "test").ok());
  EXPECT_FALSE(ReadProblem("[1,2", "test").ok());
}

}  // namespace
}  // namespace stackport::match
