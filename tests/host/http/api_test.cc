#include "host/http/api.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/http/problem_details.h"
#include "tests/host/http/http_test_support.h"

namespace stackport::http {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;

TEST(Api, UnknownPathsAreProblems) {
  const TestApi api;
  for (const char* path : {"/nothing", "/v1", "/v1/components/", "/v1/components/acc/chip/more",
                           "/v1//components", "", "/v1/countries/"}) {
    const ApiResponse response = api.Get(path);
    EXPECT_EQ(response.status, 404) << path;
    EXPECT_EQ(ProblemName(response.body), "unknown-path") << path;
    EXPECT_EQ(response.content_type, "application/problem+json");
  }
}

TEST(Api, WrongMethodsNameTheRightOnes) {
  const TestApi api;
  const ApiResponse list = api.Send("DELETE", "/v1/components");
  EXPECT_EQ(list.status, 405);
  EXPECT_EQ(HeaderOf(list, "Allow"), "GET, HEAD");
  const ApiResponse match = api.Get("/v1/matches");
  EXPECT_EQ(match.status, 405);
  EXPECT_EQ(HeaderOf(match, "Allow"), "POST");
}

TEST(Api, UnknownParametersNameTheNearest) {
  const TestApi api;
  const ApiResponse response = api.Get("/v1/components?knd=accelerator");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(ProblemName(response.body), "invalid-parameter");
  EXPECT_STREQ(BodyOf(response.body)["nearest"].GetString(), "kind");
  EXPECT_EQ(api.Get("/healthz?a=b").status, 400);
}

TEST(Api, RepeatedLongAndBrokenParametersAreRefused) {
  const TestApi api;
  EXPECT_EQ(api.Get("/v1/components?vendor=a&vendor=b").status, 400);
  EXPECT_EQ(api.Get("/v1/components?vendor=" + std::string(400, 'a')).status, 200);
  EXPECT_EQ(api.Get("/v1/components?vendor=" + std::string(401, 'a')).status, 400);
  EXPECT_EQ(api.Get("/v1/components?vendor=\xff").status, 400);
}

TEST(Api, AnswersAreNotSentTwice) {
  const TestApi api;
  for (const char* path :
       {"/", "/openapi.json", "/v1/components", "/v1/components/acc/chip", "/v1/vendors",
        "/v1/plugins", "/v1/snapshots", "/v1/countries", "/v1/countries/KE"}) {
    const ApiResponse first = api.Get(path);
    ASSERT_EQ(first.status, 200) << path;
    const std::string tag = HeaderOf(first, "ETag");
    const ApiResponse second = api.Get(path, "\"other\", W/" + tag);
    EXPECT_EQ(second.status, 304) << path;
    EXPECT_EQ(second.body, "");
    EXPECT_EQ(HeaderOf(second, "ETag"), tag);
    EXPECT_EQ(api.Get(path, "\"other\"").status, 200) << path;
  }
}

TEST(Api, TagOfAListNamesItsSnapshotAndChangesWithIt) {
  TestApi api;
  const std::string first = HeaderOf(api.Get("/v1/components"), "ETag");
  EXPECT_THAT(first, HasSubstr((*api.catalog.Current())->id));
  api.catalog.Publish(MakeSnapshot({}, {}, "2026-02-01T00:00:00Z"));
  EXPECT_NE(HeaderOf(api.Get("/v1/components"), "ETag"), first);
}

TEST(Api, MissingThingsAreNeverNotModified) {
  const TestApi api;
  EXPECT_EQ(api.Get("/v1/components/no/such", "*").status, 404);
}

TEST(Api, FaultsAreLoggedAndNotTold) {
  const TestApi api;
  const ApiResponse response = api.Send("POST", "/v1/matches", R"({"test":"throw"})");
  EXPECT_EQ(response.status, 500);
  EXPECT_THAT(response.body, Not(HasSubstr("secret")));
  ASSERT_EQ(api.logged.size(), 1u);
  EXPECT_THAT(api.logged[0], HasSubstr("secret"));
}

TEST(Api, EveryProblemTypeExplainsItself) {
  const TestApi api;
  for (const ProblemDefinition& definition : ProblemDefinitions()) {
    EXPECT_EQ(&Definition(definition.type), &definition);
    const ApiResponse response = api.Get("/problems/" + std::string(definition.name));
    EXPECT_EQ(response.status, 200) << definition.name;
    EXPECT_EQ(BodyOf(response.body)["status"].GetInt(), definition.status);
  }
  EXPECT_STREQ(BodyOf(api.Get("/problems/unknown-contry").body)["nearest"].GetString(),
               "unknown-country");
}

TEST(Api, HealthAndReadinessAreTwoQuestions) {
  const TestApi api;
  EXPECT_STREQ(BodyOf(api.Get("/healthz").body)["status"].GetString(), "ok");
  const json::Document ready = BodyOf(api.Get("/readyz").body);
  EXPECT_STREQ(ready["status"].GetString(), "ready");
  EXPECT_GT(ready["components"].GetInt(), 0);
}

TEST(Api, LandingPageWorksWithoutScriptsAndNamesThePaths) {
  const TestApi api;
  const ApiResponse page = api.Get("/");
  EXPECT_EQ(page.content_type, "text/html; charset=utf-8");
  EXPECT_THAT(page.body, Not(HasSubstr("<script")));
  EXPECT_THAT(page.body, Not(HasSubstr("src=")));
  for (const char* path : {"/v1/matches", "/v1/components", "/openapi.json"}) {
    EXPECT_THAT(page.body, HasSubstr(path));
  }
  EXPECT_THAT(HeaderOf(page, "Content-Security-Policy"), HasSubstr("default-src 'none'"));
}

TEST(Api, LandingPagesExampleAsksTheServerThatThePageCameFrom) {
  const TestApi api;
  const auto page = [&](const std::string& host) { return api.Get("/", "", host).body; };
  EXPECT_THAT(page("localhost:8080"), HasSubstr("curl -s http://localhost:8080/v1/matches"));
  EXPECT_THAT(page("[::1]:8080"), HasSubstr("curl -s http://[::1]:8080/v1/matches"));
  for (const char* host : {"", "localhost:<b>", "localhost:1;ls", "localhost:`ls`"}) {
    EXPECT_THAT(page(host), HasSubstr("curl -s http://127.0.0.1:8425/v1/matches")) << host;
  }
}

}  // namespace
}  // namespace stackport::http
