// ECCN 3A090: which of its paragraphs an accelerator meets, from the figures that are known.
//
// Source of the thresholds: 15 CFR Part 774, Supplement No. 1, ECCN 3A090, as of 2026-07-23.
//   3A090.a  TPP >= 4800, or TPP >= 1600 and performance density >= 5.92
//   3A090.b  2400 <= TPP < 4800 and 1.6 <= density < 5.92, or TPP >= 1600 and 3.2 <= density < 5.92
// Neither applies to an item not designed or marketed for data centers with TPP < 4800.
//   TPP = dense tera-operations per second * bit length, the highest over all precisions;
//   performance density = TPP / applicable die area in mm2.
#ifndef STACKPORT_CATALOG_PROGRAMME_EXPORT_CLASSIFICATION_H_
#define STACKPORT_CATALOG_PROGRAMME_EXPORT_CLASSIFICATION_H_

#include <cstdint>
#include <optional>
#include <string>

#include "catalog/model/component.h"
#include "catalog/programme/verdict.h"

namespace stackport {

inline constexpr std::int64_t kTppLow = 1600;
inline constexpr std::int64_t kTppMiddle = 2400;
inline constexpr std::int64_t kTppHigh = 4800;
// Performance densities in hundredths of TPP per mm2, the registry's unit.
inline constexpr std::int64_t kDensityLow = 160;
inline constexpr std::int64_t kDensityMiddle = 320;
inline constexpr std::int64_t kDensityHigh = 592;

// What is known about an accelerator; an absent figure is unknown. Figures are not negative.
struct AcceleratorFigures {
  std::optional<Interval> tpp;
  // In hundredths of TPP per mm2. Where absent it follows from TPP and die area.
  std::optional<Interval> performance_density;
  std::optional<Interval> die_area;  // in hundredths of mm2, the registry's base unit
  std::string eccn;                  // as the vendor states it; empty: not stated
  bool data_center = true;           // designed or marketed for data centers
};

// The fact names of the registry: tpp, performance_density, die_area, eccn.
AcceleratorFigures FiguresOf(const Component& accelerator);

enum class ExportClass { k3A090a, k3A090b, kNeither, kUndetermined };

struct ExportClassification {
  ExportClass export_class = ExportClass::kUndetermined;
  // Whether it is in .a, and whether it is in .b (a thing in .a is not also in .b).
  Truth is_a = Truth::kUnknown;
  Truth is_b = Truth::kUnknown;
  // In .a or in .b, or in a .z paragraph that repeats them: controlled as advanced computing.
  Truth controlled = Truth::kUnknown;
  RuleVerdict verdict;  // holds: kTrue when not controlled
};

// "3A090.a", "3A090.b", "neither", "undetermined".
std::string_view ExportClassName(ExportClass export_class);

// Rule "export_classification". Exact over intervals: a paragraph is settled only when every value
// the figures allow agrees. A stated ECCN decides when it names 3A090, 4A090 or a .z paragraph.
ExportClassification ClassifyAccelerator(const AcceleratorFigures& figures);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_PROGRAMME_EXPORT_CLASSIFICATION_H_
