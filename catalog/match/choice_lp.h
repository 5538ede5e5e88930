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

  // Instead of Start: the program that `solved` has solved, without the options for which `open` is
  // 0. Starts from where that one ended, which takes a few steps only. Options keep their numbers.
  void Inherit(const ChoiceLp& solved, const std::vector<char>& open);
  // The same for the program that this one has solved.
  void Close(const std::vector<char>& open);

  // Stops once the least cost is known to be above `target`. Requires: numbers are finite.
  Outcome Solve(double target);
  // By row, none below 0. After Solve.
  const std::vector<double>& prices() const { return prices_; }
  // Least cost, or what the steps so far prove of it. After Solve.
  double least_cost() const { return bound_; }
  // Numbers that the tableau holds.
  std::size_t size() const { return values_.size() * stride_; }
  // Numbers that the last Solve has written.
  std::int64_t work() const { return work_; }

 private:
  // The tableau: a row for each basic variable and a column for each other one. Variables are
  // numbered: options from 0, then the slack of each row. A closed option has no column, but may
  // still be basic; its value has to become 0.
  void BuildTableau();
  bool Closed(std::size_t variable) const { return variable < options_ && open_[variable] == 0; }
  std::size_t LeavingRow() const;  // values_.size() when none has to leave
  std::size_t EnteringColumn(std::size_t row, double direction) const;  // width_: there is none
  void Pivot(std::size_t row, std::size_t column);
  void RemoveColumn(std::size_t column);
  void ReadPrices();
  void ReadRay(std::size_t row, double direction);

  std::size_t rows_ = 0;
  std::vector<double> room_;
  std::vector<double> costs_;            // by option
  std::vector<double> uses_;             // [option * rows + row]
  std::vector<std::size_t> slot_begin_;  // first option of each slot

  bool built_ = false;
  std::size_t options_ = 0;
  std::vector<char> open_;       // by option
  std::size_t stride_ = 0;       // from one tableau row to the next
  std::size_t width_ = 0;        // columns
  std::vector<double> cells_;    // [row * stride + column]
  std::vector<double> values_;   // by tableau row: value of the basic variable
  std::vector<double> reduced_;  // by column: reduced cost
  std::vector<std::size_t> basic_;
  std::vector<std::size_t> other_;
  std::vector<std::size_t> kept_;  // columns of another tableau
  double bound_ = 0;
  std::int64_t work_ = 0;
  std::vector<double> prices_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_CHOICE_LP_H_
