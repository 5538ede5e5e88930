#include "catalog/match/known_fits.h"

#include <algorithm>
#include <utility>

namespace stackport::match {
namespace {

using Set = std::vector<int>;

}  // namespace

void KnownFits::AddFitting(Set demands) {
  std::erase_if(fitting_, [&](const Set& known) { return std::ranges::includes(demands, known); });
  fitting_.push_back(std::move(demands));
}

void KnownFits::AddRefused(Set demands) {
  std::erase_if(refused_, [&](const Set& known) { return std::ranges::includes(known, demands); });
  refused_.push_back(std::move(demands));
}

std::optional<bool> KnownFits::Fits(const Set& demands) const {
  const auto fits = [&](const Set& known) { return std::ranges::includes(known, demands); };
  if (std::any_of(fitting_.begin(), fitting_.end(), fits)) return true;
  const auto refuses = [&](const Set& known) { return std::ranges::includes(demands, known); };
  if (std::any_of(refused_.begin(), refused_.end(), refuses)) return false;
  return std::nullopt;
}

}  // namespace stackport::match
