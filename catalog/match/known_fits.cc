#include "catalog/match/known_fits.h"

#include <algorithm>
#include <utility>

namespace stackport::match {
namespace {

using Set = std::vector<int>;

}  // namespace

bool Includes(const Set& whole, const Set& part) {
  return std::includes(whole.begin(), whole.end(), part.begin(), part.end());
}

void KnownFits::AddFitting(Set demands) {
  std::erase_if(fitting_, [&](const Set& known) { return Includes(demands, known); });
  fitting_.push_back(std::move(demands));
}

void KnownFits::AddRefused(Set demands) {
  std::erase_if(refused_, [&](const Set& known) { return Includes(known, demands); });
  refused_.push_back(std::move(demands));
}

std::optional<bool> KnownFits::Fits(const Set& demands) const {
  const auto fits = [&](const Set& known) { return Includes(known, demands); };
  if (std::any_of(fitting_.begin(), fitting_.end(), fits)) return true;
  const auto refuses = [&](const Set& known) { return Includes(demands, known); };
  if (std::any_of(refused_.begin(), refused_.end(), refuses)) return false;
  return std::nullopt;
}

}  // namespace stackport::match
