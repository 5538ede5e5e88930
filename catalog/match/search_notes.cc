// Search: bounds on what is not looked at, for a search that is stopped and for later ones.
#include <algorithm>
#include <optional>

#include "catalog/match/search.h"

namespace stackport::match {

// What the multipliers of the node show holds for nodes below, whose own may be for the rows alone.
void Search::NoteLeast() {
  const int priced = state_.multiplier_column();
  if (priced < 0 || state_.price_key_weight() == 0) return;
  notes_.least = std::max(notes_.least, KeyBound(priced, state_.total(priced)));
}

// Options were closed that only packages with at least this key can hold.
void Search::NoteClosed(Wide key) {
  NoteSkipped(key);
  notes_.closed = std::min(notes_.closed, key);
}

void Search::StartNotes() {
  frontier_ = kUnbounded;
  notes_ = {};
}

// Closes options that the limits rule out. False when nothing is left.
bool Search::Tighten() {
  least_closed_.assign(At(state_.columns()), kUnbounded);
  const bool open = state_.Tighten(limits_, &least_closed_);
  for (int c = 0; c < state_.columns(); ++c) {
    if (least_closed_[At(c)] < kUnbounded) NoteClosed(KeyBound(c, least_closed_[At(c)]));
  }
  return open;
}

// Whether an earlier search has shown that nothing with these options of the next slot is wanted.
bool Search::KnownToBeWorse(int slot, std::span<const int> members) {
  if (known_.empty()) return false;
  const std::optional<Wide> bound = known_.Find(notes_.path.With(slot, members));
  if (!bound) return false;
  if (*bound < kUnbounded && (!Full() || *bound <= Threshold())) return false;
  NoteSkipped(*bound);
  return true;
}

// Notes from here on are about what is below these options.
Search::Notes Search::Descend(int slot, std::span<const int> members) {
  const Notes above = notes_;
  if (goal_.more || !known_.empty()) notes_.path = notes_.path.With(slot, members);
  notes_.skipped = kUnbounded;
  return above;
}

// Back to the notes from above. `seen`: what is below has been walked through, as far as nothing
// stopped it.
void Search::Ascend(const Notes& above, bool seen) {
  if (goal_.more && seen && stop_ == Stop::kNone) {
    known_.Store(notes_.path, std::min(notes_.skipped, above.closed));
  }
  const Wide skipped = std::min(notes_.skipped, above.skipped);
  notes_ = above;
  notes_.skipped = skipped;
}

}  // namespace stackport::match
