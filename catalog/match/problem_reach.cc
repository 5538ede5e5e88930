#include "catalog/match/problem_reach.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/match/arithmetic.h"
#include "catalog/match/quantity_rules.h"

namespace stackport::match {
namespace {

std::string At(std::string_view list, std::size_t index) {
  return json::PointerPush(json::PointerPush("", list), index);
}

class ReachChecker {
 public:
  explicit ReachChecker(const Problem& problem) : problem_(problem) {}

  Status Run() {
    FindLargest();
    const QuantityRules rules(problem_);
    const std::vector<int> open(problem_.slots.size(), kUndecided);
    std::vector<std::int64_t> low(problem_.quantities.size(), 0);
    most_units_.assign(problem_.quantities.size(), 0);
    for (std::size_t q = 0; q < problem_.quantities.size(); ++q) {
      const auto id = static_cast<QuantityId>(q);
      if (rules.LargestNumerator(id, most_units_.data()) > kWideInt64Max) {
        return ResourceLimit("a sum of this quantity could pass 64 bits; use larger units",
                             At("quantities", q));
      }
      WideInterval range;
      if (!rules.Interval(id, rules.whole(), open.data(), low.data(), most_units_.data(), &range))
        continue;
      if (range.high > kMaxValue) {
        return ResourceLimit(
            fmt::format("this quantity could pass {}; use larger units or tighter candidates",
                        kMaxValue),
            At("quantities", q));
      }
      most_units_[q] = static_cast<std::int64_t>(range.high);
    }
    for (std::size_t i = 0; i < problem_.limits.size(); ++i) {
      if (Reach(problem_.limits[i].measure) > kWideInt64Max) {
        return ResourceLimit("this sum could pass 64 bits; use larger units", At("limits", i));
      }
    }
    for (std::size_t i = 0; i < problem_.levels.size(); ++i) {
      Wide total = 0;
      for (const LevelTerm& term : problem_.levels[i].terms) {
        const Wide reach = Reach(term.measure);
        const Wide weight = AbsoluteValue(term.weight);
        // Reach is below 2^127 / 2^50 by the limits on values, so only the first test is needed
        // for the product to be safe.
        total = reach > kWideInt64Max ? kWideInt64Max + 1 : total + reach * weight;
        if (total > kWideInt64Max) {
          return ResourceLimit("this level could pass 64 bits; use larger units or weights",
                               At("levels", i));
        }
      }
    }
    return {};
  }

 private:
  Wide MostUnits(QuantityId id) const {
    return id == kOneUnit ? 1 : most_units_[static_cast<std::size_t>(id)];
  }

  // The largest absolute value of a measure over all packages and all partial sums of one.
  Wide Reach(const Measure& measure) const {
    if (measure.kind == Measure::Kind::kDistinct) return kMaxSlots * kMaxCoverBits;
    const auto a = static_cast<std::size_t>(measure.attribute);
    const bool sum = measure.kind == Measure::Kind::kSum;
    Wide total = 0;
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      const Slot& slot = problem_.slots[s];
      const Wide largest = a < largest_[s].size() ? largest_[s][a] : 0;
      if (!sum) {
        total = std::max(total, largest);
        continue;
      }
      const Wide units = problem_.attributes[a].scaled ? MostUnits(slot.quantity) : 1;
      total += largest * std::max<Wide>(units, 1) * slot.max_picks;
    }
    return total;
  }

  // Of each slot's candidates, by attribute.
  void FindLargest() {
    largest_.resize(problem_.slots.size());
    for (std::size_t s = 0; s < problem_.slots.size(); ++s) {
      std::vector<std::int64_t>& row = largest_[s];
      for (const Candidate& candidate : problem_.slots[s].candidates) {
        if (row.size() < candidate.values.size()) row.resize(candidate.values.size(), 0);
        for (std::size_t a = 0; a < candidate.values.size(); ++a) {
          row[a] = std::max(row[a], std::abs(candidate.values[a]));
        }
      }
    }
  }

  const Problem& problem_;
  std::vector<std::int64_t> most_units_;            // by quantity
  std::vector<std::vector<std::int64_t>> largest_;  // absolute values, by slot and attribute
};

}  // namespace

Status CheckReach(const Problem& problem) {
  return ReachChecker(problem).Run();
}

}  // namespace stackport::match
