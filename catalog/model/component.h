// A component as the catalog knows it: typed, normalised, every fact with its provenance.
//
// Built only by ParseComponent (catalog/model/component_parser.h) from a document of the form
// stackport.component/1; immutable afterwards, so it may be shared between threads.
#ifndef STACKPORT_CATALOG_MODEL_COMPONENT_H_
#define STACKPORT_CATALOG_MODEL_COMPONENT_H_

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/model/truth.h"

namespace stackport {

// Where a statement comes from. `as_of` is YYYY, YYYY-MM, YYYY-MM-DD or "undated".
struct Provenance {
  std::string source;  // an address or a citation; never empty for a fact
  std::string as_of;
  std::string note;  // may be empty
};

// A number known to lie between `low` and `high` (equal when it is exact), in the base unit of its
// dimension (registry.json, "dimensions"): bytes, watts, micro-US-dollars, days, ...
struct Interval {
  std::int64_t low = 0;
  std::int64_t high = 0;
  bool exact() const { return low == high; }
  friend bool operator==(const Interval&, const Interval&) = default;
};

// The value of a fact or of a capability's attribute, by the registry's type for it:
//   quantity, integer -> kNumber; boolean -> kFlag; text, date -> kText;
//   token, tokens, component, components, countries, languages -> kTokens (one or more; sorted,
//   unique); table -> kTable (canonical JSON text).
struct AttributeValue {
  enum class Kind { kNumber, kFlag, kText, kTokens, kTable };
  Kind kind = Kind::kText;
  Interval number;
  bool flag = false;
  std::string text;                 // kText and kTable
  std::vector<std::string> tokens;  // kTokens
};

struct Fact {
  AttributeValue value;
  Provenance provenance;
  // True when the document says the value was concluded rather than read ("inferred": true).
  bool inferred = false;
};

// One capability a component provides. An attribute that is absent is unknown; a capability that is
// not provided is certainly not provided (capabilities are a closed world, attributes an open one).
struct ProvidedCapability {
  std::string capability;                            // registry name, "accelerator-host"
  std::map<std::string, AttributeValue> attributes;  // by registry name
  Provenance provenance;                             // may be empty: then the component's own
  bool inferred = false;
};

// One condition on one attribute of a required capability.
struct Condition {
  enum class Operator {
    kIn,        // the attribute's tokens and `tokens` intersect
    kContains,  // the attribute's tokens include all of `tokens`
    kAtLeast,   // number.low  >= value.low ; unknown while the intervals overlap
    kAtMost,
    kIs,  // boolean
  };
  std::string attribute;
  Operator op = Operator::kIn;
  std::vector<std::string> tokens;
  std::int64_t number = 0;
  bool flag = false;
};

// One alternative of a requirement: a capability with all of `where`.
struct RequiredCapability {
  std::string capability;
  std::vector<Condition> where;
};

// Something a component needs: any one of `any_of`. A site condition is met by the site, not by a
// component: it is reported, and asked about when the request does not state it.
struct Requirement {
  std::vector<RequiredCapability> any_of;
  std::int64_t per_unit = 1;  // how many of it each unit needs (ports of a server)
  bool site_condition = false;
  Provenance provenance;
};

// Value of `capability`'s attribute conditions against one provided capability.
Truth Evaluate(const Condition& condition, const ProvidedCapability& provided);
// And over all conditions; kFalse when the capability's name differs.
Truth Evaluate(const RequiredCapability& required, const ProvidedCapability& provided);

// What a price is per. Prices of one offer add up (input and output tokens, say).
enum class PricePer {
  kUnit,             // once, capital
  kUnitYear,         // each year and unit
  kUnitHour,         // each hour and unit (cloud instances)
  kAcceleratorYear,  // each year and accelerator served
  kUserMonth,        // each month and user
  kYear,             // each year, whatever the size
  kMillionInputTokens,
  kMillionOutputTokens,
  kTerabyteMonth,  // each month and terabyte stored
};

// The quantities for which a price holds, in units of what it is per (users, machines, ...). Both
// ends belong to it; `to` is nothing where there is no upper end.
struct QuantityRange {
  std::int64_t from = 1;
  std::optional<std::int64_t> to;
  bool Contains(std::int64_t quantity) const {
    return quantity >= from && (!to || quantity <= *to);
  }
  bool all() const { return from <= 1 && !to; }
};

struct Price {
  PricePer per = PricePer::kUnit;
  QuantityRange quantity;
  Interval micro_usd;      // millionths of a US dollar
  std::string price_kind;  // "list", "reported", "used", "derived", "quote", "free"
  Provenance provenance;
};

// Deployments as a vendor offers them.
enum class OfferDeployment { kOnPremises, kSovereignCloud, kCloud, kSaas };

// One way a component is sold. Where neither only nor all_except is stated, sale is unknown.
struct Offer {
  std::vector<OfferDeployment> deployments;                // never empty
  std::optional<std::vector<std::string>> sold_only_in;    // ISO 3166-1 alpha-2, sorted
  std::optional<std::vector<std::string>> sold_except_in;  // likewise
  std::string location_country;      // of a cloud region or SaaS host; empty: unknown or site
  std::vector<std::string> regions;  // the provider's own region codes there
  std::vector<Price> prices;         // empty: unknown price
  std::optional<Interval> lead_time_days;
  Provenance lead_time_provenance;
  Provenance provenance;  // of the offer itself
};

// The publisher, as its plugin's manifest declares it.
struct Vendor {
  std::string id;                            // "dell": the namespace of its component ids
  std::string name;                          // "Dell Technologies"
  std::string headquarters;                  // ISO 3166-1 alpha-2; empty: unknown
  std::string ultimate_parent_headquarters;  // likewise; empty: unknown or none
  bool community_project = false;            // open project without a member company behind it
  Provenance provenance;                     // of the headquarters; may say "declared"
};

struct Component {
  std::string id;         // "vendor/name"
  std::string vendor_id;  // the part before '/'
  std::string name;
  std::string kind;  // registry name, "accelerator"
  char layer = 'A';  // A to E, from the kind
  std::string revision;
  std::string summary;
  std::map<std::string, Fact, std::less<>> facts;  // by registry name; absent = unknown
  std::map<std::string, std::string> unknown;      // facts the document says are unknown, and why
  std::vector<ProvidedCapability> provides;
  std::vector<Requirement> requires_;  // `requires` is a keyword of C++20
  std::vector<Offer> offers;
  std::string document;  // canonical JSON it was parsed from

  const Fact* FindFact(std::string_view name) const;
  // The number of a fact, or nothing when the fact is absent or not a number.
  std::optional<Interval> Number(std::string_view name) const;
  // First provided capability of that name, or null.
  const ProvidedCapability* FindCapability(std::string_view name) const;
};

// "on_premises", "sovereign_cloud", "cloud", "saas".
std::string_view OfferDeploymentName(OfferDeployment deployment);
// "unit", "unit_year", "unit_hour", "accelerator_year", "user_month", "year",
// "million_input_tokens", "million_output_tokens", "terabyte_month".
std::string_view PricePerName(PricePer per);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_COMPONENT_H_
