#include "catalog/match/prepared_catalog.h"

#include <utility>

namespace stackport::match {

PreparedCatalog::PreparedCatalog(SnapshotPtr snapshot)
    : snapshot_(std::move(snapshot)), class_samples_(*snapshot_) {
  const std::vector<Component>& components = snapshot_->components;
  for (std::size_t i = 0; i < components.size(); ++i) {
    by_kind_[components[i].kind].push_back(i);
    requirement_tags_.Register(components[i], tags_);
    if (components[i].kind != "accelerator") continue;
    std::vector<ThroughputRow> rows = ReadThroughput(components[i]);
    if (!rows.empty()) throughput_.emplace(&components[i], std::move(rows));
  }
  provided_.reserve(components.size());
  required_.reserve(components.size());
  for (const Component& component : components) {
    provided_.push_back(requirement_tags_.Provided(component));
    required_.push_back(requirement_tags_.Groups(component));
  }
}

std::span<const std::size_t> PreparedCatalog::OfKind(std::string_view kind) const {
  const auto found = by_kind_.find(kind);
  if (found == by_kind_.end()) return {};
  return found->second;
}

const std::vector<ThroughputRow>& PreparedCatalog::ThroughputOf(
    const Component& accelerator) const {
  static const std::vector<ThroughputRow> kNone;
  const auto found = throughput_.find(&accelerator);
  return found == throughput_.end() ? kNone : found->second;
}

}  // namespace stackport::match
