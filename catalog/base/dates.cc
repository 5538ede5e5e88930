#include "catalog/base/dates.h"

#include <charconv>

namespace stackport {

std::optional<std::int64_t> DayNumber(std::string_view date) {
  constexpr std::int64_t kLastMonth = 12;
  constexpr std::int64_t kLastDay = 28;  // that every month has
  const auto part = [&](std::size_t at, std::size_t length, std::int64_t absent) {
    std::int64_t number = absent;
    if (date.size() >= at + length) {
      std::from_chars(date.data() + at, date.data() + at + length, number);
    }
    return number;
  };
  if (date.size() < 4 || date.front() < '0' || date.front() > '9') return std::nullopt;
  std::int64_t year = part(0, 4, 0);
  const std::int64_t month = part(5, 2, kLastMonth);
  const std::int64_t day = part(8, 2, kLastDay);
  // The year starts in March, so that the odd day comes last.
  const std::int64_t shifted = (month + 9) % 12;
  year -= shifted / 10;
  return 365 * year + year / 4 - year / 100 + year / 400 + (shifted * 306 + 5) / 10 + day - 1;
}

}  // namespace stackport
