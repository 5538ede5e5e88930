#include "catalog/match/pair_table.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <utility>

#include "catalog/match/arithmetic.h"

namespace stackport::match {
namespace {

std::vector<int> OneByOne(std::size_t count) {
  std::vector<int> numbers(count);
  std::iota(numbers.begin(), numbers.end(), 0);
  return numbers;
}

// The lines that belong to somebody, ascending.
std::vector<int> Used(std::vector<int> line_of) {
  std::sort(line_of.begin(), line_of.end());
  line_of.erase(std::unique(line_of.begin(), line_of.end()), line_of.end());
  return line_of;
}

// The number behind the last of these lines.
std::size_t EndOf(const std::vector<int>& lines) {
  return lines.empty() ? 0 : static_cast<std::size_t>(lines.back()) + 1;
}

// Gives the candidates' lines new numbers: equal lines one, in the order of the first candidates.
// The result holds, by new number, one of the lines that have it. Lines that only share their hash
// stay apart from all that is equal to the later one.
template <typename Equal>
std::vector<int> MergeLines(const std::vector<std::uint64_t>& hashes, Equal equal,
                            std::vector<int>* line_of) {
  std::map<std::uint64_t, int> known;  // hash -> new number
  std::vector<int> lines;
  std::vector<int> number_of(hashes.size(), -1);  // by line
  for (int& line : *line_of) {
    const auto old = static_cast<std::size_t>(line);
    if (number_of[old] < 0) {
      const auto next = static_cast<int>(lines.size());
      const auto [same, added] = known.emplace(hashes[old], next);
      if (!added && equal(lines[static_cast<std::size_t>(same->second)], line)) {
        number_of[old] = same->second;
      } else {
        number_of[old] = next;
        lines.push_back(line);
      }
    }
    line = number_of[old];
  }
  return lines;
}

}  // namespace

PairTable::PairTable(std::size_t rows, std::size_t columns, const std::vector<std::int64_t>& cells)
    : PairTable(OneByOne(rows), OneByOne(columns), columns, cells) {}

PairTable::PairTable(std::vector<int> row_of, std::vector<int> column_of, std::size_t width,
                     const std::vector<std::int64_t>& cells)
    : row_class_(std::move(row_of)), column_class_(std::move(column_of)) {
  const auto cell = [&](int row, int column) {
    return cells[static_cast<std::size_t>(row) * width + static_cast<std::size_t>(column)];
  };
  // Lines are compared only where they cross lines that belong to somebody.
  const std::vector<int> used_rows = Used(row_class_);
  const std::vector<int> used_columns = Used(column_class_);
  std::vector<std::uint64_t> hashes(EndOf(used_columns), 0);
  for (const int row : used_rows) {
    for (const int column : used_columns) {
      std::uint64_t& hash = hashes[static_cast<std::size_t>(column)];
      hash = MixHash(hash, cell(row, column));
    }
  }
  const std::vector<int> columns = MergeLines(
      hashes,
      [&](int a, int b) {
        return std::all_of(used_rows.begin(), used_rows.end(),
                           [&](int row) { return cell(row, a) == cell(row, b); });
      },
      &column_class_);
  hashes.assign(EndOf(used_rows), 0);
  for (const int row : used_rows) {
    for (const int column : columns) {
      std::uint64_t& hash = hashes[static_cast<std::size_t>(row)];
      hash = MixHash(hash, cell(row, column));
    }
  }
  const std::vector<int> rows = MergeLines(
      hashes,
      [&](int a, int b) {
        return std::all_of(columns.begin(), columns.end(),
                           [&](int column) { return cell(a, column) == cell(b, column); });
      },
      &row_class_);
  width_ = columns.size();
  cells_.reserve(rows.size() * columns.size());
  row_extents_.resize(rows.size());
  column_extents_.resize(columns.size());
  for (std::size_t r = 0; r < rows.size(); ++r) {
    for (std::size_t c = 0; c < columns.size(); ++c) {
      const std::int64_t number = cell(rows[r], columns[c]);
      cells_.push_back(number);
      row_extents_[r].Add(number);
      column_extents_[c].Add(number);
    }
  }
}

PairTable PairTable::Only(std::span<const std::size_t> rows,
                          std::span<const std::size_t> columns) const {
  std::vector<int> row_of;
  for (const std::size_t row : rows) row_of.push_back(row_class_[row]);
  std::vector<int> column_of;
  for (const std::size_t column : columns) column_of.push_back(column_class_[column]);
  return PairTable(std::move(row_of), std::move(column_of), width_, cells_);
}

}  // namespace stackport::match
