#include "catalog/match/matcher.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "tests/support/small_catalog.h"

namespace stackport::match {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using testing::SmallCatalog;

constexpr const char* kRequest = R"({
  "country": "KE",
  "use_cases": [{"task": "agriculture.farmer_advice", "languages": ["sw", "en"], "users": 30000}],
  "deployment": ["on_premises"],
  "assumptions": {"requests_per_user_day": 4, "input_tokens_per_request": 1000,
                  "output_tokens_per_request": 250, "peak_factor": 4, "pue": 1.5, "years": 5,
                  "electricity_usd_per_kwh": 0.1, "batch": 32, "roofline_efficiency": 0.4,
                  "memory_overhead": 1.2}})";

Request Parse(const std::string& text) {
  auto document = json::Parse(text, "request");
  EXPECT_TRUE(document.ok());
  ParsedRequest parsed = ParseRequest(*document, Registry::Builtin(), CountryIndex::Builtin());
  for (const Finding& finding : parsed.findings) ADD_FAILURE() << ToText(finding);
  return std::move(parsed.request).value_or(Request{});
}

json::Document Match(const SmallCatalog& catalog, const Request& request) {
  const SnapshotPtr snapshot = catalog.Build();
  auto result = Matcher(snapshot, CountryIndex::Builtin()).Match(request);
  EXPECT_TRUE(result.ok()) << (result.ok() ? "" : result.error().ToString());
  return result.ok() ? std::move(*result) : json::Document(rapidjson::kObjectType);
}

const json::Value& Best(const json::Document& result) {
  return result["candidates"][0];
}

const json::Value& PartOf(const json::Value& candidate, std::string_view component) {
  for (const json::Value& part : candidate["parts"].GetArray()) {
    if (part["component"].GetString() == component) return part;
  }
  ADD_FAILURE() << "no part " << component;
  return candidate["parts"][0];
}

std::string ReasonFor(const json::Document& result, std::string_view component) {
  for (const json::Value& group : result["excluded"]["groups"].GetArray()) {
    for (const json::Value& id : group["components"].GetArray()) {
      if (id.GetString() == component) return group["reason"].GetString();
    }
  }
  return "";
}

// One request worked out on paper, from the facts of SmallCatalog.
//
// Peak: 30,000 users * 4 requests * 250 tokens / 86,400 s * 4 = 1,388.9 tokens/s.
// BF16 replica: 20 B * 2 bytes * 1.2 = 48 GB, fits one chip of 100 GB.
// One token: memory 40 GB / 2 TB/s / 32 = 625 us; compute 40e9 / 1e15 = 40 us; prefill 4 * 40 us =
// 160 us; 785 us; 0.4 / 785 us = 509.5 tokens/s. Three replicas, so 3 chips, one node of 8 chips.
TEST(Matcher, FiguresAreThoseOfTheHandCalculation) {
  const json::Document result = Match(SmallCatalog(), Parse(kRequest));
  ASSERT_EQ(result["candidates"].Size(), 1u);
  const json::Value& best = Best(result);
  EXPECT_EQ(PartOf(best, "acc/chip")["quantity"].GetInt64(), 8);
  EXPECT_EQ(PartOf(best, "box/server")["quantity"].GetInt64(), 1);
  EXPECT_EQ(PartOf(best, "net/switch")["quantity"].GetInt64(), 1);
  // 30,000 users at 1 GB are 30 TB: three arrays of 10 TB.
  EXPECT_EQ(PartOf(best, "disk/array")["quantity"].GetInt64(), 3);
  EXPECT_EQ(PartOf(best, "acc/chip")["throughput"]["replicas"].GetInt64(), 3);
  EXPECT_NEAR(PartOf(best, "acc/chip")["throughput"]["tokens_per_s_per_replica"].GetDouble(), 509.5,
              0.1);

  const json::Value& figures = best["figures"];
  // 8 * 30,000 + 100,000 + 40,000 + 3 * 10,000 USD; the low end takes chips at 20,000.
  EXPECT_EQ(figures["capex"]["high"].GetInt64(), 41'000'000);
  EXPECT_EQ(figures["capex"]["low"].GetInt64(), 33'000'000);
  // 8 * 700 W + host 8 * 800 W (assumed) + 2,000 W + 3 * 1,000 W = 17,000 W, times 1.5.
  EXPECT_EQ(figures["site_power"]["high"].GetInt64(), 25'500);
  // 17 kW * 1.5 * 8,760 h * 0.1 USD = 22,338 USD a year.
  EXPECT_EQ(figures["opex_per_year"]["high"].GetInt64(), 2'233'800);
  EXPECT_EQ(figures["tco"]["high"].GetInt64(), 41'000'000 + 5 * 2'233'800);
  EXPECT_EQ(figures["lead_time"]["value"].GetInt64(), 90);
  EXPECT_EQ(figures["licences"]["value"].GetInt64(), 0);
  // Worst corner: chips dear, (240 * 40 + 100 * 80 + 70 * 50) / 410 = 51.46 percent; best: cheap.
  EXPECT_EQ(figures["us_content_layer_a"]["low"].GetInt64(), 5146);
  EXPECT_STREQ(figures["us_content_layer_a"]["presumption"].GetString(), "true");
}

TEST(Matcher, EveryDemandOfTheOrderIsAnswered) {
  const json::Document result = Match(SmallCatalog(), Parse(kRequest));
  std::set<std::string> demands;
  for (const json::Value& part : Best(result)["parts"].GetArray()) {
    for (const json::Value& demand : part["demands"].GetArray()) demands.insert(demand.GetString());
  }
  for (const char* demand :
       {"model", "model serving", "accelerated compute", "servers", "networking", "storage",
        "cloud services", "data_pipeline", "data_labeling", "agriculture.farmer_advice",
        "prompt_injection_defense", "model_scanning", "endpoint_protection", "network_security",
        "identity_and_secrets"}) {
    EXPECT_THAT(demands, Contains(demand));
  }
}

TEST(Matcher, VendorOfACountryOfConcernIsRefusedByTheMemberRule) {
  SmallCatalog catalog;
  catalog.PutFree("cn/pipe", "data_pipeline", R"([{"capability":"data-pipeline"}])", "[]",
                  R"("offers":[{"deployment":["on_premises"]}])");
  catalog.SetHeadquarters("cn", "CN");
  const json::Document result = Match(catalog, Parse(kRequest));
  EXPECT_EQ(ReasonFor(result, "cn/pipe"), "member_rule");
}

TEST(Matcher, StatedLanguagesExcludeAndMissingOnesAsk) {
  SmallCatalog catalog;
  catalog.Edit("lab/model", R"(["en","sw"])", R"(["en"])");
  const json::Document none = Match(catalog, Parse(kRequest));
  EXPECT_EQ(none["candidates"].Size(), 0u);
  EXPECT_EQ(ReasonFor(none, "lab/model"), "language");

  catalog.Edit("lab/model", R"("languages":{"value":["en"],"source":"test","as_of":"2026"})",
               R"("languages":{"unknown":"not published"})");
  const json::Document asked = Match(catalog, Parse(kRequest));
  ASSERT_EQ(asked["candidates"].Size(), 1u);
  EXPECT_STREQ(Best(asked)["standing"].GetString(), "possible");
  EXPECT_EQ(Best(asked)["open_questions"][0]["fact"], "languages");

  Request strict = Parse(kRequest);
  strict.unknown_facts = UnknownFacts::kReject;
  EXPECT_EQ(Match(catalog, strict)["candidates"].Size(), 0u);
}

TEST(Matcher, MissingPriceIsEstimatedMarkedAndRejectedOnDemand) {
  SmallCatalog catalog;
  catalog.Edit(
      "net/switch",
      R"("prices":[{"per":"unit","amount":40000,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],)",
      "");
  const json::Document result = Match(catalog, Parse(kRequest));
  const json::Value& cost = PartOf(Best(result), "net/switch")["cost"];
  EXPECT_STREQ(cost["basis"].GetString(), "assumed");
  EXPECT_EQ(cost["capex"]["high"].GetInt64(), 64 * 1500 * 100);
  Request strict = Parse(kRequest);
  strict.missing_prices = MissingPrices::kReject;
  const json::Document rejected = Match(catalog, strict);
  EXPECT_EQ(rejected["candidates"].Size(), 0u);
  EXPECT_EQ(ReasonFor(rejected, "net/switch"), "missing_price");
}

TEST(Matcher, NothingFitsNamesTheConflictAndTheSmallestValueThatWorks) {
  Request request = Parse(kRequest);
  request.max_site_power_w = 20'000;
  const json::Document result = Match(SmallCatalog(), request);
  ASSERT_EQ(result["candidates"].Size(), 0u);
  EXPECT_STREQ(result["proof"]["status"].GetString(), "infeasible");
  bool power = false;
  for (const json::Value& change : result["no_package"]["changes"].GetArray()) {
    if (std::string_view(change["change"].GetString()) != "/limits/site_power") continue;
    power = true;
    EXPECT_EQ(change["needed"].GetInt64(), 25'500);
  }
  EXPECT_TRUE(power);
  // And that value does work, by one watt.
  request.max_site_power_w = 25'500;
  EXPECT_EQ(Match(SmallCatalog(), request)["candidates"].Size(), 1u);
  request.max_site_power_w = 25'498;
  EXPECT_EQ(Match(SmallCatalog(), request)["candidates"].Size(), 0u);
}

TEST(Matcher, TwoDemandsThatEachStandInTheWayHaveToChangeTogether) {
  Request request = Parse(kRequest);
  request.max_site_power_w = 20'000;
  request.max_delivery_days = 60;
  const json::Document result = Match(SmallCatalog(), request);
  const json::Value& no_package = result["no_package"];
  EXPECT_TRUE(no_package["complete"].GetBool());
  ASSERT_EQ(no_package["conflicts"].Size(), 2u);
  EXPECT_THAT(json::Strings(no_package["conflicts"][0]["pointers"]),
              ElementsAre("/limits/delivery"));
  EXPECT_THAT(json::Strings(no_package["conflicts"][1]["pointers"]),
              ElementsAre("/limits/site_power"));
  ASSERT_EQ(no_package["changes"].Size(), 1u);
  const json::Value& change = no_package["changes"][0];
  ASSERT_EQ(change["demands"].Size(), 2u);
  EXPECT_STREQ(change["demands"][0]["pointer"].GetString(), "/limits/site_power");
  EXPECT_EQ(change["demands"][0]["needed"].GetInt64(), 25'500);
  EXPECT_STREQ(change["demands"][1]["pointer"].GetString(), "/limits/delivery");
  EXPECT_EQ(change["demands"][1]["needed"].GetInt64(), 90);
  // The package that then appears keeps the new limits.
  EXPECT_EQ(change["candidate"]["figures"]["lead_time"]["value"].GetInt64(), 90);
}

// Each change, put into the request, gives its package, and one less gives none: whatever was
// shared on the way there.
TEST(Matcher, AChangeIsWhatTheChangedRequestGivesByItself) {
  SmallCatalog catalog;
  // Cheaper, and its price a question as soon as money is limited.
  catalog.PutFree("flow/pipe2", "data_pipeline", R"([{"capability":"data-pipeline"}])", "[]",
                  R"("offers":[{"deployment":["on_premises"],"sold_in":{"only":["KE"]}}])");
  using Member = std::optional<std::int64_t> Request::*;
  const std::map<std::string, Member> limits = {{"/limits/capex", &Request::max_capex_cents},
                                                {"/limits/opex", &Request::max_opex_cents},
                                                {"/limits/tco", &Request::max_tco_cents},
                                                {"/limits/site_power", &Request::max_site_power_w},
                                                {"/limits/delivery", &Request::max_delivery_days},
                                                {"/limits/vendors", &Request::max_vendors}};
  const std::vector<std::vector<std::string>> too_low = {
      {"/limits/capex"},
      {"/limits/opex"},
      {"/limits/tco"},
      {"/limits/site_power"},
      {"/limits/delivery"},
      {"/limits/vendors"},
      {"/limits/capex", "/limits/site_power"},
      {"/limits/tco", "/limits/delivery", "/limits/vendors"}};
  for (const std::int64_t pue_milli : {1500, 700}) {
    for (const std::vector<std::string>& names : too_low) {
      Request request = Parse(kRequest);
      request.assumptions.at("pue").value = pue_milli;
      for (const std::string& name : names) request.*limits.at(name) = 1;
      const json::Document result = Match(catalog, request);
      ASSERT_EQ(result["candidates"].Size(), 0u);
      ASSERT_EQ(result["no_package"]["changes"].Size(), 1u) << names.front();
      const json::Value& change = result["no_package"]["changes"][0];
      ASSERT_EQ(change["demands"].Size(), names.size());
      Request changed = request;
      changed.top = 1;
      for (const json::Value& demand : change["demands"].GetArray()) {
        changed.*limits.at(demand["pointer"].GetString()) = demand["needed"].GetInt64();
      }
      EXPECT_EQ(json::WriteCanonical(change["candidate"]),
                json::WriteCanonical(Best(Match(catalog, changed))))
          << names.front();
      // A watt of the site is less than one of the machines where the factor is below one.
      const std::int64_t step = names.back() == "/limits/site_power" ? 2 : 1;
      *(changed.*limits.at(names.back())) -= step;
      EXPECT_EQ(Match(catalog, changed)["candidates"].Size(), 0u) << names.front();
    }
  }
}

TEST(Matcher, AStoppedSearchIsNeverTakenForAProof) {
  Request request = Parse(kRequest);
  const std::atomic<bool> cancelled = true;
  const Matcher matcher(SmallCatalog().Build(), CountryIndex::Builtin());
  const auto explained = matcher.Explain(request, "acc/chip", &cancelled);
  ASSERT_TRUE(explained.ok());
  EXPECT_STREQ((*explained)["answer"].GetString(), "not_settled");
  const auto matched = matcher.Match(request, &cancelled);
  ASSERT_TRUE(matched.ok());
  EXPECT_STREQ((*matched)["proof"]["status"].GetString(), "stopped");
  EXPECT_FALSE(matched->HasMember("no_package"));
}

TEST(Matcher, LicenceDestinationAddsTimeAndIsRefusedWithoutTolerance) {
  Request request = Parse(kRequest);
  request.country = "KZ";
  const json::Document result = Match(SmallCatalog(), request);
  ASSERT_EQ(result["candidates"].Size(), 1u);
  EXPECT_EQ(Best(result)["figures"]["licences"]["value"].GetInt64(), 1);
  EXPECT_EQ(Best(result)["figures"]["lead_time"]["value"].GetInt64(), 90 + 180);
  request.licence = LicenceTolerance::kNone;
  const json::Document refused = Match(SmallCatalog(), request);
  EXPECT_EQ(refused["candidates"].Size(), 0u);
  EXPECT_EQ(ReasonFor(refused, "acc/chip"), "export_licence");
}

TEST(Matcher, BlockedDestinationHasNoPackage) {
  Request request = Parse(kRequest);
  request.country = "KP";
  const json::Document result = Match(SmallCatalog(), request);
  EXPECT_EQ(result["candidates"].Size(), 0u);
  EXPECT_EQ(ReasonFor(result, "lab/model"), "blocked_destination");
}

TEST(Matcher, AnswerDoesNotDependOnInsertionOrder) {
  SmallCatalog reversed;
  reversed.Reverse();
  EXPECT_EQ(json::WriteCanonical(Match(SmallCatalog(), Parse(kRequest))),
            json::WriteCanonical(Match(reversed, Parse(kRequest))));
}

TEST(Matcher, IneligibleNewcomerChangesNoCandidate) {
  SmallCatalog larger;
  larger.PutFree("cn/pipe", "data_pipeline", R"([{"capability":"data-pipeline"}])", "[]",
                 R"("offers":[{"deployment":["on_premises"]}])");
  larger.SetHeadquarters("cn", "CN");
  EXPECT_EQ(json::WriteCanonical(Match(SmallCatalog(), Parse(kRequest))["candidates"]),
            json::WriteCanonical(Match(larger, Parse(kRequest))["candidates"]));
}

TEST(Matcher, UnitsRewrittenChangeNoCandidate) {
  SmallCatalog rewritten;
  rewritten.Edit("acc/chip", R"("value":100,"unit":"GB")", R"("value":0.1,"unit":"TB")");
  rewritten.Edit("net/switch", R"("value":2,"unit":"kW")", R"("value":2000,"unit":"W")");
  EXPECT_EQ(json::WriteCanonical(Match(SmallCatalog(), Parse(kRequest))["candidates"]),
            json::WriteCanonical(Match(rewritten, Parse(kRequest))["candidates"]));
}

TEST(Matcher, PinnedWinnerStaysAndBannedWinnerGivesTheOldSecond) {
  SmallCatalog catalog;
  catalog.PutFree(
      "flow/pipe2", "data_pipeline", R"([{"capability":"data-pipeline"}])", "[]",
      R"("offers":[{"deployment":["on_premises"],"prices":[{"per":"year","amount":100,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],"sold_in":{"only":["KE"]}}])");
  Request request = Parse(kRequest);
  request.min_difference = 1;
  request.top = 2;
  const json::Document both = Match(catalog, request);
  ASSERT_EQ(both["candidates"].Size(), 2u);
  PartOf(both["candidates"][0], "flow/pipe");
  PartOf(both["candidates"][1], "flow/pipe2");
  request.banned_components = {"flow/pipe"};
  const json::Document banned = Match(catalog, request);
  ASSERT_EQ(banned["candidates"].Size(), 1u);
  EXPECT_EQ(banned["candidates"][0]["figures"]["tco"]["high"].GetInt64(),
            both["candidates"][1]["figures"]["tco"]["high"].GetInt64());
  request.banned_components.clear();
  request.pinned_components = {"flow/pipe2"};
  const json::Document pinned = Match(catalog, request);
  ASSERT_EQ(pinned["candidates"].Size(), 1u);
  PartOf(pinned["candidates"][0], "flow/pipe2");
}

TEST(Matcher, UnknownPinIsRefusedWithTheNearestName) {
  Request request = Parse(kRequest);
  request.pinned_components = {"acc/chop"};
  const auto result = Matcher(SmallCatalog().Build(), CountryIndex::Builtin()).Match(request);
  ASSERT_FALSE(result.ok());
  EXPECT_THAT(result.error().message, HasSubstr("did you mean 'acc/chip'"));
}

TEST(Matcher, ExplainsExclusionAndDifference) {
  SmallCatalog catalog;
  catalog.PutFree(
      "flow/pipe2", "data_pipeline", R"([{"capability":"data-pipeline"}])", "[]",
      R"("offers":[{"deployment":["on_premises"],"prices":[{"per":"year","amount":100,"currency":"USD","kind":"list","source":"test","as_of":"2026"}],"sold_in":{"only":["KE"]}}])");
  catalog.PutFree("de/pipe", "data_pipeline", R"([{"capability":"data-pipeline"}])", "[]",
                  R"("offers":[{"deployment":["on_premises"],"sold_in":{"only":["DE"]}}])");
  const Matcher matcher(catalog.Build(), CountryIndex::Builtin());
  const Request request = Parse(kRequest);
  const auto excluded = matcher.Explain(request, "de/pipe");
  ASSERT_TRUE(excluded.ok());
  EXPECT_STREQ((*excluded)["answer"].GetString(), "excluded");
  EXPECT_STREQ((*excluded)["exclusion"]["reason"].GetString(), "not_offered");
  const auto dearer = matcher.Explain(request, "flow/pipe2");
  ASSERT_TRUE(dearer.ok());
  EXPECT_STREQ((*dearer)["answer"].GetString(), "eligible_not_best");
  EXPECT_EQ((*dearer)["differences"][1]["difference"].GetInt64(), 5 * 100 * 100);
  EXPECT_FALSE((*dearer)["differences"][0].HasMember("unit")) << "questions are counted";
  EXPECT_STREQ((*dearer)["differences"][1]["unit"].GetString(), "US cent");
  Request weighted = request;
  weighted.objective = {{{Figure::kTco, 1}, {Figure::kLeadTime, 50'000}}};
  const auto summed = matcher.Explain(weighted, "flow/pipe2");
  ASSERT_TRUE(summed.ok());
  EXPECT_STREQ((*summed)["differences"][0]["figure"].GetString(), "tco+lead_time");
  EXPECT_STREQ((*summed)["differences"][0]["unit"].GetString(), "US cent");
  ASSERT_EQ((*dearer)["places"].Size(), 1u);
  EXPECT_STREQ((*dearer)["places"][0]["demand"].GetString(), "data_pipeline");
  EXPECT_EQ((*dearer)["places"][0]["place"].GetInt(), 2);
  EXPECT_EQ((*dearer)["places"][0]["of"].GetInt(), 2);
  EXPECT_TRUE((*dearer)["places"][0]["complete"].GetBool());
  EXPECT_EQ(matcher.Explain(request, "no/such").error().code, ErrorCode::kNotFound);
}

// As for a match: what stands in the way, and what to change.
TEST(Matcher, ExplainsWhyNothingFitsWithOrWithoutTheComponent) {
  Request request = Parse(kRequest);
  request.max_site_power_w = 20'000;
  const Matcher matcher(SmallCatalog().Build(), CountryIndex::Builtin());
  const auto explained = matcher.Explain(request, "acc/chip");
  ASSERT_TRUE(explained.ok());
  EXPECT_STREQ((*explained)["answer"].GetString(), "no_package");
  ASSERT_TRUE(explained->HasMember("no_package"));
  const auto matched = matcher.Match(request);
  ASSERT_TRUE(matched.ok());
  EXPECT_EQ(json::WriteCanonical((*explained)["no_package"]),
            json::WriteCanonical((*matched)["no_package"]));
}

// The catalog's one model has 20 billion parameters and does not state its context.
TEST(Matcher, AModelThatIsTooSmallIsLeftOutAndOneThatDoesNotSayIsAsked) {
  Request request = Parse(kRequest);
  request.min_model_parameters = 20'000'000'000;
  EXPECT_EQ(Match(SmallCatalog(), request)["candidates"].Size(), 1u);
  request.min_model_parameters = 20'000'000'001;
  const json::Document small = Match(SmallCatalog(), request);
  EXPECT_EQ(small["candidates"].Size(), 0u);
  EXPECT_EQ(ReasonFor(small, "lab/model"), "model_size");
  const json::Document without = Match(SmallCatalog(), Parse(kRequest));
  request.min_model_parameters.reset();
  request.min_context_tokens = 32'000;
  const json::Document asked = Match(SmallCatalog(), request);
  const auto questions = [](const json::Document& result) {
    return Best(result)["figures"]["open_questions"]["value"].GetInt64();
  };
  EXPECT_EQ(questions(asked), questions(without) + 1);
}

// What the licence of the weights says decides, and only what it does not say is a question.
TEST(Matcher, WeightsForResearchOnlyRunNoServiceAndUnstatedTermsAreAsked) {
  const std::string allowed =
      R"("commercial_use":{"value":"allowed","source":"test","as_of":"2026"},)";
  SmallCatalog catalog;
  const Request request = Parse(kRequest);
  const auto questions = [&](const Request& asked) {
    const json::Document result = Match(catalog, asked);
    return result["candidates"].Empty()
               ? -1
               : Best(result)["figures"]["open_questions"]["value"].GetInt64();
  };
  const std::int64_t stated = questions(request);
  catalog.Edit("lab/model", allowed, "");
  EXPECT_EQ(questions(request), stated + 1);
  catalog.Edit(
      "lab/model", R"("languages")",
      R"("commercial_use":{"value":"forbidden","source":"test","as_of":"2026"},"languages")");
  EXPECT_EQ(ReasonFor(Match(catalog, request), "lab/model"), "commercial_use");
  Request research = request;
  research.purpose = Purpose::kResearch;
  EXPECT_EQ(questions(research), stated);
}

// 30,000 users in Kenya: a licence for as many is enough, one for fewer or for others is asked.
TEST(Matcher, ALicenceThatEndsAtSoManyUsersOrAtABorderIsAsked) {
  const auto questions = [](const std::string& fact) {
    SmallCatalog catalog;
    catalog.Edit("lab/model", R"("languages")", fact + R"("languages")");
    return Best(Match(catalog, Parse(kRequest)))["figures"]["open_questions"]["value"].GetInt64();
  };
  const auto licensed = [](const char* fact, const char* value) {
    return std::string("\"") + fact + R"(":{"value":)" + value +
           R"(,"source":"test","as_of":"2026"},)";
  };
  const std::int64_t stated = questions("");
  EXPECT_EQ(questions(licensed("licensed_users", "30000")), stated);
  EXPECT_EQ(questions(licensed("licensed_users", "29999")), stated + 1);
  EXPECT_EQ(questions(licensed("unlicensed_countries", R"(["DE","FR"])")), stated);
  EXPECT_EQ(questions(licensed("unlicensed_countries", R"(["DE","KE"])")), stated + 1);
}

// The second of its capabilities does what is asked, and how that one binds to a model counts.
TEST(Matcher, AnyOfAnApplicationsCapabilitiesMayDoTheTask) {
  SmallCatalog catalog;
  catalog.Edit("farm/advice", R"("provides":[)",
               R"("provides":[{"capability":"application","with":{"task":["education.tutoring"],)"
               R"("model_family":["other"]}},)");
  const json::Document result = Match(catalog, Parse(kRequest));
  ASSERT_EQ(result["candidates"].Size(), 1u);
  EXPECT_EQ(PartOf(Best(result), "farm/advice")["open_questions"].GetInt64(), 0);
}

}  // namespace
}  // namespace stackport::match
