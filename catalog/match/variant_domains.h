// What the choice in one slot, the variant slot above all, leaves open in the other slots, as far
// as requirements tell that rest on this slot alone.
#ifndef STACKPORT_CATALOG_MATCH_VARIANT_DOMAINS_H_
#define STACKPORT_CATALOG_MATCH_VARIANT_DOMAINS_H_

#include <cstdint>
#include <span>
#include <vector>

#include "catalog/match/search_model.h"

namespace stackport::match {

// Immutable, so that threads may share it. Empty for slot -1.
class VariantDomains {
 public:
  // Options of one slot: those that any variant leaves open, and, parallel to each other, the
  // others and the variants that they fit. Empty for the slot itself.
  struct SlotFit {
    std::vector<int> free;
    std::vector<int> bound;
    Lists<int> variants;
  };

  // 32 MB: a thousand variants of half a million options.
  static constexpr std::size_t kMaxWords = std::size_t{1} << 22;

  // Domains that would take more than `max_words` are left out.
  VariantDomains(const SearchModel& model, int variant_slot, std::size_t max_words = kMaxWords);

  bool has_domains() const { return !words_.empty(); }
  // Whether only the variant slot provides what the group asks for: then the domains say all that
  // there is to say about the group.
  bool Settles(int group) const { return has_domains() && RestsOnVariant(group); }
  const SlotFit& fit(int slot) const { return fits_[static_cast<std::size_t>(slot)]; }
  // Whether some option leaves less than all of another slot open. Not for the slot itself.
  bool Narrows(int slot) const { return !fit(slot).bound.empty(); }
  // Options of another slot that a variant leaves open, one bit each. Requires: has_domains().
  std::span<const std::uint64_t> Domain(int variant, int slot) const {
    const auto s = static_cast<std::size_t>(slot);
    return {words_.data() + static_cast<std::size_t>(variant) * words_per_variant_ + begin_[s],
            begin_[s + 1] - begin_[s]};
  }

 private:
  bool RestsOnVariant(int group) const { return rests_[static_cast<std::size_t>(group)] != 0; }
  void FitSlot(const SearchModel& model, int slot);
  void WriteDomain(int slot);
  std::uint64_t* Words(int variant, int slot) {
    return words_.data() + static_cast<std::size_t>(variant) * words_per_variant_ +
           begin_[static_cast<std::size_t>(slot)];
  }

  int variants_ = 0;
  std::vector<char> rests_;                            // by group
  std::vector<std::vector<std::uint64_t>> served_by_;  // by group that rests on the slot: variants
  std::vector<SlotFit> fits_;                          // by slot
  std::vector<std::size_t> begin_;  // by slot: first word within a variant's words
  std::size_t words_per_variant_ = 0;
  std::vector<std::uint64_t> words_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_VARIANT_DOMAINS_H_
