// How the models of a compilation are sized on its machines.
#ifndef STACKPORT_CATALOG_MATCH_SIZINGS_H_
#define STACKPORT_CATALOG_MATCH_SIZINGS_H_

#include <cstddef>
#include <optional>
#include <vector>

#include "catalog/match/sizing.h"

namespace stackport::match {

// Keeps what sizing reads, and sizes the pair that is asked about: kept for all pairs of a large
// catalog, the results would take gigabytes, and a report needs a few of them. Immutable; refers
// to figures of the catalog.
class Sizings {
 public:
  Sizings() = default;
  // `models`: by model candidate; null where a provider runs it. `machine_of`: by compute
  // candidate, the number of its kind of machine, or -1 where it is none (a hosted interface).
  Sizings(SizingTerms terms, std::vector<const ModelFigures*> models,
          std::vector<const MachineFigures*> machines, std::vector<int> machine_of);

  std::size_t models() const { return models_.size(); }
  bool has_figures(std::size_t model) const { return models_[model] != nullptr; }
  std::size_t machines() const { return machines_.size(); }
  // By compute candidate, as given.
  const std::vector<int>& machine_of() const { return machine_of_; }
  // Nothing when they do not go together. Requires: the model has figures.
  std::optional<Sizing> OnMachine(std::size_t model, std::size_t machine) const;
  // The same by candidates; nothing where one of them is hosted.
  std::optional<Sizing> Of(int model, int compute) const;

 private:
  std::optional<SizingTerms> terms_;
  std::vector<const ModelFigures*> models_;
  std::vector<const MachineFigures*> machines_;
  std::vector<int> machine_of_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SIZINGS_H_
