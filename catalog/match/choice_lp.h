// The linear relaxation of "one option for each slot, within the rows", by the dual simplex method.
#ifndef STACKPORT_CATALOG_MATCH_CHOICE_LP_H_
#define STACKPORT_CATALOG_MATCH_CHOICE_LP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

namespace stackport::match {

// Minimise sum of cost[o] x[o] over x >= 0, where the x of each slot add up to 1 and each row r
// holds: sum of use[r][o] x[o] <= room[r].
//
// With a price p[r] >= 0 on each row, sum over slots of min (cost + p use) - p room is at most the
// least cost, for any p. The linear program finds the p for which this bound is largest, or, when
// no x fits, a p for which it is positive with all costs set to 0. Only p leaves this class: it is
// rounded to integers and judged exactly, so that floating point changes the speed of a search and
// never its answer. One thread at a time; keeps its memory from one program to the next.
class ChoiceLp {
 public:
  enum class Outcome {
    kOptimal,
    kInfeasible,  // prices() prove it
    kStopped,     // above the target, or too many steps; prices() are valid and not the best
  };

  // Forgets everything. `room` is by row.
  void Start(const std::vector<double>& room);
  void AddSlot();
  // An option of the last slot; `use` holds one number for each row. Each slot needs at least one.
  void AddOption(double cost, const double* use);

  // Stops once the least cost is known to be above `target`. Requires: numbers are finite.
  Outcome Solve(double target);
  // By row, none below 0. After Solve.
  const std::vector<double>& prices() const { return prices_; }
  // Least cost, or what the steps so far prove of it. After Solve.
  double least_cost() const { return bound_; }
  // Numbers that Solve has written.
  std::int64_t work() const { return work_; }

 private:
  // The tableau: a row for each basic variable and a column for each other one. Variables are
  // numbered: options from 0, then the slack of each row.
  void BuildTableau();
  std::size_t LeavingRow() const;                     // rows_ + slots when none has to leave
  std::size_t EnteringColumn(std::size_t row) const;  // width_ when there is none
  void Pivot(std::size_t row, std::size_t column);
  void ReadPrices();
  void ReadRay(std::size_t row);

  std::size_t rows_ = 0;
  std::vector<double> room_;
  std::vector<double> costs_;            // by option
  std::vector<double> uses_;             // [option * rows + row]
  std::vector<std::size_t> slot_begin_;  // first option of each slot

  std::size_t width_ = 0;
  std::vector<double> cells_;    // [row * width + column]
  std::vector<double> values_;   // by tableau row: value of the basic variable
  std::vector<double> reduced_;  // by column: reduced cost
  std::vector<std::size_t> basic_;
  std::vector<std::size_t> other_;
  double bound_ = 0;
  std::int64_t work_ = 0;
  std::vector<double> prices_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_CHOICE_LP_H_
