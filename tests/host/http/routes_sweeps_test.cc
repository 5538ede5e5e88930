// POST /v1/sweeps and what follows, with a matcher of the test.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "tests/host/http/http_test_support.h"

namespace stackport::http {
namespace {

using ::testing::HasSubstr;

std::string Order(const std::string& request = "{}", const std::string& more = "") {
  return R"({"request":)" + request + R"(,"countries":["KE","PL"])" + more + "}";
}

// Until the sweep is in the state; the last answer when that takes longer than 20 s.
json::Document AwaitState(const TestApi& api, const std::string& path, std::string_view state) {
  json::Document document;
  for (int i = 0; i < 20'000; ++i) {
    document = BodyOf(api.Get(path).body);
    if (json::StringOr(document, "state", "") == state) break;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  return document;
}

TEST(PostSweep, AnswersAtOnceAndTheResultIsReadLater) {
  const TestApi api;
  const ApiResponse started = api.Send("POST", "/v1/sweeps", Order());
  EXPECT_EQ(started.status, 202);
  const std::string path = HeaderOf(started, "Location");
  EXPECT_EQ(path, "/v1/sweeps/w-1");
  const json::Document done = AwaitState(api, path, "done");
  EXPECT_STREQ(done["state"].GetString(), "done");
  EXPECT_EQ(done["done"].GetInt(), 2);
  EXPECT_EQ(done["total"].GetInt(), 2);
  EXPECT_TRUE(done["result"].IsObject());
}

TEST(PostSweep, IsCancelledWhereItIs) {
  const TestApi api;
  const std::string path =
      HeaderOf(api.Send("POST", "/v1/sweeps", Order(R"({"test":"wait"})")), "Location");
  AwaitState(api, path, "running");
  EXPECT_EQ(api.Send("POST", path + "/cancel", "{}").status, 200);
  EXPECT_STREQ(AwaitState(api, path, "cancelled")["state"].GetString(), "cancelled");
  EXPECT_EQ(api.matching.waiting(), 0);
}

TEST(PostSweep, WaitsForItsTurnUpToALimit) {
  const TestApi api;
  const std::string waits = Order(R"({"test":"wait"})");
  const std::string first = HeaderOf(api.Send("POST", "/v1/sweeps", waits), "Location");
  AwaitState(api, first, "running");
  std::string last;
  for (std::size_t i = 0; i < kMaxWaitingSweeps; ++i) {
    const ApiResponse response = api.Send("POST", "/v1/sweeps", waits);
    EXPECT_EQ(response.status, 202);
    last = HeaderOf(response, "Location");
  }
  EXPECT_EQ(api.Send("POST", "/v1/sweeps", waits).status, 503);
  EXPECT_STREQ(BodyOf(api.Get(last).body)["state"].GetString(), "waiting");
  api.Send("POST", last + "/cancel", "{}");
  EXPECT_STREQ(BodyOf(api.Get(last).body)["state"].GetString(), "cancelled");
  EXPECT_EQ(api.Send("POST", "/v1/sweeps", waits).status, 202);
}

TEST(PostSweep, AFaultIsTold) {
  const TestApi api;
  const std::string path =
      HeaderOf(api.Send("POST", "/v1/sweeps", Order(R"({"test":"fault"})")), "Location");
  EXPECT_STREQ(AwaitState(api, path, "failed")["problem"].GetString(), "it broke");
}

TEST(PostSweep, PointsAtWhatIsWrong) {
  const TestApi api;
  const auto pointer = [&](const std::string& body) {
    const ApiResponse response = api.Send("POST", "/v1/sweeps", body);
    EXPECT_EQ(response.status, 422) << body;
    return std::string(BodyOf(response.body)["errors"][0]["pointer"].GetString());
  };
  EXPECT_EQ(pointer("[]"), "");
  EXPECT_EQ(pointer(R"({"countries":["KE"]})"), "/request");
  EXPECT_EQ(pointer(R"({"request":{}})"), "/countries");
  EXPECT_EQ(pointer(R"({"request":{},"countries":["KE","Kenia"]})"), "/countries/1");
  EXPECT_EQ(pointer(Order("{}", R"(,"scenarios":[{"name":""}])")), "/scenarios/0");
  EXPECT_EQ(
      pointer(Order("{}", R"(,"scenarios":[{"name":"a","patch":{}},{"name":"a","patch":{}}])")),
      "/scenarios/1/name");
  EXPECT_EQ(pointer(Order("{}", R"(,"scenario":[])")), "/scenario");
  EXPECT_EQ(pointer(Order("{}", R"(,"sc\u001b":[])")), "/sc\\x1b");
  EXPECT_EQ(pointer(Order(R"({"test":"finding"})")), "/request/use_cases/0/task");
}

TEST(GetSweep, AnUnknownIdIsNotFound) {
  const TestApi api;
  EXPECT_EQ(ProblemName(api.Get("/v1/sweeps/w-9").body), "unknown-sweep");
  EXPECT_EQ(api.Send("POST", "/v1/sweeps/w-9/cancel", "{}").status, 404);
}

}  // namespace
}  // namespace stackport::http
