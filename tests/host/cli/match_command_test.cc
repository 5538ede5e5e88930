// stackport match, explain and solve over the small catalog.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/cli/cli_world.h"

namespace stackport::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::SizeIs;

TEST(MatchCommand, TellsAPersonWhatTheyNeed) {
  CliWorld world;
  const Outcome outcome = world.Run(KenyaMatch());
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, HasSubstr("Kenya (KE) · 30,000 users, peak "));
  EXPECT_THAT(outcome.out, HasSubstr("proven best"));
  EXPECT_THAT(outcome.out, HasSubstr("own site, KE"));
  EXPECT_THAT(outcome.out, HasSubstr("× Chip"));
  EXPECT_THAT(outcome.out, HasSubstr("acc/chip"));
  EXPECT_THAT(outcome.out, HasSubstr("Programme (EO 14320)"));
  EXPECT_THAT(outcome.out, HasSubstr("site power"));
  EXPECT_THAT(outcome.out, HasSubstr("stackport explain"));
  EXPECT_THAT(outcome.out, HasSubstr("--use-case agriculture.farmer_advice:sw,en:30000"));
}

TEST(MatchCommand, FitsTheTerminal) {
  CliWorld world;
  world.terminal = true;
  world.columns = 90;
  world.variables["NO_COLOR"] = "1";
  std::istringstream lines(world.Run(KenyaMatch({"--show", "0"})).out);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("  ")) continue;
    EXPECT_LE(line.size(), 130u) << line;
  }
}

TEST(MatchCommand, JsonIsTheWholeResult) {
  CliWorld world;
  const json::Document result = world.RunJson(KenyaMatch());
  EXPECT_EQ(json::StringOr(result, "schema", ""), "stackport.result/1");
  EXPECT_EQ(json::StringOr(result, "country", ""), "KE");
  ASSERT_NE(json::Find(result, "candidates"), nullptr);
  EXPECT_GE(result["candidates"].Size(), 1u);
}

TEST(MatchCommand, AnswersTheSameFromAFileFromStandardInputAndFromFlags) {
  CliWorld world;
  const std::string request =
      R"({"country":"Kenya","use_cases":[{"task":"agriculture.farmer_advice",)"
      R"("languages":["sw","en"],"users":30000}],"deployment":["on_premises"]})";
  WriteFile(world.File("request.json"), request);
  const std::string by_flags = world.Run(KenyaMatch({"--json"})).out;
  EXPECT_EQ(world.Run({"match", world.File("request.json"), "--json"}).out, by_flags);
  EXPECT_EQ(world.Run({"match", "-", "--json"}, request).out, by_flags);
}

TEST(MatchCommand, FlagsOverrideTheFile) {
  CliWorld world;
  WriteFile(world.File("request.json"),
            R"({"country":"KE","use_cases":[{"task":"agriculture.farmer_advice","users":30000}],)"
            R"("limits":{"capex":"9 MUSD"},"ban":{"vendors":["flow"]}})");
  const json::Document result =
      world.RunJson({"match", world.File("request.json"), "--country", "Poland", "--users", "500",
                     "--capex-musd", "7.5", "--ban", "guard/suite", "--years", "3"});
  const json::Value& effective = result["effective_request"];
  EXPECT_STREQ(effective["country"].GetString(), "PL");
  EXPECT_EQ(effective["use_cases"][0]["users"].GetInt64(), 500);
  EXPECT_STREQ(effective["limits"]["capex"].GetString(), "7500000.00 USD");
  EXPECT_THAT(json::Strings(effective["ban"]["vendors"]), SizeIs(1)) << "bans are added";
  EXPECT_THAT(json::Strings(effective["ban"]["components"]), SizeIs(1));
  EXPECT_EQ(effective["assumptions"]["years"].GetDouble(), 3);
}

TEST(MatchCommand, AnUnknownCountryGetsTheNearestName) {
  CliWorld world;
  const Outcome outcome = world.Run(
      {"match", "--country", "Kenia", "--use-case", "agriculture.farmer_advice", "--users", "10"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err,
              AllOf(HasSubstr("/country (--country)"), HasSubstr("Kenia"), HasSubstr("Kenya")));
  EXPECT_EQ(outcome.out, "");
}

TEST(MatchCommand, ABrokenRequestFileNamesThePlace) {
  CliWorld world;
  WriteFile(world.File("request.json"),
            R"({"country":"KE","use_cases":[{"task":"agriculture.farmer_advise","users":5}],)"
            R"("limits":{"capex":"25"}})");
  const Outcome outcome = world.Run({"match", world.File("request.json")});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("2 problems"), HasSubstr("/use_cases/0/task"),
                                 HasSubstr("agriculture.farmer_advice"), HasSubstr("/limits/capex"),
                                 HasSubstr("mend:")));

  WriteFile(world.File("request.json"), "{\"country\": KE}");
  const Outcome broken = world.Run({"match", world.File("request.json")});
  EXPECT_EQ(broken.code, 2);
  EXPECT_THAT(broken.err, AllOf(HasSubstr("request.json"), HasSubstr("line 1")));
  EXPECT_EQ(world.Run({"match", world.File("absent.json")}).code, 3);
}

TEST(MatchCommand, ErrorsAreJsonForPrograms) {
  CliWorld world;
  const json::Document error = world.RunJson({"match", "--country", "Kenia"});
  ASSERT_NE(json::Find(error, "error"), nullptr);
  EXPECT_STREQ(error["error"]["code"].GetString(), "invalid_argument");
  EXPECT_GE(error["error"]["findings"].Size(), 1u);
}

TEST(MatchCommand, AMisspeltBanIsRefusedRatherThanIgnored) {
  CliWorld world;
  const Outcome outcome = world.Run(KenyaMatch({"--ban", "acc/chp"}));
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("'acc/chp'"), HasSubstr("did you mean 'acc/chip'?")));
}

TEST(MatchCommand, NothingFitsIsAnAnswerWithAWayOut) {
  CliWorld world;
  const Outcome outcome = world.Run(KenyaMatch({"--capex-musd", "0.001"}));
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("No package fits."), HasSubstr("capital of at most"),
                                 HasSubstr("allow capital of ")));
}

// What the change says can be typed as it stands, whatever it was rounded to.
TEST(MatchCommand, TheAmountOfAChangeSuffices) {
  CliWorld world;
  const std::pair<const char*, const char*> limits[] = {{"--tco-musd", "a total cost of "},
                                                        {"--opex-musd", "a running cost of "},
                                                        {"--capex-musd", "capital of "},
                                                        {"--power-kw", "site power of "}};
  for (const auto& [flag, words] : limits) {
    const std::string refused = world.Run(KenyaMatch({flag, "0.001"})).out;
    EXPECT_THAT(refused, HasSubstr("at most 0.001 ")) << "a limit is repeated as it was asked for";
    const std::string lead = std::string("allow ") + words;
    const std::size_t start = refused.find(lead);
    ASSERT_NE(start, std::string::npos) << refused;
    const std::size_t amount = start + lead.size();
    const std::string enough = refused.substr(amount, refused.find(' ', amount) - amount);
    EXPECT_EQ(world.Run(KenyaMatch({flag, enough})).code, 0) << flag << " " << enough;
  }
}

TEST(MatchCommand, WritesTheProblemThatSolveReads) {
  CliWorld world;
  const Outcome match = world.Run(KenyaMatch({"--write-problem", world.File("p.json")}));
  ASSERT_EQ(match.code, 0) << match.err;
  const Outcome solved = world.RunBare({"solve", world.File("p.json"), "--top", "1"});
  EXPECT_EQ(solved.code, 0) << solved.err;
  EXPECT_THAT(solved.out, AllOf(HasSubstr("optimal"), HasSubstr("acc/chip"), HasSubstr("tco")));
}

TEST(MatchCommand, ASmallestModelCanBeAskedFor) {
  CliWorld world;
  const Outcome fits = world.Run(KenyaMatch({"--model-parameters", "20B"}));
  EXPECT_EQ(fits.code, 0) << fits.err;
  EXPECT_THAT(fits.out, HasSubstr("--model-parameters 20B"));  // in the command for the next step
  const Outcome none = world.Run(KenyaMatch({"--model-parameters", "21B"}));
  EXPECT_EQ(none.code, 1);
  EXPECT_THAT(none.out, HasSubstr("a model of at least 21 B parameters"));
  EXPECT_EQ(world.Run(KenyaMatch({"--model-parameters", "big"})).code, 2);
}

TEST(ExplainCommand, NamesTheRuleThatLeavesAComponentOut) {
  CliWorld world;
  std::vector<std::string> arguments = KenyaMatch({"--ban", "acc/chip"});
  arguments.front() = "explain";
  arguments.insert(arguments.begin() + 1, "acc/chip");
  const Outcome outcome = world.Run(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("Left out"), HasSubstr("bans this component")));
}

TEST(ExplainCommand, ShowsTheBestPackageWithTheComponent) {
  CliWorld world;
  std::vector<std::string> arguments = KenyaMatch();
  arguments.front() = "explain";
  arguments.insert(arguments.begin() + 1, "disk/array");
  const Outcome outcome = world.Run(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("in a best package"), HasSubstr("disk/array")));
  arguments[1] = "disk/arry";
  const Outcome misspelt = world.Run(arguments);
  EXPECT_EQ(misspelt.code, 3);
  EXPECT_THAT(misspelt.err, HasSubstr("did you mean 'disk/array'?"));
}

TEST(ExplainCommand, WithoutAComponentSaysWhatWouldChangeTheBestPackage) {
  CliWorld world;
  std::vector<std::string> arguments = KenyaMatch();
  arguments.front() = "explain";
  const Outcome outcome = world.Run(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("Why this one"), HasSubstr("Nothing fits without"),
                                 HasSubstr("Where a limit would change it")));
  arguments.push_back("--json");
  const Outcome data = world.Run(arguments);
  EXPECT_THAT(data.out, HasSubstr(R"("answer": "best_package")"));
}

TEST(MatchCommand, WhyAddsTheReasonsToTheAnswer) {
  CliWorld world;
  const Outcome outcome = world.Run(KenyaMatch({"--why"}));
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("Why this one"), HasSubstr("every fact and source"),
                                 Not(HasSubstr("what would change it"))));
  const Outcome both = world.Run(KenyaMatch({"--why", "--json"}));
  EXPECT_EQ(both.code, 2);
  EXPECT_THAT(both.err, HasSubstr("stackport explain --json"));
}

TEST(SolveCommand, PrintsLevelsQuantitiesAndProof) {
  CliWorld world;
  WriteFile(world.File("p.json"), R"({"schema":"stackport.problem/1","name":"two boxes",
    "attributes":[{"name":"price"}],
    "slots":[{"name":"box","quantity":"boxes","candidates":[
      {"id":"dear","values":{"price":9}},{"id":"cheap","values":{"price":4}}]}],
    "quantities":[{"name":"boxes","kind":"ceil","demands":[{"constant":7,"divisor":2}]}],
    "levels":[{"name":"price","terms":[{"measure":{"sum":"price"}}]}],"top":2})");
  const Outcome outcome = world.RunBare({"solve", world.File("p.json")});
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("two boxes: 2 answers, optimal"), HasSubstr("1. price 16"),
                    HasSubstr("box: cheap × 4"), HasSubstr("2. price 36"), HasSubstr("boxes 4")));
  EXPECT_THAT(world.RunBare({"solve", world.File("p.json"), "--top", "1"}).out,
              Not(HasSubstr("dear")));
  EXPECT_EQ(world.RunBare({"solve", world.File("absent.json")}).code, 3);
  EXPECT_THAT(world.RunBare({"solve", world.File("p.json"), "--pareto", "price,pric"}).err,
              HasSubstr("did you mean 'price'?"));
}

// It would be answered with one package and a proof, as if there were no other.
TEST(SolveCommand, ADistanceThatNoTwoAnswersHaveIsRefused) {
  CliWorld world;
  const std::string two_slots = R"({"schema":"stackport.problem/1","slots":[
      {"name":"a","candidates":[{"id":"x"},{"id":"y"}]},
      {"name":"b","distance_weight":2,"candidates":[{"id":"x"},{"id":"y"}]}],"top":2)";
  EXPECT_EQ(world.RunBare({"solve", "-"}, two_slots + R"(,"distance":3})").code, 0);
  const Outcome far = world.RunBare({"solve", "-"}, two_slots + R"(,"distance":4})");
  EXPECT_EQ(far.code, 2);
  EXPECT_THAT(far.err, AllOf(HasSubstr("/distance"), HasSubstr("differ by at most 3")));
  EXPECT_EQ(world.RunBare({"solve", "-", "--distance", "4"}, two_slots + "}").code, 2);
}

TEST(SolveCommand, ADeadlineOutOfRangeIsRefusedInOneLine) {
  CliWorld world;
  for (const char* deadline : {"-1", "0", "9223372036854775807"}) {
    const Outcome outcome = world.RunBare({"solve", "-", "--deadline", deadline}, "{}");
    EXPECT_EQ(outcome.code, 2) << deadline;
    EXPECT_LT(outcome.err.size(), 120u) << outcome.err;
  }
}

}  // namespace
}  // namespace stackport::cli
