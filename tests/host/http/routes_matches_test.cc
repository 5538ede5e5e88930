// POST /v1/matches and /v1/explain, with a matcher of the test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/http/http_test_support.h"

namespace stackport::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::Pair;

TEST(PostMatch, AnswersAndLeavesAnAuditRow) {
  TestApi api;
  const ApiResponse response = api.Send("POST", "/v1/matches", "{}");
  EXPECT_EQ(response.status, 200);
  EXPECT_EQ(response.body, R"({"id":"r-test"})");
  EXPECT_EQ(HeaderOf(response, "Cache-Control"), "no-store");
  EXPECT_THAT(api.catalog.Recorded(), ElementsAre(Pair("r-test", (*api.catalog.Current())->id)));
}

TEST(PostMatch, AnAnswerThatCannotBeRecordedIsNotGiven) {
  TestApi api;
  api.catalog.RefuseAudits();
  const ApiResponse response = api.Send("POST", "/v1/matches", "{}");
  EXPECT_EQ(response.status, 503);
  EXPECT_THAT(response.body, Not(HasSubstr("r-test")));
  EXPECT_EQ(HeaderOf(response, "Retry-After"), "1");
}

TEST(PostMatch, FindingsPointIntoTheRequest) {
  TestApi api;
  const ApiResponse response = api.Send("POST", "/v1/matches", R"({"test":"finding"})");
  EXPECT_EQ(response.status, 422);
  EXPECT_EQ(ProblemName(response.body), "invalid-request");
  const json::Document body = BodyOf(response.body);
  ASSERT_EQ(body["errors"].Size(), 1u);
  const json::Value& error = body["errors"][0];
  EXPECT_STREQ(error["pointer"].GetString(), "/country");
  EXPECT_STREQ(error["code"].GetString(), "unknown_country");
  EXPECT_STREQ(error["detail"].GetString(), "'XX' is no country");
  EXPECT_STREQ(error["expected"].GetString(), "a code");
  EXPECT_STREQ(error["remedy"].GetString(), "use KE");
  EXPECT_THAT(api.catalog.Recorded(), IsEmpty());
}

TEST(PostMatch, BodiesThatAreNotJsonSayWhere) {
  const TestApi api;
  const ApiResponse response = api.Send("POST", "/v1/matches", "{\n  \"country\": oops}");
  EXPECT_EQ(response.status, 400);
  EXPECT_EQ(ProblemName(response.body), "malformed-json");
  EXPECT_THAT(response.body, HasSubstr("line 2, column"));
  EXPECT_EQ(api.Send("POST", "/v1/matches", "").status, 400);
  EXPECT_EQ(api.Send("POST", "/v1/matches", "{\"a\":1,\"a\":2}").status, 400);
  EXPECT_EQ(api.Send("POST", "/v1/matches", std::string(100'000, '[')).status, 400);
}

TEST(PostMatch, ContentTypeIsJson) {
  const TestApi api;
  for (const char* type : {"application/json", "Application/JSON; charset=UTF-8",
                           "application/json;charset=\"utf-8\""}) {
    EXPECT_EQ(api.Send("POST", "/v1/matches", "{}", type).status, 200) << type;
  }
  for (const char* type : {"", "text/plain", "application/x-www-form-urlencoded",
                           "application/json; charset=utf-16", "application/jsonp"}) {
    EXPECT_EQ(api.Send("POST", "/v1/matches", "{}", type).status, 415) << type;
  }
}

TEST(PostMatch, TheMatchersOwnRefusalsAreTheClientsAndItsFaultsAreNot) {
  const TestApi api;
  const ApiResponse refused = api.Send("POST", "/v1/matches", R"({"test":"invalid"})");
  EXPECT_EQ(refused.status, 422);
  EXPECT_THAT(refused.body, HasSubstr("too large to compile"));
  const ApiResponse fault = api.Send("POST", "/v1/matches", R"({"test":"fault"})");
  EXPECT_EQ(fault.status, 500);
  EXPECT_THAT(fault.body, Not(HasSubstr("secret")));
}

TEST(PostMatch, EndsAtTheServersDeadline) {
  const TestApi api(std::chrono::milliseconds(5));
  EXPECT_EQ(api.Send("POST", "/v1/matches", R"({"test":"wait"})").status, 200);
}

TEST(PostExplain, NeedsARequestAndTakesAComponent) {
  const TestApi api;
  const auto pointer = [&](const std::string& body) {
    const ApiResponse response = api.Send("POST", "/v1/explain", body);
    EXPECT_EQ(response.status, 422) << body;
    return std::string(BodyOf(response.body)["errors"][0]["pointer"].GetString());
  };
  EXPECT_EQ(pointer("[]"), "/request");
  EXPECT_EQ(pointer(R"({"component":"acc/chip"})"), "/request");
  EXPECT_EQ(pointer(R"({"request":{},"component":""})"), "/component");
  EXPECT_EQ(pointer(R"({"request":{},"component":7})"), "/component");
  EXPECT_EQ(pointer(R"({"request":{},"component":"no/such"})"), "/component");
  EXPECT_EQ(pointer(R"({"request":{},"component":"acc/chip","a/b":1})"), "/a~1b");
  EXPECT_EQ(pointer(R"({"request":{"test":"finding"},"component":"acc/chip"})"),
            "/request/country");
}

TEST(PostExplain, AnswersForTheComponent) {
  TestApi api;
  const ApiResponse response =
      api.Send("POST", "/v1/explain", R"({"request":{},"component":"acc/chip"})");
  EXPECT_EQ(response.status, 200);
  EXPECT_STREQ(BodyOf(response.body)["component"].GetString(), "acc/chip");
}

// An explanation that was cut short could claim that there is no package where there is one.
TEST(PostExplain, IsWholeOrNotGiven) {
  const TestApi api(std::chrono::milliseconds(5));
  const ApiResponse response =
      api.Send("POST", "/v1/explain", R"({"request":{"test":"wait"},"component":"acc/chip"})");
  EXPECT_EQ(response.status, 503);
  EXPECT_EQ(ProblemName(response.body), "overloaded");
}

}  // namespace
}  // namespace stackport::http
