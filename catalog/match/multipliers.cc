#include "catalog/match/multipliers.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace stackport::match {
namespace {

// Products of a multiplier and a row's reach stay below 2^119, so that all rows together with the
// key stay within 127 bits.
constexpr double kMaxProduct = 6.6e35;

// Numbers in a tableau that is kept for the nodes below; one for each slot may be kept.
constexpr std::size_t kMostKept = 100'000;

}  // namespace

MultiplierFinder::MultiplierFinder(const SearchModel& model) : model_(model), relaxation_(model) {}

std::optional<Multipliers> MultiplierFinder::Find(const SearchState& state,
                                                  std::optional<Wide> target) {
  double goal = std::numeric_limits<double>::infinity();
  Program* program = nullptr;
  ChoiceLp::Outcome outcome = ChoiceLp::Outcome::kStopped;
  count_ = CountAbove(state);
  if (count_ > 0) {
    program = &Continue(state);
    if (target) goal = relaxation_.Goal(*target);
    outcome = program->lp.Solve(goal);
    work_ += program->lp.work();
  } else {
    if (!relaxation_.Read(state)) return std::nullopt;
    if (target) goal = relaxation_.Goal(*target);
    program = &Next();
    outcome = relaxation_.Solve(goal, &program->lp);
    const bool kept =
        relaxation_.whole() && relaxation_.costs_known() && program->lp.size() <= kMostKept;
    if (!kept) count_ = 0;
  }
  return Round(*program, outcome != ChoiceLp::Outcome::kInfeasible);
}

// Programs from the first to that of the state's multipliers; 0 when that is not kept.
std::size_t MultiplierFinder::CountAbove(const SearchState& state) const {
  for (std::size_t count = count_; count > 0; --count) {
    if (programs_[count - 1].origin == state.price_origin()) return count;
  }
  return 0;
}

MultiplierFinder::Program& MultiplierFinder::Next() {
  if (programs_.size() == count_) programs_.emplace_back();
  Program& program = programs_[count_++];
  program.origin = ++last_origin_;
  return program;
}

MultiplierFinder::Program& MultiplierFinder::Continue(const SearchState& state) {
  const auto& variables = relaxation_.variables();
  open_.resize(variables.size());
  for (std::size_t i = 0; i < variables.size(); ++i) {
    const auto [slot, option] = variables[i];
    open_[i] = state.decided(slot) ? state.picks(slot)[0] == option : state.Open(slot, option);
  }
  if (state.priced_here()) {
    programs_[count_ - 1].lp.Close(open_);
    return programs_[count_ - 1];
  }
  Program& next = Next();
  next.lp.Inherit(programs_[count_ - 2].lp, open_);
  return next;
}

std::optional<Multipliers> MultiplierFinder::Round(const Program& program, bool with_keys) const {
  const std::vector<double>& prices = program.lp.prices();
  const std::vector<int>& binding = relaxation_.rows();
  const std::vector<double>& scale = relaxation_.row_scale();
  Multipliers result;
  result.key_weight = with_keys ? 1 : 0;
  result.origin = program.origin;
  result.of_row.assign(model_.bounds.size(), 0);
  const auto rows = static_cast<double>(model_.bounds.size());
  // A row's price in units of the key; without the key only proportions count, so they may be as
  // large as products allow.
  double unit = relaxation_.key_scale();
  if (!with_keys) {
    unit = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < prices.size(); ++i) {
      const auto reach = ToDouble(model_.reach[static_cast<std::size_t>(binding[i])]);
      if (prices[i] > 0) unit = std::min(unit, kMaxProduct / rows / reach * scale[i] / prices[i]);
    }
  }
  bool any = false;
  for (std::size_t i = 0; i < prices.size(); ++i) {
    const auto row = static_cast<std::size_t>(binding[i]);
    const double most = kMaxProduct / rows / ToDouble(model_.reach[row]);
    const double price = prices[i] * unit / scale[i];
    if (!std::isfinite(price) || price < 0.5) continue;
    result.of_row[row] = static_cast<Wide>(std::min(price, most));
    any = true;
  }
  if (!any) return std::nullopt;
  return result;
}

}  // namespace stackport::match
