#include "catalog/model/identifiers.h"

#include <algorithm>
#include <array>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/model/country_codes.h"

namespace stackport {
namespace {

// Abbreviations that people write for a code that is another one.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> kOtherAbbreviations = {
    {{"UK", "GB"}, {"EL", "GR"}, {"UAE", "AE"}}};

bool IsDigit(char c) {
  return c >= '0' && c <= '9';
}
bool IsLower(char c) {
  return c >= 'a' && c <= 'z';
}
bool IsUpper(char c) {
  return c >= 'A' && c <= 'Z';
}
bool IsLetter(char c) {
  return IsLower(c) || IsUpper(c);
}
char ToLower(char c) {
  return IsUpper(c) ? static_cast<char>(c - 'A' + 'a') : c;
}
char ToUpper(char c) {
  return IsLower(c) ? static_cast<char>(c - 'a' + 'A') : c;
}

template <typename Predicate>
bool All(std::string_view text, Predicate predicate) {
  return std::all_of(text.begin(), text.end(), predicate);
}

std::string Mapped(std::string_view text, char (*map)(char)) {
  std::string mapped(text);
  std::transform(mapped.begin(), mapped.end(), mapped.begin(), map);
  return mapped;
}

bool IsScript(std::string_view part) {
  return part.size() == 4 && All(part, IsLetter);
}

bool IsRegion(std::string_view part) {
  return (part.size() == 2 && All(part, IsLetter)) || (part.size() == 3 && All(part, IsDigit));
}

// RFC 5646: five to eight letters or digits, or four that start with a digit.
bool IsVariant(std::string_view part) {
  if (!All(part, [](char c) { return IsLetter(c) || IsDigit(c); })) return false;
  return (part.size() >= 5 && part.size() <= 8) || (part.size() == 4 && IsDigit(part[0]));
}

// The digits of `text` as a number. Requires: at most four digits and nothing else.
int Number(std::string_view text) {
  int number = 0;
  for (const char c : text) number = 10 * number + (c - '0');
  return number;
}

int DaysInMonth(int year, int month) {
  static constexpr std::array<int, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : kDays[static_cast<std::size_t>(month - 1)];
}

}  // namespace

bool IsCountryCode(std::string_view code) {
  if (code.size() != 2 || !All(code, IsUpper)) return false;
  const std::size_t at = kCountryCodes.find(code);
  return at != std::string_view::npos;
}

std::string CountryCodeHint(std::string_view text) {
  if (text.size() > 3) return {};
  const std::string upper = Mapped(text, ToUpper);
  if (IsCountryCode(upper)) return upper;
  for (const auto& [other, code] : kOtherAbbreviations) {
    if (upper == other) return std::string(code);
  }
  return {};
}

std::optional<std::string> CanonicalLanguage(std::string_view tag) {
  // The longest tag that RFC 5646 section 4.4.1 asks software to hold without truncation.
  static constexpr std::size_t kMaxTag = 35;
  if (tag.empty() || tag.size() > kMaxTag) return std::nullopt;
  const std::vector<std::string> parts = Split(tag, '-');
  if (parts[0].size() < 2 || parts[0].size() > 3 || !All(parts[0], IsLetter)) return std::nullopt;
  std::string canonical = Mapped(parts[0], ToLower);
  std::size_t next = 1;
  if (next < parts.size() && IsScript(parts[next])) {
    std::string script = Mapped(parts[next++], ToLower);
    script[0] = ToUpper(script[0]);
    canonical += '-' + script;
  }
  if (next < parts.size() && IsRegion(parts[next])) {
    canonical += '-' + Mapped(parts[next++], ToUpper);
  }
  for (; next < parts.size(); ++next) {
    if (!IsVariant(parts[next])) return std::nullopt;
    canonical += '-' + Mapped(parts[next], ToLower);
  }
  return canonical;
}

bool IsAsOfDate(std::string_view text) {
  if (text == "undated") return true;
  if (text.size() != 4 && text.size() != 7 && text.size() != 10) return false;
  if (!All(text.substr(0, 4), IsDigit)) return false;
  if (text.size() == 4) return true;
  if (text[4] != '-' || !All(text.substr(5, 2), IsDigit)) return false;
  const int month = Number(text.substr(5, 2));
  if (month < 1 || month > 12) return false;
  if (text.size() == 7) return true;
  if (text[7] != '-' || !All(text.substr(8, 2), IsDigit)) return false;
  const int day = Number(text.substr(8, 2));
  return day >= 1 && day <= DaysInMonth(Number(text.substr(0, 4)), month);
}

bool IsComponentId(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view vendor = text.substr(0, slash);
  const std::string_view name = text.substr(slash + 1);
  const auto starts_well = [](std::string_view part) {
    return !part.empty() && (IsLower(part[0]) || IsDigit(part[0]));
  };
  return starts_well(vendor) && starts_well(name) &&
         All(vendor, [](char c) { return IsLower(c) || IsDigit(c) || c == '-'; }) &&
         All(name,
             [](char c) { return IsLower(c) || IsDigit(c) || c == '-' || c == '.' || c == '_'; });
}

}  // namespace stackport
