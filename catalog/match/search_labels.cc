// Search: what labels, such as the vendors of a package, add to its key.
#include <algorithm>
#include <optional>

#include "catalog/match/search.h"

namespace stackport::match {

// Whether the number of labels is limited, or can decide with so much room in the key. Mostly there
// is room for all labels that could come.
bool Search::LabelsMatter(std::size_t measure, Wide room) const {
  const MeasuredLabels& labels = labels_[measure];
  return labels.most || (Full() && labels.key * state_.LabelRoom(static_cast<int>(measure)) > room);
}

void Search::AddLabels(std::size_t measure, int count, Wide otherwise, LabelPrice* price) const {
  const MeasuredLabels& labels = labels_[measure];
  price->key += labels.key * count;
  price->otherwise = std::min(price->otherwise, otherwise);
  const int used = state_.used_labels(static_cast<int>(measure));
  if (labels.most && used + count > *labels.most) price->possible = false;
}

// What labels that no decided option has add to the key at least, when it may be larger by `room`
// than it is bound to be.
Search::LabelPrice Search::KeyOfNewLabels(Wide room) {
  LabelPrice price;
  looked_.assign(labels_.size(), false);
  if (state_.complete()) return price;
  for (std::size_t d = 0; d < labels_.size(); ++d) {
    if (!LabelsMatter(d, room)) continue;
    labels_[d].bound.Look(state_, room, nullptr);
    looked_[d] = true;
    AddLabels(d, labels_[d].bound.Least(), labels_[d].bound.otherwise(), &price);
  }
  return price;
}

// The same for each of some options of the next slot, or candidates for its set.
void Search::PriceLabels(int slot, const PartialSet* partial, std::vector<Branch>* branches) {
  if (branches->size() < 2) return;
  const Wide room = Room();
  const SlotOptions& all = model_.slots[At(slot)];
  for (std::size_t d = 0; d < labels_.size(); ++d) {
    LabelBound& bound = labels_[d].bound;
    const bool matter = !Full() || LabelsMatter(d, room);
    if (matter && (partial != nullptr || !looked_[d])) bound.Look(state_, room, partial);
    for (Branch& branch : *branches) {
      const auto labels = all.labels[d][branch.option];
      if (!matter) {
        AddLabels(d, state_.NewLabels(static_cast<int>(d), labels), kUnbounded, &branch.labels);
        continue;
      }
      const int least = partial == nullptr
                            ? bound.LeastWithOption(slot, labels)
                            : bound.LeastWithMember(labels, all.covers[At(branch.option)]);
      AddLabels(d, least, bound.otherwise(), &branch.labels);
    }
  }
  looked_.assign(labels_.size(), false);
}

// The least key of a package with these labels where all else comes to so much of it.
Wide Search::KeyWithLabels(const LabelPrice& labels, Wide least) const {
  const Wide within = labels.possible ? least + labels.key : kUnbounded;
  return std::min(within, state_.total(0) + labels.otherwise) + state_.KeyPartLow();
}

// Whether there is room for labels where all else comes to so much of the key.
bool Search::HasRoom(const LabelPrice& labels, Wide least) const {
  return labels.possible && (!Full() || least + labels.key <= limits_[0]);
}

// The same; notes what is passed over where there is none.
bool Search::LeavesRoom(const LabelPrice& labels, Wide least) {
  if (HasRoom(labels, least)) return true;
  NoteSkipped(KeyWithLabels(labels, least));
  return false;
}

// Closes options that make a maximum larger than there is room for. False when nothing below this
// node can belong to the answer. After Promising.
bool Search::KeepMaximaLow() {
  if (!Full()) return true;
  for (std::size_t m = 0; m < maximum_keys_.size(); ++m) {
    if (maximum_keys_[m] == 0) continue;
    const int measure = static_cast<int>(m);
    const std::int64_t low = state_.LeastMaximum(measure);
    const Wide most = low + Room() / maximum_keys_[m];
    if (most >= state_.closed_above(measure)) continue;
    NoteClosed(state_.total(0) + state_.KeyPartLow() + maximum_keys_[m] * (most + 1 - low));
    if (!state_.CloseAbove(measure, static_cast<std::int64_t>(most)) || !Promising()) return false;
  }
  return true;
}

// Closes options whose labels there is no room for: what the rest costs without them is part of the
// bound then. False when nothing below this node can belong to the answer. After Promising.
bool Search::KeepLabelsFew() {
  for (std::size_t d = 0; d < labels_.size(); ++d) {
    while (looked_[d] && CloseNewLabels(d)) {
      if (!state_.CloseOptions(too_new_) || !Promising()) return false;
    }
  }
  return true;
}

// Collects them for one measure. False when there are none.
bool Search::CloseNewLabels(std::size_t measure) {
  LabelBound& bound = labels_[measure].bound;
  too_new_.clear();
  // One more than the least is the most that an option asks for.
  LabelPrice most;
  AddLabels(measure, bound.Least() + 1, kUnbounded, &most);
  if (HasRoom(most, state_.total(0))) return false;
  for (int slot = 0; slot < static_cast<int>(model_.slots.size()); ++slot) {
    const SlotOptions& options = model_.slots[At(slot)];
    if (state_.decided(slot) || options.lazy) continue;
    state_.ForEachOpen(slot, [&](int option) {
      const auto labels = options.labels[measure][option];
      if (state_.NewLabels(static_cast<int>(measure), labels) == 0) return;
      LabelPrice price;
      AddLabels(measure, bound.LeastWithOption(slot, labels), bound.otherwise(), &price);
      if (HasRoom(price, state_.total(0))) return;
      NoteClosed(KeyWithLabels(price, state_.total(0)));
      too_new_.emplace_back(slot, option);
    });
  }
  return !too_new_.empty();
}

// Among those of equal cost, which stand side by side: so that packages with few labels are met
// early.
void Search::PutFewLabelsFirst(std::vector<Branch>* branches) {
  for (auto begin = branches->begin(); begin != branches->end();) {
    const auto end = std::find_if(begin, branches->end(),
                                  [&](const Branch& each) { return each.cost != begin->cost; });
    const auto fewer = [](const Branch& a, const Branch& b) { return a.labels.key < b.labels.key; };
    if (!std::is_sorted(begin, end, fewer)) std::stable_sort(begin, end, fewer);
    begin = end;
  }
}

}  // namespace stackport::match
