// Whether what components need is provided by anybody. Private to catalog/advice.
#ifndef STACKPORT_CATALOG_ADVICE_NEEDS_H_
#define STACKPORT_CATALOG_ADVICE_NEEDS_H_

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/advice/advice_sink.h"
#include "catalog/model/component.h"
#include "catalog/model/registry.h"
#include "catalog/model/snapshot.h"

namespace stackport {

// What a plugin and a catalog provide together. Borrows both. Immutable after construction.
class Providers {
 public:
  // A component of the catalog that the plugin describes too is the plugin's.
  Providers(const std::vector<Component>& components, const CatalogSnapshot& catalog);

  void Advise(const Component& component, const Registry& registry, AdviceSink& sink) const;

 private:
  void AdviseOnRequirement(const Requirement& requirement, const std::string& pointer,
                           const Registry& registry, AdviceSink& sink) const;
  // Why no component meets this alternative, and what is near.
  std::string Missing(const RequiredCapability& alternative) const;
  void AdviseOnNames(const Component& component, const Registry& registry, AdviceSink& sink) const;

  std::map<std::string, std::vector<const ProvidedCapability*>, std::less<>> by_capability_;
  std::set<std::string> ids_;
};

}  // namespace stackport

#endif  // STACKPORT_CATALOG_ADVICE_NEEDS_H_
