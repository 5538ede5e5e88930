#include "catalog/verify/check.h"

#include <fmt/format.h>

#include <algorithm>

#include "catalog/base/text.h"

namespace stackport::verify {

std::string_view StandingName(Standing standing) {
  switch (standing) {
    case Standing::kHolds:
      return "holds";
    case Standing::kDiffers:
      return "does not hold";
    case Standing::kNotChecked:
      return "not checked";
  }
  return "";
}

std::string IntervalText(const Interval& interval) {
  return interval.exact() ? fmt::format("{}", interval.low)
                          : fmt::format("{} to {}", interval.low, interval.high);
}

void CheckList::Require(std::string_view area, std::string_view subject, std::string_view what,
                        bool condition, std::string found, std::string expected) {
  checks_.push_back({std::string(area),
                     Printable(subject),
                     Printable(what),
                     condition ? Standing::kHolds : Standing::kDiffers,
                     Printable(found),
                     Printable(expected),
                     {}});
}

void CheckList::Expect(std::string_view area, std::string_view subject, std::string_view what,
                       const std::string& found, const std::string& expected) {
  Require(area, subject, what, found == expected, found, expected);
}

void CheckList::Expect(std::string_view area, std::string_view subject, std::string_view what,
                       std::int64_t found, std::int64_t expected) {
  Require(area, subject, what, found == expected, std::to_string(found), std::to_string(expected));
}

void CheckList::Expect(std::string_view area, std::string_view subject, std::string_view what,
                       const Interval& found, const Interval& expected) {
  Require(area, subject, what, found == expected, IntervalText(found), IntervalText(expected));
}

void CheckList::NotChecked(std::string_view area, std::string_view subject, std::string_view what,
                           std::string why) {
  checks_.push_back({std::string(area),
                     Printable(subject),
                     Printable(what),
                     Standing::kNotChecked,
                     {},
                     {},
                     std::move(why)});
}

std::size_t CheckList::Count(Standing standing) const {
  return static_cast<std::size_t>(
      std::count_if(checks_.begin(), checks_.end(),
                    [&](const Check& check) { return check.standing == standing; }));
}

json::Value ToJson(const CheckList& list, json::Allocator& allocator) {
  json::Value value(rapidjson::kObjectType);
  json::Set(value, "title", list.title(), allocator);
  json::Set(value, "holds", list.Count(Standing::kHolds), allocator);
  json::Set(value, "does_not_hold", list.Count(Standing::kDiffers), allocator);
  json::Set(value, "not_checked", list.Count(Standing::kNotChecked), allocator);
  json::Value checks(rapidjson::kArrayType);
  for (const Check& check : list.checks()) {
    json::Value entry(rapidjson::kObjectType);
    json::Set(entry, "area", check.area, allocator);
    json::Set(entry, "subject", check.subject, allocator);
    json::Set(entry, "check", check.what, allocator);
    json::Set(entry, "standing", StandingName(check.standing), allocator);
    if (check.standing == Standing::kNotChecked) {
      json::Set(entry, "why", check.why, allocator);
    } else {
      json::Set(entry, "found", check.found, allocator);
      json::Set(entry, "expected", check.expected, allocator);
    }
    checks.PushBack(entry, allocator);
  }
  json::Set(value, "checks", std::move(checks), allocator);
  return value;
}

}  // namespace stackport::verify
