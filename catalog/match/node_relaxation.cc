#include "catalog/match/node_relaxation.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <utility>

namespace stackport::match {
namespace {

// A slot with more open options than this enters the linear program with its most promising ones;
// others follow when the prices favour them.
constexpr std::size_t kWholeSlot = 48;
constexpr std::size_t kFirstOptions = 8;  // by each of a few measures
constexpr std::size_t kNextOptions = 4;   // in each round
constexpr int kRounds = 24;

}  // namespace

NodeRelaxation::NodeRelaxation(const SearchModel& model) : model_(model) {}

bool NodeRelaxation::Read(const SearchState& state) {
  const std::size_t all_rows = model_.bounds.size();
  room_.resize(all_rows);
  for (std::size_t r = 0; r < all_rows; ++r) {
    // What undecided slots take at least is added back below.
    room_[r] = ToDouble(model_.bounds[r] - state.total(static_cast<int>(r) + 1));
  }
  std::vector<double> most = room_;
  scale_.assign(all_rows, 1);
  base_ = ToDouble(state.total(0));
  key_scale_ = 1;
  used_ = 0;
  whole_ = true;
  costs_known_ = true;
  variables_.clear();
  for (std::size_t s = 0; s < model_.slots.size(); ++s) {
    const int slot = static_cast<int>(s);
    if (state.decided(slot)) continue;
    costs_known_ = costs_known_ && state.costs_known(slot);
    if (model_.slots[s].lazy) continue;
    if (slots_.size() == used_) slots_.emplace_back();
    SlotView& view = slots_[used_++];
    view.keys.clear();
    view.uses.clear();
    for (const int option : state.LastFilled(slot)) {
      if (!state.Open(slot, option)) continue;
      variables_.push_back({slot, option});
      view.keys.push_back(ToDouble(state.cost(slot, 0, option) - state.current(slot, 0)));
      key_scale_ = std::max(key_scale_, view.keys.back());
      for (std::size_t r = 0; r < all_rows; ++r) {
        const int column = static_cast<int>(r) + 1;
        // Above the least of the slot, so that room_ stays what is left.
        view.uses.push_back(
            ToDouble(state.cost(slot, column, option) - state.current(slot, column)));
      }
    }
    for (std::size_t r = 0; r < all_rows; ++r) {
      double largest = 0;
      for (std::size_t at = r; at < view.uses.size(); at += all_rows) {
        largest = std::max(largest, view.uses[at]);
      }
      most[r] -= largest;
      scale_[r] = std::max(scale_[r], largest);
    }
    view.included.assign(view.keys.size(), 0);
    work_ += static_cast<std::int64_t>(view.uses.size());
  }
  rows_.clear();
  for (std::size_t r = 0; r < all_rows; ++r) {
    if (most[r] < 0) rows_.push_back(static_cast<int>(r));
  }
  if (rows_.empty()) return false;
  Scale();
  for (std::size_t s = 0; s < used_; ++s) {
    IncludeFirst(&slots_[s]);
    whole_ = whole_ && slots_[s].keys.size() <= kWholeSlot;
  }
  return true;
}

// Keeps the binding rows only, and brings everything to about 1.
void NodeRelaxation::Scale() {
  const std::size_t all_rows = model_.bounds.size();
  const std::size_t rows = rows_.size();
  for (std::size_t s = 0; s < used_; ++s) {
    SlotView& view = slots_[s];
    for (std::size_t o = 0; o < view.keys.size(); ++o) {
      view.keys[o] /= key_scale_;
      for (std::size_t i = 0; i < rows; ++i) {
        const auto r = static_cast<std::size_t>(rows_[i]);
        view.uses[o * rows + i] = view.uses[o * all_rows + r] / scale_[r];
      }
    }
    view.uses.resize(view.keys.size() * rows);
  }
  for (std::size_t i = 0; i < rows; ++i) {
    const auto r = static_cast<std::size_t>(rows_[i]);
    room_[i] = room_[r] / scale_[r];
    scale_[i] = scale_[r];
  }
  room_.resize(rows);
  scale_.resize(rows);
}

void NodeRelaxation::IncludeFirst(SlotView* slot) const {
  const std::size_t count = slot->keys.size();
  if (count <= kWholeSlot) {
    slot->included.assign(count, 1);
    return;
  }
  const std::size_t rows = rows_.size();
  std::vector<double> measure = slot->keys;
  std::vector<std::size_t> order(count);
  const auto include = [&] {
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::nth_element(order.begin(), order.begin() + kFirstOptions, order.end(),
                     [&](std::size_t a, std::size_t b) {
                       return measure[a] != measure[b] ? measure[a] < measure[b] : a < b;
                     });
    for (std::size_t i = 0; i < kFirstOptions; ++i) slot->included[order[i]] = 1;
  };
  include();
  const auto add_uses = [&](double weight) {
    for (std::size_t o = 0; o < count; ++o) {
      for (std::size_t r = 0; r < rows; ++r) measure[o] += weight * slot->uses[o * rows + r];
    }
    include();
  };
  add_uses(1.0 / static_cast<double>(rows));
  add_uses(8);
}

// Options that the prices favour over all that are included. False when there are none.
bool NodeRelaxation::IncludeCheaper(const std::vector<double>& prices, bool with_keys) {
  const std::size_t rows = rows_.size();
  bool any = false;
  std::vector<std::pair<double, std::size_t>> cheaper;
  for (std::size_t s = 0; s < used_; ++s) {
    SlotView& slot = slots_[s];
    if (slot.keys.size() <= kWholeSlot) continue;
    double least = std::numeric_limits<double>::infinity();
    cheaper.clear();
    for (std::size_t o = 0; o < slot.keys.size(); ++o) {
      double cost = with_keys ? slot.keys[o] : 0;
      for (std::size_t r = 0; r < rows; ++r) cost += prices[r] * slot.uses[o * rows + r];
      if (slot.included[o] != 0) {
        least = std::min(least, cost);
      } else {
        cheaper.emplace_back(cost, o);
      }
    }
    work_ += static_cast<std::int64_t>(slot.uses.size());
    std::erase_if(cheaper, [&](const auto& each) { return each.first >= least - 1e-9; });
    const std::size_t taken = std::min(cheaper.size(), kNextOptions);
    std::partial_sort(cheaper.begin(), cheaper.begin() + static_cast<std::ptrdiff_t>(taken),
                      cheaper.end());
    for (std::size_t i = 0; i < taken; ++i) slot.included[cheaper[i].second] = 1;
    any = any || taken > 0;
  }
  return any;
}

ChoiceLp::Outcome NodeRelaxation::Solve(double goal, ChoiceLp* lp) {
  const std::size_t rows = rows_.size();
  // With a part of the options a bound proves nothing, so that the goal means nothing.
  if (!whole_) goal = std::numeric_limits<double>::infinity();
  ChoiceLp::Outcome outcome = ChoiceLp::Outcome::kStopped;
  for (int round = 0; round < kRounds; ++round) {
    lp->Start(room_);
    for (std::size_t s = 0; s < used_; ++s) {
      const SlotView& slot = slots_[s];
      lp->AddSlot();
      for (std::size_t o = 0; o < slot.keys.size(); ++o) {
        if (slot.included[o] != 0) lp->AddOption(slot.keys[o], slot.uses.data() + o * rows);
      }
    }
    outcome = lp->Solve(goal);
    work_ += lp->work();
    const bool with_keys = outcome != ChoiceLp::Outcome::kInfeasible;
    if (whole_ || !IncludeCheaper(lp->prices(), with_keys)) break;
  }
  return outcome;
}

double NodeRelaxation::Goal(Wide target) const {
  // By a margin that survives rounding.
  return (ToDouble(target) - base_) / key_scale_ + 1e-6;
}

}  // namespace stackport::match
