#include "catalog/match/sweep.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

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
  EXPECT_EQ(blocked.barred_by, "blocked_destination");
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

// A package with the component would still draw too much.
TEST(Sweep, ADemandIsNoLeverAloneWhereALimitStandsInTheWayToo) {
  SmallCatalog catalog;
  catalog.Drop("flow/label");
  const auto sweep = SweepOf(catalog, R"({
    "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["en"], "users": 30000}],
    "deployment": ["on_premises"], "limits": {"site_power": "1 kW"}})",
                             {"KE"});
  ASSERT_TRUE(sweep.ok()) << sweep.error().ToString();
  ASSERT_THAT(sweep->missing, Not(IsEmpty()));
  EXPECT_THAT(sweep->missing[0].countries, ElementsAre("KE"));
  EXPECT_THAT(sweep->missing[0].lacking_only_this, IsEmpty());
  EXPECT_THAT(sweep->unlocks, IsEmpty());
}

// Machines are sized by it: what is dropped has to be large enough for them.
TEST(Sweep, StorageCanBeDroppedAsADemand) {
  SmallCatalog catalog;
  catalog.Drop("disk/array");
  const auto sweep = SweepOf(catalog, kRequest, {"KE"});
  ASSERT_TRUE(sweep.ok()) << sweep.error().ToString();
  ASSERT_THAT(sweep->rows[0].empty_demands, ElementsAre("storage"));
  EXPECT_TRUE(sweep->rows[0].fits_without_demand);
}

TEST(Sweep, NoLeverHelpsWhereNothingMayGo) {
  const auto sweep = SweepOf(SmallCatalog(), kRequest, {"KP", "SY", "CN"});
  ASSERT_TRUE(sweep.ok()) << sweep.error().ToString();
  EXPECT_EQ(sweep->rows[2].barred_by, "market");
  EXPECT_THAT(sweep->missing, IsEmpty());
  EXPECT_THAT(sweep->unlocks, IsEmpty());
}

constexpr const char* kRejecting = R"({
  "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["sw", "en"], "users": 30000}],
  "deployment": ["on_premises"], "unknown_facts": "reject", "objective": ["tco"]})";

constexpr const char* kLanguages =
    R"("languages":{"value":["en","sw"],"source":"test","as_of":"2026"})";

TEST(Sweep, OneFactThatIsLackingUnlocksItsCountries) {
  SmallCatalog catalog;
  catalog.Edit("farm/advice", kLanguages, "");
  const std::vector<std::string> codes = {"KE", "NG"};
  const auto sweep = SweepOf(catalog, kRejecting, codes);
  ASSERT_TRUE(sweep.ok()) << sweep.error().ToString();
  EXPECT_THAT(sweep->rows[0].settlement.facts,
              ElementsAre(UnstatedFact("farm/advice", "languages")));
  EXPECT_EQ(sweep->rows[0].settlement.site, "on_premises");
  ASSERT_EQ(sweep->facts_to_settle.size(), 1u);
  EXPECT_EQ(sweep->facts_to_settle[0].lacking_only_this, codes);
  const auto fact = std::find_if(
      sweep->unlocks.begin(), sweep->unlocks.end(),
      [](const SweepUnlock& unlock) { return unlock.kind == SweepUnlock::Kind::kFact; });
  ASSERT_NE(fact, sweep->unlocks.end());
  EXPECT_EQ(fact->component, "farm/advice");
  EXPECT_EQ(fact->name, "languages");
  EXPECT_EQ(fact->countries, codes);
  const auto settled = SweepOf(SmallCatalog(), kRejecting, codes);
  ASSERT_TRUE(settled.ok());
  for (const SweepRow& row : settled->rows) EXPECT_EQ(row.status, SweepStatus::kFits);
}

// The cheap array leaves where it is sold open, the dear one does not.
TEST(Sweep, TheFewestFactsAreToldHoweverDearTheirPackage) {
  SmallCatalog catalog;
  catalog.Edit("farm/advice", kLanguages, "");
  catalog.Edit("flow/label", R"("deployment":["on_premises","sovereign_cloud","cloud"])",
               R"("deployment":["on_premises"],"sold_in":{"all_except":["CU"]})");
  const auto one = SweepOf(catalog, kRejecting, {"KE"});
  ASSERT_TRUE(one.ok());
  EXPECT_EQ(one->rows[0].settlement.facts.size(), 1u);
  catalog.Edit("disk/array", R"("sold_in":{"all_except":["CU"]},)", "");
  const auto two = SweepOf(catalog, kRejecting, {"KE"});
  ASSERT_TRUE(two.ok());
  EXPECT_THAT(two->rows[0].settlement.facts, ElementsAre(UnstatedFact("disk/array", "sold_in"),
                                                         UnstatedFact("farm/advice", "languages")));
  for (const SweepLever& lever : two->facts_to_settle) {
    EXPECT_THAT(lever.lacking_only_this, IsEmpty()) << lever.name;
  }
  catalog.Put(
      "disk/dear",
      R"({"schema":"stackport.component/1","id":"disk/dear","name":"Dear","kind":"storage_system","summary":"x",
      "facts":{"max_power":{"value":1,"unit":"kW","source":"test","as_of":"2026"}},
      "provides":[{"capability":"data-storage","with":{"access":["nas"],"capacity":"10 TB","read_rate":"20 GB/s"}}],
      "offers":[{"deployment":["on_premises"],"sold_in":{"all_except":["CU"]},
        "prices":[{"per":"unit","amount":90000,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],
        "lead_time":{"value":30,"unit":"d","source":"test","as_of":"2026"}}]})");
  const auto dear = SweepOf(catalog, kRejecting, {"KE"});
  ASSERT_TRUE(dear.ok());
  EXPECT_THAT(dear->rows[0].settlement.facts,
              ElementsAre(UnstatedFact("farm/advice", "languages")));
}

TEST(Sweep, APriceThatIsRejectedWhenItIsMissingIsAFactToSettle) {
  SmallCatalog catalog;
  catalog.Edit(
      "net/switch",
      R"("prices":[{"per":"unit","amount":40000,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],)",
      "");
  const auto sweep = SweepOf(catalog, R"({
    "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["en"], "users": 30000}],
    "deployment": ["on_premises"], "missing_prices": "reject"})",
                             {"KE"});
  ASSERT_TRUE(sweep.ok()) << sweep.error().ToString();
  EXPECT_THAT(sweep->rows[0].settlement.facts, ElementsAre(UnstatedFact("net/switch", "price")));
}

TEST(Sweep, ALimitIsToldWithTheValueThatIsEnough) {
  const std::vector<std::string> codes = {"KE", "NG", "PL"};
  const auto with_power = [&](const std::string& limit) {
    return SweepOf(SmallCatalog(),
                   R"({
      "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["en"], "users": 30000}],
      "deployment": ["on_premises"], "limits": {"site_power": ")" +
                       limit + R"("}})",
                   codes);
  };
  const auto sweep = with_power("1 kW");
  ASSERT_TRUE(sweep.ok()) << sweep.error().ToString();
  const auto power =
      std::find_if(sweep->unlocks.begin(), sweep->unlocks.end(),
                   [](const SweepUnlock& unlock) { return unlock.name == "/limits/site_power"; });
  ASSERT_NE(power, sweep->unlocks.end());
  EXPECT_EQ(power->kind, SweepUnlock::Kind::kChange);
  EXPECT_EQ(power->countries, codes);
  ASSERT_TRUE(power->needed.has_value());
  const auto fitting = [&](std::int64_t watts) {
    const auto moved = with_power(std::to_string(watts) + " W");
    EXPECT_TRUE(moved.ok());
    return std::count_if(moved->rows.begin(), moved->rows.end(),
                         [](const SweepRow& row) { return row.status == SweepStatus::kFits; });
  };
  EXPECT_EQ(fitting(*power->needed), 3);
  EXPECT_LT(fitting(*power->needed - 1), 3);
}

// What takes too long is left out beforehand, so that a demand has no answer at all.
TEST(Sweep, ALimitOnDeliveryIsToldWhereItLeavesNothing) {
  const auto sweep = SweepOf(SmallCatalog(), R"({
    "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["en"], "users": 30000}],
    "deployment": ["on_premises"], "limits": {"delivery": "30 d"}})",
                             {"KE", "UZ", "NG"});
  ASSERT_TRUE(sweep.ok()) << sweep.error().ToString();
  EXPECT_THAT(sweep->rows[0].empty_demands, Not(IsEmpty()));
  const auto delivery =
      std::find_if(sweep->unlocks.begin(), sweep->unlocks.end(),
                   [](const SweepUnlock& unlock) { return unlock.name == "/limits/delivery"; });
  ASSERT_NE(delivery, sweep->unlocks.end());
  EXPECT_THAT(delivery->countries, ElementsAre("KE", "UZ", "NG"));
  EXPECT_GT(delivery->needed, 90) << "in Uzbekistan a licence comes first";
  EXPECT_EQ(delivery->needed_for_most, 90);
  EXPECT_EQ(delivery->most, 2u);
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
  // Without the residency, countries of one bloc have what others lack.
  std::string narrow;
  const auto rows = [&](const std::vector<std::string>& asked) {
    const auto sweep = SweepOf(catalog,
                               R"({
      "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["en"], "users": 30000}])" +
                                   narrow + "}",
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
  narrow = R"(,"data_residency":"country","deployment":["cloud_in_country","cloud_in_bloc"])";
  const std::vector<std::string> in_country = rows(codes);
  EXPECT_THAT(in_country, ::testing::Contains(HasSubstr("/data_residency")));
  for (std::size_t i = 0; i < codes.size(); ++i) {
    EXPECT_EQ(rows({codes[i]}).front(), in_country[i]);
  }
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
