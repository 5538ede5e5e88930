// The presumption on U.S. content: the hardware layer in aggregate at least 51 percent by value.
//
// Sources: the call for proposals, secondary [S]; that it is a presumption on the aggregate of
// layer A, and no bar below it, is inferred [I]; what counts as origin and whose price is value is
// not confirmed [U]. Exact integer arithmetic throughout.
#ifndef STACKPORT_CATALOG_PROGRAMME_US_CONTENT_H_
#define STACKPORT_CATALOG_PROGRAMME_US_CONTENT_H_

#include <cstdint>
#include <optional>
#include <span>

#include "catalog/base/result.h"
#include "catalog/model/component.h"
#include "catalog/programme/verdict.h"

namespace stackport {

inline constexpr std::int64_t kUsContentPresumption = 5100;  // basis points
inline constexpr std::int64_t kWholeShare = 10000;           // basis points
// Largest value of one item, in cents: ten trillion dollars. With kMaxContentItems every sum stays
// inside 64 bits and every product inside 128.
inline constexpr std::int64_t kMaxContentValue = 1'000'000'000'000'000;
inline constexpr std::size_t kMaxContentItems = 1000;

// One hardware item: what it costs altogether, and how much of that is of U.S. origin.
struct ContentItem {
  Interval value_cents;
  std::optional<Interval> share_basis_points;  // absent: unknown, 0 to 10000
};

struct UsContent {
  // Least and greatest share that the intervals allow, rounded outwards to basis points.
  std::int64_t low_basis_points = 0;
  std::int64_t high_basis_points = kWholeShare;
  Truth presumption = Truth::kUnknown;  // judged before rounding
  RuleVerdict verdict;                  // rule "us_content"; holds repeats `presumption`
};

// sum(value * share) / sum(value) over every choice of values and shares within the intervals. The
// error names the item that is out of range.
Result<UsContent> JudgeUsContent(std::span<const ContentItem> items);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_PROGRAMME_US_CONTENT_H_
