// A number for each pair of candidates of two slots.
#ifndef STACKPORT_CATALOG_MATCH_PAIR_TABLE_H_
#define STACKPORT_CATALOG_MATCH_PAIR_TABLE_H_

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace stackport::match {

// Rows belong to the candidates of one slot, columns to those of another. Candidates with equal
// rows form a class and share one, and so do those with equal columns: thousands of models beside
// tens of thousands of machines differ in far fewer ways than there are pairs of them. (Two equal
// lines may stay apart when their hash is also that of a different one; that costs time alone.)
// Classes are numbered in the order of their first candidates. Immutable.
class PairTable {
 public:
  // The extremes of some numbers that are not negative; both -1 when there are none.
  struct Extent {
    std::int64_t low = -1;
    std::int64_t high = -1;

    // Negative numbers do not count.
    void Add(std::int64_t number) {
      if (number < 0) return;
      low = low < 0 ? number : std::min(low, number);
      high = std::max(high, number);
    }
  };

  PairTable() = default;
  // A row and a column for each candidate; `cells` row by row. Requires: there is one for each
  // pair.
  PairTable(std::size_t rows, std::size_t columns, const std::vector<std::int64_t>& cells);
  // Candidates that share lines already: by candidate the number of its row, and of its column, in
  // `cells`, which has `width` numbers in each row. Lines of `cells` may be equal, or nobody's.
  // Requires: all these numbers lie within it.
  PairTable(std::vector<int> row_of, std::vector<int> column_of, std::size_t width,
            const std::vector<std::int64_t>& cells);
  // The part of it that is about these candidates, in their order.
  PairTable Only(std::span<const std::size_t> rows, std::span<const std::size_t> columns) const;

  std::size_t rows() const { return row_class_.size(); }
  std::size_t columns() const { return column_class_.size(); }
  std::int64_t At(std::size_t row, std::size_t column) const {
    return ClassRow(row_class_[row])[column_class_[column]];
  }

  std::size_t row_classes() const { return row_extents_.size(); }
  std::size_t column_classes() const { return width_; }
  // By candidate.
  const std::vector<int>& row_class() const { return row_class_; }
  const std::vector<int>& column_class() const { return column_class_; }
  // The numbers of a class of rows, by class of columns.
  const std::int64_t* ClassRow(int row_class) const {
    return cells_.data() + static_cast<std::size_t>(row_class) * width_;
  }
  // One number for each pair of classes, row by row.
  const std::vector<std::int64_t>& cells() const { return cells_; }
  // Over whole lines, by class.
  const std::vector<Extent>& row_extents() const { return row_extents_; }
  const std::vector<Extent>& column_extents() const { return column_extents_; }

 private:
  std::vector<int> row_class_;
  std::vector<int> column_class_;
  std::size_t width_ = 0;
  std::vector<std::int64_t> cells_;
  std::vector<Extent> row_extents_;
  std::vector<Extent> column_extents_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_PAIR_TABLE_H_
