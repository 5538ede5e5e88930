// Tags of a snapshot by numbers: what each component carries towards the requirements of others,
// and what it asks of them. Found once for each snapshot, so that a compilation handles numbers.
#ifndef STACKPORT_CATALOG_MATCH_CATALOG_TAGS_H_
#define STACKPORT_CATALOG_MATCH_CATALOG_TAGS_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "catalog/match/requirement_tags.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// Number of a name that tags get only where a request brings its component in: RequestTags makes
// it a tag of the problem then. A catalog has many more of them than a problem.
using NameId = std::int32_t;

struct PartTags {
  std::vector<TagId> provided;  // of requirements, certain and perhaps; sorted, unique
  std::vector<std::vector<TagId>> required;
  // Of an entitlement: "a part that needs it", for each that it is. Sorted.
  std::vector<TagId> needed_by;
  // "accelerator X" and "a server for X": of an accelerator itself, of those that a server holds,
  // in parallel.
  std::vector<NameId> accelerators, hosts;
  // "model X" and "family X", of a model, or that a runtime serves.
  std::vector<NameId> models, families;
  // Of an application, by capability: "family X" of those it works with.
  std::vector<std::vector<NameId>> working_families;
};

// Immutable after construction.
class CatalogTags {
 public:
  explicit CatalogTags(const CatalogSnapshot& snapshot);

  // Names of the tags of every requirement that some component has, by TagId. A problem's own tags
  // come after these.
  const std::vector<std::string>& requirements() const { return requirement_names_.names(); }
  const RequirementTags& requirement_tags() const { return requirement_tags_; }
  // By NameId; none is also that of a requirement.
  const std::vector<std::string>& names() const { return names_.names(); }
  NameId weights() const { return weights_; }  // "weights run by the operator"
  NameId hosted() const { return hosted_; }    // "hosted interface"

  // By position in the snapshot.
  const PartTags& operator[](std::size_t position) const { return parts_[position]; }

 private:
  PartTags Describe(const Component& component);
  std::vector<NameId> Named(const char* what, const std::vector<std::string>& tokens);

  TagTable requirement_names_, names_;
  RequirementTags requirement_tags_;
  NameId weights_, hosted_;
  std::vector<PartTags> parts_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_CATALOG_TAGS_H_
