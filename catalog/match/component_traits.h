// What the rules of eligibility look at, found once for each component of a snapshot: kinds as
// numbers, facts by pointers, countries as bits.
#ifndef STACKPORT_CATALOG_MATCH_COMPONENT_TRAITS_H_
#define STACKPORT_CATALOG_MATCH_COMPONENT_TRAITS_H_

#include <bitset>
#include <cstdint>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/model/snapshot.h"
#include "catalog/model/truth.h"

namespace stackport::match {

// Two letters as a number: AA is 0, ZZ the last; kNoCountry for anything else.
using CountryNumber = std::uint16_t;
inline constexpr CountryNumber kCountryNumbers = 26 * 26;
inline constexpr CountryNumber kNoCountry = kCountryNumbers;
using CountrySet = std::bitset<kCountryNumbers>;
CountryNumber NumberOfCountry(std::string_view code);
// The other way round. Requires: it is not kNoCountry.
std::string CodeOf(CountryNumber country);

// Kinds that some rule or slot treats in its own way.
enum class KindOf : std::uint8_t {
  kAccelerator,
  kServer,
  kNetworkSwitch,
  kStorageSystem,
  kCloudInstance,
  kCloudPlatform,
  kCloudProvider,
  kSovereignCloud,
  kModel,
  kApplication,
  kOther
};

struct OfferTraits {
  const Offer* offer = nullptr;
  std::uint8_t deployments = 0;  // a bit for each OfferDeployment
  bool free = false;             // every price is, and there is one
  CountryNumber location = kNoCountry;
  // Where the offer states one of them; they belong to the catalog.
  const CountrySet* sold_only_in = nullptr;
  const CountrySet* sold_except_in = nullptr;

  bool Has(OfferDeployment deployment) const {
    return (deployments >> static_cast<int>(deployment) & 1) != 0;
  }
};

struct ComponentTraits {
  const Component* component = nullptr;
  const Vendor* vendor = nullptr;  // null: the snapshot has none of that id
  std::span<const OfferTraits> offers;
  KindOf kind = KindOf::kOther;
  Truth member = Truth::kUnknown;  // of the programme's rule on members
  bool site_conditions = false;    // whether it has any
  // Facts of these names; null where not stated.
  const Fact* air_gap = nullptr;
  const Fact* certifications = nullptr;
  const Fact* commercial_use = nullptr;
  const Fact* context_tokens = nullptr;
  const Fact* control_plane = nullptr;
  const Fact* languages = nullptr;
  const Fact* licensed_users = nullptr;
  const Fact* mains_voltage = nullptr;
  const Fact* open_weights = nullptr;
  const Fact* parameters = nullptr;
  const Fact* unlicensed_countries = nullptr;

  // What is bought and stands somewhere.
  bool IsHardware() const { return kind <= KindOf::kStorageSystem; }
};

// The traits of a snapshot's components, by position. Immutable after construction; refers to the
// snapshot.
class TraitsTable {
 public:
  explicit TraitsTable(const CatalogSnapshot& snapshot);
  TraitsTable(const TraitsTable&) = delete;
  TraitsTable& operator=(const TraitsTable&) = delete;

  const ComponentTraits& operator[](std::size_t position) const { return traits_[position]; }

  // What offers say of countries, of all components together.
  struct Geography {
    // Sets of countries that offers for customers' sites, or in regions of clouds, are sold in or
    // not sold in; of services, both. They belong to the catalog.
    std::set<const CountrySet*> sold_at_customers, sold_in_regions;
    CountrySet locations;          // of offers
    CountrySet service_locations;  // where vendors run what they offer as a service
    std::set<std::pair<std::int64_t, std::int64_t>> mains;  // that hardware states, in volts
    bool mains_in_regions = false;                          // of it is offered in regions
  };
  const Geography& geography() const { return geography_; }

 private:
  void Place(const ComponentTraits& traits);
  const CountrySet* Interned(const std::vector<std::string>& codes);

  std::vector<ComponentTraits> traits_;
  std::vector<OfferTraits> offers_;
  // Price lists name the same countries over and over. Nodes of a map stay where they are.
  std::map<std::vector<std::string>, CountrySet> sets_;
  Geography geography_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_COMPONENT_TRAITS_H_
