#include "catalog/match/variant_domains.h"

#include <algorithm>
#include <bit>

namespace stackport::match {
namespace {

constexpr int kWordBits = 64;

std::size_t At(int index) {
  return static_cast<std::size_t>(index);
}

void SetBit(std::vector<std::uint64_t>* words, int index) {
  (*words)[At(index / kWordBits)] |= std::uint64_t{1} << (index % kWordBits);
}

}  // namespace

VariantDomains::VariantDomains(const SearchModel& model, int variant_slot, std::size_t max_words)
    : rests_(At(model.group_tags.size()), 0),
      served_by_(At(model.group_tags.size())),
      fits_(model.slots.size()) {
  if (variant_slot < 0) return;
  variants_ = model.slots[At(variant_slot)].count;
  for (int group = 0; group < model.group_tags.size(); ++group) {
    std::vector<std::uint64_t> by_variant(At(variants_ + kWordBits - 1) / kWordBits, 0);
    bool alone = true;
    for (const int tag : model.group_tags[group]) {
      for (const Postings::Run& run : model.providers[tag]) {
        alone = alone && run.slot == variant_slot;
        if (!alone) break;
        for (const int option : model.providers.Options(run)) SetBit(&by_variant, option);
      }
    }
    if (!alone) continue;
    rests_[At(group)] = 1;
    served_by_[At(group)] = std::move(by_variant);
  }
  begin_.push_back(0);
  for (const SlotOptions& slot : model.slots) {
    begin_.push_back(begin_.back() + At(slot.count + kWordBits - 1) / kWordBits);
  }
  words_per_variant_ = begin_.back();
  const std::size_t words = At(variants_) * words_per_variant_;
  if (words <= max_words) words_.assign(words, 0);
  for (int slot = 0; slot < static_cast<int>(model.slots.size()); ++slot) {
    if (slot == variant_slot) continue;
    FitSlot(model, slot);
    if (has_domains()) WriteDomain(slot);
  }
  served_by_.clear();
}

void VariantDomains::FitSlot(const SearchModel& model, int slot) {
  const SlotOptions& options = model.slots[At(slot)];
  SlotFit& fit = fits_[At(slot)];
  std::vector<std::uint64_t> fits;
  for (int option = 0; option < options.count; ++option) {
    bool free = true;
    for (const int group : options.groups[option]) {
      if (!RestsOnVariant(group)) continue;
      const std::vector<std::uint64_t>& by_variant = served_by_[At(group)];
      if (free) fits = by_variant;
      free = false;
      for (std::size_t w = 0; w < fits.size(); ++w) fits[w] &= by_variant[w];
    }
    if (free) {
      fit.free.push_back(option);
      continue;
    }
    fit.bound.push_back(option);
    for (std::size_t w = 0; w < fits.size(); ++w) {
      for (std::uint64_t rest = fits[w]; rest != 0; rest &= rest - 1) {
        fit.variants.Add(static_cast<int>(w) * kWordBits + std::countr_zero(rest));
      }
    }
    fit.variants.Close();
  }
}

void VariantDomains::WriteDomain(int slot) {
  const SlotFit& fit = fits_[At(slot)];
  std::vector<std::uint64_t> anywhere(begin_[At(slot) + 1] - begin_[At(slot)], 0);
  for (const int option : fit.free) {
    SetBit(&anywhere, option);
  }
  for (int variant = 0; variant < variants_; ++variant) {
    std::copy(anywhere.begin(), anywhere.end(), Words(variant, slot));
  }
  for (std::size_t i = 0; i < fit.bound.size(); ++i) {
    const int option = fit.bound[i];
    for (const int variant : fit.variants[static_cast<int>(i)]) {
      Words(variant, slot)[option / kWordBits] |= std::uint64_t{1} << (option % kWordBits);
    }
  }
}

}  // namespace stackport::match
