// Three packages over the bundled catalog worked out on paper from the documents' facts, and the
// answer held against that. Whoever changes a fact used here changes the paper too.
//
// Common to all three: a user asks 3.6 times a day and gets 211 tokens each time, the busiest hour
// is 4 times the mean; machines draw their maximum power all year, times a PUE of 1.54; costs run
// for 5 years; 1 GB of storage for each user. What stands in for prices that nobody published:
//   accelerators  326.24 USD per GB: eleven have prices, the ninth by price per GB is the H200 with
//                 46,000 USD / 141 GB (nearest rank of the upper quartile: ceil(11 * 3/4) = 9)
//   servers       15,000 USD per slot (assumption: fewer than three have prices)
//   storage       1,500 USD per TB (likewise), security software 150,000 USD a year
//   server power  712 W per slot at most: the upper quartile of the systems that state theirs
#include <gtest/gtest.h>

#include "tests/plugins/asking.h"
#include "tests/plugins/bundled_catalog.h"

namespace stackport {
namespace {

constexpr double kPue = 1.54;
constexpr double kKilowattHoursPerWattYear = 8.76;
constexpr int kYears = 5;
constexpr double kSecuritySoftware = 150'000;
constexpr double kSwitch = 50'000;          // QM9700, reported
constexpr double kStorage = 260.9 * 1'500;  // AI400X2 Turbo with 260.9 TB: 391,350
constexpr double kSwitchWatts = 1'720;
constexpr double kStorageWatts = 2'400;

// Dollars at the pessimistic end. Each part is rounded up to a cent, some twenty of them.
void ExpectUsd(const json::Value& figures, const char* name, double usd) {
  EXPECT_NEAR(static_cast<double>(figures[name]["high"].GetInt64()) / 100, usd, 1.0) << name;
}

void ExpectMoney(const json::Value& figures, double capital, double running) {
  ExpectUsd(figures, "capex", capital);
  ExpectUsd(figures, "opex_per_year", running);
  ExpectUsd(figures, "tco", capital + kYears * running);
}

void ExpectPower(const json::Value& figures, double low_watts, double high_watts) {
  EXPECT_NEAR(static_cast<double>(figures["site_power"]["low"].GetInt64()), low_watts * kPue, 1);
  EXPECT_NEAR(static_cast<double>(figures["site_power"]["high"].GetInt64()), high_watts * kPue, 1);
}

void ExpectUnknownUsContent(const json::Value& figures) {
  // No maker of these parts states a share: anything from none to all.
  EXPECT_EQ(figures["us_content_layer_a"]["low"].GetInt64(), 0);
  EXPECT_EQ(figures["us_content_layer_a"]["high"].GetInt64(), 10'000);
  EXPECT_EQ(Text(figures["us_content_layer_a"], "presumption"), "unknown");
}

std::string Request(const std::string& country, const std::string& use_case,
                    const std::string& deployment, const std::string& pins) {
  return R"({"country":")" + country + R"(","use_cases":[)" + use_case + R"(],"deployment":[")" +
         deployment + R"("],"top":1,"best_per":"none","pin":{"components":[)" + pins + "]}}";
}

// Kenya, own site, throughput measured. 200,000 users * 3.6 * 211 / 86,400 s * 4 = 7,033.3
// tokens/s. MLPerf v5.1 Server, Llama 3.1 8B on one H100: 5,103.99 tokens/s, so two replicas of one
// H100 each; the board of the XE9680 is bought with all eight.
TEST(ByHand, KenyaOnItsOwnSiteWithMeasuredThroughput) {
  const json::Document result = Answer(Request(
      "KE", R"({"task":"assistant.general","languages":["en"],"users":200000})", "on_premises",
      R"("meta/llama-3.1-8b","nvidia/h100-sxm","dell/poweredge-xe9680","nvidia/quantum-2-qm9700",)"
      R"("ddn/ai400x2-turbo","cisco/umbrella-and-secure-firewall")"));
  ASSERT_EQ(result["candidates"].Size(), 1U);
  const json::Value& best = result["candidates"][0];
  const json::Value* chips = PartOfKind(best, "accelerator");
  ASSERT_NE(chips, nullptr);
  EXPECT_EQ((*chips)["quantity"].GetInt64(), 8);
  EXPECT_EQ((*chips)["throughput"]["replicas"].GetInt64(), 2);
  EXPECT_EQ(Text((*chips)["throughput"], "basis"), "measured");
  EXPECT_NEAR((*chips)["throughput"]["tokens_per_s_per_replica"].GetDouble(), 5'103.99, 0.01);
  const json::Value& figures = best["figures"];
  const double low = 8 * 700 + kSwitchWatts + kStorageWatts;  // 9,720 W and the server's own
  const double high = low + 8 * 712;                          // 15,416 W
  ExpectPower(figures, low, high);
  const double capital = 8 * 33'600 + 8 * 15'000 + kSwitch + kStorage;    // 830,150
  const double energy = high * kPue * kKilowattHoursPerWattYear * 0.088;  // 18,301 a year in Kenya
  ExpectMoney(figures, capital, kSecuritySoftware + energy);
  EXPECT_EQ(figures["lead_time"]["value"].GetInt64(), 140);  // 20 weeks, no licence
  EXPECT_EQ(figures["licences"]["value"].GetInt64(), 0);
  ExpectUnknownUsContent(figures);
}

// India, cloud by the hour. 7,033.3 tokens/s again. Llama 3.1 8B in BF16 on one H100 NVL, batch 32:
// 16 GB of weights / 3.94 TB/s / 32 = 127 us a token; its question of 1155 / 211 tokens costs
// 5.474 * 2 * 8e9 / 836e12 s = 105 us; 0.45 / 232 us = 1,941 tokens/s, so four machines with one
// each, at 9.772 USD an hour; 200 TB of object storage at 30 USD a month.
TEST(ByHand, IndiaInACloudByTheHour) {
  const json::Document result =
      Answer(Request("IN", R"({"task":"assistant.general","languages":["hi","en"],"users":200000})",
                     "cloud_in_country",
                     R"("meta/llama-3.1-8b","microsoft/nc40ads-h100-v5",)"
                     R"("fortanix/data-security-manager")"));
  ASSERT_EQ(result["candidates"].Size(), 1U);
  const json::Value& best = result["candidates"][0];
  const json::Value* machines = PartOfKind(best, "cloud_instance");
  ASSERT_NE(machines, nullptr);
  EXPECT_EQ((*machines)["quantity"].GetInt64(), 4);
  EXPECT_NEAR((*machines)["throughput"]["tokens_per_s_per_replica"].GetDouble(), 1'941, 1);
  const json::Value& figures = best["figures"];
  const double running = 4 * 9.772 * 8'760 + 200 * 30 * 12 + kSecuritySoftware;  // 564,411
  ExpectMoney(figures, 0, running);
  ExpectPower(figures, 0, 0);
  EXPECT_EQ(figures["lead_time"]["value"].GetInt64(), 0);
  EXPECT_EQ(figures["licences"]["value"].GetInt64(), 0);
  EXPECT_EQ(Text(figures["us_content_layer_a"], "presumption"), "not applicable");
}

// Uzbekistan, own site, under a licence. 20,000 users: 703.3 tokens/s, one H100 PCIe by the
// estimate. Its price stands in: 80 GB * 46,000 / 141 = 26,099.
TEST(ByHand, UzbekistanUnderALicence) {
  const json::Document result = Answer(Request(
      "UZ", R"({"task":"government.document_assistant","languages":["uz","ru"],"users":20000})",
      "on_premises",
      R"("google/gemma-4-26b-a4b-it","nvidia/h100-pcie","dell/poweredge-r760xa",)"
      R"("nvidia/quantum-2-qm9700","ddn/ai400x2-turbo","cisco/umbrella-and-secure-firewall")"));
  ASSERT_EQ(result["candidates"].Size(), 1U);
  const json::Value& best = result["candidates"][0];
  const json::Value* chips = PartOfKind(best, "accelerator");
  ASSERT_NE(chips, nullptr);
  EXPECT_EQ((*chips)["quantity"].GetInt64(), 1);
  const json::Value& figures = best["figures"];
  const double low = 350 + kSwitchWatts + kStorageWatts;  // 4,470 W
  const double high = low + 4 * 712;                      // 7,318 W with a server of four slots
  ExpectPower(figures, low, high);
  const double capital = 80 * 46'000.0 / 141 + 4 * 15'000 + kSwitch + kStorage;  // 527,449
  const double energy = high * kPue * kKilowattHoursPerWattYear * 0.071;         // 7,009 a year
  ExpectMoney(figures, capital, kSecuritySoftware + energy);
  // 140 days of delivery after at most 180 for the licence: Uzbekistan is in group D:1.
  EXPECT_EQ(figures["licences"]["value"].GetInt64(), 1);
  EXPECT_EQ(figures["lead_time"]["value"].GetInt64(), 140 + 180);
  ExpectUnknownUsContent(figures);
}

}  // namespace
}  // namespace stackport
