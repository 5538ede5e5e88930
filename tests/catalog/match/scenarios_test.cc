#include "catalog/match/scenarios.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/small_catalog.h"

namespace stackport::match {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing::SmallCatalog;

json::Document Parsed(const std::string& text) {
  auto document = json::Parse(text, "test");
  EXPECT_TRUE(document.ok()) << text;
  return *std::move(document);
}

Scenario ScenarioOf(const std::string& name, const std::string& patch) {
  return {name, Parsed(patch)};
}

// The examples of RFC 7396, appendix A.
TEST(MergePatch, DoesWhatTheStandardSays) {
  const auto merged = [](const std::string& target, const std::string& patch) {
    json::Document document = Parsed(target);
    MergePatch(document, Parsed(patch), document.GetAllocator());
    return json::WriteCanonical(document);
  };
  EXPECT_EQ(merged(R"({"a":"b"})", R"({"a":"c"})"), R"({"a":"c"})");
  EXPECT_EQ(merged(R"({"a":"b"})", R"({"b":"c"})"), R"({"a":"b","b":"c"})");
  EXPECT_EQ(merged(R"({"a":"b","b":"c"})", R"({"a":null})"), R"({"b":"c"})");
  EXPECT_EQ(merged(R"({"a":["b"]})", R"({"a":"c"})"), R"({"a":"c"})");
  EXPECT_EQ(merged(R"({"a":{"b":"c"}})", R"({"a":{"b":"d","c":null}})"), R"({"a":{"b":"d"}})");
  EXPECT_EQ(merged(R"({"a":[{"b":"c"}]})", R"({"a":[1]})"), R"({"a":[1]})");
  EXPECT_EQ(merged("[]", R"({"a":{"bb":{"ccc":null}}})"), R"({"a":{"bb":{}}})");
}

constexpr const char* kRequest = R"({
  "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["sw"], "users": 30000}],
  "deployment": ["on_premises"], "limits": {"site_power": "1 kW"}})";

Result<std::vector<ScenarioSweep>> Swept(const std::vector<Scenario>& scenarios,
                                         const SweepOptions& options = {}) {
  return RunScenarios(SmallCatalog().Build(), CountryIndex::Builtin(), Registry::Builtin(),
                      Parsed(kRequest), scenarios, {"KE", "NG"}, options);
}

TEST(Scenarios, EachIsTheRequestWithItsPatch) {
  std::vector<Scenario> scenarios;
  scenarios.push_back(ScenarioOf("as asked", "{}"));
  scenarios.push_back(ScenarioOf("any power", R"({"limits":{"site_power":null}})"));
  std::vector<std::size_t> told;
  SweepOptions options;
  options.progress = [&](std::size_t done, std::size_t total) {
    EXPECT_EQ(total, 4u);
    told.push_back(done);
  };
  const auto sweeps = Swept(scenarios, options);
  ASSERT_TRUE(sweeps.ok()) << sweeps.error().ToString();
  ASSERT_THAT(*sweeps, SizeIs(2));
  EXPECT_EQ((*sweeps)[0].sweep.rows[0].status, SweepStatus::kNothingFits);
  EXPECT_EQ((*sweeps)[1].sweep.rows[0].status, SweepStatus::kFits);
  EXPECT_THAT(told, ElementsAre(1, 2, 3, 4));
  const json::Document document = ScenariosJson(*sweeps, CountryIndex::Builtin());
  EXPECT_STREQ(document["schema"].GetString(), "stackport.scenarios/1");
  EXPECT_STREQ(document["scenarios"][1]["name"].GetString(), "any power");
  EXPECT_EQ(document["scenarios"][1]["sweep"]["summary"]["fits"].GetInt(), 2);
}

TEST(Scenarios, WithoutAnyItIsTheSweepOfTheRequest) {
  const auto sweeps = Swept({});
  ASSERT_TRUE(sweeps.ok());
  EXPECT_STREQ(ScenariosJson(*sweeps, CountryIndex::Builtin())["schema"].GetString(),
               "stackport.sweep/1");
}

TEST(Scenarios, AWrongOneIsNamed) {
  std::vector<Scenario> wrong;
  wrong.push_back(ScenarioOf("half", R"({"limits":{"site_power":"half"}})"));
  EXPECT_THAT(Swept(wrong).error().message, HasSubstr("scenario 'half'"));
  std::vector<Scenario> twice;
  twice.push_back(ScenarioOf("a", "{}"));
  twice.push_back(ScenarioOf("a", "{}"));
  EXPECT_THAT(Swept(twice).error().message, HasSubstr("two scenarios are named 'a'"));
}

}  // namespace
}  // namespace stackport::match
