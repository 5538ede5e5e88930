// Offers: deployments, countries, prices, lead times.
#include <gmock/gmock.h>

#include "catalog/model/offer_parser.h"
#include "tests/catalog/model/parsing.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string OfferText(std::string_view members) {
  return Document(R"(, "offers": [{"deployment": ["on_premises"])" + std::string(members) + "}]");
}

std::string PriceText(std::string_view amount, std::string_view kind = "list",
                      std::string_view per = "unit") {
  return OfferText(R"(, "prices": [{"per": ")" + std::string(per) + R"(", "amount": )" +
                   std::string(amount) + R"(, "currency": "USD", "kind": ")" + std::string(kind) +
                   R"(", "source": "s", "as_of": "2025-06"}])");
}

std::string LeadTimeText(std::string_view value, std::string_view unit) {
  return OfferText(R"(, "lead_time": {"value": )" + std::string(value) + R"(, "unit": ")" +
                   std::string(unit) + R"(", "source": "s", "as_of": "2025"})");
}

Offer OfferOf(std::string_view text) {
  const Component component = Good(text);
  EXPECT_EQ(component.offers.size(), 1u);
  return component.offers.empty() ? Offer() : component.offers[0];
}

TEST(Offers, WhatIsNotStatedIsUnknown) {
  const Offer offer = OfferOf(OfferText(""));
  EXPECT_THAT(offer.deployments, ElementsAre(OfferDeployment::kOnPremises));
  EXPECT_EQ(offer.sold_only_in, std::nullopt);
  EXPECT_EQ(offer.sold_except_in, std::nullopt);
  EXPECT_EQ(offer.location_country, "");
  EXPECT_TRUE(offer.prices.empty());
  EXPECT_EQ(offer.lead_time_days, std::nullopt);
}

TEST(Offers, DeploymentsCollapseAndKeepOneOrder) {
  const Offer offer = OfferOf(
      Document(R"(, "offers": [{"deployment": ["saas", "cloud", "saas", "sovereign_cloud"]}])"));
  EXPECT_THAT(offer.deployments, ElementsAre(OfferDeployment::kSovereignCloud,
                                             OfferDeployment::kCloud, OfferDeployment::kSaas));
  EXPECT_EQ(Refusal(Document(R"(, "offers": [{"deployment": ["moon"]}])")).expected,
            "one of on_premises, sovereign_cloud, cloud, saas");
}

TEST(Offers, CountriesOfSale) {
  EXPECT_THAT(*OfferOf(OfferText(R"(, "sold_in": {"only": ["KE", "GH", "KE"]})")).sold_only_in,
              ElementsAre("GH", "KE"));
  EXPECT_THAT(*OfferOf(OfferText(R"(, "sold_in": {"all_except": ["IR", "CU"]})")).sold_except_in,
              ElementsAre("CU", "IR"));
  EXPECT_TRUE(OfferOf(OfferText(R"(, "sold_in": {"all_except": []})")).sold_except_in->empty());
  const Finding finding = Refusal(OfferText(R"(, "sold_in": {"only": ["KE", "XK"]})"));
  EXPECT_EQ(finding.code, "unknown_country");
  EXPECT_EQ(finding.pointer, "/offers/0/sold_in/only/1");
  EXPECT_FALSE(Parse(OfferText(R"(, "sold_in": {"only": ["KE"], "all_except": ["IR"]})"))
                   .component.has_value());
}

TEST(Offers, LocationNamesCountryAndRegions) {
  const Offer offer =
      OfferOf(OfferText(R"(, "location": {"country": "ZA", "regions": ["b", "a", "b"]})"));
  EXPECT_EQ(offer.location_country, "ZA");
  EXPECT_THAT(offer.regions, ElementsAre("a", "b"));
  EXPECT_EQ(Refusal(OfferText(R"(, "location": {"country": "ZZ"})")).pointer,
            "/offers/0/location/country");
  EXPECT_EQ(Refusal(OfferText(R"(, "location": {"country": "ZA", "regions": ["a\n"]})")).code,
            "unprintable");
}

TEST(Offers, PricesAreMicroDollars) {
  const Offer offer = OfferOf(PriceText("[250000, 300000.5]", "reported"));
  ASSERT_EQ(offer.prices.size(), 1u);
  EXPECT_EQ(offer.prices[0].micro_usd, (Interval{250'000'000'000, 300'000'500'000}));
  EXPECT_EQ(offer.prices[0].price_kind, "reported");
  EXPECT_EQ(offer.prices[0].provenance.as_of, "2025-06");
  EXPECT_EQ(OfferOf(PriceText("0.15", "list", "million_input_tokens")).prices[0].micro_usd,
            (Interval{150'000, 150'000}));
}

TEST(Offers, EveryUnitOfPriceIsRead) {
  for (const PricePer per :
       {PricePer::kUnit, PricePer::kUnitYear, PricePer::kUnitHour, PricePer::kAcceleratorYear,
        PricePer::kUserMonth, PricePer::kYear, PricePer::kMillionInputTokens,
        PricePer::kMillionOutputTokens, PricePer::kTerabyteMonth}) {
    EXPECT_EQ(OfferOf(PriceText("1", "list", PricePerName(per))).prices[0].per, per);
  }
  EXPECT_THAT(Refusal(PriceText("1", "list", "fortnight")).expected, HasSubstr("unit_hour"));
}

TEST(Offers, PriceLimitAndOnePast) {
  Good(PriceText("10000000000"));
  EXPECT_EQ(Refusal(PriceText("10000000001")).code, "out_of_bounds");
  EXPECT_EQ(Refusal(PriceText("-1")).code, "schema_choice");
  EXPECT_EQ(Refusal(PriceText("[2, 1]")).code, "interval");
  EXPECT_EQ(Refusal(PriceText("[1, 2, 3]")).code, "schema_choice");
}

TEST(Offers, FreeCostsNothing) {
  EXPECT_EQ(OfferOf(PriceText("0", "free")).prices[0].micro_usd, (Interval{0, 0}));
  EXPECT_EQ(Refusal(PriceText("1", "free")).code, "free_with_price");
}

TEST(Offers, LeadTimesAreDays) {
  EXPECT_EQ(OfferOf(LeadTimeText("90", "d")).lead_time_days, (Interval{90, 90}));
  EXPECT_EQ(OfferOf(LeadTimeText("[4, 6]", "wk")).lead_time_days, (Interval{28, 42}));
  EXPECT_EQ(OfferOf(LeadTimeText("3", "mo")).lead_time_provenance.source, "s");
  EXPECT_EQ(Refusal(LeadTimeText("[6, 4]", "wk")).code, "interval");
  Good(LeadTimeText("3650", "d"));
  EXPECT_EQ(Refusal(LeadTimeText("3651", "d")).code, "out_of_bounds");
}

std::string SteppedText(std::string_view quantity) {
  return OfferText(R"(, "prices": [{"per": "user_month", "amount": 19, "currency": "USD",
      "kind": "list", "source": "s", "as_of": "2025-06", "quantity": )" +
                   std::string(quantity) + "}]");
}

TEST(Offers, APriceHoldsForAllQuantitiesUnlessItSaysWhich) {
  EXPECT_TRUE(OfferOf(PriceText("19")).prices.at(0).quantity.all());
  const QuantityRange range =
      OfferOf(SteppedText(R"({"from": 6, "to": 249})")).prices.at(0).quantity;
  EXPECT_FALSE(range.Contains(5));
  EXPECT_TRUE(range.Contains(6));
  EXPECT_TRUE(range.Contains(249));
  EXPECT_FALSE(range.Contains(250));
  EXPECT_TRUE(OfferOf(SteppedText(R"({"from": 6})")).prices.at(0).quantity.Contains(1'000'000));
}

TEST(Offers, AQuantityRunsUpwardsFromOne) {
  EXPECT_EQ(Refusal(SteppedText(R"({"from": 6, "to": 5})")).code, "interval");
  EXPECT_EQ(Refusal(SteppedText(R"({"from": 0})")).pointer, "/offers/0/prices/0/quantity/from");
  EXPECT_EQ(Refusal(SteppedText(R"({"to": 5})")).pointer, "/offers/0/prices/0/quantity");
}

}  // namespace
}  // namespace stackport
