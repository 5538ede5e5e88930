// Text on a terminal: columns counted as a reader sees them, cutting, and wrapping.
#ifndef STACKPORT_HOST_CLI_LAYOUT_H_
#define STACKPORT_HOST_CLI_LAYOUT_H_

#include <cstddef>
#include <string>
#include <string_view>

namespace stackport::cli {

// Longest piece of catalog text that one cell or sentence shows, in bytes.
inline constexpr std::size_t kMaxShownText = 1200;

// Outside text for a line of output: escaped as everywhere, but long sentences stay whole.
std::string Shown(std::string_view text);

// Columns that `text` takes: combining marks none, East Asian wide characters two.
// Requires: well-formed UTF-8.
std::size_t DisplayWidth(std::string_view text);

// `text` cut to `width` columns, with "…" in the last one when anything was cut.
std::string CutToWidth(std::string_view text, std::size_t width);

// `text` filled with blanks up to `width` columns, on the right or on the left.
std::string PadRight(std::string text, std::size_t width);
std::string PadLeft(std::string text, std::size_t width);

// `text` broken at blanks into lines of at most `width` columns (a longer word stays whole). The
// first line starts with `first`, later ones with `rest`; every line ends in '\n'.
std::string Wrap(std::string_view text, std::string_view first, std::string_view rest,
                 std::size_t width);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_LAYOUT_H_
