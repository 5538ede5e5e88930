#include "catalog/model/offer_parser.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <string_view>
#include <utility>

#include "catalog/base/text.h"

namespace stackport {
namespace {

constexpr std::array kDeployments = {OfferDeployment::kOnPremises, OfferDeployment::kSovereignCloud,
                                     OfferDeployment::kCloud, OfferDeployment::kSaas};

constexpr std::array kPers = {PricePer::kUnit,
                              PricePer::kUnitYear,
                              PricePer::kUnitHour,
                              PricePer::kAcceleratorYear,
                              PricePer::kUserMonth,
                              PricePer::kYear,
                              PricePer::kMillionInputTokens,
                              PricePer::kMillionOutputTokens,
                              PricePer::kTerabyteMonth};

constexpr double kMicroPerUsd = 1e6;

// A number or [low, high], as written; nothing when low is above high, which is then reported.
std::optional<std::pair<double, double>> ParseRange(const json::Value& value,
                                                    const std::string& pointer,
                                                    ValueParser& values) {
  if (value.IsNumber()) return std::pair(value.GetDouble(), value.GetDouble());
  const double low = value[0].GetDouble();
  const double high = value[1].GetDouble();
  if (low <= high) return std::pair(low, high);
  values.sink().Error("interval", pointer, fmt::format("it runs from {} down to {}", low, high),
                      "[low, high] with low not above high", "swap the two numbers");
  return std::nullopt;
}

void ParseQuantityRange(const json::Value& object, const std::string& pointer, ValueParser& values,
                        Price& price) {
  const json::Value* quantity = json::Find(object, "quantity");
  if (quantity == nullptr) return;
  price.quantity.from = json::IntOr(*quantity, "from", 1);
  if (json::Find(*quantity, "to") == nullptr) return;
  price.quantity.to = json::IntOr(*quantity, "to", price.quantity.from);
  if (*price.quantity.to >= price.quantity.from) return;
  values.sink().Error(
      "interval", json::PointerPush(pointer, "quantity"),
      fmt::format("it runs from {} down to {}", price.quantity.from, *price.quantity.to),
      "\"to\" not below \"from\"", "swap the two numbers");
}

std::optional<Price> ParsePrice(const json::Value& object, const std::string& pointer,
                                ValueParser& values) {
  Price price;
  const std::string_view per = json::StringOr(object, "per", "");
  for (const PricePer candidate : kPers) {
    if (PricePerName(candidate) == per) price.per = candidate;
  }
  price.price_kind = json::StringOr(object, "kind", "");
  price.provenance = values.ParseProvenance(object, pointer);
  ParseQuantityRange(object, pointer, values, price);
  const std::string at = json::PointerPush(pointer, "amount");
  const auto range = ParseRange(*json::Find(object, "amount"), at, values);
  if (!range) return std::nullopt;
  if (range->second > kMaxPriceUsd) {
    values.sink().Error("out_of_bounds", at,
                        fmt::format("a price of {} USD is above what is plausible", range->second),
                        fmt::format("0 to {:.0f} USD", kMaxPriceUsd),
                        "check the number; prices are in US dollars, not cents");
    return std::nullopt;
  }
  if (price.price_kind == "free" && range->second > 0) {
    values.sink().Error("free_with_price", at,
                        fmt::format("a price of {} USD is marked free", range->second),
                        "an amount of 0, or another kind of price", "correct one of the two");
    return std::nullopt;
  }
  price.micro_usd = {std::llround(range->first * kMicroPerUsd),
                     std::llround(range->second * kMicroPerUsd)};
  return price;
}

void ParseLeadTime(const json::Value& object, const std::string& pointer, ValueParser& values,
                   Offer& offer) {
  const std::string at = json::PointerPush(pointer, "value");
  const auto range = ParseRange(*json::Find(object, "value"), at, values);
  if (!range) return;
  const std::string_view unit = json::StringOr(object, "unit", "d");
  const auto low = values.registry().ToBase("duration", range->first, unit);
  const auto high = values.registry().ToBase("duration", range->second, unit);
  if (!low.ok() || !high.ok() || *high > kMaxLeadTimeDays) {
    values.sink().Error(
        "out_of_bounds", at,
        fmt::format("a lead time of {} {} is above what is plausible", range->second, unit),
        fmt::format("0 to {} d", kMaxLeadTimeDays), "check the number and its unit");
    return;
  }
  offer.lead_time_days = Interval{*low, *high};
  offer.lead_time_provenance = values.ParseProvenance(object, pointer);
}

void ParseSoldIn(const json::Value& object, const std::string& pointer, ValueParser& values,
                 Offer& offer) {
  if (const json::Value* only = json::Find(object, "only")) {
    offer.sold_only_in = values.ParseCountries(*only, json::PointerPush(pointer, "only"));
  }
  if (const json::Value* except = json::Find(object, "all_except")) {
    offer.sold_except_in = values.ParseCountries(*except, json::PointerPush(pointer, "all_except"));
  }
}

void ParseLocation(const json::Value& object, const std::string& pointer, ValueParser& values,
                   Offer& offer) {
  const auto country =
      values.ParseCountries(*json::Find(object, "country"), json::PointerPush(pointer, "country"));
  if (country && !country->empty()) offer.location_country = country->front();
  const json::Value* regions = json::Find(object, "regions");
  if (regions == nullptr) return;
  offer.regions = json::Strings(*regions);
  for (std::size_t i = 0; i < offer.regions.size(); ++i) {
    values.CheckPrintable(offer.regions[i],
                          json::PointerPush(json::PointerPush(pointer, "regions"), i));
  }
  std::sort(offer.regions.begin(), offer.regions.end());
  offer.regions.erase(std::unique(offer.regions.begin(), offer.regions.end()), offer.regions.end());
}

Offer ParseOffer(const json::Value& object, const std::string& pointer, ValueParser& values) {
  Offer offer;
  offer.provenance = values.ParseProvenance(object, pointer);
  const std::vector<std::string> deployments = json::Strings(*json::Find(object, "deployment"));
  for (const OfferDeployment candidate : kDeployments) {
    if (std::find(deployments.begin(), deployments.end(), OfferDeploymentName(candidate)) !=
        deployments.end()) {
      offer.deployments.push_back(candidate);
    }
  }
  if (const json::Value* sold_in = json::Find(object, "sold_in")) {
    ParseSoldIn(*sold_in, json::PointerPush(pointer, "sold_in"), values, offer);
  }
  if (const json::Value* location = json::Find(object, "location")) {
    ParseLocation(*location, json::PointerPush(pointer, "location"), values, offer);
  }
  if (const json::Value* prices = json::Find(object, "prices")) {
    const std::string list = json::PointerPush(pointer, "prices");
    for (rapidjson::SizeType i = 0; i < prices->Size(); ++i) {
      auto price = ParsePrice((*prices)[i], json::PointerPush(list, std::size_t{i}), values);
      if (price) offer.prices.push_back(*std::move(price));
    }
  }
  if (const json::Value* lead_time = json::Find(object, "lead_time")) {
    ParseLeadTime(*lead_time, json::PointerPush(pointer, "lead_time"), values, offer);
  }
  return offer;
}

}  // namespace

std::vector<Offer> ParseOffers(const json::Value& offers, const std::string& pointer,
                               ValueParser& values) {
  std::vector<Offer> parsed;
  for (rapidjson::SizeType i = 0; i < offers.Size(); ++i) {
    parsed.push_back(ParseOffer(offers[i], json::PointerPush(pointer, std::size_t{i}), values));
  }
  return parsed;
}

}  // namespace stackport
