#include "catalog/base/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace stackport {
namespace {

struct CodePoint {
  char32_t value = 0;
  std::size_t length = 0;  // in bytes; 0: the bytes are not UTF-8
};

// The code point that starts at `text[at]`, by table 3-7 of the Unicode Standard: no overlong
// forms, no surrogates, nothing above U+10FFFF.
CodePoint Decode(std::string_view text, std::size_t at) {
  const auto byte = [&](std::size_t offset) {
    return static_cast<unsigned char>(text[at + offset]);
  };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return {lead, 1};
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || text.size() - at < length) return {};
  char32_t value = lead & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return {};
    value = (value << 6) | (byte(i) & 0x3fu);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xd800 && value <= 0xdfff;
  if (overlong || surrogate || value > 0x10ffff) return {};
  return {value, length};
}

// Characters that change how the text around them is shown: C0 and C1 controls, line and paragraph
// separators, and the bidirectional controls of Unicode Standard Annex 9.
bool ChangesDisplay(char32_t c) {
  return c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x061c || c == 0x200e || c == 0x200f ||
         (c >= 0x2028 && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069) || c == 0xfeff;
}

std::string Folded(std::string_view text) {
  std::string folded(text);
  for (char& c : folded) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return folded;
}

// Edit distance in bytes: insert, delete, replace, or swap two neighbours (optimal string
// alignment), since swapped letters are the commonest slip of the pen.
std::size_t EditDistance(std::string_view a, std::string_view b) {
  const std::size_t width = b.size() + 1;
  std::vector<std::size_t> distance((a.size() + 1) * width);
  const auto at = [&](std::size_t i, std::size_t j) -> std::size_t& {
    return distance[i * width + j];
  };
  for (std::size_t j = 0; j <= b.size(); ++j) at(0, j) = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    at(i, 0) = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t replaced = at(i - 1, j - 1) + (a[i - 1] == b[j - 1] ? 0 : 1);
      at(i, j) = std::min({replaced, at(i - 1, j) + 1, at(i, j - 1) + 1});
      if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
        at(i, j) = std::min(at(i, j), at(i - 2, j - 2) + 1);
      }
    }
  }
  return at(a.size(), b.size());
}

}  // namespace

std::string Printable(std::string_view text, std::size_t max_bytes) {
  static constexpr std::string_view kCut = "...";
  const std::size_t room = max_bytes > kCut.size() ? max_bytes - kCut.size() : 0;
  std::string out;
  std::size_t last_border = 0;  // where `out` can be cut so that "..." still fits
  for (std::size_t at = 0; at < text.size();) {
    const CodePoint point = Decode(text, at);
    if (point.length == 0) {
      out += fmt::format("\\x{:02x}", static_cast<unsigned char>(text[at]));
      at += 1;
    } else if (!ChangesDisplay(point.value)) {
      out += text.substr(at, point.length);
      at += point.length;
    } else {
      const auto number = static_cast<std::uint32_t>(point.value);
      out +=
          number < 0x80 ? fmt::format("\\x{:02x}", number) : fmt::format("\\u{{{:04x}}}", number);
      at += point.length;
    }
    if (out.size() <= room) last_border = out.size();
    if (out.size() > max_bytes) {
      out.resize(last_border);
      out += kCut.substr(0, std::min(kCut.size(), max_bytes));
      return out;
    }
  }
  return out;
}

std::string Quoted(std::string_view text) {
  return fmt::format("'{}'", Printable(text));
}

std::string NearestName(std::string_view name, std::span<const std::string> known) {
  // A longer name is no slip of the pen, and the cost grows with its length.
  if (name.empty() || name.size() > kMaxQuotedText) return {};
  const std::string folded = Folded(name);
  const std::string* nearest = nullptr;
  std::size_t smallest = 0;
  for (const std::string& candidate : known) {
    const std::size_t longer = std::max(folded.size(), candidate.size());
    const std::size_t shorter = std::min(folded.size(), candidate.size());
    if (3 * (longer - shorter) > longer) continue;  // the lengths alone differ too much
    const std::size_t distance = EditDistance(folded, Folded(candidate));
    if (3 * distance > longer) continue;
    if (nearest == nullptr || distance < smallest) {
      nearest = &candidate;
      smallest = distance;
    }
  }
  return nearest == nullptr ? std::string() : *nearest;
}

std::string Join(std::span<const std::string> parts, std::string_view separator) {
  std::string joined;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) joined += separator;
    joined += parts[i];
  }
  return joined;
}

std::vector<std::string> Split(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const std::size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == std::string_view::npos) return parts;
    text.remove_prefix(end + 1);
  }
}

bool IsUtf8(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = Decode(text, at).length;
    if (length == 0) return false;
    at += length;
  }
  return true;
}

}  // namespace stackport
