// Numbers of JSON texts. Private to catalog/base.
#ifndef STACKPORT_CATALOG_BASE_JSON_NUMBER_H_
#define STACKPORT_CATALOG_BASE_JSON_NUMBER_H_

#include <cstdint>
#include <optional>
#include <string_view>
#include <variant>

namespace stackport::json {

using Number = std::variant<std::int64_t, std::uint64_t, double>;

// The value of a number in JSON's grammar: the integer where it is written as one and fits 64 bits,
// else the nearest double (0 below the smallest). Nothing when it is above the largest double.
// RapidJSON 1.1's own conversion reads a zero with many decimals as another number.
std::optional<Number> ReadNumber(std::string_view text);

}  // namespace stackport::json

#endif  // STACKPORT_CATALOG_BASE_JSON_NUMBER_H_
