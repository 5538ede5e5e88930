// Small text tools: escaping of outside text, nearest known name, joining.
#ifndef STACKPORT_CATALOG_BASE_TEXT_H_
#define STACKPORT_CATALOG_BASE_TEXT_H_

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace stackport {

// Longest piece of outside text that an error, a log line or a reply repeats, in bytes.
inline constexpr std::size_t kMaxQuotedText = 120;

// Outside text made safe to show: control characters, invalid UTF-8 and bidirectional controls
// become \xNN or \u{NNNN}; cut to `max_bytes` with "..." on a character border.
std::string Printable(std::string_view text, std::size_t max_bytes = kMaxQuotedText);

// Printable(text) in single quotes: how messages cite outside text.
std::string Quoted(std::string_view text);

// The known name with the smallest edit distance to `name`, or empty when none is near enough to
// help (more than a third of the letters differ). Ties: the first in `known`.
std::string NearestName(std::string_view name, std::span<const std::string> known);

std::string Join(std::span<const std::string> parts, std::string_view separator);
std::vector<std::string> Split(std::string_view text, char separator);

// Whether `text` is well-formed UTF-8 (no overlong forms, no surrogates).
bool IsUtf8(std::string_view text);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_BASE_TEXT_H_
