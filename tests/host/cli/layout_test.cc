#include "host/cli/layout.h"

#include <gtest/gtest.h>

namespace stackport::cli {
namespace {

TEST(DisplayWidth, CountsWhatAReaderSees) {
  EXPECT_EQ(DisplayWidth("Kenya"), 5u);
  EXPECT_EQ(DisplayWidth("Côte d’Ivoire"), 13u);
  EXPECT_EQ(DisplayWidth("e\u0301"), 1u) << "a combining accent takes no column";
  EXPECT_EQ(DisplayWidth("華為"), 4u) << "East Asian characters take two";
}

TEST(CutToWidth, CutsOnACharacterBorderAndSaysSo) {
  EXPECT_EQ(CutToWidth("Pōtatau", 7), "Pōtatau");
  EXPECT_EQ(CutToWidth("Pōtatau", 3), "Pō…");
  EXPECT_EQ(CutToWidth("華為華", 4), "華…") << "half of a wide character is not shown";
  EXPECT_EQ(CutToWidth("abc", 0), "");
}

TEST(Wrap, BreaksAtBlanksAndIndentsLaterLines) {
  EXPECT_EQ(Wrap("one two three", "- ", "  ", 9), "- one two\n  three\n");
  EXPECT_EQ(Wrap("https://example.com/a-long-address", "", "", 10),
            "https://example.com/a-long-address\n")
      << "an address stays whole, so that it can be copied";
}

TEST(Shown, MakesTextOfPluginsHarmless) {
  EXPECT_EQ(Shown("red \x1b[31m"), "red \\x1b[31m");
}

}  // namespace
}  // namespace stackport::cli
