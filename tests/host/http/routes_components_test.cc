// GET /v1/components and /v1/components/{vendor}/{name}.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/host/http/http_test_support.h"
#include "tests/support/small_catalog.h"

namespace stackport::http {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::vector<std::string> Ids(const ApiResponse& response) {
  std::vector<std::string> ids;
  const json::Document body = BodyOf(response.body);
  for (const json::Value& item : body["items"].GetArray()) ids.emplace_back(item["id"].GetString());
  return ids;
}

TEST(ListComponents, WalkVisitsEveryComponentOnce) {
  TestApi api;
  const SnapshotPtr snapshot = *api.catalog.Current();
  const auto& components = snapshot->components;
  for (const int limit : {1, 3, 200}) {
    std::vector<std::string> seen;
    std::string next = "/v1/components?limit=" + std::to_string(limit);
    while (!next.empty()) {
      const ApiResponse page = api.Get(next);
      ASSERT_EQ(page.status, 200) << page.body;
      for (std::string& id : Ids(page)) seen.push_back(std::move(id));
      const json::Document body = BodyOf(page.body);
      EXPECT_EQ(body["total"].GetUint(), components.size());
      next = json::StringOr(body, "next", "");
      EXPECT_EQ(HeaderOf(page, "Link"), next.empty() ? "" : "<" + next + ">; rel=\"next\"");
    }
    ASSERT_EQ(seen.size(), components.size());
    for (std::size_t i = 0; i < seen.size(); ++i) EXPECT_EQ(seen[i], components[i].id);
  }
}

// A plugin admitted between two pages must neither repeat nor hide a component of the walk.
TEST(ListComponents, WalkStaysInTheSnapshotItBeganWith) {
  TestApi api;
  const json::Document first = BodyOf(api.Get("/v1/components?limit=2").body);
  testing::SmallCatalog changed;
  changed.Drop("acc/chip");
  api.catalog.Publish(changed.Build());
  const json::Document second = BodyOf(api.Get(first["next"].GetString()).body);
  EXPECT_STREQ(second["snapshot"].GetString(), first["snapshot"].GetString());
  EXPECT_EQ(second["total"].GetUint(), first["total"].GetUint());
}

TEST(ListComponents, FiltersNarrowTogether) {
  const TestApi api;
  EXPECT_THAT(Ids(api.Get("/v1/components?kind=accelerator")), ElementsAre("acc/chip"));
  EXPECT_THAT(Ids(api.Get("/v1/components?vendor=flow")), ElementsAre("flow/label", "flow/pipe"));
  EXPECT_THAT(Ids(api.Get("/v1/components?layer=E")), ElementsAre("farm/advice"));
  EXPECT_THAT(Ids(api.Get("/v1/components?vendor=flow&q=pipe")), ElementsAre("flow/pipe"));
  EXPECT_THAT(Ids(api.Get("/v1/components?vendor=flow&layer=E")), ElementsAre());
}

TEST(ListComponents, WrongFiltersSayWhatIsRight) {
  const TestApi api;
  EXPECT_STREQ(BodyOf(api.Get("/v1/components?kind=acelerator").body)["nearest"].GetString(),
               "accelerator");
  for (const char* target :
       {"/v1/components?layer=F", "/v1/components?layer=AB", "/v1/components?fields=id,nme",
        "/v1/components?limit=0", "/v1/components?limit=201", "/v1/components?limit=ten",
        "/v1/components?limit=-1", "/v1/components?limit="}) {
    EXPECT_EQ(api.Get(target).status, 400) << target;
  }
  EXPECT_EQ(api.Get("/v1/components?limit=200").status, 200);
}

TEST(ListComponents, FieldsAreThoseAskedFor) {
  const TestApi api;
  const json::Document body = BodyOf(api.Get("/v1/components?q=acc/chip&fields=trust,id").body);
  EXPECT_EQ(json::Write(body["items"]), R"([{"trust":"unsigned_trusted_folder","id":"acc/chip"}])");
  const json::Document whole = BodyOf(api.Get("/v1/components?q=acc/chip&fields=document").body);
  EXPECT_STREQ(whole["items"][0]["document"]["id"].GetString(), "acc/chip");
}

TEST(ListComponents, CursorsBelongToTheirList) {
  TestApi api;
  const json::Document first = BodyOf(api.Get("/v1/components?limit=2&q=a").body);
  const std::string next = first["next"].GetString();
  const std::string cursor = next.substr(next.find("cursor=") + 7);
  for (const std::string& target :
       {"/v1/components?cursor=" + cursor, "/v1/vendors?cursor=" + cursor,
        std::string("/v1/components?cursor=x"), std::string("/v1/components?cursor=a.b.c"),
        "/v1/components?q=a&snapshot=s-other&cursor=" + cursor}) {
    const ApiResponse response = api.Get(target);
    EXPECT_EQ(response.status, 400) << target;
    EXPECT_EQ(ProblemName(response.body), "invalid-cursor") << target;
  }
  // A ranking is made from the newest snapshot, so it cannot be continued in a newer one.
  api.catalog.Publish(MakeSnapshot({}, {}, "2026-02-01T00:00:00Z"));
  const ApiResponse late = api.Get(next);
  EXPECT_EQ(late.status, 410);
  EXPECT_EQ(ProblemName(late.body), "cursor-expired");
}

TEST(ListComponents, OlderSnapshotsStayReadable) {
  TestApi api;
  const std::string old = (*api.catalog.Current())->id;
  api.catalog.Publish(MakeSnapshot({}, {}, "2026-02-01T00:00:00Z"));
  EXPECT_EQ(BodyOf(api.Get("/v1/components").body)["total"].GetInt(), 0);
  EXPECT_GT(BodyOf(api.Get("/v1/components?snapshot=" + old).body)["total"].GetInt(), 0);
  EXPECT_EQ(api.Get("/v1/components?q=a&snapshot=" + old).status, 400);
  const ApiResponse unknown = api.Get("/v1/components?snapshot=s-none");
  EXPECT_EQ(unknown.status, 404);
  EXPECT_EQ(ProblemName(unknown.body), "unknown-snapshot");
}

TEST(GetComponent, CarriesDocumentPluginAndVendor) {
  const TestApi api;
  const json::Document body = BodyOf(api.Get("/v1/components/acc/chip").body);
  EXPECT_STREQ(body["document"]["facts"]["memory"]["source"].GetString(), "test");
  EXPECT_STREQ(body["plugin"]["trust"].GetString(), "unsigned_trusted_folder");
  EXPECT_STREQ(body["plugin"]["version"].GetString(), "1.0.0");
  EXPECT_STREQ(body["vendor"]["headquarters"].GetString(), "US");
  EXPECT_TRUE(std::string(body["snapshot"].GetString()).starts_with("s-"));
}

TEST(GetComponent, UnknownOneNamesTheNearest) {
  const TestApi api;
  const ApiResponse response = api.Get("/v1/components/acc/chp");
  EXPECT_EQ(response.status, 404);
  EXPECT_EQ(ProblemName(response.body), "unknown-component");
  EXPECT_STREQ(BodyOf(response.body)["nearest"].GetString(), "acc/chip");
}

TEST(GetComponent, TextOfTheClientIsEscaped) {
  const TestApi api;
  const ApiResponse response = api.Get(std::string_view("/v1/components/a\x1b[31m/\0b", 23));
  EXPECT_EQ(response.status, 404);
  EXPECT_THAT(response.body, HasSubstr(R"(\\x1b)"));
}

}  // namespace
}  // namespace stackport::http
