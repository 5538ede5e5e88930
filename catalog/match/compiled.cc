#include "catalog/match/compiled.h"

namespace stackport::match {

const Sizing* SizingTable::Find(int model, int compute) const {
  const int machine = machine_of_[static_cast<std::size_t>(compute)];
  if (machine < 0) return nullptr;
  const auto& sizing =
      sizings_[static_cast<std::size_t>(model) * machines_ + static_cast<std::size_t>(machine)];
  return sizing ? &*sizing : nullptr;
}

}  // namespace stackport::match
