// Figures for people: the units an analyst speaks, from the integers the catalog keeps.
#ifndef STACKPORT_HOST_CLI_FIGURES_TEXT_H_
#define STACKPORT_HOST_CLI_FIGURES_TEXT_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "catalog/base/json.h"

namespace stackport::cli {

// Mark of a figure that rests at least partly on an estimate.
inline constexpr std::string_view kEstimated = "~";

// "12.4 MUSD", "840 kUSD", "312 USD".
std::string Money(std::int64_t cents);
// "8.2 to 9.6 MUSD" with one unit for both ends; "free" for 0.
std::string MoneyRange(std::int64_t low_cents, std::int64_t high_cents);
// Millions alone, for a column whose title has the unit: "8.2–9.6".
std::string MillionRange(std::int64_t low_cents, std::int64_t high_cents);
// "31.4 kW", "1.2 MW", "750 W"; a range like MoneyRange.
std::string PowerRange(std::int64_t low_watts, std::int64_t high_watts);
// Kilowatts alone: "24.1–31.4".
std::string KilowattRange(std::int64_t low_watts, std::int64_t high_watts);
// Basis points as percent: "71 %", "0.4 %".
std::string Percent(std::int64_t basis_points);
// "30,000".
std::string Grouped(std::int64_t number);
// "1 part", "3 parts".
std::string Count(std::int64_t number, std::string_view singular, std::string_view plural = {});

// "1st", "12th".
std::string Ordinal(std::int64_t number);

// A value of one of the figures a request ranks by, in its unit: "tco" -> "12.4 MUSD";
// "tco+lead_time" -> "12.5 MUSD by its weights".
std::string FigureText(std::string_view figure, std::int64_t value);
// The same rounded up: a limit of that amount lets `value` through. `value` is not negative.
std::string SufficientText(std::string_view figure, std::int64_t value);

// {"low","high"} members of an object, 0 when absent.
std::int64_t Low(const json::Value& interval);
std::int64_t High(const json::Value& interval);
// A member, or a shared null value when it is absent: reading a result never faults.
const json::Value& Member(const json::Value& object, std::string_view name);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_FIGURES_TEXT_H_
