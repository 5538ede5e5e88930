// The words of an answer: where the figures of a part come from, why it is eligible, what is open
// about it, and why other components are left out. Made on demand, for the components asked about.
#ifndef STACKPORT_CATALOG_MATCH_WORDING_H_
#define STACKPORT_CATALOG_MATCH_WORDING_H_

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/engine.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"

namespace stackport::match {

// A component that no package of a request can hold, and the first rule that excludes it.
struct LeftOut {
  std::size_t component = 0;  // position in the snapshot
  std::string_view reason;    // machine-readable; lives as long as the program
};

// Everything that is a candidate of no slot, by component, ascending. Judges the whole catalog.
// Thread-safe.
std::vector<LeftOut> FindLeftOut(const PreparedCatalog& catalog, const CountryIndex& countries,
                                 const Request& request, const CompiledMatch& compiled);

// Why one component is left out; nothing when it is a candidate. Thread-safe.
std::optional<Exclusion> WhyLeftOut(const PreparedCatalog& catalog, const CountryIndex& countries,
                                    const Request& request, const CompiledMatch& compiled,
                                    const Component& component);

// Puts one compilation into words. Holds references only, to what made `compiled` and to itself.
// One thread at a time.
class Wording {
 public:
  Wording(const PreparedCatalog& catalog, const CountryIndex& countries, const Request& request,
          const CompiledMatch& compiled)
      : catalog_(catalog), countries_(countries), request_(request), compiled_(compiled) {}

  // Words of a candidate; empty ones for a part without a component.
  const PartWords& Of(std::size_t slot, std::size_t candidate);
  // The same for all parts of a package; asking for them together costs least.
  void Prepare(const Choice& choice);

  Exclusion Of(const LeftOut& left_out) const;

 private:
  using Place = std::pair<std::size_t, std::size_t>;  // slot, candidate

  void Make(const std::vector<Place>& places);
  const std::vector<Site>& Sites() const;

  const PreparedCatalog& catalog_;
  const CountryIndex& countries_;
  const Request& request_;
  const CompiledMatch& compiled_;
  std::map<Place, std::shared_ptr<const PartWords>> made_;
  mutable std::optional<std::vector<Site>> sites_;  // of the request, once somebody asks
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_WORDING_H_
