#include "catalog/match/choice_lp.h"

#include <algorithm>

namespace stackport::match {
namespace {

// Numbers are scaled to about 1 by the caller.
constexpr double kTolerance = 1e-9;
constexpr double kSmallestPivot = 1e-8;
// A step moves one row's slack or one slot's option; far more steps than both means that rounding
// makes it run in circles.
constexpr std::size_t kStepsPerRow = 30;

}  // namespace

void ChoiceLp::Start(const std::vector<double>& room) {
  rows_ = room.size();
  room_ = room;
  costs_.clear();
  uses_.clear();
  slot_begin_.clear();
  built_ = false;
}

void ChoiceLp::AddSlot() {
  slot_begin_.push_back(costs_.size());
}

void ChoiceLp::AddOption(double cost, const double* use) {
  costs_.push_back(cost);
  uses_.insert(uses_.end(), use, use + rows_);
}

void ChoiceLp::Inherit(const ChoiceLp& solved, const std::vector<char>& open) {
  rows_ = solved.rows_;
  options_ = solved.options_;
  built_ = true;
  bound_ = solved.bound_;
  values_ = solved.values_;
  basic_ = solved.basic_;
  open_ = open;
  other_.clear();
  reduced_.clear();
  std::vector<std::size_t>& kept = kept_;
  kept.clear();
  for (std::size_t j = 0; j < solved.width_; ++j) {
    if (Closed(solved.other_[j])) continue;
    kept.push_back(j);
    other_.push_back(solved.other_[j]);
    reduced_.push_back(solved.reduced_[j]);
  }
  width_ = kept.size();
  stride_ = width_;
  cells_.resize(values_.size() * stride_);
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const double* from = solved.cells_.data() + i * solved.stride_;
    double* to = cells_.data() + i * stride_;
    for (std::size_t j = 0; j < width_; ++j) to[j] = from[kept[j]];
  }
}

void ChoiceLp::Close(const std::vector<char>& open) {
  open_ = open;
  for (std::size_t j = width_; j-- > 0;) {
    if (Closed(other_[j])) RemoveColumn(j);
  }
}

// Each slot starts with its cheapest option as the basic one, so that no reduced cost is negative.
void ChoiceLp::BuildTableau() {
  const std::size_t slots = slot_begin_.size();
  options_ = costs_.size();
  open_.assign(options_, 1);
  width_ = options_ - slots;
  stride_ = width_;
  cells_.assign((rows_ + slots) * stride_, 0);
  values_.assign(rows_ + slots, 1);
  reduced_.resize(width_);
  basic_.resize(rows_ + slots);
  other_.resize(width_);
  bound_ = 0;
  for (std::size_t r = 0; r < rows_; ++r) {
    values_[r] = room_[r];
    basic_[r] = options_ + r;
  }
  std::size_t column = 0;
  for (std::size_t s = 0; s < slots; ++s) {
    const std::size_t end = s + 1 < slots ? slot_begin_[s + 1] : options_;
    std::size_t key = slot_begin_[s];
    for (std::size_t o = key; o < end; ++o) {
      if (costs_[o] < costs_[key]) key = o;
    }
    basic_[rows_ + s] = key;
    bound_ += costs_[key];
    for (std::size_t r = 0; r < rows_; ++r) values_[r] -= uses_[key * rows_ + r];
    for (std::size_t o = slot_begin_[s]; o < end; ++o) {
      if (o == key) continue;
      other_[column] = o;
      reduced_[column] = costs_[o] - costs_[key];
      for (std::size_t r = 0; r < rows_; ++r) {
        cells_[r * stride_ + column] = uses_[o * rows_ + r] - uses_[key * rows_ + r];
      }
      cells_[(rows_ + s) * stride_ + column] = 1;
      ++column;
    }
  }
  built_ = true;
}

// The value that is farthest from where it may be.
std::size_t ChoiceLp::LeavingRow() const {
  std::size_t leaving = values_.size();
  double worst = kTolerance;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    const double excess = values_[i] > 0 && Closed(basic_[i]) ? values_[i] : -values_[i];
    if (excess > worst) {
      worst = excess;
      leaving = i;
    }
  }
  return leaving;
}

// `direction` is -1 where the row's value has to grow and 1 where it has to shrink.
std::size_t ChoiceLp::EnteringColumn(std::size_t row, double direction) const {
  const double* cells = cells_.data() + row * stride_;
  std::size_t entering = width_;
  double least = 0;
  double size = 0;
  for (std::size_t j = 0; j < width_; ++j) {
    const double cell = direction * cells[j];
    if (cell <= kSmallestPivot) continue;
    // reduced / cell < least, without dividing by each.
    if (entering != width_) {
      const double limit = least * cell;
      if (reduced_[j] > limit || (reduced_[j] == limit && cell <= size)) continue;
    }
    entering = j;
    least = reduced_[j] / cell;
    size = cell;
  }
  return entering;
}

void ChoiceLp::Pivot(std::size_t row, std::size_t column) {
  double* __restrict pivot_row = cells_.data() + row * stride_;
  const std::size_t width = width_;
  const double inverse = 1 / pivot_row[column];
  for (std::size_t j = 0; j < width; ++j) pivot_row[j] *= inverse;
  pivot_row[column] = inverse;
  values_[row] *= inverse;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (i == row) continue;
    double* __restrict cells = cells_.data() + i * stride_;
    const double factor = cells[column];
    if (factor == 0) continue;
    cells[column] = 0;
    for (std::size_t j = 0; j < width; ++j) cells[j] -= factor * pivot_row[j];
    values_[i] -= factor * values_[row];
    work_ += static_cast<std::int64_t>(width);
  }
  work_ += static_cast<std::int64_t>(width);
  const double factor = reduced_[column];
  reduced_[column] = 0;
  double* __restrict reduced = reduced_.data();
  for (std::size_t j = 0; j < width; ++j) {
    reduced[j] = std::max(0.0, reduced[j] - factor * pivot_row[j]);
  }
  bound_ += factor * values_[row];
  std::swap(basic_[row], other_[column]);
}

void ChoiceLp::RemoveColumn(std::size_t column) {
  --width_;
  other_[column] = other_[width_];
  reduced_[column] = reduced_[width_];
  for (std::size_t i = 0; i < values_.size(); ++i) {
    cells_[i * stride_ + column] = cells_[i * stride_ + width_];
  }
}

ChoiceLp::Outcome ChoiceLp::Solve(double target) {
  if (!built_) BuildTableau();
  work_ = static_cast<std::int64_t>(size());
  for (std::size_t step = 0; step < kStepsPerRow * values_.size(); ++step) {
    if (bound_ > target) break;
    const std::size_t row = LeavingRow();
    if (row == values_.size()) {
      ReadPrices();
      return Outcome::kOptimal;
    }
    const double direction = values_[row] < 0 ? -1 : 1;
    const std::size_t column = EnteringColumn(row, direction);
    if (column == width_) {
      ReadRay(row, direction);
      return Outcome::kInfeasible;
    }
    Pivot(row, column);
    if (Closed(other_[column])) RemoveColumn(column);
  }
  ReadPrices();
  return Outcome::kStopped;
}

// The price of a row is the reduced cost of its slack.
void ChoiceLp::ReadPrices() {
  prices_.assign(rows_, 0);
  for (std::size_t j = 0; j < width_; ++j) {
    if (other_[j] >= options_) prices_[other_[j] - options_] = reduced_[j];
  }
}

// This tableau row is a weighted sum of the rows and the slots' equations which no x can satisfy.
// The weights of the rows stand at their slacks.
void ChoiceLp::ReadRay(std::size_t row, double direction) {
  prices_.assign(rows_, 0);
  for (std::size_t j = 0; j < width_; ++j) {
    if (other_[j] < options_) continue;
    prices_[other_[j] - options_] = std::max(0.0, -direction * cells_[row * stride_ + j]);
  }
  if (basic_[row] >= options_) prices_[basic_[row] - options_] = 1;
}

}  // namespace stackport::match
