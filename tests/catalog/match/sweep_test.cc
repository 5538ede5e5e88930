#include "catalog/match/sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/small_catalog.h"

namespace stackport::match {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using testing::SmallCatalog;

// No country: the sweep gives it one.
constexpr const char* kRequest = R"({
  "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["sw", "en"], "users": 30000}],
  "deployment": ["on_premises"]})";

Result<Sweep> SweepOf(const SmallCatalog& catalog, const std::string& request,
                      const std::vector<std::string>& codes, const SweepOptions& options = {}) {
  const auto document = json::Parse(request, "request");
  EXPECT_TRUE(document.ok());
  return RunSweep(catalog.Build(), CountryIndex::Builtin(), Registry::Builtin(), *document, codes,
                  options);
}

// With a cloud that has a region and a machine in each of the countries.
SmallCatalog WithClouds(const std::vector<std::string>& countries) {
  std::string offers;
  for (const std::string& country : countries) {
    offers += (offers.empty() ? "" : ",") +
              (R"({"deployment":["cloud"],"location":{"country":")" + country) +
              R"(","regions":["one"]}})";
  }
  offers = R"("offers":[)" + offers + "]";
  SmallCatalog catalog;
  catalog.PutFree("sky/cloud", "cloud_provider",
                  R"([{"capability":"cloud-services","with":{"cloud":"aws",
                      "platform":["kubernetes"]}}])",
                  "[]", offers);
  catalog.PutFree("sky/machine", "cloud_instance",
                  R"([{"capability":"accelerated-compute","with":{"isa":["cuda"],
                      "accelerator":"acc/chip","accelerators":8}}])",
                  R"([{"capability":"cloud-services","where":[{"attribute":"cloud",
                      "in":["aws"]}]}])",
                  offers);
  return catalog;
}

TEST(Sweep, TellsWhereAPackageFitsAndWhatBlocksTheRest) {
  const auto sweep = SweepOf(SmallCatalog(), kRequest, {"KE", "KP"});
  ASSERT_TRUE(sweep.ok()) << sweep.error().ToString();
  ASSERT_EQ(sweep->rows.size(), 2u);
  const SweepRow& kenya = sweep->rows[0];
  EXPECT_EQ(kenya.status, SweepStatus::kFits);
  ASSERT_EQ(kenya.packages.size(), 1u);
  EXPECT_EQ(kenya.packages[0].deployment, "on_premises");
  EXPECT_THAT(kenya.packages[0].components, ::testing::Contains("acc/chip"));
  EXPECT_GT(kenya.packages[0].tco_low_cents, 0);
  const SweepRow& blocked = sweep->rows[1];
  EXPECT_EQ(blocked.status, SweepStatus::kNothingFits);
  EXPECT_THAT(blocked.packages, IsEmpty());
  EXPECT_THAT(blocked.empty_demands, Not(IsEmpty()));
  ASSERT_THAT(blocked.reasons, Not(IsEmpty()));
  EXPECT_EQ(blocked.reasons.front().first, "blocked_destination");
}

TEST(Sweep, NamesTheConflictWhereEveryDemandHasAnAnswer) {
  const auto sweep = SweepOf(SmallCatalog(), R"({
    "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["en"], "users": 30000}],
    "deployment": ["on_premises"], "limits": {"site_power": "1 kW"}})",
                             {"KE"});
  ASSERT_TRUE(sweep.ok()) << sweep.error().ToString();
  EXPECT_EQ(sweep->rows[0].status, SweepStatus::kNothingFits);
  EXPECT_THAT(sweep->rows[0].conflict, ::testing::Contains(HasSubstr("site power")));
}

TEST(Sweep, ADemandThatNothingElseGoesWithoutIsALever) {
  SmallCatalog catalog;
  catalog.Drop("flow/label");
  const auto sweep = SweepOf(catalog, kRequest, {"KE", "NG"});
  ASSERT_TRUE(sweep.ok()) << sweep.error().ToString();
  ASSERT_THAT(sweep->missing, Not(IsEmpty()));
  EXPECT_EQ(sweep->missing[0].name, "data_labeling");
  EXPECT_THAT(sweep->missing[0].lacking_only_this, ElementsAre("KE", "NG"));
}

TEST(Sweep, IsTheSameForAnyNumberOfThreads) {
  const std::vector<std::string> codes = {"KE", "NG", "PL", "UZ", "KP", "AE", "IN", "BR"};
  const auto text = [&](int threads) {
    SweepOptions options;
    options.threads = threads;
    const auto sweep = SweepOf(SmallCatalog(), kRequest, codes, options);
    EXPECT_TRUE(sweep.ok());
    return json::WriteCanonical(SweepJson(*sweep, CountryIndex::Builtin()));
  };
  EXPECT_EQ(text(1), text(4));
}

// Countries that look alike share a row, and sites that look alike share a search: neither may lend
// a country what is not its own.
TEST(Sweep, GivesEachCountryWhatItGetsAlone) {
  std::vector<std::string> codes;
  const std::vector<Country>& all = CountryIndex::Builtin().All();
  for (std::size_t i = 0; i < all.size(); i += 6) codes.push_back(all[i].code);
  codes.insert(codes.end(), {"KE", "TZ", "DE", "FR", "CN"});
  const SmallCatalog catalog = WithClouds({"KE", "DE", "ZA", "US"});
  const auto rows = [&](const std::vector<std::string>& asked) {
    const auto sweep = SweepOf(catalog, R"({
      "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["en"], "users": 30000}]})",
                               asked);
    EXPECT_TRUE(sweep.ok());
    const json::Document document = SweepJson(*sweep, CountryIndex::Builtin());
    std::vector<std::string> texts;
    for (const json::Value& row : document["countries"].GetArray()) {
      texts.push_back(json::WriteCanonical(row));
    }
    return texts;
  };
  const std::vector<std::string> together = rows(codes);
  ASSERT_EQ(together.size(), codes.size());
  EXPECT_THAT(together, ::testing::Contains(HasSubstr("cloud:aws@KE")));
  EXPECT_THAT(together, ::testing::Contains(HasSubstr("cloud_in_bloc")));
  for (std::size_t i = 0; i < codes.size(); ++i) EXPECT_EQ(rows({codes[i]}).front(), together[i]);
}

TEST(Sweep, ReportsProgressAndStopsWhenCancelled) {
  std::atomic<bool> cancel = false;
  std::vector<std::size_t> told;
  SweepOptions options;
  options.cancel = &cancel;
  options.progress = [&](std::size_t done, std::size_t total) {
    EXPECT_EQ(total, 3u);
    told.push_back(done);
    if (done == 2) cancel = true;
  };
  const auto sweep = SweepOf(SmallCatalog(), kRequest, {"KE", "NG", "PL"}, options);
  ASSERT_TRUE(sweep.ok());
  EXPECT_THAT(told, ElementsAre(1u, 2u));
  EXPECT_TRUE(sweep->cancelled);
  EXPECT_EQ(sweep->rows.size(), 2u);
}

TEST(Sweep, AWrongRequestIsOneErrorWithItsPlace) {
  const auto sweep =
      SweepOf(SmallCatalog(), R"({"use_cases": [{"task": "no.such_task"}]})", {"KE"});
  ASSERT_FALSE(sweep.ok());
  EXPECT_EQ(sweep.error().code, ErrorCode::kInvalidArgument);
  EXPECT_THAT(sweep.error().message, HasSubstr("no.such_task"));
}

}  // namespace
}  // namespace stackport::match
