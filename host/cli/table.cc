#include "host/cli/table.h"

#include <algorithm>

#include "host/cli/layout.h"

namespace stackport::cli {
namespace {

constexpr std::string_view kGap = "  ";
constexpr std::string_view kNoteIndent = "     ";
// Wrapped notes on an output of unknown width.
constexpr std::size_t kDefaultNoteWidth = 100;

std::string TrimRight(std::string line) {
  line.erase(line.find_last_not_of(' ') + 1);
  return line;
}

}  // namespace

void Table::AddRow(std::vector<Cell> cells) {
  cells.resize(columns_.size(), Cell(std::string()));
  for (Cell& cell : cells) cell.text = Shown(cell.text);
  rows_.push_back({std::move(cells), {}});
}

void Table::AddNote(std::string text) {
  if (!rows_.empty()) rows_.back().notes.push_back(Shown(text));
}

std::vector<std::size_t> Table::Widths(std::size_t width) const {
  std::vector<std::size_t> widths;
  std::size_t total = 0;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    std::size_t widest = DisplayWidth(columns_[c].title);
    for (const Row& row : rows_) widest = std::max(widest, DisplayWidth(row.cells[c].text));
    widths.push_back(widest);
    total += widest + (c == 0 ? 0 : kGap.size());
  }
  if (width == 0) return widths;
  // Takes one column at a time from the widest that may still give.
  while (total > width) {
    std::size_t victim = columns_.size();
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (columns_[c].minimum == 0 || widths[c] <= columns_[c].minimum) continue;
      if (victim == columns_.size() || widths[c] > widths[victim]) victim = c;
    }
    if (victim == columns_.size()) break;
    --widths[victim];
    --total;
  }
  return widths;
}

std::string Table::ToText(std::size_t width, const Style& style) const {
  const std::vector<std::size_t> widths = Widths(width);
  const auto place = [&](const std::string& text, std::size_t column, bool last) {
    std::string cut = CutToWidth(text, widths[column]);
    if (columns_[column].align == Align::kRight) return PadLeft(std::move(cut), widths[column]);
    return last ? cut : PadRight(std::move(cut), widths[column]);
  };
  std::string out, header;
  for (std::size_t c = 0; c < columns_.size(); ++c) {
    if (c > 0) header += kGap;
    header += place(columns_[c].title, c, c + 1 == columns_.size());
  }
  out += style.Paint(Tone::kStrong, TrimRight(std::move(header))) + "\n";
  for (const Row& row : rows_) {
    std::string line;
    for (std::size_t c = 0; c < columns_.size(); ++c) {
      if (c > 0) line += kGap;
      line += style.Paint(row.cells[c].tone, place(row.cells[c].text, c, c + 1 == columns_.size()));
    }
    out += TrimRight(std::move(line)) + "\n";
    for (const std::string& note : row.notes) {
      const std::string wrapped =
          Wrap(note, kNoteIndent, kNoteIndent, width == 0 ? kDefaultNoteWidth : width);
      out += style.Paint(Tone::kDim, wrapped.substr(0, wrapped.size() - 1)) + "\n";
    }
  }
  return out;
}

}  // namespace stackport::cli
