// Search state: maxima and counts of labels.
#include <algorithm>

#include "catalog/match/search_state.h"

namespace stackport::match {

// What each maximum comes to at least, and the largest that it could.
void SearchState::StartMeasures() {
  for (std::size_t m = 0; m < model_.max_measures.size(); ++m) {
    max_low_[m] = 0;
    closed_above_[m] = 0;
    for (int s = 0; s < slot_count_; ++s) {
      const SlotOptions& options = model_.slots[At(s)];
      std::int64_t least = -1;
      ForEachOpen(s, [&](int o) {
        const std::int64_t value = options.Maximum(static_cast<int>(m), o);
        least = least < 0 ? value : std::min(least, value);
        closed_above_[m] = std::max(closed_above_[m], value);
      });
      if (!options.lazy && Units(s).first > 0) max_low_[m] = std::max(max_low_[m], least);
    }
  }
}

void SearchState::ApplyMeasures(int slot, std::span<const int> members) {
  const std::size_t measures = model_.max_measures.size();
  if (measures == 0) return;
  const bool counts = Units(slot).first > 0;
  const auto above = closed_above_.begin() + static_cast<std::ptrdiff_t>(At(depth_) * measures);
  std::copy_n(above - static_cast<std::ptrdiff_t>(measures), measures, above);
  for (std::size_t m = 0; m < measures; ++m) {
    std::int64_t& low = max_low_[At(depth_) * measures + m];
    low = max_low_[(At(depth_) - 1) * measures + m];
    if (!counts) continue;
    for (const int member : members) {
      low = std::max(low, model_.slots[At(slot)].Maximum(static_cast<int>(m), member));
    }
  }
}

void SearchState::RevertMeasures(std::span<const int> members, int slot) {
  for (std::size_t d = 0; d < label_count_.size(); ++d) {
    for (const int member : members) {
      for (const int label : model_.slots[At(slot)].labels[d][member]) {
        if (--label_count_[d][At(label)] == 0) --used_labels_[d];
      }
    }
  }
}

std::int64_t SearchState::ExactMaximum(int measure) const {
  std::int64_t largest = 0;
  for (int s = 0; s < slot_count_; ++s) {
    if (Units(s).first < 1) continue;
    for (const int member : picks_[At(s)]) {
      largest = std::max(largest, model_.slots[At(s)].Maximum(measure, member));
    }
  }
  return largest;
}

std::int64_t SearchState::LeastMaximum(int measure) const {
  return complete() ? ExactMaximum(measure)
                    : max_low_[At(depth_) * model_.max_measures.size() + At(measure)];
}

bool SearchState::CloseAbove(int measure, std::int64_t most) {
  closed_above_[At(depth_) * model_.max_measures.size() + At(measure)] = most;
  ++stamp_;
  for (int s = 0; s < slot_count_; ++s) {
    const SlotOptions& options = model_.slots[At(s)];
    if (decided(s) || options.lazy || Units(s).first < 1) continue;
    ForEachOpen(s, [&](int option) {
      if (options.Maximum(measure, option) > most) Close(s, option);
    });
  }
  return SettleOpenSlots();
}

Wide SearchState::LevelPartLow(int level) const {
  Wide sum = 0;
  for (const LevelPart& part : model_.max_parts) {
    if (part.level == level) sum += Wide{part.weight} * LeastMaximum(part.measure);
  }
  for (const LevelPart& part : model_.distinct_parts) {
    if (part.level == level) sum += Wide{part.weight} * used_labels_[At(part.measure)];
  }
  return sum;
}

Wide SearchState::KeyPartLow() const {
  Wide sum = 0;
  for (std::size_t p = 0; p < max_key_weights_.size(); ++p) {
    sum += max_key_weights_[p] * LeastMaximum(model_.max_parts[p].measure);
  }
  for (std::size_t p = 0; p < distinct_key_weights_.size(); ++p) {
    sum += distinct_key_weights_[p] * used_labels_[At(model_.distinct_parts[p].measure)];
  }
  return sum;
}

int SearchState::LabelRoom(int measure) const {
  int most = 0;
  for (int s = 0; s < slot_count_; ++s) {
    if (!decided(s)) most += label_room_[At(measure)][At(s)];
  }
  return most;
}

Wide SearchState::KeyOfMaximum(int measure) const {
  Wide sum = 0;
  for (std::size_t p = 0; p < max_key_weights_.size(); ++p) {
    if (model_.max_parts[p].measure == measure) sum += max_key_weights_[p];
  }
  return sum;
}

Wide SearchState::KeyOfLabel(int measure) const {
  Wide sum = 0;
  for (std::size_t p = 0; p < distinct_key_weights_.size(); ++p) {
    if (model_.distinct_parts[p].measure == measure) sum += distinct_key_weights_[p];
  }
  return sum;
}

std::int64_t SearchState::LevelValue(int level) const {
  Wide sum = LevelPartLow(level);
  for (int s = 0; s < slot_count_; ++s) {
    const SlotOptions& options = model_.slots[At(s)];
    for (const int member : picks_[At(s)]) {
      sum += options.Fixed(level, member) + Wide{options.Unit(level, member)} * Units(s).first;
    }
  }
  return static_cast<std::int64_t>(sum);
}

bool SearchState::MeasureLimitsHold() const {
  for (const MeasureLimit& limit : model_.max_limits) {
    const std::int64_t value = LeastMaximum(limit.measure);
    if (limit.high && value > *limit.high) return false;
    if (limit.low && complete() && value < *limit.low) return false;
  }
  for (const MeasureLimit& limit : model_.distinct_limits) {
    const int used = used_labels_[At(limit.measure)];
    if (limit.high && used > *limit.high) return false;
    if (limit.low && used + LabelRoom(limit.measure) < *limit.low) return false;
  }
  return true;
}

}  // namespace stackport::match
