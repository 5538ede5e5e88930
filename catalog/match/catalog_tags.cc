#include "catalog/match/catalog_tags.h"

#include <algorithm>

#include "catalog/match/provided_values.h"

namespace stackport::match {

CatalogTags::CatalogTags(const CatalogSnapshot& snapshot)
    : weights_(names_.Id("weights run by the operator")), hosted_(names_.Id("hosted interface")) {
  for (const Component& component : snapshot.components) {
    requirement_tags_.Register(component, requirement_names_);
  }
  parts_.reserve(snapshot.components.size());
  for (const Component& component : snapshot.components) parts_.push_back(Describe(component));
}

PartTags CatalogTags::Describe(const Component& component) {
  PartTags tags;
  const ProvidedTags provided = requirement_tags_.Provided(component);
  tags.provided = provided.certain;
  tags.provided.insert(tags.provided.end(), provided.maybe.begin(), provided.maybe.end());
  tags.required = requirement_tags_.Groups(component);
  const auto& needs = requirement_tags_.needs_of_entitlement();
  for (const auto& group : tags.required) {
    for (const TagId tag : group) {
      const auto need = needs.find(tag);
      if (need != needs.end()) tags.provided.push_back(need->second);
    }
  }
  std::sort(tags.provided.begin(), tags.provided.end());
  tags.provided.erase(std::unique(tags.provided.begin(), tags.provided.end()), tags.provided.end());
  for (const TagId tag : provided.certain) {
    const auto need = needs.find(tag);
    if (need != needs.end()) tags.needed_by.push_back(need->second);
  }
  std::sort(tags.needed_by.begin(), tags.needed_by.end());

  if (component.kind == "accelerator") {
    tags.hosts = Named("a server for ", {component.id});
    tags.accelerators = Named("accelerator ", {component.id});
  } else if (component.kind == "server") {
    const auto& held = ProvidedTokens(component, "accelerator-host", "accelerators");
    tags.hosts = Named("a server for ", held);
    tags.accelerators = Named("accelerator ", held);
  } else if (component.kind == "model" || component.kind == "serving_runtime") {
    const char* capability = component.kind == "model" ? "language-model" : "model-serving";
    tags.models = Named("model ", ProvidedTokens(component, capability, "model"));
    tags.families = Named("family ", ProvidedTokens(component, capability, "family"));
  } else if (component.kind == "application") {
    for (const ProvidedCapability& capability : component.provides) {
      tags.working_families.push_back(Named("family ", TokensIn(capability, "model_family")));
    }
  }
  return tags;
}

std::vector<NameId> CatalogTags::Named(const char* what, const std::vector<std::string>& tokens) {
  std::vector<NameId> named;
  named.reserve(tokens.size());
  for (const std::string& token : tokens) named.push_back(names_.Id(what + token));
  return named;
}

}  // namespace stackport::match
