// A vendor at the command line: new, pack, check.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/host/cli/cli_world.h"

namespace stackport::cli {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(PluginCommands, FromNewToAGrade) {
  CliWorld world;
  const std::string project = world.File("work");
  const Outcome made = world.Run({"plugin", "new", "--vendor", "acme", "--form", "data", "--id",
                                  "acme-servers", "--name", "Acme Systems", project});
  ASSERT_EQ(made.code, 0) << made.err;
  EXPECT_THAT(made.out, HasSubstr("stackport plugin pack"));

  const Outcome packed = world.Run({"plugin", "pack", project});
  ASSERT_EQ(packed.code, 0) << packed.err;
  EXPECT_THAT(packed.out, HasSubstr("1 file packed"));
  EXPECT_THAT(world.Run({"plugin", "pack", project}).out, HasSubstr("nothing changed"));

  const Outcome checked = world.Run({"plugin", "check", project + "/acme-servers.stackport"});
  EXPECT_EQ(checked.code, 0) << checked.out;
  EXPECT_THAT(checked.out, HasSubstr("would be admitted, grade "));
  // The template's own figures are no vendor's, and the check says so.
  EXPECT_THAT(checked.out, HasSubstr("placeholder"));
  EXPECT_EQ(world.Run({"plugin", "check", "--strict", project + "/acme-servers.stackport"}).code,
            1);
}

TEST(PluginCommands, CheckOfAProjectSaysWhatToDo) {
  CliWorld world;
  const std::string project = world.File("work");
  world.Run({"plugin", "new", "--vendor", "acme", "--form", "data", project});
  const Outcome checked = world.Run({"plugin", "check", project});
  EXPECT_EQ(checked.code, 2);
  EXPECT_THAT(checked.err, HasSubstr("stackport plugin pack"));
}

TEST(PluginCommands, CheckLooksForProvidersInTheCatalog) {
  CliWorld world;
  const std::string folder = world.plugins() + "/box-parts.stackport";
  EXPECT_THAT(world.Run({"plugin", "check", folder}).out,
              HasSubstr("skipped  there is no catalog to look for providers in"));
  EXPECT_FALSE(std::filesystem::exists(world.File("catalog.db")));
  world.Run({"plugin", "admit"});
  EXPECT_THAT(world.Run({"plugin", "check", folder}).out, Not(HasSubstr("there is no catalog")));
}

TEST(PluginCommands, CheckAsJsonHoldsEveryCheck) {
  CliWorld world;
  const json::Document checked =
      world.RunJson({"plugin", "check", world.plugins() + "/box-parts.stackport"});
  ASSERT_TRUE(checked.IsObject());
  EXPECT_EQ(checked["checks"].Size(), 11U);
  EXPECT_EQ(json::StringOr(checked, "outcome", ""), "admitted");
}

TEST(PluginCommands, NewRefusesAnUnknownForm) {
  CliWorld world;
  const Outcome made =
      world.Run({"plugin", "new", "--vendor", "acme", "--form", "python", world.File("work")});
  EXPECT_EQ(made.code, 2);
  EXPECT_THAT(made.err, HasSubstr("there is no form 'python'; the forms are c, cpp, data, rust"));
}

}  // namespace
}  // namespace stackport::cli
