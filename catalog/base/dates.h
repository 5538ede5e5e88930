// Days between dates as documents write them.
#ifndef STACKPORT_CATALOG_BASE_DATES_H_
#define STACKPORT_CATALOG_BASE_DATES_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace stackport {

// Days of a date YYYY, YYYY-MM or YYYY-MM-DD since a fixed day of the Gregorian calendar. What is
// left out counts as the last month or day, so that a year alone is as young as it may be. Nothing
// for "undated" and for what is no date.
std::optional<std::int64_t> DayNumber(std::string_view date);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_BASE_DATES_H_
