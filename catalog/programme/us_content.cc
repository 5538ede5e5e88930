#include "catalog/programme/us_content.h"

#include <fmt/format.h>

#include <algorithm>
#include <vector>

#include "catalog/programme/sources.h"

namespace stackport {
namespace {

__extension__ typedef __int128 Wide;  // products of sums need more than 64 bits

// numerator / denominator, in basis points.
struct Ratio {
  Wide numerator = 0;
  Wide denominator = 0;
};

bool Less(const Ratio& a, const Ratio& b) {
  // Whole parts first: the remainders are below the denominators, so their products fit.
  const Wide whole_a = a.numerator / a.denominator;
  const Wide whole_b = b.numerator / b.denominator;
  if (whole_a != whole_b) return whole_a < whole_b;
  return (a.numerator % a.denominator) * b.denominator <
         (b.numerator % b.denominator) * a.denominator;
}

struct Part {
  std::int64_t low_value;
  std::int64_t high_value;
  std::int64_t share;
};

// The least value of sum(v * share) / sum(v) with v in [low_value, high_value]. It is reached with
// every share below some border at its high value and every other at its low value, so all borders
// are tried; empty when every value is zero.
std::optional<Ratio> Least(std::vector<Part> parts) {
  std::sort(parts.begin(), parts.end(),
            [](const Part& a, const Part& b) { return a.share < b.share; });
  Ratio current;
  for (const Part& part : parts) {
    current.numerator += Wide{part.low_value} * part.share;
    current.denominator += part.low_value;
  }
  std::optional<Ratio> least;
  const auto consider = [&] {
    if (current.denominator > 0 && (!least || Less(current, *least))) least = current;
  };
  consider();
  for (const Part& part : parts) {
    const std::int64_t raise = part.high_value - part.low_value;
    current.numerator += Wide{raise} * part.share;
    current.denominator += raise;
    consider();
  }
  return least;
}

Status CheckItem(const ContentItem& item, std::size_t index) {
  const auto refuse = [&](const char* what) {
    return InvalidArgument(fmt::format("{} of hardware item {}", what, index));
  };
  if (item.value_cents.low < 0 || item.value_cents.low > item.value_cents.high) {
    return refuse("the value is negative or upside down");
  }
  if (item.value_cents.high > kMaxContentValue) return refuse("the value passes the limit");
  if (item.share_basis_points && (item.share_basis_points->low < 0 ||
                                  item.share_basis_points->low > item.share_basis_points->high ||
                                  item.share_basis_points->high > kWholeShare)) {
    return refuse("the share is not within 0 to 10000 basis points");
  }
  return {};
}

void Explain(UsContent& content, std::size_t unknown_shares, std::size_t items) {
  RuleVerdict& verdict = content.verdict;
  verdict.rule = "us_content";
  verdict.holds = content.presumption;
  verdict.sources = {sources::CallForProposals()};
  verdict.confidence = Confidence::kSecondary;
  verdict.explanation = fmt::format(
      "{}.{:02} to {}.{:02} percent of the hardware by value is of U.S. origin; the presumption "
      "asks for 51 percent.",
      content.low_basis_points / 100, content.low_basis_points % 100,
      content.high_basis_points / 100, content.high_basis_points % 100);
  if (content.presumption != Truth::kTrue) {
    verdict.explanation += " Below it a proposal needs an argument; it is not barred.";
  }
  if (unknown_shares > 0 && content.presumption == Truth::kUnknown) {
    verdict.open_questions.push_back(
        fmt::format("What share of the value of {} of {} hardware items is of U.S. origin?",
                    unknown_shares, items));
  } else if (content.presumption == Truth::kUnknown) {
    verdict.open_questions.push_back("What are the exact values of the hardware items?");
  }
}

}  // namespace

Result<UsContent> JudgeUsContent(std::span<const ContentItem> items) {
  if (items.size() > kMaxContentItems) {
    return ResourceLimit(fmt::format("{} hardware items are more than the limit of {}",
                                     items.size(), kMaxContentItems));
  }
  std::vector<Part> lowest;
  std::vector<Part> highest;  // with shares mirrored, so that one search serves both ends
  std::size_t unknown_shares = 0;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (Status status = CheckItem(items[i], i); !status) return status.error();
    const Interval& value = items[i].value_cents;
    const Interval share = items[i].share_basis_points.value_or(Interval{0, kWholeShare});
    if (!items[i].share_basis_points) ++unknown_shares;
    lowest.push_back({value.low, value.high, share.low});
    highest.push_back({value.low, value.high, kWholeShare - share.high});
  }
  UsContent content;
  const std::optional<Ratio> low = Least(std::move(lowest));
  const std::optional<Ratio> mirrored = Least(std::move(highest));
  if (low && mirrored) {
    content.low_basis_points = static_cast<std::int64_t>(low->numerator / low->denominator);
    content.high_basis_points =
        kWholeShare - static_cast<std::int64_t>(mirrored->numerator / mirrored->denominator);
    const bool always = low->numerator >= kUsContentPresumption * low->denominator;
    const bool never =
        mirrored->numerator > (kWholeShare - kUsContentPresumption) * mirrored->denominator;
    content.presumption = always ? Truth::kTrue : never ? Truth::kFalse : Truth::kUnknown;
  }
  Explain(content, unknown_shares, items.size());
  return content;
}

}  // namespace stackport
