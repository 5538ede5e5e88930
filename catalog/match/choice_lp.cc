#include "catalog/match/choice_lp.h"

#include <algorithm>

namespace stackport::match {
namespace {

// Numbers are scaled to about 1 by the caller.
constexpr double kTolerance = 1e-9;
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
}

void ChoiceLp::AddSlot() {
  slot_begin_.push_back(costs_.size());
}

void ChoiceLp::AddOption(double cost, const double* use) {
  costs_.push_back(cost);
  uses_.insert(uses_.end(), use, use + rows_);
}

// Each slot starts with its cheapest option as the basic one, so that no reduced cost is negative.
void ChoiceLp::BuildTableau() {
  const std::size_t slots = slot_begin_.size();
  width_ = costs_.size() - slots;
  cells_.assign((rows_ + slots) * width_, 0);
  values_.assign(rows_ + slots, 1);
  reduced_.resize(width_);
  basic_.resize(rows_ + slots);
  other_.resize(width_);
  bound_ = 0;
  for (std::size_t r = 0; r < rows_; ++r) {
    values_[r] = room_[r];
    basic_[r] = costs_.size() + r;
  }
  std::size_t column = 0;
  for (std::size_t s = 0; s < slots; ++s) {
    const std::size_t end = s + 1 < slots ? slot_begin_[s + 1] : costs_.size();
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
        cells_[r * width_ + column] = uses_[o * rows_ + r] - uses_[key * rows_ + r];
      }
      cells_[(rows_ + s) * width_ + column] = 1;
      ++column;
    }
  }
}

std::size_t ChoiceLp::LeavingRow() const {
  std::size_t leaving = values_.size();
  double least = -kTolerance;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (values_[i] < least) {
      least = values_[i];
      leaving = i;
    }
  }
  return leaving;
}

std::size_t ChoiceLp::EnteringColumn(std::size_t row) const {
  const double* cells = cells_.data() + row * width_;
  std::size_t entering = width_;
  double least = 0;
  for (std::size_t j = 0; j < width_; ++j) {
    if (cells[j] >= -kTolerance) continue;
    const double ratio = reduced_[j] / -cells[j];
    if (entering == width_ || ratio < least || (ratio == least && cells[j] < cells[entering])) {
      entering = j;
      least = ratio;
    }
  }
  return entering;
}

void ChoiceLp::Pivot(std::size_t row, std::size_t column) {
  double* pivot_row = cells_.data() + row * width_;
  const double inverse = 1 / pivot_row[column];
  for (std::size_t j = 0; j < width_; ++j) pivot_row[j] *= inverse;
  pivot_row[column] = inverse;
  values_[row] *= inverse;
  for (std::size_t i = 0; i < values_.size(); ++i) {
    if (i == row) continue;
    double* cells = cells_.data() + i * width_;
    const double factor = cells[column];
    if (factor == 0) continue;
    cells[column] = 0;
    for (std::size_t j = 0; j < width_; ++j) cells[j] -= factor * pivot_row[j];
    values_[i] -= factor * values_[row];
    work_ += static_cast<std::int64_t>(width_);
  }
  work_ += static_cast<std::int64_t>(width_);
  const double factor = reduced_[column];
  reduced_[column] = 0;
  for (std::size_t j = 0; j < width_; ++j) {
    reduced_[j] = std::max(0.0, reduced_[j] - factor * pivot_row[j]);
  }
  bound_ += factor * values_[row];
  std::swap(basic_[row], other_[column]);
}

ChoiceLp::Outcome ChoiceLp::Solve(double target) {
  BuildTableau();
  work_ = static_cast<std::int64_t>(cells_.size());
  for (std::size_t step = 0; step < kStepsPerRow * values_.size(); ++step) {
    if (bound_ > target) break;
    const std::size_t row = LeavingRow();
    if (row == values_.size()) {
      ReadPrices();
      return Outcome::kOptimal;
    }
    const std::size_t column = EnteringColumn(row);
    if (column == width_) {
      ReadRay(row);
      return Outcome::kInfeasible;
    }
    Pivot(row, column);
  }
  ReadPrices();
  return Outcome::kStopped;
}

// The price of a row is the reduced cost of its slack.
void ChoiceLp::ReadPrices() {
  prices_.assign(rows_, 0);
  for (std::size_t j = 0; j < width_; ++j) {
    if (other_[j] >= costs_.size()) prices_[other_[j] - costs_.size()] = reduced_[j];
  }
}

// This tableau row is a weighted sum of the rows and the slots' equations: nothing in it is below
// 0, and yet its value is. The weights of the rows stand at their slacks.
void ChoiceLp::ReadRay(std::size_t row) {
  prices_.assign(rows_, 0);
  for (std::size_t j = 0; j < width_; ++j) {
    if (other_[j] < costs_.size()) continue;
    prices_[other_[j] - costs_.size()] = std::max(0.0, cells_[row * width_ + j]);
  }
  if (basic_[row] >= costs_.size()) prices_[basic_[row] - costs_.size()] = 1;
}

}  // namespace stackport::match
