// The tags of one compilation.
#ifndef STACKPORT_CATALOG_MATCH_REQUEST_TAGS_H_
#define STACKPORT_CATALOG_MATCH_REQUEST_TAGS_H_

#include <cstddef>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "catalog/match/catalog_tags.h"

namespace stackport::match {

// First those of the catalog's requirements, which all compilations share; then what the request
// brings in, in the order it is first used. Names stay the catalog's until somebody wants them. One
// thread at a time; refers to the catalog's tags.
class RequestTags {
 public:
  explicit RequestTags(const CatalogTags& catalog);

  std::size_t size() const { return catalog_.requirements().size() + own_.size(); }

  TagId Of(NameId name) {
    TagId& tag = tag_of_name_[static_cast<std::size_t>(name)];
    if (tag < 0) tag = Append({name, {}});
    return tag;
  }
  std::vector<TagId> Of(std::span<const NameId> names);
  void AddTo(std::vector<TagId>& tags, std::span<const NameId> names);

  // A tag of its own. Requires: no tag has the name yet, nor one of the catalog's names.
  TagId Add(std::string name) { return Append({-1, std::move(name)}); }

  // Of all, by TagId.
  std::vector<std::string> Names() const;

 private:
  struct Own {
    NameId name;  // -1: `text` is
    std::string text;
  };

  TagId Append(Own own) {
    own_.push_back(std::move(own));
    return static_cast<TagId>(size() - 1);
  }

  const CatalogTags& catalog_;
  std::vector<TagId> tag_of_name_;  // -1: not used yet
  std::vector<Own> own_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_REQUEST_TAGS_H_
