// Search: what labels, such as the vendors of a package, add to its key.
#include <algorithm>
#include <optional>

#include "catalog/match/search.h"

namespace stackport::match {

// Whether the number of labels is limited, or can decide with so much room in the key. Mostly there
// is room for all labels that could come.
bool Search::LabelsMatter(std::size_t measure, Wide room) const {
  const int d = static_cast<int>(measure);
  return model_.MostLabels(d) || (Full() && state_.KeyOfLabel(d) * state_.LabelRoom(d) > room);
}

void Search::AddLabels(std::size_t measure, int labels, Wide otherwise, LabelPrice* price) const {
  const int d = static_cast<int>(measure);
  const std::optional<std::int64_t> most = model_.MostLabels(d);
  price->key += state_.KeyOfLabel(d) * labels;
  price->otherwise = std::min(price->otherwise, otherwise);
  if (most && state_.used_labels(d) + labels > *most) price->possible = false;
}

// What labels that no decided option has add to the key at least, when it may be larger by `room`
// than it is bound to be.
Search::LabelPrice Search::KeyOfNewLabels(Wide room) {
  LabelPrice price;
  looked_.assign(label_bounds_.size(), false);
  if (state_.complete()) return price;
  for (std::size_t d = 0; d < label_bounds_.size(); ++d) {
    if (!LabelsMatter(d, room)) continue;
    label_bounds_[d].Look(state_, room, nullptr);
    looked_[d] = true;
    AddLabels(d, label_bounds_[d].Least(), label_bounds_[d].otherwise(), &price);
  }
  return price;
}

// The same for each of some options of the next slot, or candidates for its set.
void Search::PriceLabels(int slot, const PartialSet* partial, std::vector<Branch>* branches) {
  if (branches->size() < 2) return;
  const Wide room = Room();
  const SlotOptions& all = model_.slots[At(slot)];
  for (std::size_t d = 0; d < label_bounds_.size(); ++d) {
    LabelBound& bound = label_bounds_[d];
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
  looked_.assign(label_bounds_.size(), false);
}

// Whether there is room for labels where all else comes to so much of the key.
bool Search::LeavesRoom(const LabelPrice& labels, Wide least) {
  if (labels.possible && (!Full() || least + labels.key <= limits_[0])) return true;
  NoteSkipped(std::min(labels.possible ? least + labels.key : kUnbounded,
                       state_.total(0) + labels.otherwise) +
              state_.KeyPartLow());
  return false;
}

// Among those of equal cost, which stand side by side: so that packages with few labels are met
// early.
void Search::PutFewLabelsFirst(std::vector<Branch>* branches) {
  for (auto begin = branches->begin(); begin != branches->end();) {
    const auto end = std::find_if(begin, branches->end(),
                                  [&](const Branch& each) { return each.cost != begin->cost; });
    std::stable_sort(begin, end,
                     [](const Branch& a, const Branch& b) { return a.labels.key < b.labels.key; });
    begin = end;
  }
}

}  // namespace stackport::match
