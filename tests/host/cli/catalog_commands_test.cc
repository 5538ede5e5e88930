// The commands that read and keep the catalog: components, countries, vendors, plugins, database.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/host/cli/cli_world.h"

namespace stackport::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

TEST(ComponentsCommand, ListsFiltersAndSearches) {
  CliWorld world;
  EXPECT_THAT(world.Run({"components"}).out,
              AllOf(HasSubstr("acc/chip"), HasSubstr("12 components")));
  EXPECT_THAT(world.Run({"components", "--kind", "server"}).out,
              AllOf(HasSubstr("box/server"), Not(HasSubstr("acc/chip"))));
  EXPECT_THAT(world.Run({"components", "--search", "array"}).out,
              AllOf(HasSubstr("disk/array"), HasSubstr("1 component\n")));
  EXPECT_THAT(world.Run({"components", "--limit", "2"}).out, HasSubstr("2 of 12 shown"));
  const Outcome misspelt = world.Run({"components", "--kind", "servr"});
  EXPECT_EQ(misspelt.code, 3);
  EXPECT_THAT(misspelt.err, HasSubstr("did you mean 'server'?"));
}

TEST(ComponentsCommand, ShowsOneWithItsSources) {
  CliWorld world;
  const Outcome outcome = world.Run({"components", "acc/chip"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(
      outcome.out,
      AllOf(HasSubstr("tdp: 700 W"), HasSubstr("source: test (2026)"),
            HasSubstr("accelerated-compute: isa cuda; socket sxm5-hgx"),
            HasSubstr("sold everywhere except CU"), HasSubstr("lead time 90 d"),
            HasSubstr("20000 to 30000 USD per unit (reported)"), HasSubstr("plugin acc-parts")));
  EXPECT_EQ(json::StringOr(world.RunJson({"components", "acc/chip"}), "plugin", ""), "acc-parts");
}

TEST(CountriesCommand, ShowsAProfileWithSourcesAndGaps) {
  CliWorld world;
  const Outcome outcome = world.RunBare({"countries", "kenya"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("Kenya (KE, KEN)"), HasSubstr("official_languages: sw, en"),
                    HasSubstr("mains_voltage_v: 240 V"), HasSubstr("Unknown"), HasSubstr("http")));
  EXPECT_EQ(world.RunBare({"countries", "KE", "--json"}).out.front(), '{');
  const Outcome misspelt = world.RunBare({"countries", "Polland"});
  EXPECT_NE(misspelt.code, 0);
  EXPECT_THAT(misspelt.err, HasSubstr("Poland"));
}

TEST(VendorsCommand, CountsComponents) {
  CliWorld world;
  const json::Document vendors = world.RunJson({"vendors"});
  EXPECT_EQ(vendors["vendors"].Size(), 10u);
  EXPECT_THAT(world.Run({"vendors"}).out, HasSubstr("US"));
}

TEST(PluginCommand, CheckSaysWhatWouldBeRefusedAndHowToMendIt) {
  CliWorld world;
  const std::string good = PluginFolderBuilder("example-good")
                               .Document("a.json", ServerDocument("example/a"))
                               .WriteTo(world.File("build"));
  const Outcome admitted = world.RunBare({"plugin", "check", good});
  EXPECT_EQ(admitted.code, 0) << admitted.out;
  EXPECT_THAT(admitted.out, HasSubstr("would be admitted, grade "));

  std::string document = ServerDocument("example/a");
  document.replace(document.find("\"unit\":\"U\""), 10, "\"unit\":\"X\"");
  const std::string bad =
      PluginFolderBuilder("example-bad").Document("a.json", document).WriteTo(world.File("build"));
  const Outcome refused = world.RunBare({"plugin", "check", bad});
  EXPECT_EQ(refused.code, 1);
  EXPECT_THAT(refused.out, AllOf(HasSubstr("would be refused"), HasSubstr("documents/a.json"),
                                 HasSubstr("/facts/rack_units"), HasSubstr("expected:")));
  const auto parsed = json::Parse(world.RunBare({"plugin", "check", bad, "--json"}).out, "output");
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(json::StringOr(*parsed, "outcome", ""), "refused");
  EXPECT_EQ(world.RunBare({"plugin", "check", world.File("absent.stackport")}).code, 1);
}

TEST(PluginCommand, AdmitReportsEachPluginOnStandardError) {
  CliWorld world;
  const Outcome first = world.Run({"plugin", "admit"});
  EXPECT_EQ(first.code, 0) << first.err;
  EXPECT_THAT(first.err,
              AllOf(HasSubstr("[1/10] acc-parts 1.0.0: admitted"), HasSubstr("[10/10] ")));
  EXPECT_THAT(first.out, HasSubstr("10 admitted; 12 components added; snapshot s-"));
  EXPECT_THAT(world.Run({"plugin", "admit"}).out, HasSubstr("0 admitted, 10 unchanged"));
  EXPECT_EQ(world.RunBare({"plugin", "admit", "--catalog", world.File("c.db")}).code, 0)
      << "the folder beside the program's is found by itself";
}

// That two plugins describe one component shows only once both are judged.
TEST(PluginCommand, AdmitTakesBackWhatAConflictRefusesInTheEnd) {
  CliWorld world;
  for (const char* id : {"example-a", "example-b"}) {
    PluginFolderBuilder(id)
        .Document("x.json", ServerDocument("example/x"))
        .WriteTo(world.File("two"));
  }
  const Outcome outcome = world.RunBare(
      {"plugin", "admit", "--catalog", world.File("two.db"), "--plugins", world.File("two")});
  EXPECT_EQ(outcome.code, 1);
  EXPECT_THAT(outcome.out, HasSubstr("1 admitted, 1 refused"));
  EXPECT_THAT(outcome.err, AllOf(HasSubstr("[2/2] example-b 1.0.0: admitted"),
                                 HasSubstr("\nexample-b 1.0.0: refused\n"),
                                 HasSubstr("belongs to the plugin 'example-a'")));
}

TEST(PluginCommand, ListTellsAStalePluginFromAGoodOne) {
  CliWorld world;
  ASSERT_EQ(world.Run({"plugin", "admit"}).code, 0);
  PluginFolderBuilder("acc-parts", "acc")
      .Version("2.0.0")
      .Document("chip.json", "{")
      .WriteTo(world.plugins());
  const Outcome outcome = world.Run({"plugin", "list"});
  EXPECT_EQ(outcome.code, 0);
  EXPECT_THAT(outcome.err, HasSubstr("1 plugin refused"));
  EXPECT_THAT(outcome.out,
              AllOf(HasSubstr("stale"), HasSubstr("in service"), HasSubstr("documents/chip.json")));
  const json::Document list = world.RunJson({"plugin", "list"});
  EXPECT_STREQ(list["plugins"][0]["state"].GetString(), "stale");
  EXPECT_STREQ(list["plugins"][0]["version"].GetString(), "1.0.0") << "the good version serves";
}

TEST(CatalogCommand, AQuestionAskedWithAnEmptyFolderEmptiesNothing) {
  CliWorld world;
  ASSERT_EQ(world.Run({"plugin", "admit"}).code, 0);
  std::filesystem::create_directory(world.File("empty"));
  const std::vector<std::string> where = {"--catalog", world.File("catalog.db"), "--plugins",
                                          world.File("empty")};
  std::vector<std::string> question = {"components", "acc/chip"};
  question.insert(question.end(), where.begin(), where.end());
  const Outcome asked = world.RunBare(question);
  EXPECT_EQ(asked.code, 0) << asked.err;
  EXPECT_THAT(asked.err, HasSubstr("the catalog stays as it is"));
  std::vector<std::string> admit = {"plugin", "admit"};
  admit.insert(admit.end(), where.begin(), where.end());
  world.RunBare(admit);
  EXPECT_NE(world.RunBare(question).code, 0) << "admission that is asked for empties it";
}

TEST(CatalogCommand, ChecksAndListsHistory) {
  CliWorld world;
  EXPECT_EQ(world.Run({"catalog", "check"}).code, 3) << "there is no catalog yet";
  ASSERT_EQ(world.Run({"plugin", "admit"}).code, 0);
  const Outcome check = world.Run({"catalog", "check"});
  EXPECT_EQ(check.code, 0);
  EXPECT_THAT(check.out, AllOf(HasSubstr("sound"), HasSubstr("12 documents")));
  EXPECT_THAT(world.Run({"catalog", "snapshots"}).out,
              AllOf(HasSubstr("s-"), HasSubstr("admission: 10 put")));
  WriteFile(world.File("catalog.db"), "not a database, but long enough to be read as one");
  EXPECT_EQ(world.Run({"catalog", "check"}).code, 6);
}

TEST(DoctorCommand, ReportsTheSandboxAndTheCatalog) {
  CliWorld world;
  ASSERT_EQ(world.Run({"plugin", "admit"}).code, 0);
  const json::Document report = world.RunJson({"doctor"});
  std::map<std::string, std::string> health;
  for (const json::Value& check : report["checks"].GetArray()) {
    health[check["area"].GetString()] = check["health"].GetString();
  }
  EXPECT_EQ(health["catalog"], "ok");
  EXPECT_EQ(health["journal"], "ok");
  EXPECT_EQ(health["folder"], "ok");
  EXPECT_EQ(health["scanner"], "ok") << world.Run({"doctor"}).out;
  EXPECT_TRUE(health.contains("sandbox"));
  EXPECT_TRUE(health.contains("libraries"));
  EXPECT_EQ(report["canary"]["attempts"].Size(), 20u);
}

TEST(ServeCommand, RefusesOtherThanLoopback) {
  CliWorld world;
  const Outcome outcome = world.Run({"serve", "--host", "0.0.0.0", "--port", "0"});
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("loopback"));
}

}  // namespace
}  // namespace stackport::cli
