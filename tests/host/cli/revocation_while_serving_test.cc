// A server answers over HTTP while the operator revokes what it answers from, in another process.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/cli/cli_world.h"
#include "tests/host/cli/running_server.h"
#include "tests/support/signing.h"

namespace stackport::cli {
namespace {

constexpr const char* kRequest =
    R"({"schema":"stackport.request/1","country":"KE","deployment":["on_premises"],)"
    R"("use_cases":[{"task":"agriculture.farmer_advice","languages":["sw","en"],"users":30000}]})";

json::Document Match(RunningServer& server) {
  return server.Post("/v1/matches", kRequest);
}

TEST(RevocationWhileServing, TakesEffectAtOnceAndSurvivesARestart) {
  CliWorld world{testing::SmallCatalog()};
  const MinisignSecretKey key = MakeKey(), issuer = MakeKey();
  const TrustFolderBuilder trust(world.File("trust"));
  trust.Trust("acc", key);
  trust.Designate(issuer);
  SignFolder(world.plugins() + "/acc-parts.stackport", key);
  world.variables["STACKPORT_TRUST"] = trust.path();
  ApplicationSettings settings;
  settings.catalog_path = world.File("catalog.db");
  settings.plugin_folders = {world.plugins()};
  settings.trust_folder = trust.path();
  std::string answered;
  {
    RunningServer server(settings);
    const json::Document before = Match(server);
    answered = before["id"].GetString();
    EXPECT_GT(before["candidates"].Size(), 0u);
    EXPECT_EQ(server.Get("/v1/answers?affected=true")["total"].GetInt(), 0);

    const std::string list = RevocationText(1, {R"("component":"acc/chip")"});
    WriteFile(world.File("list.json"), list);
    WriteFile(world.File("list.json.minisig"), *issuer.Sign(list, "list 1"));
    const Outcome applied = world.Run({"trust", "revocations", "apply", world.File("list.json")});
    ASSERT_EQ(applied.code, 0) << applied.err;

    const json::Document after = Match(server);
    EXPECT_EQ(after["candidates"].Size(), 0u) << "the only accelerator is withheld";
    EXPECT_STRNE(after["snapshot"].GetString(), before["snapshot"].GetString());
    const json::Document affected = server.Get("/v1/answers?affected=true");
    ASSERT_EQ(affected["total"].GetInt(), 1);
    const json::Value& answer = affected["items"][0];
    EXPECT_EQ(answer["id"].GetString(), answered);
    EXPECT_STREQ(answer["country"].GetString(), "KE");
    EXPECT_STREQ(answer["affected"][0]["component"].GetString(), "acc/chip");
    EXPECT_EQ(answer["affected"][0]["key_id"].GetString(), IdOf(key));
    EXPECT_EQ(server.Get("/v1/answers")["total"].GetInt(), 2);
    const json::Document plugins = server.Get("/v1/plugins");
    for (const json::Value& plugin : plugins["items"].GetArray()) {
      if (json::StringOr(plugin, "id", "") != "acc-parts") continue;
      EXPECT_EQ(json::StringOr(plugin, "key_id", ""), IdOf(key));
      EXPECT_STREQ(plugin["withheld"][0].GetString(), "acc/chip");
    }
  }
  RunningServer restarted(settings);
  EXPECT_EQ(Match(restarted)["candidates"].Size(), 0u);
  EXPECT_EQ(restarted.Get("/v1/answers?affected=true")["items"][0]["id"].GetString(), answered);
}

// The way for operators who distribute lists as files: put it there, then reload.
TEST(RevocationWhileServing, AListInTheTrustFolderTakesEffectAtAReload) {
  CliWorld world{testing::SmallCatalog()};
  const MinisignSecretKey issuer = MakeKey();
  const TrustFolderBuilder trust(world.File("trust"));
  trust.Designate(issuer);
  ApplicationSettings settings;
  settings.catalog_path = world.File("catalog.db");
  settings.plugin_folders = {world.plugins()};
  settings.trust_folder = trust.path();
  RunningServer server(settings);
  const std::string answered = Match(server)["id"].GetString();

  trust.PutList(RevocationText(2, {R"("component":"acc/chip")"}), issuer);
  EXPECT_GT(Match(server)["candidates"].Size(), 0u) << "nobody asked for a reload yet";
  const json::Document reload = server.Post("/v1/plugins/reload", "{}");
  EXPECT_EQ(reload["revocations"]["serial"].GetInt(), 2);
  EXPECT_STREQ(reload["revocations"]["withheld_components"][0].GetString(), "acc/chip");
  EXPECT_EQ(Match(server)["candidates"].Size(), 0u);
  const json::Document affected = server.Get("/v1/answers?affected=true");
  EXPECT_EQ(affected["total"].GetInt(), 2);
  EXPECT_EQ(affected["items"][1]["id"].GetString(), answered);

  trust.PutList(RevocationText(1, {}), issuer);
  const json::Document refused = server.Post("/v1/plugins/reload", "{}");
  EXPECT_EQ(refused["trust_findings"].Size(), 1u) << "an older list changes nothing";
  EXPECT_FALSE(refused.HasMember("revocations"));
  EXPECT_EQ(Match(server)["candidates"].Size(), 0u);

  trust.PutList(RevocationText(3, {}), issuer);
  EXPECT_STREQ(
      server.Post("/v1/plugins/reload", "{}")["revocations"]["restored_components"][0].GetString(),
      "acc/chip");
  EXPECT_GT(Match(server)["candidates"].Size(), 0u);
}

}  // namespace
}  // namespace stackport::cli
