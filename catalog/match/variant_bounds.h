// Lower bounds for each option of the variant slot, before any of them is decided.
#ifndef STACKPORT_CATALOG_MATCH_VARIANT_BOUNDS_H_
#define STACKPORT_CATALOG_MATCH_VARIANT_BOUNDS_H_

#include <vector>

#include "catalog/match/arithmetic.h"
#include "catalog/match/search_model.h"
#include "catalog/match/search_state.h"
#include "catalog/match/variant_domains.h"

namespace stackport::match {

// For each slot the least cost over the options that a variant leaves open, as far as requirements
// tell that rest on the variant slot alone; summed up over the slots.
class VariantBounds {
 public:
  // Requires: model.variant_slot >= 0. Model and domains must outlive it.
  VariantBounds(const SearchModel& model, const VariantDomains& domains);

  // Takes the costs of a state that stands at its root, for its first `columns` columns.
  void Fill(const SearchState& state, int columns);

  // Whether every slot has an option for the variant.
  bool possible(int variant) const { return possible_[static_cast<std::size_t>(variant)]; }
  Wide bound(int variant, int column) const { return bounds_[Cell(variant, column)]; }

 private:
  void LeastCosts(const SearchState& state, int slot, int column, std::vector<Wide>* least) const;
  std::size_t Cell(int variant, int column) const {
    return static_cast<std::size_t>(variant) * static_cast<std::size_t>(columns_) +
           static_cast<std::size_t>(column);
  }

  const SearchModel& model_;
  const VariantDomains& domains_;
  int variants_;
  int columns_ = 0;
  std::vector<Wide> bounds_;
  std::vector<char> possible_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_VARIANT_BOUNDS_H_
