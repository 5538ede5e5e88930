// What the matcher derives from a snapshot alone: done once for each snapshot, whatever is asked.
#ifndef STACKPORT_CATALOG_MATCH_PREPARED_CATALOG_H_
#define STACKPORT_CATALOG_MATCH_PREPARED_CATALOG_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/match/catalog_tags.h"
#include "catalog/match/component_traits.h"
#include "catalog/match/money.h"
#include "catalog/match/sizing.h"
#include "catalog/model/snapshot.h"
#include "catalog/programme/export_classification.h"

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

  // Positions of the components of one kind, or that provide a capability, ascending.
  std::span<const std::size_t> OfKind(std::string_view kind) const;
  std::span<const std::size_t> Providing(std::string_view capability) const;

  const ComponentTraits& TraitsOf(std::size_t position) const { return traits_[position]; }
  const TraitsTable& traits() const { return traits_; }
  // Requires: it is an accelerator of this snapshot.
  const ExportClassification& ExportClassOf(const Component& accelerator) const {
    return export_classes_.find(&accelerator)->second;
  }

  // Clouds that a rented machine or a hosted interface runs on: those whose catalogue lists it, and
  // those that its document asks for. Sorted; none for other kinds.
  const std::vector<std::string>& CloudsOf(std::size_t position) const;
  // Whether there is something to compute with in the regions of a cloud in a country.
  bool Serves(std::string_view cloud, const std::string& country) const;

  const CatalogTags& tags() const { return tags_; }

  // The measured rows of an accelerator of this snapshot.
  const std::vector<ThroughputRow>& ThroughputOf(const Component& accelerator) const;

  // What sizing reads of a model. Requires: it is one.
  const ModelFigures& FiguresOfModel(std::size_t position) const {
    return model_figures_[static_cast<std::size_t>(figures_of_[position])];
  }
  // Kinds of machines that sizing tells apart: an accelerator, and the memory that what it is
  // bought or rented in leaves of it.
  std::size_t machine_kinds() const { return machine_figures_.size(); }
  const MachineFigures& machine_kind(std::size_t number) const { return machine_figures_[number]; }
  // Requires: it is an accelerator, or a rented machine around one that the snapshot has.
  std::size_t MachineKindOf(std::size_t position) const {
    return static_cast<std::size_t>(figures_of_[position]);
  }

  const ClassSamples& class_samples() const { return class_samples_; }

 private:
  using Positions = std::map<std::string, std::vector<std::size_t>, std::less<>>;

  void FindClouds();
  void FindFigures();

  SnapshotPtr snapshot_;
  TraitsTable traits_;
  Positions by_kind_, by_capability_;
  std::map<const Component*, ExportClassification> export_classes_;
  std::map<std::size_t, std::vector<std::string>> clouds_;
  // Countries by cloud; "" for any.
  std::map<std::string, std::set<std::string>, std::less<>> served_;
  CatalogTags tags_;
  std::map<const Component*, std::vector<ThroughputRow>> throughput_;
  std::vector<ModelFigures> model_figures_;
  std::vector<MachineFigures> machine_figures_;
  std::vector<std::int32_t> figures_of_;  // by position: number in one of these, as its kind says
  ClassSamples class_samples_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_PREPARED_CATALOG_H_
