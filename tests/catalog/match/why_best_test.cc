// What would change the best package, checked against the answers of the changed requests.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/match/matcher.h"
#include "tests/support/small_catalog.h"

namespace stackport::match {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::SizeIs;
using testing::SmallCatalog;

// A second array, dearer and thriftier, and a second suite whose sale is not stated.
SmallCatalog TwoArrays() {
  SmallCatalog catalog;
  catalog.Put("disk/thrifty",
              R"({"schema":"stackport.component/1","id":"disk/thrifty","name":"Thrifty",
      "kind":"storage_system","summary":"x",
      "facts":{"max_power":{"value":500,"unit":"W","source":"test","as_of":"2026"},
               "us_content":{"value":50,"unit":"%","source":"test","as_of":"2026"}},
      "provides":[{"capability":"data-storage","with":{"access":["nas"],"capacity":"10 TB","read_rate":"20 GB/s"}}],
      "offers":[{"deployment":["on_premises"],"sold_in":{"all_except":["CU"]},
        "prices":[{"per":"unit","amount":90000,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],
        "lead_time":{"value":30,"unit":"d","source":"test","as_of":"2026"}}]})");
  return catalog;
}

Request RequestOf(const std::string& extra) {
  const auto document = json::Parse(R"({"country":"KE","deployment":["on_premises"],"use_cases":[
        {"task":"agriculture.farmer_advice","languages":["en"],"users":10000}])" +
                                        extra + "}",
                                    "request");
  const ParsedRequest parsed =
      ParseRequest(*document, Registry::Builtin(), CountryIndex::Builtin());
  EXPECT_TRUE(parsed.request.has_value());
  return *parsed.request;
}

json::Document Explained(const SmallCatalog& catalog, const Request& request) {
  auto explained = Matcher(catalog.Build(), CountryIndex::Builtin()).ExplainBest(request);
  EXPECT_TRUE(explained.ok());
  return *std::move(explained);
}

// Components of the best package under a request; empty when nothing fits.
std::vector<std::string> BestOf(const SmallCatalog& catalog, const Request& request) {
  const auto result = Matcher(catalog.Build(), CountryIndex::Builtin()).Match(request);
  EXPECT_TRUE(result.ok());
  std::vector<std::string> ids;
  const json::Value& candidates = (*result)["candidates"];
  if (candidates.Empty()) return ids;
  for (const json::Value& part : candidates[0]["parts"].GetArray()) {
    ids.emplace_back(part["component"].GetString());
  }
  return ids;
}

const json::Value& EntryOf(const json::Value& list, const char* member, std::string_view name) {
  for (const json::Value& each : list.GetArray()) {
    if (json::StringOr(each, member, "") == name) return each;
  }
  ADD_FAILURE() << "no " << member << " " << name;
  static const json::Value kNone(rapidjson::kObjectType);
  return kNone;
}

std::string OutcomeOf(const json::Value& outcome) {
  return std::string(json::StringOr(outcome, "outcome", "absent"));
}

// Arrays of which each is thriftier and dearer than the one before.
SmallCatalog ManyArrays(int count) {
  SmallCatalog catalog;
  for (int i = 0; i < count; ++i) {
    const std::string id = "disk/array" + std::to_string(i);
    catalog.Put(id, R"({"schema":"stackport.component/1","id":")" + id +
                        R"(","name":"Array","kind":"storage_system","summary":"x",
      "facts":{"max_power":{"value":)" +
                        std::to_string(900 - 10 * i) +
                        R"(,"unit":"W","source":"test","as_of":"2026"}},
      "provides":[{"capability":"data-storage","with":{"access":["nas"],"capacity":"10 TB","read_rate":"20 GB/s"}}],
      "offers":[{"deployment":["on_premises"],"sold_in":{"all_except":["CU"]},
        "prices":[{"per":"unit","amount":)" +
                        std::to_string(20'000 + 10'000 * i) +
                        R"(,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],
        "lead_time":{"value":30,"unit":"d","source":"test","as_of":"2026"}}]})");
  }
  return catalog;
}

// The thriftiest is the best at the limit; above it, each step up is another search.
TEST(WhyBest, SaysWhetherTheStepsOrTheDeadlineEndedIt) {
  for (const auto& [arrays, ended] : {std::pair(11, false), std::pair(13, true)}) {
    const SmallCatalog catalog = ManyArrays(arrays);
    Request request = RequestOf("");
    const auto thriftiest = Explained(catalog, RequestOf(R"(,"objective":["site_power","tco"])"));
    const auto least = thriftiest["best"]["figures"]["site_power"]["high"].GetInt64();
    request.max_site_power_w = least;
    const json::Document why = Explained(catalog, request);
    EXPECT_EQ(why["complete"].GetBool(), !ended) << arrays;
    ASSERT_EQ(why.HasMember("ended_by"), ended) << arrays;
    if (ended) {
      EXPECT_THAT(json::Strings(why["ended_by"]), ElementsAre("steps"));
    }
  }
}

TEST(WhyBest, ThePackageWithoutAPartIsTheAnswerOfTheRequestThatBansIt) {
  const SmallCatalog catalog = TwoArrays();
  const Request request = RequestOf("");
  const json::Document why = Explained(catalog, request);
  EXPECT_STREQ(why["answer"].GetString(), "best_package");
  EXPECT_TRUE(why["complete"].GetBool());
  EXPECT_THAT(json::Strings(why["summary"]), SizeIs(5));
  for (const json::Value& alternative : why["alternatives"].GetArray()) {
    Request without = request;
    without.banned_components = {alternative["component"].GetString()};
    const auto best = BestOf(catalog, without);
    const json::Value& outcome = alternative["without_it"];
    EXPECT_EQ(best.empty(), OutcomeOf(outcome) == "nothing_fits")
        << alternative["component"].GetString();
  }
  const json::Value& array = EntryOf(why["alternatives"], "component", "disk/array")["without_it"];
  EXPECT_EQ(OutcomeOf(array), "other_package");
  const json::Value& swap = EntryOf(array["change"]["parts"], "demand", "storage");
  EXPECT_THAT(json::Strings(swap["from"]), ::testing::ElementsAre("disk/array"));
  EXPECT_THAT(json::Strings(swap["to"]), ::testing::ElementsAre("disk/thrifty"));
  EXPECT_GT(EntryOf(array["change"]["figures"], "figure", "tco")["difference"].GetInt64(), 0);
}

// The dearer array draws half the power: it comes in just where the limit on power shuts the other
// out.
TEST(WhyBest, BelowItsFigureALimitBringsTheNextPackageAndAboveTheLimitTheBetterOne) {
  const SmallCatalog catalog = TwoArrays();
  const json::Document free = Explained(catalog, RequestOf(""));
  const json::Value& power = EntryOf(free["limits"], "figure", "site_power");
  const std::int64_t value = power["value"].GetInt64();
  EXPECT_EQ(OutcomeOf(power["below_value"]), "other_package");
  EXPECT_EQ(json::Find(power, "above_limit"), nullptr);

  Request tight = RequestOf("");
  tight.max_site_power_w = value - 1;
  EXPECT_THAT(BestOf(catalog, tight), Contains("disk/thrifty"));
  const json::Document why = Explained(catalog, tight);
  const json::Value& above = EntryOf(why["limits"], "figure", "site_power")["above_limit"];
  EXPECT_EQ(OutcomeOf(above), "other_package");
  EXPECT_EQ(above["at"].GetInt64(), value);
  tight.max_site_power_w = value;
  EXPECT_THAT(BestOf(catalog, tight), Contains("disk/array"));
}

TEST(WhyBest, ALimitThatNoPackagePassesIsSaidToChangeNothing) {
  const json::Document why = Explained(TwoArrays(), RequestOf(R"(,"limits":{"capex":"90 MUSD"})"));
  EXPECT_EQ(OutcomeOf(EntryOf(why["limits"], "figure", "capex")["above_limit"]), "same_package");
}

// Where money is limited, a missing price is an open question: a limit far above any cost changes
// the best package, and no value of it brings the other one back.
TEST(WhyBest, ALimitOnMoneyThatAsksForUnstatedPricesIsSaidToChangeTheBest) {
  SmallCatalog catalog = TwoArrays();
  catalog.Edit(
      "disk/thrifty",
      R"("prices":[{"per":"unit","amount":90000,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],)",
      "");
  catalog.Edit("disk/array", R"("amount":10000)", R"("amount":9000000)");
  EXPECT_THAT(BestOf(catalog, RequestOf("")), Contains("disk/thrifty"));
  EXPECT_THAT(BestOf(catalog, RequestOf(R"(,"limits":{"tco":"900 MUSD"})")),
              Contains("disk/array"));
  const json::Document why = Explained(catalog, RequestOf(""));
  const json::Value& any = EntryOf(why["limits"], "figure", "tco")["any_limit"];
  EXPECT_EQ(OutcomeOf(any), "other_package");
  EXPECT_THAT(json::Strings(EntryOf(any["change"]["parts"], "demand", "storage")["to"]),
              ::testing::ElementsAre("disk/array"));
  EXPECT_EQ(OutcomeOf(EntryOf(why["limits"], "figure", "site_power")["any_limit"]), "same_package");
  EXPECT_THAT(json::Strings(why["summary"])[3], HasSubstr("any limit on tco"));
}

TEST(WhyBest, AnOpenQuestionTellsWhatItsAnswerWouldChange) {
  SmallCatalog catalog = TwoArrays();
  // The thrifty array is given away, and nobody says where it is sold: with that settled it wins.
  catalog.Edit("disk/thrifty", R"("amount":90000)", R"("amount":9)");
  catalog.Edit("disk/thrifty", R"("sold_in":{"all_except":["CU"]},)", "");
  const json::Document why = Explained(catalog, RequestOf(R"(,"top":2,"min_difference":1)"));
  const json::Value& question = EntryOf(why["questions"], "component", "disk/thrifty");
  EXPECT_STREQ(question["fact"].GetString(), "sold_in");
  EXPECT_EQ(question["packages"].GetInt(), 1);
  EXPECT_EQ(OutcomeOf(question["if_met"]), "other_package");
  EXPECT_EQ(OutcomeOf(question["if_not_met"]), "same_package");
  EXPECT_STREQ(why["questions"][0]["component"].GetString(), "disk/thrifty");
}

TEST(WhyBest, APinnedPartIsNotTakenAway) {
  const json::Document why =
      Explained(TwoArrays(), RequestOf(R"(,"pin":{"components":["disk/array"]})"));
  const json::Value& pinned = EntryOf(why["alternatives"], "component", "disk/array");
  EXPECT_TRUE(pinned["pinned"].GetBool());
  EXPECT_EQ(json::Find(pinned, "without_it"), nullptr);
}

TEST(WhyBest, WhereNothingFitsItSaysWhatMatchSays) {
  const json::Document why =
      Explained(SmallCatalog(), RequestOf(R"(,"limits":{"site_power":"1 kW"})"));
  EXPECT_STREQ(why["answer"].GetString(), "no_package");
  EXPECT_THAT(json::Strings(why["no_package"]["conflict"]), Contains(HasSubstr("site power")));
}

}  // namespace
}  // namespace stackport::match
