// stackport sweep over the small catalog.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <csignal>
#include <sstream>

#include "catalog/countries/country_index.h"
#include "tests/host/cli/cli_world.h"

namespace stackport::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

std::vector<std::string> Sweep(const std::vector<std::string>& more) {
  std::vector<std::string> arguments = {"sweep", "--use-case",
                                        "agriculture.farmer_advice:sw,en:30000", "--deployment",
                                        "on_premises"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

TEST(SweepCommand, ShowsWherePackagesExistAndGroupsTheRest) {
  CliWorld world;
  const Outcome outcome = world.Run(Sweep({"--countries", "Kenya,NG,KP"}));
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("3 countries · packages in 2 · nothing fits in 1"),
                                 HasSubstr("KE Kenya"), HasSubstr("NG Nigeria"),
                                 HasSubstr("KP (1 country)"), HasSubstr("blocked destination")));
}

TEST(SweepCommand, ABlocStandsForItsMembers) {
  CliWorld world;
  const json::Document sweep = world.RunJson(Sweep({"--countries", "EAC"}));
  EXPECT_EQ(json::StringOr(sweep, "schema", ""), "stackport.sweep/1");
  const Bloc* bloc = CountryIndex::Builtin().FindBloc("EAC");
  ASSERT_NE(bloc, nullptr);
  EXPECT_EQ(sweep["countries"].Size(), bloc->members.size());
}

TEST(SweepCommand, CsvHasARowForEachDeploymentAndCountry) {
  CliWorld world;
  const Outcome outcome = world.Run(Sweep({"--countries", "KE,KP", "--csv"}));
  EXPECT_THAT(outcome.out, StartsWith("country,name,status,deployment,"));
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("KE,Kenya,fits,on_premises,on_premises,"),
                                 HasSubstr("\r\nKP,"), HasSubstr(",nothing_fits,,")));
}

TEST(SweepCommand, TellsWhatAloneWouldLetPackagesAppear) {
  CliWorld world;
  const std::vector<std::string> arguments = Sweep({"--countries", "KE,NG,KP", "--power-kw", "1"});
  const Outcome outcome = world.Run(arguments);
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("Each alone lets packages appear"),
                                 HasSubstr("    2  allow site power of"),
                                 Not(HasSubstr("Demands that nothing answers"))));
  const json::Document sweep = world.RunJson(arguments);
  ASSERT_TRUE(sweep["unlocks"].IsArray());
  ASSERT_FALSE(sweep["unlocks"].Empty());
  bool found = false;
  for (const json::Value& unlock : sweep["unlocks"].GetArray()) {
    if (json::StringOr(unlock, "change", "") != "/limits/site_power") continue;
    found = true;
    EXPECT_EQ(json::StringOr(unlock, "kind", ""), "change");
    EXPECT_EQ(unlock["count"].GetInt(), 2);
    EXPECT_GT(unlock["needed"].GetInt64(), 1000);
  }
  EXPECT_TRUE(found);
}

TEST(SweepCommand, AnUnknownCountryIsNamedWithTheNearest) {
  CliWorld world;
  const Outcome outcome = world.Run(Sweep({"--countries", "Kenia"}));
  EXPECT_NE(outcome.code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("Kenya"));
}

TEST(SweepCommand, ScenariosStandSideBySide) {
  CliWorld world;
  WriteFile(world.File("patch.json"), R"({"limits":{"site_power":"1 kW"}})");
  const std::vector<std::string> arguments =
      Sweep({"--countries", "KE,NG", "--scenario", "as asked={}", "--scenario",
             "small site=" + world.File("patch.json")});
  const Outcome outcome = world.Run(arguments);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("as asked"), HasSubstr("small site"),
                                 HasSubstr("site power of at most 1.0 kW")));
  const json::Document document = world.RunJson(arguments);
  EXPECT_EQ(json::StringOr(document, "schema", ""), "stackport.scenarios/1");
  std::vector<std::string> csv = arguments;
  csv.push_back("--csv");
  EXPECT_THAT(world.Run(csv).out, AllOf(StartsWith("scenario,country,"),
                                        HasSubstr("\r\nsmall site,KE,Kenya,nothing_fits")));
}

// A terminal whose user presses Ctrl-C when the first answer is told.
class ImpatientTerminal final : public std::stringbuf {
 protected:
  std::streamsize xsputn(const char* text, std::streamsize size) override {
    const std::string_view written(text, static_cast<std::size_t>(size));
    if (!pressed_ && written.find("1 of 6 answers") != std::string_view::npos) {
      pressed_ = true;
      std::raise(SIGINT);
    }
    return std::stringbuf::xsputn(text, size);
  }

 private:
  bool pressed_ = false;
};

TEST(SweepCommand, CtrlCEndsItWithWhatWasAnswered) {
  CliWorld world;
  ImpatientTerminal terminal;
  std::ostream err(&terminal);
  world.err_terminal = &err;
  const Outcome outcome = world.Run(Sweep({"--countries", "KE,NG,PL", "--threads", "1",
                                           "--scenario", "as asked={}", "--scenario", "again={}"}));
  EXPECT_EQ(outcome.code, 130) << terminal.str();
  EXPECT_THAT(terminal.str(), HasSubstr("interrupted after 1 of 6 answers"));
  EXPECT_THAT(outcome.out, HasSubstr("1 country · packages in 1"));
  struct sigaction now {};
  sigaction(SIGINT, nullptr, &now);
  EXPECT_EQ(now.sa_handler, SIG_DFL) << "afterwards it ends the program again";
}

TEST(SweepCommand, AScenarioThatIsNoPatchIsRefusedWithAnExample) {
  CliWorld world;
  const Outcome nameless = world.Run(Sweep({"--countries", "KE", "--scenario", "{}"}));
  EXPECT_EQ(nameless.code, 2);
  EXPECT_THAT(nameless.err, HasSubstr("NAME=PATCH"));
  const Outcome list = world.Run(Sweep({"--countries", "KE", "--scenario", "a={"}));
  EXPECT_EQ(list.code, 2);
}

}  // namespace
}  // namespace stackport::cli
