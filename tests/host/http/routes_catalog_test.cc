// GET /v1/vendors, /v1/snapshots and /v1/countries.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/host/http/http_test_support.h"

namespace stackport::http {
namespace {

using ::testing::HasSubstr;

const json::Value* ItemWithId(const json::Document& body, std::string_view id) {
  for (const json::Value& item : body["items"].GetArray()) {
    if (json::StringOr(item, "id", "") == id) return &item;
  }
  ADD_FAILURE() << "no item " << id;
  return nullptr;
}

TEST(ListVendors, CountsComponentsAndPages) {
  const TestApi api;
  const json::Document body = BodyOf(api.Get("/v1/vendors").body);
  const json::Value* flow = ItemWithId(body, "flow");
  ASSERT_NE(flow, nullptr);
  EXPECT_EQ((*flow)["components"].GetInt(), 2);
  EXPECT_STREQ((*flow)["headquarters"].GetString(), "US");

  std::size_t seen = 0;
  for (std::string next = "/v1/vendors?limit=4"; !next.empty();) {
    const json::Document page = BodyOf(api.Get(next).body);
    seen += page["items"].Size();
    next = json::StringOr(page, "next", "");
  }
  EXPECT_EQ(seen, body["total"].GetUint());
}

TEST(ListSnapshots, NewestFirst) {
  TestApi api;
  const std::string old = (*api.catalog.Current())->id;
  api.catalog.Publish(MakeSnapshot({}, {}, "2026-02-01T00:00:00Z"));
  const json::Document body = BodyOf(api.Get("/v1/snapshots").body);
  ASSERT_EQ(body["items"].Size(), 2u);
  EXPECT_STREQ(body["items"][0]["parent"].GetString(), old.c_str());
  EXPECT_EQ(BodyOf(api.Get("/v1/snapshots?limit=1").body)["items"].Size(), 1u);
}

TEST(ListCountries, HasAllOfThem) {
  const TestApi api;
  const json::Document body = BodyOf(api.Get("/v1/countries").body);
  EXPECT_EQ(body["items"].Size(), CountryIndex::Builtin().All().size());
  EXPECT_STREQ(body["items"][0]["code"].GetString(), "AD");
}

TEST(GetCountry, SaysWhatIsKnownAndWhatIsNot) {
  const TestApi api;
  const json::Document body = BodyOf(api.Get("/v1/countries/KE").body);
  EXPECT_STREQ(body["name"].GetString(), "Kenya");
  EXPECT_TRUE(body["export_control_groups"]["value"].IsArray());
  EXPECT_TRUE(body["unknown"].IsArray());
  EXPECT_TRUE(body["facts"]["population"].HasMember("source"));
}

TEST(GetCountry, UnknownCodesNameTheNearest) {
  const TestApi api;
  for (const char* code : {"ke", "KEN", "Kenya", "kenya"}) {
    const ApiResponse response = api.Get(std::string("/v1/countries/") + code);
    EXPECT_EQ(response.status, 404) << code;
    EXPECT_EQ(ProblemName(response.body), "unknown-country");
    EXPECT_STREQ(BodyOf(response.body)["nearest"].GetString(), "KE") << code;
  }
  const ApiResponse none = api.Get("/v1/countries/Atlantis");
  EXPECT_EQ(none.status, 404);
  EXPECT_THAT(none.body, HasSubstr("/v1/countries"));
}

}  // namespace
}  // namespace stackport::http
