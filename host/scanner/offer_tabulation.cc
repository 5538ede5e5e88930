#include "host/scanner/offer_tabulation.h"

#include <algorithm>
#include <cstring>
#include <limits>
#include <utility>

#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "catalog/model/country_codes.h"

namespace stackport::scanner {
namespace {

// Parsed offers that are kept: enough for a provider's regions, little enough for 1 GiB.
constexpr std::size_t kMostParsed = 4096;
// Values of one offer: a hundred regions and a dozen prices with sources.
constexpr std::size_t kMostOfferValues = 2000;
constexpr std::size_t kOfferDepth = 8;

constexpr std::uint64_t kNoEnd = std::numeric_limits<std::uint64_t>::max();

// The prices of one offer, each marked with the quantities for which it holds.
void AppendPrices(const std::string& prices, std::uint64_t from, std::uint64_t to,
                  json::Value& list, json::Allocator& allocator) {
  if (prices.empty()) return;
  // Written by this process a moment ago.
  const auto parsed = json::Parse(prices, "prices");
  if (!parsed) return;
  for (const json::Value& price : parsed->GetArray()) {
    json::Value copy(price, allocator);
    if (from > 1 || to != kNoEnd) {
      json::Value quantity(rapidjson::kObjectType);
      json::Set(quantity, "from", static_cast<std::int64_t>(from), allocator);
      if (to != kNoEnd) json::Set(quantity, "to", static_cast<std::int64_t>(to), allocator);
      json::Set(copy, "quantity", std::move(quantity), allocator);
    }
    list.PushBack(copy, allocator);
  }
}

// An offer that is made in some countries only is sold in those only. One that is made whatever the
// country says what it costs, not where it is sold: that is the offer's own to say.
Status SetSoldIn(const std::vector<std::string>& countries, json::Value& offer,
                 json::Allocator& allocator) {
  if (countries.size() == kCountryCodeCount) return {};
  if (json::Find(offer, "sold_in") != nullptr) {
    return InvalidArgument(
        "an offer states \"sold_in\" and is not made in every country; leave \"sold_in\" out, it "
        "follows from the countries for which the offer is made");
  }
  json::Value sold(rapidjson::kObjectType);
  json::Set(sold, "only", json::StringArray(countries, allocator), allocator);
  json::Set(offer, "sold_in", std::move(sold), allocator);
  return {};
}

}  // namespace

stackport_status OfferTabulation::Run(const std::vector<std::string>& component_ids) {
  for (const std::string& id : component_ids) {
    const Status done = Tabulate(id);
    if (done) continue;
    if (!reported_) reply_.PluginError(done.error().ToString());
    return STACKPORT_FAILED;
  }
  return STACKPORT_OK;
}

Status OfferTabulation::Tabulate(const std::string& component_id) {
  // Offer with its prices, as text -> the countries in which it is made.
  std::map<std::string, std::vector<std::string>> countries_of;
  for (const std::string& country : Split(kCountryCodes, ' ')) {
    const auto steps = StepsFor(component_id, country);
    if (!steps) return steps.error();
    std::map<std::string, json::Document> offers;
    for (auto step = steps->begin(); step != steps->end(); ++step) {
      const auto next = std::next(step);
      const std::uint64_t to = next == steps->end() ? kNoEnd : next->first - 1;
      for (const auto& [offer, prices] : step->second) {
        json::Document& list = offers[offer];
        if (!list.IsArray()) list.SetArray();
        AppendPrices(prices, step->first, to, list, list.GetAllocator());
      }
    }
    for (auto& [offer, prices] : offers) {
      auto whole = json::Parse(offer, "offer");
      if (!whole) return whole.error();
      if (!prices.Empty()) {
        json::Value copy(prices, whole->GetAllocator());
        json::Set(*whole, "prices", std::move(copy), whole->GetAllocator());
      }
      countries_of[json::WriteCanonical(*whole)].push_back(country);
    }
  }
  if (countries_of.empty()) return {};
  json::Document all(rapidjson::kArrayType);
  auto& allocator = all.GetAllocator();
  for (const auto& [offer, countries] : countries_of) {
    auto whole = json::Parse(offer, "offer");
    if (!whole) return whole.error();
    json::Value copy(*whole, allocator);
    if (Status set = SetSoldIn(countries, copy, allocator); !set) {
      return Error{set.error().code, set.error().message, "component " + Quoted(component_id)};
    }
    all.PushBack(copy, allocator);
  }
  const std::string text = json::WriteCanonical(all);
  bytes_ += text.size();
  if (text.size() > STACKPORT_MAX_COMPONENT_BYTES || bytes_ > STACKPORT_MAX_DESCRIPTION_BYTES) {
    return ResourceLimit("the offers come to " + std::to_string(text.size()) + " bytes, at most " +
                             std::to_string(STACKPORT_MAX_COMPONENT_BYTES) +
                             " for a component and " +
                             std::to_string(STACKPORT_MAX_DESCRIPTION_BYTES) + " for all",
                         "component " + Quoted(component_id));
  }
  if (!reply_.Offers(component_id, text)) return Unavailable("the host has gone");
  return {};
}

Result<OfferTabulation::Steps> OfferTabulation::StepsFor(const std::string& component_id,
                                                         std::string_view country) {
  Steps steps;
  std::uint64_t before = 1;
  auto at_before = Ask(component_id, country, before);
  if (!at_before) return at_before.error();
  steps.emplace(before, *at_before);
  for (std::uint64_t quantity = 10; quantity <= STACKPORT_MAX_OFFER_QUANTITY; quantity *= 10) {
    auto at = Ask(component_id, country, quantity);
    if (!at) return at.error();
    const Status refined = Refine(component_id, country, before, *at_before, quantity, *at, &steps);
    if (!refined) return refined.error();
    before = quantity;
    at_before = std::move(at);
  }
  return steps;
}

// Halves the span until its ends are neighbours; spans with equal ends hold no change.
Status OfferTabulation::Refine(const std::string& component_id, std::string_view country,
                               std::uint64_t low, const Answer& at_low, std::uint64_t high,
                               const Answer& at_high, Steps* steps) {
  if (at_low == at_high) return {};
  if (high - low == 1) {
    steps->emplace(high, at_high);
    if (steps->size() <= STACKPORT_MAX_PRICE_STEPS) return {};
    return ResourceLimit("the answer changes more than " +
                             std::to_string(STACKPORT_MAX_PRICE_STEPS) +
                             " times with the quantity; state the prices in steps",
                         "component " + Quoted(component_id) + " in " + std::string(country));
  }
  const std::uint64_t middle = low + (high - low) / 2;
  const auto at_middle = Ask(component_id, country, middle);
  if (!at_middle) return at_middle.error();
  if (const Status left = Refine(component_id, country, low, at_low, middle, *at_middle, steps);
      !left) {
    return left;
  }
  return Refine(component_id, country, middle, *at_middle, high, at_high, steps);
}

Result<OfferTabulation::Answer> OfferTabulation::Ask(const std::string& component_id,
                                                     std::string_view country,
                                                     std::uint64_t quantity) {
  const std::string context = "offers of component " + Quoted(component_id) + " in " +
                              std::string(country) + " for " + std::to_string(quantity);
  if (++questions_ > STACKPORT_MAX_OFFER_QUESTIONS) {
    return ResourceLimit("more than " + std::to_string(STACKPORT_MAX_OFFER_QUESTIONS) +
                             " questions would have to be asked; describe fewer components in "
                             "this plugin, or state prices in fewer steps",
                         context);
  }
  stackport_offer_query query{};
  query.size = sizeof query;
  std::memcpy(query.country, country.data(), std::min<std::size_t>(country.size(), 3));
  query.component_id = {component_id.data(), component_id.size()};
  query.quantity = quantity;
  const stackport_offer_sink sink{sizeof(stackport_offer_sink), 0, this, &TakeOffer, &TakeError};
  answer_.clear();
  fault_.message.clear();
  const stackport_status status = table_.tabulate(&query, &sink);
  if (!fault_.message.empty()) {
    fault_.context = context;
    return fault_;
  }
  if (status != STACKPORT_OK) {
    return InvalidArgument(
        "tabulate returned status " + std::to_string(status) + " and no error text", context);
  }
  return std::move(answer_);
}

stackport_status OfferTabulation::TakeOffer(void* context, const char* json, std::uint64_t length) {
  auto& self = *static_cast<OfferTabulation*>(context);
  if (!self.fault_.message.empty()) return STACKPORT_STOP;
  if (json == nullptr || length == 0) {
    self.fault_ = InvalidArgument("an offer is null or empty");
    return STACKPORT_INVALID;
  }
  if (length > STACKPORT_MAX_OFFER_BYTES) {
    self.fault_ =
        ResourceLimit("an offer of " + std::to_string(length) + " bytes passes the limit of " +
                      std::to_string(STACKPORT_MAX_OFFER_BYTES));
    return STACKPORT_TOO_LARGE;
  }
  if (const Status taken = self.Take({json, length}); !taken) {
    self.fault_ = taken.error();
    return STACKPORT_INVALID;
  }
  return STACKPORT_OK;
}

stackport_status OfferTabulation::TakeError(void* context, const char* message,
                                            std::uint64_t length) {
  auto& self = *static_cast<OfferTabulation*>(context);
  if (message == nullptr || length == 0) return STACKPORT_INVALID;
  if (!self.reported_) self.reply_.PluginError({message, length});
  self.reported_ = true;
  self.fault_ = InvalidArgument("the plugin reported an error");
  return STACKPORT_OK;
}

Status OfferTabulation::Take(std::string_view text) {
  if (answer_.size() >= STACKPORT_MAX_OFFERS_PER_ANSWER) {
    return ResourceLimit("more than " + std::to_string(STACKPORT_MAX_OFFERS_PER_ANSWER) +
                         " offers answer one question");
  }
  auto known = parsed_.find(std::string(text));
  if (known == parsed_.end()) {
    auto offer = json::Parse(text, "", {STACKPORT_MAX_OFFER_BYTES, kOfferDepth, kMostOfferValues});
    if (!offer) return InvalidArgument("an offer is not JSON: " + offer.error().message);
    if (!offer->IsObject()) return InvalidArgument("an offer is not a JSON object");
    std::string prices;
    if (const json::Value* list = json::Find(*offer, "prices")) {
      if (!list->IsArray()) return InvalidArgument("\"prices\" of an offer is not a list");
      for (const json::Value& price : list->GetArray()) {
        if (!price.IsObject()) return InvalidArgument("a price of an offer is not an object");
        if (json::Find(price, "quantity") == nullptr) continue;
        return InvalidArgument(
            "a price states \"quantity\"; leave it out, the question names the quantity");
      }
      prices = json::WriteCanonical(*list);
      offer->RemoveMember("prices");
    }
    if (parsed_.size() >= kMostParsed) parsed_.clear();
    known = parsed_.emplace(text, std::pair(json::WriteCanonical(*offer), std::move(prices))).first;
  }
  if (!answer_.emplace(known->second).second) {
    return InvalidArgument(
        "two offers of one answer differ in nothing but their prices; state one offer with all "
        "prices, which add up");
  }
  return {};
}

}  // namespace stackport::scanner
