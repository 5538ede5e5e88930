#include "catalog/match/request_tags.h"

namespace stackport::match {

RequestTags::RequestTags(const CatalogTags& catalog)
    : catalog_(catalog), tag_of_name_(catalog.names().size(), -1) {}

std::vector<TagId> RequestTags::Of(std::span<const NameId> names) {
  std::vector<TagId> tags;
  tags.reserve(names.size());
  AddTo(tags, names);
  return tags;
}

void RequestTags::AddTo(std::vector<TagId>& tags, std::span<const NameId> names) {
  for (const NameId name : names) tags.push_back(Of(name));
}

std::vector<std::string> RequestTags::Names() const {
  std::vector<std::string> names;
  names.reserve(size());
  names.assign(catalog_.requirements().begin(), catalog_.requirements().end());
  for (const Own& own : own_) {
    names.push_back(own.name < 0 ? own.text : catalog_.names()[static_cast<std::size_t>(own.name)]);
  }
  return names;
}

}  // namespace stackport::match
