// The SAX pass that judges the shape of a JSON text before a document is built from it.
// Private to catalog/base.
#ifndef STACKPORT_CATALOG_BASE_JSON_LIMITS_H_
#define STACKPORT_CATALOG_BASE_JSON_LIMITS_H_

#include <string_view>

#include "catalog/base/json.h"

namespace stackport::json {

// Iterative, so that nesting costs heap and not stack; numbers as texts, for ReadNumber.
inline constexpr unsigned kParseFlags = rapidjson::kParseIterativeFlag |
                                        rapidjson::kParseValidateEncodingFlag |
                                        rapidjson::kParseNumbersAsStringsFlag;

// Whether `text` is one JSON value within `limits`, without duplicate member names and with
// well-formed UTF-8 in every string. Memory stays proportional to the text.
Status CheckShape(std::string_view text, std::string_view origin, const Limits& limits);

// "line 3, column 7" (from 1, columns in characters) of byte `offset` of `text`.
std::string Position(std::string_view text, std::size_t offset);

}  // namespace stackport::json

#endif  // STACKPORT_CATALOG_BASE_JSON_LIMITS_H_
