#include "catalog/base/json_number.h"

#include <locale.h>
#include <stdlib.h>

#include <charconv>
#include <cmath>
#include <string>

namespace stackport::json {
namespace {

template <typename Integer>
std::optional<Number> ReadInteger(std::string_view text) {
  Integer value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return Number(value);
}

// With a decimal point whatever the process's locale says.
double ReadDouble(std::string_view text) {
  static const locale_t plain = newlocale(LC_ALL_MASK, "C", nullptr);
  return strtod_l(std::string(text).c_str(), nullptr, plain);
}

}  // namespace

std::optional<Number> ReadNumber(std::string_view text) {
  if (auto value = ReadInteger<std::int64_t>(text)) return value;
  if (auto value = ReadInteger<std::uint64_t>(text)) return value;
  const double value = ReadDouble(text);
  if (!std::isfinite(value)) return std::nullopt;
  return Number(value);
}

}  // namespace stackport::json
