// The program as a whole: help, exit codes, misspelt words, and where the catalog lies.
#include "host/cli/cli.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/cli/cli_world.h"

namespace stackport::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Cli, HelpListsCommandsAndExitCodes) {
  CliWorld world;
  const Outcome help = world.RunBare({"--help"});
  EXPECT_EQ(help.code, 0);
  for (const char* command : {"match", "explain", "components", "vendors", "countries", "serve",
                              "plugin", "catalog", "solve", "doctor"}) {
    EXPECT_THAT(help.out, HasSubstr(command));
  }
  EXPECT_THAT(help.out, HasSubstr("Exit codes:"));
  EXPECT_THAT(help.out, HasSubstr("stackport match --country KE"));
}

TEST(Cli, EveryCommandsHelpEndsInAnExample) {
  CliWorld world;
  const std::vector<std::vector<std::string>> commands = {{"match"},
                                                          {"explain"},
                                                          {"components"},
                                                          {"vendors"},
                                                          {"countries"},
                                                          {"serve"},
                                                          {"plugin"},
                                                          {"plugin", "list"},
                                                          {"plugin", "check"},
                                                          {"plugin", "admit"},
                                                          {"plugin", "reload"},
                                                          {"plugin", "quarantine"},
                                                          {"plugin", "quarantine", "list"},
                                                          {"plugin", "quarantine", "show"},
                                                          {"plugin", "quarantine", "release"},
                                                          {"catalog"},
                                                          {"catalog", "check"},
                                                          {"catalog", "snapshots"},
                                                          {"solve"},
                                                          {"doctor"}};
  for (std::vector<std::string> command : commands) {
    command.emplace_back("--help");
    const Outcome help = world.RunBare(command);
    EXPECT_EQ(help.code, 0) << command.front();
    EXPECT_THAT(help.out, HasSubstr("Example:\n  stackport " + command.front()));
  }
}

TEST(Cli, AMisspeltCommandGetsTheNearestOne) {
  CliWorld world;
  const Outcome outcome = world.RunBare({"mtach", "--country", "KE"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("no command 'mtach'; did you mean 'match'?"));
  EXPECT_THAT(world.RunBare({"plugin", "lst"}).err, HasSubstr("did you mean 'list'?"));
}

TEST(Cli, AMisspeltFlagGetsTheNearestOneOfItsCommand) {
  CliWorld world;
  const Outcome outcome = world.RunBare({"match", "--contry", "KE"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("stackport match has no flag '--contry'"));
  EXPECT_THAT(outcome.err, HasSubstr("did you mean '--country'?"));
}

TEST(Cli, NoCommandIsAUsageError) {
  CliWorld world;
  const Outcome outcome = world.RunBare({});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("Usage: stackport"));
  EXPECT_EQ(outcome.out, "");
}

TEST(Cli, AMissingPluginFolderIsNamed) {
  CliWorld world;
  const Outcome outcome = world.RunBare(
      {"components", "--catalog", world.File("catalog.db"), "--plugins", world.File("absent")});
  EXPECT_EQ(outcome.code, 3);
  EXPECT_THAT(outcome.err, HasSubstr("absent"));
  EXPECT_EQ(outcome.out, "");
}

TEST(Cli, TheCatalogComesFromTheEnvironment) {
  CliWorld world;
  world.variables["XDG_DATA_HOME"] = world.File("data");
  // The folder "plugins" lies beside the program's own, so nothing else has to be named.
  EXPECT_EQ(world.RunBare({"components"}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(world.File("data/stackport/catalog.db")));
  world.variables["STACKPORT_CATALOG"] = world.File("named.db");
  EXPECT_EQ(world.RunBare({"components"}).code, 0);
  EXPECT_TRUE(std::filesystem::exists(world.File("named.db")));
}

TEST(Cli, ProgressNeverReachesStandardOutput) {
  CliWorld world;
  const Outcome first = world.Run({"vendors", "--json"});
  EXPECT_THAT(first.err, HasSubstr("catalog updated"));
  EXPECT_TRUE(json::Parse(first.out, "output").ok());
  const Outcome second = world.Run({"vendors", "--json"});
  EXPECT_EQ(second.err, "") << "nothing changed, so there is nothing to say";
  EXPECT_EQ(second.out, first.out);
}

TEST(Cli, ColorsAreForTerminalsAndRespectNoColor) {
  CliWorld world;
  EXPECT_THAT(world.Run({"vendors"}).out, Not(HasSubstr("\x1b[")));
  world.terminal = true;
  EXPECT_THAT(world.Run({"vendors"}).out, HasSubstr("\x1b["));
  world.variables["NO_COLOR"] = "1";
  EXPECT_THAT(world.Run({"vendors"}).out, Not(HasSubstr("\x1b[")));
}

}  // namespace
}  // namespace stackport::cli
