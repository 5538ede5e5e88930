// Where data may be held, over the bundled catalog: which clouds really stand in a country, and
// what a sovereign offering at the customer's site brings with it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/plugins/asking.h"
#include "tests/plugins/bundled_catalog.h"

namespace stackport {
namespace {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

// An assistant whose data stays in the country, on any ground.
std::string InCountry(const std::string& country, const std::string& modes,
                      const std::string& more = "") {
  return R"({"country":")" + country +
         R"(","use_cases":[{"task":"assistant.general","languages":["en"],"users":5000}],)" +
         R"("data_residency":"country","deployment":[)" + modes + R"(],"top":3)" + more + "}";
}

constexpr const char* kAnyInCountry = R"("on_premises","sovereign_cloud","cloud_in_country")";

// No provider in the catalog has a region in Kenya; each says where its regions are instead.
TEST(Residency, ProvidersWithoutARegionInKenyaAreRefusedThereForThatReason) {
  auto left_out = LeftOut(InCountry("KE", kAnyInCountry));
  int providers = 0;
  for (const Component& component : BundledCatalog()->components) {
    if (component.kind != "cloud_provider") continue;
    ++providers;
    EXPECT_THAT(left_out[component.id], AllOf(StartsWith("residency: its regions are in "),
                                              HasSubstr("the request keeps data in KE")))
        << component.id;
  }
  EXPECT_EQ(providers, 12);
  EXPECT_THAT(left_out["microsoft/nd96isr-h100-v5"], HasSubstr("no region of its cloud (azure)"));
  EXPECT_THAT(left_out["anthropic/claude-sonnet-4-6"], StartsWith("deployment: "));
}

// Whatever is offered for data that stays in the country: every part with a location is there.
TEST(Residency, NothingInAPackageStandsOutsideTheCountry) {
  for (const char* country : {"KE", "PL", "AE", "IN"}) {
    const json::Document result = Answer(InCountry(country, kAnyInCountry));
    ASSERT_FALSE(result["candidates"].Empty()) << country;
    for (const json::Value& candidate : result["candidates"].GetArray()) {
      for (const json::Value& part : candidate["parts"].GetArray()) {
        const std::string where = Text(part, "location");
        EXPECT_TRUE(where.empty() || where == country) << Text(part, "component") << " " << where;
      }
    }
  }
}

// Regions by country as the providers list them, of those countries the examples speak of.
TEST(Residency, PublicRegionsInPolandGermanyTheEmiratesAndIndia) {
  const auto eligible = [](const char* country, const char* provider) {
    return !LeftOut(InCountry(country, kAnyInCountry)).contains(provider);
  };
  EXPECT_TRUE(eligible("PL", "microsoft/azure") && eligible("PL", "google/gcp"));
  EXPECT_FALSE(eligible("PL", "aws/aws"));
  EXPECT_TRUE(eligible("DE", "aws/aws"));
  EXPECT_TRUE(eligible("AE", "microsoft/azure"));
  EXPECT_FALSE(eligible("AE", "google/gcp"));
  EXPECT_TRUE(eligible("IN", "google/gcp"));
}

// A sovereign region serves its own country alone when data has to stay.
TEST(Residency, SovereignRegionsAreForTheirOwnCountry) {
  EXPECT_THAT(LeftOut(InCountry("PL", kAnyInCountry))["aws/european-sovereign-cloud"],
              HasSubstr("its regions are in DE"));
  EXPECT_THAT(LeftOut(InCountry("DE", kAnyInCountry))["s3ns/premi3ns"],
              HasSubstr("its regions are in FR"));
  EXPECT_THAT(LeftOut(InCountry("IN", kAnyInCountry))["aws/govcloud-us"],
              HasSubstr("its regions are in US"));
  EXPECT_THAT(LeftOut(InCountry("DE", kAnyInCountry))["aws/european-sovereign-cloud"],
              HasSubstr("in DE the catalog knows neither a machine to rent nor a hosted model"));
  EXPECT_THAT(LeftOut(InCountry("AE", kAnyInCountry))["oracle/alloy"],
              HasSubstr("states neither a region in a country nor"));
}

// At the customer's site what counts is whose machines they are and who manages them from where.
TEST(Residency, CloudsAtTheCustomersSiteSayWhoseMachinesAndWhereTheyAreManagedFrom) {
  auto left_out = LeftOut(InCountry("AE", R"("sovereign_cloud")"));
  for (const char* rack : {"aws/outposts-rack", "aws/ai-factories", "oracle/dedicated-region",
                           "oracle/compute-cloud-at-customer"}) {
    EXPECT_THAT(left_out[rack], StartsWith("cannot_size: it comes with machines")) << rack;
  }
  const auto questions = [&](const std::string& cloud) {
    const json::Document result =
        Answer(InCountry("AE", R"("sovereign_cloud")",
                         R"(,"best_per":"none","pin":{"components":[")" + cloud + R"("]})"));
    std::vector<std::string> facts;
    EXPECT_FALSE(result["candidates"].Empty()) << cloud;
    if (result["candidates"].Empty()) return facts;
    for (const json::Value& question : result["candidates"][0]["open_questions"].GetArray()) {
      if (Text(question, "component") == cloud) facts.push_back(Text(question, "fact"));
    }
    return facts;
  };
  const auto local = questions("microsoft/azure-local-disconnected");
  EXPECT_THAT(local, Not(Contains("control_plane")));
  EXPECT_THAT(local, Not(Contains("own_machines")));
  const auto air_gapped = questions("google/distributed-cloud-air-gapped");
  EXPECT_THAT(air_gapped, Not(Contains("control_plane")));
  EXPECT_THAT(air_gapped, Contains("own_machines"));
}

// Behind an air gap only the customer's own ground is left, and what is tied to a region is not.
TEST(Residency, AirGapLeavesTheCustomersGround) {
  const std::string request = InCountry("DE", kAnyInCountry, R"(,"air_gap":true)");
  const json::Document result = Answer(request);
  ASSERT_FALSE(result["candidates"].Empty());
  for (const json::Value& candidate : result["candidates"].GetArray()) {
    EXPECT_THAT(Text(candidate, "site"),
                ::testing::AnyOf("on_premises", "sovereign:customer_site"));
  }
  auto left_out = LeftOut(request);
  EXPECT_THAT(left_out["aws/european-sovereign-cloud"], HasSubstr("air_gap"));
  EXPECT_FALSE(left_out.contains("google/distributed-cloud-air-gapped"));
}

}  // namespace
}  // namespace stackport
