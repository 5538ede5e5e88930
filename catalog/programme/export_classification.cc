#include "catalog/programme/export_classification.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <limits>

#include "catalog/base/text.h"
#include "catalog/programme/sources.h"

namespace stackport {
namespace {

__extension__ typedef __int128 Wide;  // a product of two figures may pass 64 bits

constexpr std::int64_t kUnbounded = std::numeric_limits<std::int64_t>::max();

// Bands of performance density, in rising order.
enum class Density { kBelow, kLow, kMiddle, kHigh };
constexpr std::array<std::int64_t, 3> kDensityBorders = {kDensityLow, kDensityMiddle, kDensityHigh};

ExportClass ClassOf(std::int64_t tpp, Density density, bool data_center) {
  if (tpp >= kTppHigh) return ExportClass::k3A090a;
  if (!data_center || tpp < kTppLow) return ExportClass::kNeither;
  switch (density) {
    case Density::kHigh:
      return ExportClass::k3A090a;
    case Density::kMiddle:
      return ExportClass::k3A090b;
    case Density::kLow:
      return tpp >= kTppMiddle ? ExportClass::k3A090b : ExportClass::kNeither;
    case Density::kBelow:
      return ExportClass::kNeither;
  }
  return ExportClass::kUndetermined;
}

Density BandOf(std::int64_t density) {
  std::size_t band = 0;
  while (band < kDensityBorders.size() && density >= kDensityBorders[band]) ++band;
  return static_cast<Density>(band);
}

// Band of tpp / area, without rounding: tpp / (area / 100) >= border / 100 exactly when
// 10000 * tpp >= border * area.
Density BandOfQuotient(std::int64_t tpp, std::int64_t area) {
  if (area <= 0) return Density::kHigh;
  std::size_t band = 0;
  while (band < kDensityBorders.size() && Wide{10000} * tpp >= Wide{kDensityBorders[band]} * area) {
    ++band;
  }
  return static_cast<Density>(band);
}

// Lowest and highest density that the figures allow while TPP lies in [low, high].
std::pair<Density, Density> DensityRange(const AcceleratorFigures& figures, std::int64_t low,
                                         std::int64_t high) {
  if (figures.performance_density) {
    return {BandOf(figures.performance_density->low), BandOf(figures.performance_density->high)};
  }
  if (figures.die_area) {
    return {BandOfQuotient(low, figures.die_area->high),
            BandOfQuotient(high, figures.die_area->low)};
  }
  return {Density::kBelow, Density::kHigh};
}

struct Reachable {
  bool a = false;
  bool b = false;
  bool neither = false;

  void Add(ExportClass export_class) {
    a = a || export_class == ExportClass::k3A090a;
    b = b || export_class == ExportClass::k3A090b;
    neither = neither || export_class == ExportClass::kNeither;
  }
};

// The classes of every (TPP, density) that the figures allow. Within one band of TPP the class
// depends on the density's band alone, so it is enough to look at bands.
Reachable ReachableClasses(const AcceleratorFigures& figures) {
  const Interval tpp = figures.tpp.value_or(Interval{0, kUnbounded});
  constexpr std::array<Interval, 4> kBands = {{{0, kTppLow - 1},
                                               {kTppLow, kTppMiddle - 1},
                                               {kTppMiddle, kTppHigh - 1},
                                               {kTppHigh, kUnbounded}}};
  Reachable reachable;
  for (const Interval& band : kBands) {
    const std::int64_t low = std::max(band.low, tpp.low);
    const std::int64_t high = std::min(band.high, tpp.high);
    if (low > high) continue;
    const auto [lowest, highest] = DensityRange(figures, low, high);
    for (int density = static_cast<int>(lowest); density <= static_cast<int>(highest); ++density) {
      reachable.Add(ClassOf(low, static_cast<Density>(density), figures.data_center));
    }
  }
  return reachable;
}

Truth ThreeValued(bool possible, bool other_possible) {
  if (!possible) return Truth::kFalse;
  return other_possible ? Truth::kUnknown : Truth::kTrue;
}

// What a stated ECCN settles; nullopt when it names no advanced-computing paragraph.
std::optional<Reachable> FromStatedEccn(std::string_view eccn) {
  std::string text;
  for (const char c : eccn) text += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  for (const std::string_view base : {"3a090", "4a090"}) {
    const std::size_t at = text.find(base);
    if (at == std::string::npos) continue;
    const std::string_view rest = std::string_view(text).substr(at + base.size());
    if (rest.starts_with(".a") || rest.starts_with("a")) return Reachable{true, false, false};
    if (rest.starts_with(".b") || rest.starts_with("b")) return Reachable{false, true, false};
    return Reachable{true, true, false};
  }
  // 3A001.z, 4A003.z, 5A002.z, 5A992.z, ...: other items that also meet 3A090 or 4A090.
  const std::size_t dot = text.find(".z");
  if (dot != std::string::npos && dot >= 5) return Reachable{true, true, false};
  return std::nullopt;
}

std::string Range(const Interval& interval) {
  return interval.exact() ? fmt::format("{}", interval.low)
                          : fmt::format("{} to {}", interval.low, interval.high);
}

std::string Hundredths(const Interval& interval) {
  const auto text = [](std::int64_t value) {
    return fmt::format("{}.{:02}", value / 100, value % 100);
  };
  return interval.exact() ? text(interval.low) : text(interval.low) + " to " + text(interval.high);
}

std::string FiguresUsed(const AcceleratorFigures& figures) {
  std::string text = figures.tpp ? "TPP " + Range(*figures.tpp) : std::string("TPP is not known");
  if (figures.performance_density) {
    text += ", performance density " + Hundredths(*figures.performance_density) + " per mm2";
  } else if (figures.die_area) {
    text += ", die area " + Hundredths(*figures.die_area) + " mm2";
  } else {
    text += ", performance density is not known";
  }
  if (!figures.data_center) text += ", not for data centers";
  return text;
}

void Explain(const AcceleratorFigures& figures, bool stated, ExportClassification& result) {
  RuleVerdict& verdict = result.verdict;
  if (stated) {
    verdict.explanation = fmt::format("The vendor states ECCN {}", Quoted(figures.eccn));
  } else {
    verdict.explanation = FiguresUsed(figures);
    if (!figures.eccn.empty()) {
      verdict.explanation += fmt::format(
          "; the vendor states ECCN {}, which settles nothing about 3A090", Quoted(figures.eccn));
    }
  }
  verdict.explanation += fmt::format(
      ": {}{}.", ExportClassName(result.export_class),
      result.controlled == Truth::kTrue && result.export_class == ExportClass::kUndetermined
          ? ", but in one of the two paragraphs"
          : "");
  if (result.export_class != ExportClass::kUndetermined) return;
  if (stated) {
    verdict.open_questions.push_back("Which paragraph of 3A090 does the vendor's ECCN mean?");
  } else if (!figures.tpp) {
    verdict.open_questions.push_back("What is the total processing performance (TPP)?");
  } else if (!figures.performance_density && !figures.die_area) {
    verdict.open_questions.push_back("What is the applicable die area, or performance density?");
  } else {
    verdict.open_questions.push_back("What are the exact TPP and performance density?");
  }
}

}  // namespace

std::string_view ExportClassName(ExportClass export_class) {
  switch (export_class) {
    case ExportClass::k3A090a:
      return "3A090.a";
    case ExportClass::k3A090b:
      return "3A090.b";
    case ExportClass::kNeither:
      return "neither";
    case ExportClass::kUndetermined:
      return "undetermined";
  }
  return "undetermined";
}

AcceleratorFigures FiguresOf(const Component& accelerator) {
  AcceleratorFigures figures;
  figures.tpp = accelerator.Number("tpp");
  figures.performance_density = accelerator.Number("performance_density");
  figures.die_area = accelerator.Number("die_area");
  if (const Fact* eccn = accelerator.FindFact("eccn"); eccn != nullptr) {
    figures.eccn = eccn->value.text;
  }
  return figures;
}

ExportClassification ClassifyAccelerator(const AcceleratorFigures& figures) {
  const std::optional<Reachable> stated = FromStatedEccn(figures.eccn);
  const Reachable reachable = stated ? *stated : ReachableClasses(figures);
  ExportClassification result;
  result.is_a = ThreeValued(reachable.a, reachable.b || reachable.neither);
  result.is_b = ThreeValued(reachable.b, reachable.a || reachable.neither);
  result.controlled = ThreeValued(reachable.a || reachable.b, reachable.neither);
  if (result.is_a == Truth::kTrue) {
    result.export_class = ExportClass::k3A090a;
  } else if (result.is_b == Truth::kTrue) {
    result.export_class = ExportClass::k3A090b;
  } else if (result.controlled == Truth::kFalse) {
    result.export_class = ExportClass::kNeither;
  }
  result.verdict.rule = "export_classification";
  result.verdict.holds = Not(result.controlled);
  result.verdict.sources = {sources::ExportRegulations()};
  result.verdict.confidence = Confidence::kPrimary;
  Explain(figures, stated.has_value(), result);
  return result;
}

}  // namespace stackport
