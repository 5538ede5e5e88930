#include "catalog/match/sizings.h"

#include <utility>

namespace stackport::match {

Sizings::Sizings(SizingTerms terms, std::vector<const ModelFigures*> models,
                 std::vector<const MachineFigures*> machines, std::vector<int> machine_of)
    : terms_(terms),
      models_(std::move(models)),
      machines_(std::move(machines)),
      machine_of_(std::move(machine_of)) {}

std::optional<Sizing> Sizings::OnMachine(std::size_t model, std::size_t machine) const {
  return SizeModel(*models_[model], *machines_[machine], *terms_);
}

std::optional<Sizing> Sizings::Of(int model, int compute) const {
  const auto m = static_cast<std::size_t>(model);
  const int machine = machine_of_[static_cast<std::size_t>(compute)];
  if (machine < 0 || !has_figures(m)) return std::nullopt;
  return OnMachine(m, static_cast<std::size_t>(machine));
}

}  // namespace stackport::match
