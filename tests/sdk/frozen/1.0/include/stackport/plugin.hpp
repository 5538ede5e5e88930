// The C++ layer over <stackport/plugin.h>: a plugin in a dozen lines. Header-only, C++17.
//
//   #include <stackport/plugin.hpp>
//
//   STACKPORT_PLUGIN("example", "example-servers", "1.4.0") {
//     auto server = catalog.Component("example/x8", "server");
//     server.Name("Example X8").Summary("6U air-cooled server for eight accelerators.");
//     server.Fact("rack_units", 6, "U", Source{"https://example.com/x8", "2026-03"});
//     server.Provides("accelerator-host").With("slots", 8).With("socket", {"sxm5-hgx", "oam"});
//     server.Requires("site-cooling").WhereIn("method", {"air"}).SiteCondition();
//     server.Offer({"on_premises"})
//         .SoldExcept({"CU", "IR", "KP", "SY"})
//         .Price("unit", 250000, 300000, "reported", Source{"https://example.com/prices",
//         "2026-05"}) .LeadTime(90, "d", Source{"https://example.com/delivery", "2026-06"});
//   }
//
// The braces are the body of a function with one parameter, `Catalog& catalog`. The components are
// emitted when it returns; what it throws becomes the host's error message instead, and no
// exception crosses the border. Kinds, facts, capabilities and units are words of
// sdk/registry/registry.json; this layer does not know them. `stackport plugin check` judges the
// documents as the host will.
//
// A price list that is a program (steps by quantity, prices by country) has a second body:
//
//   STACKPORT_PLUGIN_WITH_OFFERS("example", "example-servers", "1.4.0") { ... }
//   STACKPORT_OFFERS {
//     if (query.component != "example/x8") return;
//     offers.Offer({"on_premises"}).Price("unit", query.quantity < 10 ? 300000 : 280000, "list",
//                                         Source{"https://example.com/prices", "2026-05"});
//   }
//
// <stackport/offers.h> says what is asked, and what the host makes of the answers.
//
// Component, Provided, Required and OfferTerms are handles: copies write into the same document.
// One thread at a time.
#ifndef STACKPORT_PLUGIN_HPP_
#define STACKPORT_PLUGIN_HPP_

#include <stackport/offers.h>
#include <stackport/plugin.h>

#include <charconv>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <initializer_list>
#include <stackport/detail/json.hpp>
#include <stdexcept>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace stackport::sdk {

// ---------------------------------------------------------------------------------------------
// What facts and attributes say

// Where a statement was read, and how old it is: YYYY, YYYY-MM, YYYY-MM-DD or "undated".
struct Source {
  std::string source;  // an address or a citation
  std::string as_of;
  std::string note = {};
  bool inferred = false;  // concluded rather than read

  void WriteTo(Json& object) const {
    object.Set("source", source);
    object.Set("as_of", as_of);
    if (!note.empty()) object.Set("note", note);
    if (inferred) object.Set("inferred", Json::Scalar("true"));
  }
};

// A number known only to lie between two.
struct Range {
  double low;
  double high;
};

// A whole number, a number, a truth value, a text ("700 W"), a list of tokens, or a range.
class Value {
 public:
  template <typename T, std::enable_if_t<std::is_arithmetic_v<T>, int> = 0>
  Value(T number) : json_(Json::Scalar(Number(number))) {}
  Value(const char* text) : json_(Json::String(text)) {}
  Value(std::string_view text) : json_(Json::String(text)) {}
  Value(const std::string& text) : json_(Json::String(text)) {}
  Value(std::initializer_list<std::string_view> tokens) : json_(Tokens(tokens)) {}
  Value(const std::vector<std::string>& tokens) : json_(Tokens(tokens)) {}
  Value(Range range) : json_(Json::Array()) {
    json_->Push(Json::Scalar(Number(range.low)));
    json_->Push(Json::Scalar(Number(range.high)));
  }
  Value(Json::Pointer json) : json_(std::move(json)) {}

  const Json::Pointer& json() const { return json_; }

 private:
  template <typename List>
  static Json::Pointer Tokens(const List& tokens) {
    auto array = Json::Array();
    for (const auto& token : tokens) array->Push(Json::String(token));
    return array;
  }

  template <typename T>
  static std::string Number(T number) {
    if constexpr (std::is_same_v<T, bool>) {
      return number ? "true" : "false";
    } else {
      if constexpr (std::is_floating_point_v<T>) {
        if (!std::isfinite(number)) throw std::domain_error("a number is not finite");
      }
      char buffer[64];
      // The shortest text that reads back as the same number; never the user's decimal comma.
      const auto end = std::to_chars(buffer, buffer + sizeof buffer, number);
      return std::string(buffer, end.ptr);
    }
  }

  Json::Pointer json_;
};

using Tokens = std::initializer_list<std::string_view>;

// Rows of measured values, for facts of type table.
class Table {
 public:
  Table& Row(std::initializer_list<std::pair<std::string_view, Value>> cells) {
    auto row = Json::Object();
    for (const auto& [name, value] : cells) row->Set(name, value.json());
    rows_->Push(row);
    return *this;
  }
  operator Value() const { return Value(rows_); }

 private:
  Json::Pointer rows_ = Json::Array();
};

// ---------------------------------------------------------------------------------------------
// Parts of a component

// A capability that a component provides.
class Provided {
 public:
  explicit Provided(Json::Pointer json) : json_(std::move(json)) {}

  Provided& With(std::string_view attribute, const Value& value) {
    json_->ObjectAt("with")->Set(attribute, value.json());
    return *this;
  }
  Provided& From(const Source& source) {
    source.WriteTo(*json_);
    return *this;
  }

 private:
  Json::Pointer json_;
};

// Something that a component needs. Conditions apply to the capability named last.
class Required {
 public:
  Required(Json::Pointer json, std::string_view capability) : json_(json), alternative_(json) {
    json_->Set("capability", capability);
  }

  // The attribute has at least one of these tokens.
  Required& WhereIn(std::string_view attribute, Tokens tokens) {
    return Where(attribute, "in", Value(tokens));
  }
  // The attribute has all of these tokens.
  Required& WhereContains(std::string_view attribute, Tokens tokens) {
    return Where(attribute, "contains", Value(tokens));
  }
  // A whole number, or a quantity written "80 GB".
  Required& WhereAtLeast(std::string_view attribute, const Value& value) {
    return Where(attribute, "at_least", value);
  }
  Required& WhereAtMost(std::string_view attribute, const Value& value) {
    return Where(attribute, "at_most", value);
  }
  Required& WhereIs(std::string_view attribute, bool value) {
    return Where(attribute, "is", Value(value));
  }

  // Another capability that would do as well; the conditions that follow are its own.
  Required& Or(std::string_view capability) {
    auto alternatives = json_->Find("any_of");
    if (!alternatives) {
      auto first = Json::Object();
      for (const char* name : {"capability", "where"}) {
        if (auto moved = json_->Find(name)) first->Set(name, moved);
        json_->Remove(name);
      }
      alternatives = json_->ArrayAt("any_of");
      alternatives->Push(first);
    }
    alternative_ = Json::Object();
    alternative_->Set("capability", capability);
    alternatives->Push(alternative_);
    return *this;
  }

  // How many of it each unit needs. 1 when it is not said.
  Required& PerUnit(std::int64_t count) {
    json_->Set("per_unit", Value(count).json());
    return *this;
  }
  // Met by the site, not by a component: reported, and asked about.
  Required& SiteCondition() {
    json_->Set("site_condition", Value(true).json());
    return *this;
  }
  Required& From(const Source& source) {
    source.WriteTo(*json_);
    return *this;
  }

 private:
  Required& Where(std::string_view attribute, std::string_view test, const Value& value) {
    auto condition = Json::Object();
    condition->Set("attribute", attribute);
    condition->Set(test, value.json());
    alternative_->ArrayAt("where")->Push(condition);
    return *this;
  }

  Json::Pointer json_;
  Json::Pointer alternative_;  // where conditions go: json_ itself until Or was called
};

// One way in which a component is sold. Where neither SoldOnly nor SoldExcept is called, it is
// unknown where it is sold.
class OfferTerms {
 public:
  explicit OfferTerms(Json::Pointer json) : json_(std::move(json)) {}

  // ISO 3166-1 alpha-2 codes.
  OfferTerms& SoldOnly(Tokens countries) { return Sold("only", countries); }
  OfferTerms& SoldExcept(Tokens countries) { return Sold("all_except", countries); }

  // Where a cloud region or a hosted service runs.
  OfferTerms& Location(std::string_view country, Tokens regions = {}) {
    auto location = Json::Object();
    location->Set("country", country);
    if (regions.size() > 0) location->Set("regions", Value(regions).json());
    json_->Set("location", location);
    return *this;
  }

  // US dollars per `per` ("unit", "unit_hour", …); `kind` is "list", "reported", "used",
  // "derived", "quote" or "free". Prices of one offer add up.
  OfferTerms& Price(std::string_view per, double amount, std::string_view kind,
                    const Source& source) {
    return AddPrice(per, Value(amount), kind, source);
  }
  OfferTerms& Price(std::string_view per, double low, double high, std::string_view kind,
                    const Source& source) {
    return AddPrice(per, Value(Range{low, high}), kind, source);
  }

  // In "d", "wk" or "mo".
  OfferTerms& LeadTime(const Value& value, std::string_view unit, const Source& source) {
    auto lead_time = Json::Object();
    lead_time->Set("value", value.json());
    lead_time->Set("unit", unit);
    source.WriteTo(*lead_time);
    json_->Set("lead_time", lead_time);
    return *this;
  }
  OfferTerms& From(const Source& source) {
    source.WriteTo(*json_);
    return *this;
  }

 private:
  OfferTerms& Sold(std::string_view how, Tokens countries) {
    auto sold_in = Json::Object();
    sold_in->Set(how, Value(countries).json());
    json_->Set("sold_in", sold_in);
    return *this;
  }
  OfferTerms& AddPrice(std::string_view per, const Value& amount, std::string_view kind,
                       const Source& source) {
    auto price = Json::Object();
    price->Set("per", per);
    price->Set("amount", amount.json());
    price->Set("currency", "USD");
    price->Set("kind", kind);
    source.WriteTo(*price);
    json_->ArrayAt("prices")->Push(price);
    return *this;
  }

  Json::Pointer json_;
};

// One product or service.
class Component {
 public:
  Component(Json::Pointer json, std::string_view id, std::string_view kind)
      : json_(std::move(json)) {
    json_->Set("schema", "stackport.component/1");
    json_->Set("id", id);
    json_->Set("kind", kind);
  }

  Component& Name(std::string_view name) { return Text("name", name); }
  Component& Summary(std::string_view summary) { return Text("summary", summary); }
  Component& Revision(std::string_view revision) { return Text("revision", revision); }

  // A quantity with its unit.
  Component& Fact(std::string_view name, const Value& value, std::string_view unit,
                  const Source& source) {
    auto fact = Json::Object();
    fact->Set("value", value.json());
    fact->Set("unit", unit);
    source.WriteTo(*fact);
    json_->ObjectAt("facts")->Set(name, fact);
    return *this;
  }
  // A fact without a unit: a count, a truth value, a text, tokens, a table.
  Component& Fact(std::string_view name, const Value& value, const Source& source) {
    auto fact = Json::Object();
    fact->Set("value", value.json());
    source.WriteTo(*fact);
    json_->ObjectAt("facts")->Set(name, fact);
    return *this;
  }
  // Says that a fact was looked for, and why there is none.
  Component& Unknown(std::string_view name, std::string_view why) {
    auto fact = Json::Object();
    fact->Set("unknown", why);
    json_->ObjectAt("facts")->Set(name, fact);
    return *this;
  }

  Provided Provides(std::string_view capability) {
    auto provided = Json::Object();
    provided->Set("capability", capability);
    json_->ArrayAt("provides")->Push(provided);
    return Provided(provided);
  }
  Required Requires(std::string_view capability) {
    auto required = Json::Object();
    json_->ArrayAt("requires")->Push(required);
    return Required(required, capability);
  }
  // "on_premises", "sovereign_cloud", "cloud", "saas".
  OfferTerms Offer(Tokens deployments) {
    auto offer = Json::Object();
    offer->Set("deployment", Value(deployments).json());
    json_->ArrayAt("offers")->Push(offer);
    return OfferTerms(offer);
  }

 private:
  Component& Text(std::string_view name, std::string_view text) {
    json_->Set(name, text);
    return *this;
  }

  Json::Pointer json_;
};

// Collects the components of one plugin.
class Catalog {
 public:
  explicit Catalog(std::string_view vendor) : vendor_(vendor) {}

  // A new component. Throws when `id` is not in the vendor's namespace ("vendor/name").
  sdk::Component Component(std::string_view id, std::string_view kind) {
    if (id.substr(0, vendor_.size()) != vendor_ || id.substr(vendor_.size(), 1) != "/") {
      throw std::invalid_argument("component id '" + std::string(id) + "' does not start with '" +
                                  vendor_ + "/', the namespace of this vendor");
    }
    components_.push_back(Json::Object());
    return sdk::Component(components_.back(), id, kind);
  }

  const std::vector<Json::Pointer>& components() const { return components_; }

 private:
  std::string vendor_;
  std::vector<Json::Pointer> components_;
};

// What STACKPORT_OFFERS is asked.
struct OfferQuery {
  std::string_view component;  // an id that the plugin described
  std::string_view country;    // of the buyer, ISO 3166-1 alpha-2
  std::uint64_t quantity;      // in units of what the price is per; at least 1
};

// Collects the offers that answer one query. None: the component's own offers stand.
class Offers {
 public:
  // As Component::Offer. Where it is sold follows from the countries that it is made in; SoldOnly
  // and SoldExcept are for an offer that is made in every country.
  OfferTerms Offer(Tokens deployments) {
    offers_.push_back(Json::Object());
    offers_.back()->Set("deployment", Value(deployments).json());
    return OfferTerms(offers_.back());
  }

  const std::vector<Json::Pointer>& offers() const { return offers_; }

 private:
  std::vector<Json::Pointer> offers_;
};

// ---------------------------------------------------------------------------------------------
// The border

// The C functions and constants for one plugin; Definition is what STACKPORT_PLUGIN declares.
template <typename Definition>
class Border {
 public:
  static const void* GetTable(const char* id, std::uint32_t revision) noexcept {
    static constexpr stackport_core_table kCore{sizeof(stackport_core_table), 0,
                                                Text(Definition::kPlugin),
                                                Text(Definition::kVersion), &Describe};
    const std::string_view asked = id ? id : "";
    if (asked == STACKPORT_CORE_TABLE && revision == STACKPORT_CORE_REVISION) return &kCore;
    if constexpr (Definition::kHasOffers) {
      static constexpr stackport_offers_table kOffers{sizeof(stackport_offers_table), 0, &Tabulate};
      if (asked == STACKPORT_OFFERS_TABLE && revision == STACKPORT_OFFERS_REVISION) return &kOffers;
    }
    return nullptr;
  }

 private:
  static constexpr stackport_text Text(std::string_view text) { return {text.data(), text.size()}; }

  static stackport_status Describe(const stackport_sink* sink) noexcept {
    if (!sink) return STACKPORT_INVALID;
    try {
      Catalog catalog(Definition::kVendor);
      Definition::Describe(catalog);
      const auto& components = catalog.components();
      for (std::size_t i = 0; i < components.size(); ++i) {
        const std::string text = components[i]->Text();
        const auto status = sink->component(sink->context, text.data(), text.size());
        if (status != STACKPORT_OK) return status;
        if (sink->progress(sink->context, i + 1, components.size()) == STACKPORT_STOP) {
          return STACKPORT_STOP;
        }
      }
      return STACKPORT_OK;
    } catch (const std::exception& error) {
      return Report(sink, error.what());
    } catch (...) {
      return Report(sink, "the plugin threw something that is not a std::exception");
    }
  }

  static stackport_status Tabulate(const stackport_offer_query* query,
                                   const stackport_offer_sink* sink) noexcept {
    if (!query || !sink) return STACKPORT_INVALID;
    try {
      Offers offers;
      Definition::Tabulate(
          {{query->component_id.data, query->component_id.length}, query->country, query->quantity},
          offers);
      for (const auto& offer : offers.offers()) {
        const std::string text = offer->Text();
        const auto status = sink->offer(sink->context, text.data(), text.size());
        if (status != STACKPORT_OK) return status;
      }
      return STACKPORT_OK;
    } catch (const std::exception& error) {
      return Report(sink, error.what());
    } catch (...) {
      return Report(sink, "the plugin threw something that is not a std::exception");
    }
  }

  template <typename Sink>
  static stackport_status Report(const Sink* sink, std::string_view text) noexcept {
    sink->error(sink->context, text.data(), text.size());
    return STACKPORT_FAILED;
  }
};

// Base of what STACKPORT_PLUGIN declares: lets the body say Source, Range and Table without a
// namespace.
struct PluginDefinition {
  using Catalog = sdk::Catalog;
  using Offers = sdk::Offers;
  using OfferQuery = sdk::OfferQuery;
  using Source = sdk::Source;
  using Range = sdk::Range;
  using Table = sdk::Table;
};

}  // namespace stackport::sdk

// Defines the plugin, at namespace scope of one source file: vendor id, plugin id and version, each
// as in manifest.json, then the body of a function that takes `Catalog& catalog`.
#define STACKPORT_PLUGIN(vendor, plugin, version) \
  STACKPORT_DEFINE_PLUGIN_(vendor, plugin, version, false)

// The same for a plugin that computes offers; STACKPORT_OFFERS has to follow in the same file, with
// the body of a function that takes `const OfferQuery& query, Offers& offers`.
#define STACKPORT_PLUGIN_WITH_OFFERS(vendor, plugin, version) \
  STACKPORT_DEFINE_PLUGIN_(vendor, plugin, version, true)
#define STACKPORT_OFFERS                                                   \
  void StackportPlugin::Tabulate([[maybe_unused]] const OfferQuery& query, \
                                 [[maybe_unused]] Offers& offers)

#define STACKPORT_DEFINE_PLUGIN_(vendor, plugin, version, has_offers)               \
  namespace {                                                                       \
  struct StackportPlugin : ::stackport::sdk::PluginDefinition {                     \
    static constexpr ::std::string_view kVendor = vendor;                           \
    static constexpr ::std::string_view kPlugin = plugin;                           \
    static constexpr ::std::string_view kVersion = version;                         \
    static constexpr bool kHasOffers = has_offers;                                  \
    static void Describe(Catalog& catalog);                                         \
    static void Tabulate(const OfferQuery& query, Offers& offers);                  \
  };                                                                                \
  }                                                                                 \
  extern "C" STACKPORT_EXPORT const stackport_entry stackport_plugin_entry = {      \
      sizeof(stackport_entry), STACKPORT_ENTRY_MAGIC, STACKPORT_ABI_VERSION,        \
      STACKPORT_ABI_VERSION, &::stackport::sdk::Border<StackportPlugin>::GetTable}; \
  void StackportPlugin::Describe([[maybe_unused]] Catalog& catalog)

#endif  // STACKPORT_PLUGIN_HPP_
