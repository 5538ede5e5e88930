// A table for people: aligned, fitted to the terminal, emphasis kept out of the counting.
#ifndef STACKPORT_HOST_CLI_TABLE_H_
#define STACKPORT_HOST_CLI_TABLE_H_

#include <cstddef>
#include <string>
#include <vector>

#include "host/cli/style.h"

namespace stackport::cli {

enum class Align { kLeft, kRight };

struct Column {
  std::string title;
  Align align = Align::kLeft;
  // Columns a reader can still use when they are cut; 0: never cut.
  std::size_t minimum = 0;
};

struct Cell {
  Cell(std::string cell_text, Tone cell_tone = Tone::kPlain)  // NOLINT: implicit, a plain text
      : text(std::move(cell_text)), tone(cell_tone) {}
  Cell(const char* cell_text) : text(cell_text) {}  // NOLINT: implicit, a plain text
  std::string text;
  Tone tone = Tone::kPlain;
};

class Table {
 public:
  explicit Table(std::vector<Column> columns) : columns_(std::move(columns)) {}

  // Missing cells are empty. Text is escaped here, so cells may hold text of plugins.
  void AddRow(std::vector<Cell> cells);
  // A sentence below the last row, wrapped and indented.
  void AddNote(std::string text);
  bool empty() const { return rows_.empty(); }

  // At most `width` columns wide where the shrinkable columns allow it; 0: as wide as it needs.
  std::string ToText(std::size_t width, const Style& style) const;

 private:
  struct Row {
    std::vector<Cell> cells;
    std::vector<std::string> notes;
  };

  std::vector<std::size_t> Widths(std::size_t width) const;

  std::vector<Column> columns_;
  std::vector<Row> rows_;
};

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_TABLE_H_
