#include "host/cli/figures_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "catalog/match/workload.h"

namespace stackport::cli {
namespace {

struct Scale {
  double divisor;
  const char* unit;
};

// Three significant digits where they matter, none invented.
std::string Digits(double value) {
  const double size = std::abs(value);
  if (value == 0) return "0";
  if (size >= 100) return fmt::format("{:.0f}", value);
  if (size >= 10) return fmt::format("{:.1f}", value);
  if (size >= 0.1) return fmt::format("{:.2f}", value);
  return fmt::format("{:.3f}", value);
}

Scale MoneyScale(std::int64_t cents) {
  const std::int64_t size = std::abs(cents);
  if (size >= 100'000'000'000) return {1e11, "billion USD"};
  if (size >= 100'000'000) return {1e8, "MUSD"};
  if (size >= 100'000) return {1e5, "kUSD"};
  return {1e2, "USD"};
}

Scale PowerScale(std::int64_t watts) {
  if (watts >= 1'000'000) return {1e6, "MW"};
  if (watts >= 1'000) return {1e3, "kW"};
  return {1, "W"};
}

std::string Span(std::int64_t low, std::int64_t high, double divisor, std::string_view between) {
  const std::string first = Digits(static_cast<double>(low) / divisor);
  const std::string last = Digits(static_cast<double>(high) / divisor);
  return first == last ? last : first + std::string(between) + last;
}

}  // namespace

std::string Money(std::int64_t cents) {
  const Scale scale = MoneyScale(cents);
  return Digits(static_cast<double>(cents) / scale.divisor) + " " + scale.unit;
}

std::string MoneyRange(std::int64_t low_cents, std::int64_t high_cents) {
  const Scale scale = MoneyScale(high_cents);
  return Span(low_cents, high_cents, scale.divisor, " to ") + " " + scale.unit;
}

std::string MillionRange(std::int64_t low_cents, std::int64_t high_cents) {
  return Span(low_cents, high_cents, 1e8, "–");
}

std::string PowerRange(std::int64_t low_watts, std::int64_t high_watts) {
  const Scale scale = PowerScale(high_watts);
  return Span(low_watts, high_watts, scale.divisor, " to ") + " " + scale.unit;
}

std::string KilowattRange(std::int64_t low_watts, std::int64_t high_watts) {
  return Span(low_watts, high_watts, 1e3, "–");
}

std::string Percent(std::int64_t basis_points) {
  const bool whole = basis_points % 100 == 0 || std::abs(basis_points) >= 1000;
  return whole ? fmt::format("{:.0f} %", static_cast<double>(basis_points) / 100)
               : fmt::format("{:.1f} %", static_cast<double>(basis_points) / 100);
}

std::string Grouped(std::int64_t number) {
  std::string digits = std::to_string(number < 0 ? -number : number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return number < 0 ? "-" + digits : digits;
}

std::string Count(std::int64_t number, std::string_view singular, std::string_view plural) {
  std::string text = Grouped(number) + " ";
  if (number == 1) return text + std::string(singular);
  return text + (plural.empty() ? std::string(singular) + "s" : std::string(plural));
}

std::string Ordinal(std::int64_t number) {
  const std::int64_t last = number % 10;
  const bool teen = number % 100 / 10 == 1;
  const char* ending = teen || last == 0 || last > 3 ? "th"
                       : last == 1                   ? "st"
                       : last == 2                   ? "nd"
                                                     : "rd";
  return Grouped(number) + ending;
}

std::string FigureText(std::string_view figure, std::int64_t value) {
  if (figure == "tco" || figure == "capex" || figure == "opex") return Money(value);
  if (figure == "site_power") return PowerRange(value, value);
  if (figure == "lead_time") return Count(value, "day");
  // Several with weights, which are US cents per unit of each.
  if (figure.find('+') != std::string_view::npos) return Money(value) + " by its weights";
  return Grouped(value);
}

std::string SufficientText(std::string_view figure, std::int64_t value) {
  // As many digits as FigureText shows of amounts with a unit.
  constexpr std::int64_t kShown = 1000;
  const bool counted =
      figure != "tco" && figure != "capex" && figure != "opex" && figure != "site_power";
  std::int64_t step = 1;
  while (!counted && value / step >= kShown) step *= 10;
  return FigureText(figure, match::RoundedUp(value, step));
}

std::int64_t Low(const json::Value& interval) {
  return json::IntOr(interval, "low", 0);
}

std::int64_t High(const json::Value& interval) {
  return json::IntOr(interval, "high", 0);
}

const json::Value& Member(const json::Value& object, std::string_view name) {
  static const json::Value kNull;
  const json::Value* found = json::Find(object, name);
  return found == nullptr ? kNull : *found;
}

}  // namespace stackport::cli
