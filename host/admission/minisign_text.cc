#include "host/admission/minisign_text.h"

#include <sodium.h>

namespace stackport {

std::optional<std::vector<std::string_view>> MinisignLines(std::string_view text) {
  constexpr std::size_t kMostLines = 4;
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    if (lines.size() == kMostLines) return std::nullopt;
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    lines.push_back(line);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  if (lines.empty()) return std::nullopt;
  return lines;
}

std::optional<std::string_view> WithoutPrefix(std::string_view line, std::string_view prefix) {
  if (!line.starts_with(prefix)) return std::nullopt;
  return line.substr(prefix.size());
}

std::optional<std::string> DecodeBase64(std::string_view text, std::size_t bytes) {
  std::string decoded(bytes, '\0');
  std::size_t length = 0;
  const char* end = nullptr;
  if (sodium_base642bin(reinterpret_cast<unsigned char*>(decoded.data()), decoded.size(),
                        text.data(), text.size(), nullptr, &length, &end,
                        sodium_base64_VARIANT_ORIGINAL) != 0 ||
      length != bytes || end != text.data() + text.size()) {
    return std::nullopt;
  }
  return decoded;
}

std::string EncodeBase64(std::string_view bytes) {
  std::string text(sodium_base64_ENCODED_LEN(bytes.size(), sodium_base64_VARIANT_ORIGINAL), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                    bytes.size(), sodium_base64_VARIANT_ORIGINAL);
  text.pop_back();  // the terminating zero
  return text;
}

}  // namespace stackport
