// Prices that hold for some quantities or countries only.
#include "catalog/match/money.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/match/matcher.h"
#include "tests/support/small_catalog.h"

namespace stackport::match {
namespace {

using ::testing::HasSubstr;
using testing::SmallCatalog;

constexpr std::int64_t kUsd = 1'000'000;

Price Step(PricePer per, std::int64_t usd, std::int64_t from,
           std::optional<std::int64_t> to = std::nullopt) {
  Price price;
  price.per = per;
  price.quantity = {from, to};
  price.micro_usd = {usd * kUsd, usd * kUsd};
  price.price_kind = "list";
  return price;
}

TEST(StatedMoney, TakesTheStepThatHoldsTheUsers) {
  Offer offer;
  offer.prices = {Step(PricePer::kUserMonth, 20, 1, 99), Step(PricePer::kUserMonth, 15, 100)};
  PriceBasis basis;
  basis.users = 99;
  EXPECT_EQ(StatedMoney(offer, basis)->opex_cents_per_year.high, 99 * 12 * 20 * 100);
  basis.users = 100;
  EXPECT_EQ(StatedMoney(offer, basis)->opex_cents_per_year.high, 100 * 12 * 15 * 100);
}

TEST(StatedMoney, IsUnknownForAQuantityThatIsNotOffered) {
  Offer offer;
  offer.prices = {Step(PricePer::kUserMonth, 15, 100)};
  PriceBasis basis;
  basis.users = 99;
  EXPECT_FALSE(StatedMoney(offer, basis).has_value());
}

// The search decides how many machines there are, so the figure covers every step.
TEST(StatedMoney, IsAnIntervalWhereTheQuantityIsNotKnownYet) {
  Offer offer;
  offer.prices = {Step(PricePer::kUnit, 300, 1, 9), Step(PricePer::kUnit, 280, 10, 99),
                  Step(PricePer::kUnit, 250, 100)};
  FigureWords words;
  const auto money = StatedMoney(offer, {}, &words);
  ASSERT_TRUE(money.has_value());
  EXPECT_EQ(money->capex_cents, (Interval{250 * 100, 300 * 100}));
  EXPECT_THAT(words.origin, HasSubstr("250.00 USD to 300.00 USD per unit, by quantity"));
}

TEST(StatedMoney, AddsAPriceForAllQuantitiesToTheStep) {
  Offer offer;
  offer.prices = {Step(PricePer::kUnit, 10, 1), Step(PricePer::kUserMonth, 20, 1, 5),
                  Step(PricePer::kUserMonth, 0, 6)};
  PriceBasis basis;
  basis.users = 6;
  const auto money = StatedMoney(offer, basis);
  EXPECT_EQ(money->capex_cents.high, 1000);
  EXPECT_EQ(money->opex_cents_per_year.high, 0);
}

// What one request pays for its application in a year, in whole dollars.
std::int64_t ApplicationUsd(const std::string& country, int users) {
  const auto offer = [](const char* sold, const char* price) {
    return std::string(R"({"deployment":["on_premises"],"sold_in":{)") + sold +
           R"(},"prices":[{"per":"user_month","amount":0,"currency":"USD","kind":"free","source":"test","as_of":"2026","quantity":{"from":1,"to":5}},)"
           R"({"per":"user_month","amount":)" +
           price +
           R"(,"currency":"USD","kind":"list","source":"test","as_of":"2026","quantity":{"from":6}}]})";
  };
  SmallCatalog catalog;
  catalog.Put(
      "farm/advice",
      R"({"schema":"stackport.component/1","id":"farm/advice","name":"Advice","kind":"application","summary":"x",
      "facts":{"languages":{"value":["en","sw"],"source":"test","as_of":"2026"}},
      "provides":[{"capability":"application","with":{"task":["agriculture.farmer_advice"],"model_choice":true}}],
      "offers":[)" +
          offer(R"("only":["KE"])", "2") + "," + offer(R"("all_except":["KE"])", "3") + "]}");
  auto document = json::Parse(
      R"({"country":")" + country +
          R"(","deployment":["on_premises"],"use_cases":[{"task":"agriculture.farmer_advice","languages":["en"],"users":)" +
          std::to_string(users) + "}]}",
      "request");
  ParsedRequest parsed = ParseRequest(*document, Registry::Builtin(), CountryIndex::Builtin());
  if (!parsed.request) return -1;
  auto result = Matcher(catalog.Build(), CountryIndex::Builtin()).Match(*parsed.request);
  if (!result || (*result)["candidates"].Empty()) return -1;
  for (const json::Value& part : (*result)["candidates"][0]["parts"].GetArray()) {
    if (std::string_view(part["component"].GetString()) != "farm/advice") continue;
    return part["cost"]["opex_per_year"]["high"].GetInt64() / 100;
  }
  return -1;
}

TEST(Match, PaysThePriceOfTheCountryAndOfTheQuantity) {
  EXPECT_EQ(ApplicationUsd("KE", 5), 0);
  EXPECT_EQ(ApplicationUsd("KE", 6), 6 * 12 * 2);
  EXPECT_EQ(ApplicationUsd("TZ", 6), 6 * 12 * 3);
}

// What developers pay for a seat stands in for other seats of developers, not for farmers'.
TEST(Match, AnApplicationsMissingPriceComesFromItsOwnSector) {
  const auto application = [](const std::string& id, const char* task, const char* price) {
    const std::string offer =
        R"({"deployment":["saas"],"prices":[{"per":"user_month","amount":)" + std::string(price) +
        R"(,"currency":"USD","kind":"list","source":"test","as_of":"2026"}]})";
    return R"({"schema":"stackport.component/1","id":")" + id +
           R"(","name":"x","kind":"application","summary":"x","provides":[)" +
           R"({"capability":"application","with":{"task":[")" + task + R"("]}}],"offers":[)" +
           (*price == '\0' ? "" : offer) + "]}";
  };
  SmallCatalog catalog;
  for (const auto& [id, price] : {std::pair("code/a", "19"), std::pair("code/b", "39"),
                                  std::pair("code/c", "40"), std::pair("code/d", "")}) {
    catalog.Put(id, application(id, "software_engineering.code_assistant", price));
  }
  catalog.Put("farm/chat", application("farm/chat", "agriculture.farmer_advice", ""));
  const SnapshotPtr snapshot = catalog.Build();
  const ClassSamples samples(*snapshot);
  Request request;
  for (const Assumption& each : DefaultAssumptions()) request.assumptions[each.name] = each;
  const ClassEstimates classes(samples, request);
  // Nearest rank of three: the third of 19, 39, 40.
  const ClassEstimate code = classes.ApplicationUserMonth(*snapshot->Find("code/d"));
  EXPECT_EQ(code.value, 40'000'000);
  EXPECT_EQ(code.basis, Basis::kEstimated);
  const ClassEstimate farm = classes.ApplicationUserMonth(*snapshot->Find("farm/chat"));
  EXPECT_EQ(farm.value, 30'000'000);
  EXPECT_EQ(farm.basis, Basis::kAssumed);
  EXPECT_THAT(farm.Origin(), ::testing::HasSubstr("0 prices of agriculture applications"));
}

}  // namespace
}  // namespace stackport::match
