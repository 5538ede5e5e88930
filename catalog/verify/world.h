// What every part of the verifier looks things up in, and the place a candidate stands at.
#ifndef STACKPORT_CATALOG_VERIFY_WORLD_H_
#define STACKPORT_CATALOG_VERIFY_WORLD_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/model/snapshot.h"
#include "catalog/verify/claim.h"

namespace stackport::verify {

struct World {
  const CatalogSnapshot& snapshot;
  const CountryIndex& countries;
  const Asked& asked;
};

// Where the machines of a candidate stand.
struct Place {
  bool customer = true;                 // the customer's own site
  std::string cloud;                    // the provider's cloud; empty at the customer's site
  std::string country;                  // ISO 3166-1 alpha-2
  const Component* provider = nullptr;  // of a region, the first that has it
  std::string deployment;               // "on_premises", "sovereign_cloud", "cloud_in_country", …
};

// The place that a site's name stands for: "on_premises", "sovereign:customer_site",
// "cloud:aws@ZA", "sovereign:aws-eusc@DE". The error says why there is no such place in this
// snapshot.
Result<Place> FindPlace(const World& world, const std::string& site);

// Whether the request lets data be held in that country; unknown where the country is (empty).
Truth MayHoldData(const World& world, const std::string& country);

// Arithmetic over 128 bits, so that no product of two figures is lost.
__extension__ typedef __int128 Wide;
// The largest and smallest 64-bit number where the value is beyond them.
std::int64_t Narrow(Wide value);
// Requires: b > 0.
Wide CeilOf(Wide a, Wide b);

bool Holds(const std::vector<std::string>& list, std::string_view item);
// Tokens or number of an attribute of the first capability of that name.
const AttributeValue* Attribute(const Component& component, std::string_view capability,
                                const std::string& name);
std::vector<std::string> TokensOf(const Component& component, std::string_view capability,
                                  const std::string& name);
std::optional<std::int64_t> NumberOf(const Component& component, std::string_view capability,
                                     const std::string& name);
bool FlagOf(const Component& component, std::string_view capability, const std::string& name);
bool FactHolds(const Component& component, std::string_view fact);
// Accelerators, servers, switches and storage: what is bought and stands somewhere.
bool IsMachine(const Component& component);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_WORLD_H_
