// Plugins over the API: their states, a reload, a release.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>

#include "tests/host/http/http_test_support.h"

namespace stackport::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::Not;

// "acc" is in service with a quarantined newer version, "box" is in service; a folder and a plugin
// never got there.
class PluginRoutes : public ::testing::Test {
 protected:
  PluginRoutes() {
    PluginProblem stale;
    stale.plugin = "acc";
    stale.content_hash = "h1";
    stale.stage = "scan";
    stale.reason = "the library was killed by a signal";
    stale.evidence = R"({"scan":{"signal":"SIGSEGV"}})";
    stale.stale = true;
    stale.at = "2026-01-02T00:00:00Z";
    stale.quarantine = Quarantine{2, "2026-01-02T02:00:00Z", false};
    PluginProblem broken;
    broken.plugin = "broken.stackport";
    broken.stage = "manifest";
    broken.evidence = "not json";
    PluginProblem locked = stale;
    locked.plugin = "locked";
    locked.stale = false;
    PluginProblem released = locked;
    released.plugin = "released";
    released.quarantine->released = true;
    api_.catalog.SetProblems({stale, broken, locked, released});
  }

  json::Document Plugin(const std::string& id) const {
    const ApiResponse response = api_.Get("/v1/plugins/" + id);
    EXPECT_EQ(response.status, 200) << response.body;
    return BodyOf(response.body);
  }
  std::string State(const std::string& id) const {
    return std::string(json::StringOr(Plugin(id), "state", ""));
  }

  TestApi api_;
};

TEST_F(PluginRoutes, EachStateHasItsName) {
  EXPECT_EQ(State("box"), "in_service");
  EXPECT_EQ(State("acc"), "stale");
  EXPECT_EQ(State("locked"), "quarantined");
  EXPECT_EQ(State("released"), "released");
  EXPECT_EQ(State("broken.stackport"), "refused");
}

TEST_F(PluginRoutes, OnePluginComesWithItsEvidence) {
  const json::Document acc = Plugin("acc");
  EXPECT_EQ(acc["components"].GetInt(), 1);
  const json::Value& problem = acc["problem"];
  EXPECT_STREQ(problem["evidence"]["scan"]["signal"].GetString(), "SIGSEGV");
  EXPECT_EQ(problem["quarantine"]["failures"].GetInt(), 2);
  EXPECT_STREQ(problem["quarantine"]["next_retry"].GetString(), "2026-01-02T02:00:00Z");
  EXPECT_FALSE(problem["quarantine"]["released"].GetBool());
  EXPECT_STREQ(Plugin("broken.stackport")["problem"]["evidence"].GetString(), "not json");
  EXPECT_FALSE(Plugin("box").HasMember("problem"));
}

TEST_F(PluginRoutes, TheListHoldsEveryPluginOnce) {
  const json::Document list = BodyOf(api_.Get("/v1/plugins").body);
  std::set<std::string> ids;
  for (const json::Value& item : list["items"].GetArray()) {
    EXPECT_TRUE(ids.insert(item["id"].GetString()).second) << item["id"].GetString();
  }
  for (const char* id : {"acc", "box", "broken.stackport", "locked", "released"}) {
    EXPECT_TRUE(ids.contains(id)) << id;
  }
  EXPECT_EQ(list["snapshot"].GetString(), (*api_.catalog.Current())->id);
}

TEST_F(PluginRoutes, AnUnknownPluginNamesTheNearest) {
  const ApiResponse response = api_.Get("/v1/plugins/lockd");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(ProblemName(response.body), "unknown-plugin");
  EXPECT_STREQ(BodyOf(response.body)["nearest"].GetString(), "locked");
}

TEST_F(PluginRoutes, AReloadAnswersWithItsReport) {
  const json::Document first = BodyOf(api_.Send("POST", "/v1/plugins/reload", "{}").body);
  EXPECT_EQ(first["reloads"].GetInt(), 1);
  EXPECT_FALSE(first["again"].GetBool());
  const ApiResponse again = api_.Send("POST", "/v1/plugins/reload", R"({"again":true})");
  EXPECT_TRUE(BodyOf(again.body)["again"].GetBool());
}

TEST_F(PluginRoutes, APageOfAnotherOriginCannotReload) {
  const ApiResponse response = api_.Send("POST", "/v1/plugins/reload", "{}", "text/plain");
  EXPECT_EQ(response.status, 415);
  EXPECT_EQ(api_.Send("POST", "/v1/plugins/locked/release", "{}", "text/plain").status, 415);
  EXPECT_THAT(api_.plugins.released, ElementsAre());
}

TEST_F(PluginRoutes, AReloadTakesNothingButItsOneOption) {
  for (const char* body : {"[]", "1", R"({"agian":true})", R"({"again":1})"}) {
    EXPECT_EQ(api_.Send("POST", "/v1/plugins/reload", body).status, 422) << body;
  }
}

TEST_F(PluginRoutes, AReloadThatCannotBeIsExplained) {
  api_.plugins.reload_error = Conflict("a reload is under way");
  ApiResponse response = api_.Send("POST", "/v1/plugins/reload", "{}");
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(ProblemName(response.body), "reload-under-way");
  api_.plugins.reload_error = Unavailable("the folder /secret/plugins cannot be read");
  response = api_.Send("POST", "/v1/plugins/reload", "{}");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(ProblemName(response.body), "reload-failed");
  EXPECT_THAT(response.body, Not(HasSubstr("/secret")));
  EXPECT_THAT(api_.logged.back(), HasSubstr("/secret")) << "the operator learns it";
}

TEST_F(PluginRoutes, AReleaseAnswersWithThePlugin) {
  const ApiResponse response = api_.Send("POST", "/v1/plugins/locked/release", "{}");
  EXPECT_EQ(response.status, 200) << response.body;
  EXPECT_THAT(api_.plugins.released, ElementsAre("locked"));
  EXPECT_STREQ(BodyOf(response.body)["id"].GetString(), "locked");
}

TEST_F(PluginRoutes, WhatIsNotQuarantinedIsNotReleased) {
  EXPECT_EQ(api_.Send("POST", "/v1/plugins/nobody/release", "{}").status, 404);
  api_.plugins.release_error = Conflict("plugin 'box' is not quarantined");
  const ApiResponse response = api_.Send("POST", "/v1/plugins/box/release", "{}");
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(ProblemName(response.body), "not-quarantined");
}

}  // namespace
}  // namespace stackport::http
