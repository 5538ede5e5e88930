#include "catalog/match/multipliers.h"

#include <algorithm>
#include <cmath>

namespace stackport::match {
namespace {

// About as much work as a few hundred nodes of the search.
constexpr int kSteps = 80;
constexpr int kPatience = 4;  // steps without a better bound before they are halved

// Products of a multiplier and a row's reach stay below 2^119, so that all rows together with the
// key stay within 127 bits.
constexpr double kMaxProduct = 6.6e35;

struct Option {
  double key;
  std::vector<double> use;
};

class Ascent {
 public:
  Ascent(const SearchModel& model, const SearchState& state) {
    const int rows = static_cast<int>(model.bounds.size());
    std::vector<double> most(static_cast<std::size_t>(rows), 0);
    std::vector<double> reach(static_cast<std::size_t>(rows), 0);
    for (int s = 0; s < static_cast<int>(model.slots.size()); ++s) {
      std::vector<Option> options;
      if (model.slots[static_cast<std::size_t>(s)].lazy || state.decided(s)) {
        options.push_back(Read(rows, [&](int column) { return state.current(s, column); }));
      } else {
        for (const int option : state.LastFilled(s)) {
          if (!state.Open(s, option)) continue;
          options.push_back(Read(rows, [&](int column) { return state.cost(s, column, option); }));
        }
      }
      if (options.empty()) continue;
      double least = options[0].key;
      for (const Option& option : options) least = std::min(least, option.key);
      base_ += least;
      for (std::size_t r = 0; r < most.size(); ++r) {
        double largest = options[0].use[r];
        double absolute = 0;
        for (Option& option : options) {
          largest = std::max(largest, option.use[r]);
          absolute = std::max(absolute, std::abs(option.use[r]));
        }
        most[r] += largest;
        reach[r] += absolute;
      }
      for (Option& option : options) {
        option.key -= least;
        spread_ = std::max(spread_, option.key);
      }
      slots_.push_back(std::move(options));
    }
    for (std::size_t r = 0; r < most.size(); ++r) {
      const auto bound = static_cast<double>(model.bounds[r]);
      binding_.push_back(most[r] > bound);
      bounds_.push_back(bound);
      scale_.push_back(std::max({reach[r], std::abs(bound), 1.0}));
    }
  }

  bool AnyBinding() const {
    return std::find(binding_.begin(), binding_.end(), true) != binding_.end();
  }

  // Multipliers per unit of each row's own measure.
  std::vector<double> Climb(std::optional<double> target) {
    std::vector<double> price(bounds_.size(), 0);  // per scaled unit
    std::vector<double> best = price;
    double best_value = -1;
    double stride = 1;
    int stalled = 0;
    for (int step = 0; step < kSteps; ++step) {
      std::vector<double> slope(bounds_.size());
      const double value = Value(price, &slope);
      if (value > best_value) {
        best_value = value;
        best = price;
        stalled = 0;
      } else if (++stalled >= kPatience) {
        stride /= 2;
        stalled = 0;
        price = best;
        continue;
      }
      double norm = 0;
      for (std::size_t r = 0; r < slope.size(); ++r) {
        if (slope[r] < 0 && price[r] <= 0) slope[r] = 0;
        norm += slope[r] * slope[r];
      }
      if (norm <= 0) break;
      const double goal = target ? *target - base_ : best_value + spread_;
      const double gap = std::max(goal - value, spread_ * 1e-3);
      for (std::size_t r = 0; r < price.size(); ++r) {
        price[r] = std::max(0.0, price[r] + stride * gap / norm * slope[r]);
      }
    }
    for (std::size_t r = 0; r < best.size(); ++r) best[r] /= scale_[r];
    return best;
  }

 private:
  template <typename CostAt>
  static Option Read(int rows, CostAt cost_at) {
    Option option;
    option.key = static_cast<double>(cost_at(0));
    for (int r = 0; r < rows; ++r) option.use.push_back(static_cast<double>(cost_at(1 + r)));
    return option;
  }

  // The bound for these prices, above the sum of least keys, and its slope.
  double Value(const std::vector<double>& price, std::vector<double>* slope) const {
    double sum = 0;
    for (std::size_t r = 0; r < price.size(); ++r) {
      (*slope)[r] = binding_[r] ? -bounds_[r] / scale_[r] : 0;
      sum -= price[r] * bounds_[r] / scale_[r];
    }
    for (const std::vector<Option>& options : slots_) {
      double least = 0;
      const Option* cheapest = nullptr;
      for (const Option& option : options) {
        double cost = option.key;
        for (std::size_t r = 0; r < price.size(); ++r) {
          cost += price[r] * option.use[r] / scale_[r];
        }
        if (cheapest == nullptr || cost < least) {
          least = cost;
          cheapest = &option;
        }
      }
      sum += least;
      for (std::size_t r = 0; r < price.size(); ++r) {
        if (binding_[r]) (*slope)[r] += cheapest->use[r] / scale_[r];
      }
    }
    return sum;
  }

  std::vector<std::vector<Option>> slots_;
  double base_ = 0;    // sum of the least keys
  double spread_ = 0;  // largest difference of keys within a slot
  std::vector<bool> binding_;
  std::vector<double> bounds_;
  std::vector<double> scale_;
};

}  // namespace

std::vector<Wide> FindMultipliers(const SearchModel& model, const SearchState& state,
                                  std::optional<Wide> target) {
  Ascent ascent(model, state);
  if (!ascent.AnyBinding()) return {};
  std::optional<double> goal;
  if (target) goal = static_cast<double>(*target);
  const std::vector<double> prices = ascent.Climb(goal);
  std::vector<Wide> multipliers;
  const auto rows = static_cast<double>(prices.size());
  for (std::size_t r = 0; r < prices.size(); ++r) {
    const auto reach = static_cast<double>(model.reach[r]);
    const bool usable =
        std::isfinite(prices[r]) && prices[r] >= 0 && prices[r] <= kMaxProduct / rows / reach;
    multipliers.push_back(usable ? static_cast<Wide>(prices[r] + 0.5) : 0);
  }
  const bool any = std::any_of(multipliers.begin(), multipliers.end(),
                               [](Wide multiplier) { return multiplier != 0; });
  return any ? multipliers : std::vector<Wide>{};
}

}  // namespace stackport::match
