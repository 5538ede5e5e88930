#include "host/cli/table.h"

#include <gtest/gtest.h>

namespace stackport::cli {
namespace {

TEST(Table, AlignsNamesWithAccentsAndNumbers) {
  Table table({{"country"}, {"users", Align::kRight}});
  table.AddRow({"Perú", "7"});
  table.AddRow({"Kenya", "30"});
  EXPECT_EQ(table.ToText(0, Style(false)),
            "country  users\n"
            "Perú         7\n"
            "Kenya       30\n");
}

TEST(Table, TakesFromTheWidestShrinkableColumnToFitTheTerminal) {
  Table table({{"id"}, {"name", Align::kLeft, 5}});
  table.AddRow({"a", "a very long name"});
  EXPECT_EQ(table.ToText(10, Style(false)), "id  name\na   a ver…\n");
  EXPECT_EQ(table.ToText(6, Style(false)), "id  name\na   a ve…\n")
      << "below its minimum a column tells nothing, so the line grows instead";
}

TEST(Table, NotesStandBelowTheirRow) {
  Table table({{"id"}});
  table.AddRow({"a"});
  table.AddNote("because");
  table.AddRow({"b"});
  EXPECT_EQ(table.ToText(0, Style(false)), "id\na\n     because\nb\n");
}

TEST(Table, EmphasisDoesNotShiftColumns) {
  Table table({{"state"}, {"n"}});
  table.AddRow({Cell("bad", Tone::kBad), "1"});
  EXPECT_EQ(table.ToText(0, Style(true)), "\x1b[1mstate  n\x1b[0m\n\x1b[31mbad  \x1b[0m  1\n");
}

TEST(Table, EscapesWhatAPluginWrote) {
  Table table({{"name"}});
  table.AddRow({"a\nb"});
  EXPECT_EQ(table.ToText(0, Style(false)), "name\na\\x0ab\n");
}

}  // namespace
}  // namespace stackport::cli
