// SearchState: requirements and conflicts between the options of different slots.
#include <algorithm>
#include <bit>

#include "catalog/match/search_state.h"

namespace stackport::match {

bool SearchState::Satisfied(int group) const {
  for (const int tag : model_.group_tags[group]) {
    if (tag_count_[At(tag)] > 0) return true;
  }
  return false;
}

// Closes the open options of a slot that are in mask(word), word by word.
template <typename Mask>
void SearchState::CloseWords(int slot, Mask&& mask) {
  auto& open = domain_[At(slot)];
  int closed = 0;
  for (std::size_t w = 0; w < open.size(); ++w) {
    const std::uint64_t gone = open[w] & mask(w);
    if (gone == 0) continue;
    if (closed == 0) Touch(slot);
    closed += CountBits(gone);
    open[w] &= ~gone;
  }
  if (closed == 0) return;
  open_count_[At(slot)] -= closed;
  closed_ += closed;
  MarkChanged(slot);
}

void SearchState::CloseRun(const Postings& postings, const Postings::Run& run) {
  if (run.words < 0) {
    for (const int option : postings.Options(run)) Close(run.slot, option);
    return;
  }
  const std::uint64_t* words = postings.Words(run);
  CloseWords(run.slot, [&](std::size_t w) { return words[w]; });
}

bool SearchState::AnyOpen(const Postings& postings, const Postings::Run& run) const {
  if (run.words < 0) {
    const auto options = postings.Options(run);
    return std::any_of(options.begin(), options.end(),
                       [&](int option) { return Open(run.slot, option); });
  }
  const std::uint64_t* words = postings.Words(run);
  const auto& open = domain_[At(run.slot)];
  for (std::size_t w = 0; w < open.size(); ++w) {
    if ((open[w] & words[w]) != 0) return true;
  }
  return false;
}

// Counts everything even after a failure, so that RevertTags can take back everything.
bool SearchState::ApplyTags(int slot, std::span<const int> members) {
  const SlotOptions& options = model_.slots[At(slot)];
  bool fits = true;
  for (const int member : members) {
    for (const int tag : options.provides[member]) {
      if (conflict_count_[At(tag)] > 0) fits = false;
      if (tag_count_[At(tag)]++ > 0) continue;
      for (const Postings::Run& run : model_.opponents[tag]) {
        if (!(undecided_ & Bit(run.slot))) continue;
        CloseRun(model_.opponents, run);
      }
    }
    for (const int tag : options.conflicts[member]) {
      if (tag_count_[At(tag)] > 0) fits = false;
      if (conflict_count_[At(tag)]++ > 0) continue;
      for (const Postings::Run& run : model_.providers[tag]) {
        if (!(undecided_ & Bit(run.slot))) continue;
        CloseRun(model_.providers, run);
      }
    }
  }
  if (!fits) return false;
  for (const int member : members) {
    for (const int group : options.groups[member]) {
      if (!Satisfied(group)) demanded_.push_back(group);
    }
  }
  const VariantDomains* domains = WideDomains(slot);
  if (domains != nullptr && !TakeDomains(*domains, members[0])) return false;
  for (const int group : slot_groups_[At(slot)]) {
    if (SettledByVariant(group) || Satisfied(group)) continue;
    CloseUnservable(group, group_slots_[At(group)] & undecided_);
  }
  return true;
}

void SearchState::RevertTags(int slot, std::span<const int> members) {
  const SlotOptions& options = model_.slots[At(slot)];
  for (const int member : members) {
    for (const int tag : options.provides[member]) --tag_count_[At(tag)];
    for (const int tag : options.conflicts[member]) --conflict_count_[At(tag)];
  }
}

// Closes open options that require a group which only these undecided slots can still provide,
// where none is among them that could help.
void SearchState::CloseUnservable(int group, std::uint64_t providers) {
  for (const Postings::Run& run : model_.requirers[group]) {
    if (!(undecided_ & Bit(run.slot))) continue;
    // Another member of the same set may help; another option of the same slot cannot.
    const bool lazy = model_.slots[At(run.slot)].lazy;
    const std::uint64_t others = lazy ? providers : providers & ~Bit(run.slot);
    if (others == 0) CloseRun(model_.requirers, run);
  }
}

// Undecided slots with an open option that provides one of the group's tags.
std::uint64_t SearchState::OpenProviders(int group) const {
  std::uint64_t slots = 0;
  for (const int tag : model_.group_tags[group]) {
    for (const Postings::Run& run : model_.providers[tag]) {
      if (!(undecided_ & Bit(run.slot)) || (slots & Bit(run.slot))) continue;
      if (AnyOpen(model_.providers, run)) slots |= Bit(run.slot);
    }
  }
  return slots;
}

// Closes what needs another option of a slot. False when that leaves some slot without an option.
bool SearchState::TakeDomains(const VariantDomains& domains, int option) {
  for (int slot = 0; slot < slot_count_; ++slot) {
    if (!(undecided_ & Bit(slot)) || !domains.Narrows(slot)) continue;
    const auto fitting = domains.Domain(option, slot);
    CloseWords(slot, [&](std::size_t w) { return ~fitting[w]; });
    if (open_count_[At(slot)] == 0) return false;
  }
  return true;
}

// Closes options whose requirements nobody else can meet any more, until nothing changes.
void SearchState::FilterByTags() {
  const bool below_variant = depth_ > 0 && model_.variant_slot >= 0;
  const std::vector<int>& groups = below_variant ? groups_for_variants_ : all_groups_;
  std::int64_t before = closed_ - 1;
  while (before != closed_) {
    before = closed_;
    for (const int group : groups) {
      if (Satisfied(group)) continue;
      group_slots_[At(group)] = OpenProviders(group);
      CloseUnservable(group, group_slots_[At(group)]);
    }
  }
}

// What the only option of a slot requires is required already before the slot is decided.
void SearchState::DemandWhatIsCertain() {
  for (int slot = 0; slot < slot_count_; ++slot) {
    if (open_count_[At(slot)] != 1 || model_.slots[At(slot)].lazy) continue;
    ForEachOpen(slot, [&](int option) {
      for (const int group : model_.slots[At(slot)].groups[option]) demanded_.push_back(group);
    });
  }
}

// Follows what slots with one open option are left with; false when that finds nothing new.
bool SearchState::FollowLastOptions() {
  bool found = false;
  for (std::size_t i = 0; i < touched_.size(); ++i) {
    const int slot = touched_[i];
    if (open_count_[At(slot)] != 1 || model_.slots[At(slot)].lazy) continue;
    if (decided(slot) || followed_at_[At(slot)] == stamp_) continue;
    followed_at_[At(slot)] = stamp_;
    found = true;
    FollowLastOption(slot);
  }
  return found;
}

// What the last open option requires has to come from elsewhere, and what it does not provide will
// not come from this slot.
void SearchState::FollowLastOption(int slot) {
  const VariantDomains* domains = WideDomains(slot);
  ForEachOpen(slot, [&](int option) {
    for (const int group : model_.slots[At(slot)].groups[option]) demanded_.push_back(group);
    if (domains != nullptr) TakeDomains(*domains, option);
  });
  for (const int group : slot_groups_[At(slot)]) {
    if (SettledByVariant(group) || Satisfied(group)) continue;
    CloseUnservable(group, OpenProviders(group));
  }
}

// Whether everything that is required can still be had. Closes what would prevent it.
bool SearchState::ServeDemands() {
  FollowLastOptions();
  do {
    for (const int group : demanded_) {
      if (!Satisfied(group) && !ServeDemand(group)) return false;
    }
  } while (FollowLastOptions());
  return true;
}

// A decided option requires the group: some open slot must provide it, and if only one can, it has
// to.
bool SearchState::ServeDemand(int group) {
  const std::uint64_t slots = OpenProviders(group);
  if (slots == 0) return false;
  if (std::popcount(slots) > 1) return true;
  const int slot = std::countr_zero(slots);
  if (model_.slots[At(slot)].lazy) return true;
  servers_.assign(domain_[At(slot)].size(), 0);
  for (const int tag : model_.group_tags[group]) {
    for (const Postings::Run& run : model_.providers[tag]) {
      if (run.slot != slot) continue;
      for (const int option : model_.providers.Options(run)) {
        servers_[At(option) / 64] |= Bit(option % 64);
      }
    }
  }
  CloseWords(slot, [&](std::size_t w) { return ~servers_[w]; });
  return true;
}

}  // namespace stackport::match
