// What the matcher derives from a snapshot alone: done once for each snapshot, whatever is asked.
#ifndef STACKPORT_CATALOG_MATCH_PREPARED_CATALOG_H_
#define STACKPORT_CATALOG_MATCH_PREPARED_CATALOG_H_

#include <cstddef>
#include <functional>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/match/money.h"
#include "catalog/match/requirement_tags.h"
#include "catalog/match/sizing.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// Immutable after construction, and shared by all threads without locks. Positions are those of
// CatalogSnapshot::components.
class PreparedCatalog {
 public:
  explicit PreparedCatalog(SnapshotPtr snapshot);
  PreparedCatalog(const PreparedCatalog&) = delete;
  PreparedCatalog& operator=(const PreparedCatalog&) = delete;

  const CatalogSnapshot& snapshot() const { return *snapshot_; }
  const Component& At(std::size_t position) const { return snapshot_->components[position]; }

  // Positions of the components of one kind, ascending.
  std::span<const std::size_t> OfKind(std::string_view kind) const;

  // Tags of every requirement that some component has. A problem's own tags come after these.
  const TagTable& tags() const { return tags_; }
  const RequirementTags& requirement_tags() const { return requirement_tags_; }
  const ProvidedTags& ProvidedBy(std::size_t position) const { return provided_[position]; }
  const std::vector<std::vector<TagId>>& RequiredBy(std::size_t position) const {
    return required_[position];
  }

  // The measured rows of an accelerator of this snapshot.
  const std::vector<ThroughputRow>& ThroughputOf(const Component& accelerator) const;

  const ClassSamples& class_samples() const { return class_samples_; }

 private:
  SnapshotPtr snapshot_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> by_kind_;
  TagTable tags_;
  RequirementTags requirement_tags_;
  std::vector<ProvidedTags> provided_;
  std::vector<std::vector<std::vector<TagId>>> required_;
  std::map<const Component*, std::vector<ThroughputRow>> throughput_;
  ClassSamples class_samples_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_PREPARED_CATALOG_H_
