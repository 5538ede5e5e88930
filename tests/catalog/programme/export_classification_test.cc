#include "catalog/programme/export_classification.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <vector>

namespace stackport {
namespace {

using testing::HasSubstr;

Interval Exactly(std::int64_t value) {
  return {value, value};
}

ExportClass Classify(std::int64_t tpp, std::int64_t density) {
  AcceleratorFigures figures;
  figures.tpp = Exactly(tpp);
  figures.performance_density = Exactly(density);
  return ClassifyAccelerator(figures).export_class;
}

// The text of the regulation, line by line, for comparison.
ExportClass ByTheText(std::int64_t tpp, std::int64_t density) {
  if (tpp >= 4800 || (tpp >= 1600 && density >= 592)) return ExportClass::k3A090a;
  if (tpp >= 2400 && tpp < 4800 && density >= 160 && density < 592) return ExportClass::k3A090b;
  if (tpp >= 1600 && density >= 320 && density < 592) return ExportClass::k3A090b;
  return ExportClass::kNeither;
}

TEST(ExportClassificationTest, AgreesWithTheTextAtEveryThresholdAndBesideIt) {
  for (const std::int64_t tpp : {0, 1, 1599, 1600, 1601, 2399, 2400, 2401, 4799, 4800, 4801}) {
    for (const std::int64_t density : {0, 159, 160, 161, 319, 320, 321, 591, 592, 593, 10000}) {
      EXPECT_EQ(Classify(tpp, density), ByTheText(tpp, density)) << tpp << " " << density;
    }
  }
}

TEST(ExportClassificationTest, AnIntervalIsSettledOnlyWhenAllItsValuesAgree) {
  // Every interval between interesting points, compared with the values it holds.
  const std::vector<std::int64_t> tpps = {1599, 1600, 2399, 2400, 4799, 4800};
  const std::vector<std::int64_t> densities = {159, 160, 319, 320, 591, 592};
  for (std::size_t a = 0; a < tpps.size(); ++a) {
    for (std::size_t b = a; b < tpps.size(); ++b) {
      for (std::size_t c = 0; c < densities.size(); ++c) {
        for (std::size_t d = c; d < densities.size(); ++d) {
          std::set<ExportClass> possible;
          for (std::size_t i = a; i <= b; ++i) {
            for (std::size_t j = c; j <= d; ++j) {
              possible.insert(ByTheText(tpps[i], densities[j]));
            }
          }
          AcceleratorFigures figures;
          figures.tpp = Interval{tpps[a], tpps[b]};
          figures.performance_density = Interval{densities[c], densities[d]};
          const ExportClass expected =
              possible.size() == 1 ? *possible.begin() : ExportClass::kUndetermined;
          EXPECT_EQ(ClassifyAccelerator(figures).export_class, expected)
              << tpps[a] << ".." << tpps[b] << " " << densities[c] << ".." << densities[d];
        }
      }
    }
  }
}

TEST(ExportClassificationTest, AnH100NeedsNoDieAreaToBeInParagraphA) {
  AcceleratorFigures h100;
  h100.tpp = Exactly(15832);
  const ExportClassification result = ClassifyAccelerator(h100);
  EXPECT_EQ(result.export_class, ExportClass::k3A090a);
  EXPECT_EQ(result.controlled, Truth::kTrue);
  EXPECT_EQ(result.verdict.holds, Truth::kFalse);
  EXPECT_THAT(result.verdict.explanation, HasSubstr("TPP 15832"));
}

TEST(ExportClassificationTest, ASmallAcceleratorHangsOnItsDieArea) {
  AcceleratorFigures small;
  small.tpp = Exactly(1936);
  const ExportClassification open = ClassifyAccelerator(small);
  EXPECT_EQ(open.export_class, ExportClass::kUndetermined);
  EXPECT_EQ(open.controlled, Truth::kUnknown);
  ASSERT_EQ(open.verdict.open_questions.size(), 1u);
  EXPECT_THAT(open.verdict.open_questions[0], HasSubstr("die area"));

  small.die_area = Exactly(29400);  // 294 mm2: 6.58 per mm2
  EXPECT_EQ(ClassifyAccelerator(small).export_class, ExportClass::k3A090a);
  small.die_area = Exactly(50000);  // 500 mm2: 3.87 per mm2
  EXPECT_EQ(ClassifyAccelerator(small).export_class, ExportClass::k3A090b);
  small.die_area = Exactly(80000);  // 800 mm2: 2.42 per mm2
  EXPECT_EQ(ClassifyAccelerator(small).export_class, ExportClass::kNeither);
}

TEST(ExportClassificationTest, TheQuotientIsNotRounded) {
  AcceleratorFigures figures;
  figures.tpp = Exactly(2960);
  figures.die_area = Exactly(50000);  // 2960 / 500 is 5.92 exactly
  EXPECT_EQ(ClassifyAccelerator(figures).export_class, ExportClass::k3A090a);
  figures.die_area = Exactly(50001);
  EXPECT_EQ(ClassifyAccelerator(figures).export_class, ExportClass::k3A090b);
}

TEST(ExportClassificationTest, NothingKnownIsUndeterminedAndNeverFree) {
  const ExportClassification result = ClassifyAccelerator({});
  EXPECT_EQ(result.export_class, ExportClass::kUndetermined);
  EXPECT_EQ(result.controlled, Truth::kUnknown);
  EXPECT_THAT(result.verdict.open_questions.at(0), HasSubstr("TPP"));
}

TEST(ExportClassificationTest, BelowTheLowestThresholdNothingElseMatters) {
  AcceleratorFigures tiny;
  tiny.tpp = Interval{1, 1599};
  EXPECT_EQ(ClassifyAccelerator(tiny).export_class, ExportClass::kNeither);
}

TEST(ExportClassificationTest, AnItemNotForDataCentersIsFreeBelow4800) {
  AcceleratorFigures card;
  card.data_center = false;
  card.performance_density = Exactly(900);
  card.tpp = Exactly(4799);
  EXPECT_EQ(ClassifyAccelerator(card).export_class, ExportClass::kNeither);
  card.tpp = Exactly(4800);
  EXPECT_EQ(ClassifyAccelerator(card).export_class, ExportClass::k3A090a);
}

TEST(ExportClassificationTest, AStatedClassificationTakesPrecedence) {
  AcceleratorFigures figures;
  figures.tpp = Exactly(100);
  figures.eccn = "4A090.b";
  EXPECT_EQ(ClassifyAccelerator(figures).export_class, ExportClass::k3A090b);
  figures.eccn = "ECCN 3A090.a";
  EXPECT_EQ(ClassifyAccelerator(figures).export_class, ExportClass::k3A090a);
  figures.eccn = "4A003.z";
  EXPECT_EQ(ClassifyAccelerator(figures).controlled, Truth::kTrue);
  EXPECT_EQ(ClassifyAccelerator(figures).export_class, ExportClass::kUndetermined);
}

TEST(ExportClassificationTest, AnotherStatedClassificationSettlesNothing) {
  AcceleratorFigures figures;
  figures.eccn = "5A992.c";
  EXPECT_EQ(ClassifyAccelerator(figures).controlled, Truth::kUnknown);
  figures.tpp = Exactly(15832);
  const ExportClassification result = ClassifyAccelerator(figures);
  EXPECT_EQ(result.export_class, ExportClass::k3A090a);
  EXPECT_THAT(result.verdict.explanation, HasSubstr("5A992.c"));
}

}  // namespace
}  // namespace stackport
