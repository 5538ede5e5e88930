#include "catalog/match/pair_table.h"

#include <gmock/gmock.h>

#include <vector>

namespace stackport::match {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

TEST(PairTable, EqualLinesShareAClass) {
  const PairTable table(3, 4,
                        {5, 6, 5, 5,   //
                         7, -1, 7, 7,  //
                         5, 6, 5, 5});
  EXPECT_THAT(table.row_class(), ElementsAre(0, 1, 0));
  EXPECT_THAT(table.column_class(), ElementsAre(0, 1, 0, 0));
  EXPECT_THAT(table.cells(), ElementsAre(5, 6, 7, -1));
  EXPECT_EQ(table.At(2, 1), 6);
  EXPECT_EQ(table.At(1, 3), 7);
}

TEST(PairTable, ExtentsLeaveOutWhatDoesNotGoTogether) {
  const PairTable table(2, 3, {4, -1, 0, -1, -1, -1});
  ASSERT_EQ(table.row_classes(), 2U);
  EXPECT_EQ(table.row_extents()[0].low, 0);
  EXPECT_EQ(table.row_extents()[0].high, 4);
  EXPECT_EQ(table.row_extents()[1].low, -1);
  EXPECT_EQ(table.row_extents()[1].high, -1);
  EXPECT_EQ(table.column_extents()[0].high, 4);
  EXPECT_EQ(table.column_extents()[1].high, -1);
}

// Line 1 is nobody's: neither it nor what only it tells apart counts.
TEST(PairTable, SharedLinesAreMergedFurther) {
  const PairTable table({0, 2, 0}, {3, 0, 1}, 4,
                        {1, 1, 9, 2,  //
                         8, 7, 9, 6,  //
                         3, 3, 9, 2});
  EXPECT_EQ(table.rows(), 3U);
  EXPECT_EQ(table.columns(), 3U);
  EXPECT_THAT(table.row_class(), ElementsAre(0, 1, 0));
  EXPECT_THAT(table.column_class(), ElementsAre(0, 1, 1));
  EXPECT_THAT(table.cells(), ElementsAre(2, 1, 2, 3));
}

TEST(PairTable, APartKeepsWhatItsCandidatesNeed) {
  const PairTable table(3, 3,
                        {1, 2, 3,  //
                         1, 2, 4,  //
                         5, 6, 7});
  const std::vector<std::size_t> rows = {1, 0};
  const std::vector<std::size_t> columns = {1, 0};
  const PairTable part = table.Only(rows, columns);
  EXPECT_THAT(part.row_class(), ElementsAre(0, 0));
  EXPECT_THAT(part.column_class(), ElementsAre(0, 1));
  EXPECT_THAT(part.cells(), ElementsAre(2, 1));
}

TEST(PairTable, ASlotMayHaveNoCandidates) {
  const PairTable no_columns(2, 0, {});
  EXPECT_EQ(no_columns.rows(), 2U);
  EXPECT_EQ(no_columns.columns(), 0U);
  EXPECT_THAT(no_columns.cells(), IsEmpty());
  const PairTable no_rows(0, 2, {});
  EXPECT_EQ(no_rows.rows(), 0U);
  EXPECT_EQ(no_rows.columns(), 2U);
  EXPECT_THAT(no_rows.cells(), IsEmpty());
}

}  // namespace
}  // namespace stackport::match
