// Deals named in the press, as far as a report names the maker's product and the country: each is
// reachable when it is asked for by name, with a licence where the country needs one, or refused
// for a reason that is true. The reports say what was announced, not what was delivered.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>
#include <vector>

#include "catalog/base/text.h"
#include "tests/plugins/asking.h"
#include "tests/plugins/bundled_catalog.h"

namespace stackport {
namespace {

struct Deal {
  const char* name;
  const char* country;
  std::vector<std::string> components;
  std::vector<std::string> vendors;  // named in the report without a product
  bool licence;
  const char* report;  // with its date
};

std::string Quote(const std::vector<std::string>& names) {
  std::vector<std::string> quoted;
  for (const std::string& name : names) quoted.push_back('"' + name + '"');
  return Join(quoted, ",");
}

class AnnouncedDeal : public ::testing::TestWithParam<Deal> {};

TEST_P(AnnouncedDeal, IsReachableWhenItIsPinned) {
  const Deal& deal = GetParam();
  SCOPED_TRACE(deal.report);
  const json::Document result =
      Answer(std::string(R"({"country":")") + deal.country +
             R"(","use_cases":[{"task":"software_engineering.code_assistant","users":500000}],)" +
             R"("deployment":["on_premises"],"top":1,"best_per":"none","pin":{"components":[)" +
             Quote(deal.components) + R"(],"vendors":[)" + Quote(deal.vendors) + "]}}");
  ASSERT_EQ(result["candidates"].Size(), 1U) << json::Write(result);
  const json::Value& best = result["candidates"][0];
  const std::set<std::string> parts = ComponentsOf(best);
  for (const std::string& component : deal.components) EXPECT_TRUE(parts.contains(component));
  for (const std::string& vendor : deal.vendors) {
    EXPECT_TRUE(std::any_of(parts.begin(), parts.end(), [&](const std::string& part) {
      return part.starts_with(vendor + "/");
    })) << vendor;
  }
  EXPECT_EQ(best["figures"]["licences"]["value"].GetInt64() > 0, deal.licence);
}

INSTANTIATE_TEST_SUITE_P(
    Reported, AnnouncedDeal,
    ::testing::Values(
        Deal{"StargateUae",
             "AE",
             {"nvidia/gb300"},
             {"cisco"},
             true,
             "zawya.com, press release of 2025-05-22: Grace Blackwell GB300 systems, Cisco for "
             "security and connectivity"},
        Deal{"HumainSaudiArabia",
             "SA",
             {"nvidia/gb300"},
             {},
             true,
             "ceoinsightsasia.com, May 2025: 18,000 GB300 in the first deployment"},
        Deal{"StargateNorway",
             "NO",
             {"nvidia/gb300"},
             {},
             false,
             "ibtimes.sg, 2025-08-01: GB300 with NVLink, Narvik"},
        Deal{
            "FirebirdArmenia",
            "AM",
            {"nvidia/b200-sxm"},
            {"dell"},
            true,
            "mirrorspectator.com, 2025-11-25: Blackwell GPUs in Dell PowerEdge servers, after U.S. "
            "approval of the transfer (the report does not say which Blackwell)"},
        Deal{"IndustrialAiCloudGermany",
             "DE",
             {"nvidia/b200-sxm", "nvidia/dgx-b200"},
             {},
             false,
             "aiismid.com after telekom.com, 2025-11-05: DGX B200 systems, Munich"}),
    [](const auto& deal) { return std::string(deal.param.name); });

// Ascend servers for Malaysia, announced and withdrawn within a day (japantimes.co.jp, 2025-05-21).
TEST(AnnouncedDeals, AMemberFromACountryOfConcernIsRefusedForThatReason) {
  const std::string request =
      R"({"country":"MY","deployment":["on_premises"],)"
      R"("use_cases":[{"task":"software_engineering.code_assistant","users":5000}]})";
  int asked = 0;
  for (const Component& component : BundledCatalog()->components) {
    if (component.vendor_id != "huawei" || component.kind != "accelerator") continue;
    ++asked;
    const json::Document explained = Explain(request, component.id);
    EXPECT_STREQ(explained["answer"].GetString(), "excluded") << component.id;
    EXPECT_EQ(Text(explained["exclusion"], "reason"), "member_rule") << component.id;
  }
  EXPECT_GT(asked, 0);
}

}  // namespace
}  // namespace stackport
