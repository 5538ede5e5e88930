#include "catalog/match/multipliers.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

namespace stackport::match {
namespace {

// Products of a multiplier and a row's reach stay below 2^119, so that all rows together with the
// key stay within 127 bits.
constexpr double kMaxProduct = 6.6e35;

// A slot with more open options than this enters the linear program with its most promising ones;
// others follow when the prices favour them.
constexpr std::size_t kWholeSlot = 48;
constexpr std::size_t kFirstOptions = 8;  // by each of a few measures
constexpr std::size_t kNextOptions = 4;   // in each round
constexpr int kRounds = 24;

// Ours, because the compiler's conversion is a slow call; the rounding of large numbers is no
// matter here.
double ToDouble(Wide value) {
  const auto low = static_cast<std::int64_t>(value);
  if (low == value) return static_cast<double>(low);
  return static_cast<double>(static_cast<std::int64_t>(value >> 64)) * 0x1p64 +
         static_cast<double>(static_cast<std::uint64_t>(value) >> 1) * 2.0;
}

}  // namespace

MultiplierFinder::MultiplierFinder(const SearchModel& model) : model_(model) {}

void MultiplierFinder::Read(const SearchState& state) {
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
  for (std::size_t s = 0; s < model_.slots.size(); ++s) {
    const int slot = static_cast<int>(s);
    if (model_.slots[s].lazy || state.decided(slot)) continue;
    if (slots_.size() == used_) slots_.emplace_back();
    SlotView& view = slots_[used_++];
    view.keys.clear();
    view.uses.clear();
    for (const int option : state.LastFilled(slot)) {
      if (!state.Open(slot, option)) continue;
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
}

// Keeps the binding rows only, and brings everything to about 1.
void MultiplierFinder::Scale() {
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

void MultiplierFinder::IncludeFirst(SlotView* slot) const {
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
bool MultiplierFinder::IncludeCheaper(const std::vector<double>& prices, bool with_keys) {
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

ChoiceLp::Outcome MultiplierFinder::SolveIncluded(double target) {
  const std::size_t rows = rows_.size();
  lp_.Start(room_);
  for (std::size_t s = 0; s < used_; ++s) {
    const SlotView& slot = slots_[s];
    lp_.AddSlot();
    for (std::size_t o = 0; o < slot.keys.size(); ++o) {
      if (slot.included[o] != 0) lp_.AddOption(slot.keys[o], slot.uses.data() + o * rows);
    }
  }
  const ChoiceLp::Outcome outcome = lp_.Solve(target);
  work_ += lp_.work();
  return outcome;
}

std::optional<Multipliers> MultiplierFinder::Find(const SearchState& state,
                                                  std::optional<Wide> target) {
  Read(state);
  if (rows_.empty()) return std::nullopt;
  Scale();
  bool whole = true;
  for (std::size_t s = 0; s < used_; ++s) {
    IncludeFirst(&slots_[s]);
    whole = whole && slots_[s].keys.size() <= kWholeSlot;
  }
  // Above the target by a margin that survives rounding.
  double goal = std::numeric_limits<double>::infinity();
  if (target) goal = (ToDouble(*target) - base_) / key_scale_ + 1e-6;
  ChoiceLp::Outcome outcome = ChoiceLp::Outcome::kStopped;
  for (int round = 0; round < kRounds; ++round) {
    // With a part of the options a bound proves nothing, so that the target means nothing.
    outcome = SolveIncluded(whole ? goal : std::numeric_limits<double>::infinity());
    const bool with_keys = outcome != ChoiceLp::Outcome::kInfeasible;
    if (whole || !IncludeCheaper(lp_.prices(), with_keys)) break;
  }
  return Round(lp_.prices(), outcome != ChoiceLp::Outcome::kInfeasible);
}

std::optional<Multipliers> MultiplierFinder::Round(const std::vector<double>& prices,
                                                   bool with_keys) const {
  Multipliers result;
  result.key_weight = with_keys ? 1 : 0;
  result.of_row.assign(model_.bounds.size(), 0);
  const auto rows = static_cast<double>(model_.bounds.size());
  // A row's price in units of the key; without the key only proportions count, so they may be as
  // large as products allow.
  double unit = key_scale_;
  if (!with_keys) {
    unit = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < prices.size(); ++i) {
      const auto reach = ToDouble(model_.reach[static_cast<std::size_t>(rows_[i])]);
      if (prices[i] > 0) unit = std::min(unit, kMaxProduct / rows / reach * scale_[i] / prices[i]);
    }
  }
  bool any = false;
  for (std::size_t i = 0; i < prices.size(); ++i) {
    const auto row = static_cast<std::size_t>(rows_[i]);
    const double most = kMaxProduct / rows / ToDouble(model_.reach[row]);
    const double price = prices[i] * unit / scale_[i];
    if (!std::isfinite(price) || price < 0.5) continue;
    result.of_row[row] = static_cast<Wide>(std::min(price, most));
    any = true;
  }
  if (!any) return std::nullopt;
  return result;
}

}  // namespace stackport::match
