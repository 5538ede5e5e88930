// SearchState: what an option costs in other slots, before it is decided.
#include <algorithm>

#include "catalog/match/search_state.h"

namespace stackport::match {
namespace {

// 16 MB for each such slot: two thousand options that decide about half a million.
constexpr std::size_t kMaxWideWords = std::size_t{1} << 21;

}  // namespace

const VariantDomains& SearchState::DomainsOf(int slot) {
  if (slot == model_.variant_slot) return variant_domains_;
  std::optional<VariantDomains>& domains = slot_domains_[At(slot)];
  if (!domains) domains.emplace(model_, slot, IsWide(slot) ? kMaxWideWords : 0);
  return *domains;
}

bool SearchState::IsWide(int slot) const {
  return slot != model_.variant_slot && !model_.slots[At(slot)].lazy &&
         asked_for_[At(slot)] >= tags_for_domains_;
}

// What the options of a slot leave open, where many groups ask for them; null elsewhere.
const VariantDomains* SearchState::WideDomains(int slot) {
  if (!IsWide(slot)) return nullptr;
  const VariantDomains& domains = DomainsOf(slot);
  return domains.has_domains() ? &domains : nullptr;
}

std::vector<Wide> SearchState::CostElsewhere(int slot, std::span<const int> options) {
  std::vector<Wide> costs;
  const VariantDomains& domains = DomainsOf(slot);
  std::vector<Wide> least(At(model_.slots[At(slot)].count));
  for (int s = 0; s < slot_count_; ++s) {
    if (s == slot || decided(s) || !costs_known(s)) continue;
    const VariantDomains::SlotFit& fit = domains.fit(s);
    if (fit.bound.empty()) continue;
    for (int c = 0; c < columns_; ++c) {
      Wide anywhere = kUnbounded;
      for (const int option : fit.free) {
        if (Open(s, option)) anywhere = std::min(anywhere, cost(s, c, option));
      }
      const Wide now = current(s, c);
      if (anywhere <= now) continue;
      std::fill(least.begin(), least.end(), anywhere);
      for (std::size_t i = 0; i < fit.bound.size(); ++i) {
        if (!Open(s, fit.bound[i])) continue;
        const Wide mine = cost(s, c, fit.bound[i]);
        for (const int option : fit.variants[static_cast<int>(i)]) {
          least[At(option)] = std::min(least[At(option)], mine);
        }
      }
      if (costs.empty()) costs.assign(options.size() * At(columns_), 0);
      for (std::size_t i = 0; i < options.size(); ++i) {
        Wide& sum = costs[i * At(columns_) + At(c)];
        sum = std::min(sum + least[At(options[i])] - now, kUnbounded);
      }
    }
  }
  return costs;
}

}  // namespace stackport::match
