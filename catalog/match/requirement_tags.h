// Requirements between components as tags: each distinct alternative that some component asks for
// is one tag, and every component that provides it carries the tag.
#ifndef STACKPORT_CATALOG_MATCH_REQUIREMENT_TAGS_H_
#define STACKPORT_CATALOG_MATCH_REQUIREMENT_TAGS_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/match/problem.h"
#include "catalog/model/component.h"

namespace stackport::match {

// Numbers names, each once.
class TagTable {
 public:
  TagId Id(std::string_view name);
  const std::vector<std::string>& names() const { return names_; }

 private:
  std::vector<std::string> names_;
  std::map<std::string, TagId, std::less<>> ids_;
};

// What one component carries towards the requirements of others.
struct ProvidedTags {
  std::vector<TagId> certain;  // it provides the alternative
  std::vector<TagId> maybe;    // it provides the capability, and an attribute asked for is unknown
};

class RequirementTags {
 public:
  // Registers the alternatives `component` asks for, with names in `tags`. Call for every component
  // before Provided().
  void Register(const Component& component, TagTable& tags);

  // The requirement groups of `component`: site conditions and requirements that the matcher
  // resolves itself (a model's runtime) are left out.
  std::vector<std::vector<TagId>> Groups(const Component& component) const;

  ProvidedTags Provided(const Component& component) const;

  // Tag of "needs this entitlement", by the tag of the entitlement alternative: an entitlement is
  // chosen only where something needs it.
  const std::map<TagId, TagId>& needs_of_entitlement() const { return needs_of_entitlement_; }

  // certain tag -> maybe tag, for every registered alternative.
  const std::map<TagId, TagId>& maybe_of() const { return maybe_of_; }

 private:
  TagId TagOf(const RequiredCapability& alternative) const;

  std::map<std::string, std::pair<RequiredCapability, TagId>> alternatives_;  // by its text
  std::map<TagId, TagId> maybe_of_;
  std::map<TagId, TagId> needs_of_entitlement_;
};

// "accelerated-compute with isa in cuda, rocm".
std::string RequirementText(const RequiredCapability& alternative);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_REQUIREMENT_TAGS_H_
