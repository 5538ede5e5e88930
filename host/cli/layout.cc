#include "host/cli/layout.h"

#include <cstdint>

#include "catalog/base/text.h"

namespace stackport::cli {
namespace {

// The character at `*position`, which moves past it. Requires: well-formed UTF-8.
char32_t NextCharacter(std::string_view text, std::size_t* position) {
  const auto byte = [&](std::size_t i) {
    return i < text.size() ? static_cast<unsigned char>(text[i]) : 0U;
  };
  const unsigned lead = byte(*position);
  const std::size_t length = lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  char32_t character = length == 1 ? lead : lead & (0x7FU >> length);
  for (std::size_t i = 1; i < length; ++i) {
    character = character << 6 | (byte(*position + i) & 0x3FU);
  }
  *position += length;
  return character;
}

struct Range {
  char32_t first, last;
};

// Unicode 15, rounded to blocks: combining marks and joiners that names use.
constexpr Range kZeroWidth[] = {{0x300, 0x36F},   {0x483, 0x489},   {0x591, 0x5BD},
                                {0x64B, 0x65F},   {0x1AB0, 0x1AFF}, {0x1DC0, 0x1DFF},
                                {0x200B, 0x200F}, {0x20D0, 0x20FF}, {0xFE00, 0xFE0F}};
// Unicode 15, rounded to blocks: East Asian wide and emoji.
constexpr Range kDoubleWidth[] = {{0x1100, 0x115F}, {0x2E80, 0xA4CF},   {0xAC00, 0xD7A3},
                                  {0xF900, 0xFAFF}, {0xFE30, 0xFE4F},   {0xFF00, 0xFF60},
                                  {0xFFE0, 0xFFE6}, {0x1F300, 0x1FAFF}, {0x20000, 0x3FFFD}};

template <std::size_t N>
bool In(char32_t character, const Range (&ranges)[N]) {
  for (const Range& range : ranges) {
    if (character >= range.first && character <= range.last) return true;
  }
  return false;
}

std::size_t WidthOf(char32_t character) {
  if (In(character, kZeroWidth)) return 0;
  return In(character, kDoubleWidth) ? 2 : 1;
}

}  // namespace

std::string Shown(std::string_view text) {
  return Printable(text, kMaxShownText);
}

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t position = 0; position < text.size();) {
    width += WidthOf(NextCharacter(text, &position));
  }
  return width;
}

std::string CutToWidth(std::string_view text, std::size_t width) {
  if (DisplayWidth(text) <= width) return std::string(text);
  if (width == 0) return {};
  std::size_t used = 0, end = 0;
  for (std::size_t position = 0; position < text.size();) {
    used += WidthOf(NextCharacter(text, &position));
    if (used > width - 1) break;
    end = position;
  }
  return std::string(text.substr(0, end)) + "…";
}

std::string PadRight(std::string text, std::size_t width) {
  const std::size_t used = DisplayWidth(text);
  if (used < width) text.append(width - used, ' ');
  return text;
}

std::string PadLeft(std::string text, std::size_t width) {
  const std::size_t used = DisplayWidth(text);
  return used < width ? std::string(width - used, ' ') + text : text;
}

std::string Wrap(std::string_view text, std::string_view first, std::string_view rest,
                 std::size_t width) {
  std::string out;
  std::string line(first);
  bool empty_line = true;
  for (std::size_t start = 0; start < text.size();) {
    std::size_t end = text.find(' ', start);
    if (end == std::string_view::npos) end = text.size();
    const std::string_view word = text.substr(start, end - start);
    start = end + 1;
    if (word.empty()) continue;
    if (!empty_line && DisplayWidth(line) + 1 + DisplayWidth(word) > width) {
      out += line + "\n";
      line = rest;
      empty_line = true;
    }
    if (!empty_line) line += ' ';
    line += word;
    empty_line = false;
  }
  return out + line + "\n";
}

}  // namespace stackport::cli
