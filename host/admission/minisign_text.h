// Lines, prefixes and base64 of minisign's files, shared by keys and signatures.
#ifndef STACKPORT_HOST_ADMISSION_MINISIGN_TEXT_H_
#define STACKPORT_HOST_ADMISSION_MINISIGN_TEXT_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stackport {

inline constexpr std::string_view kMinisignAlgorithm = "Ed";
inline constexpr std::string_view kMinisignPrehashedAlgorithm = "ED";
inline constexpr std::string_view kUntrustedPrefix = "untrusted comment: ";
inline constexpr std::string_view kTrustedPrefix = "trusted comment: ";

// The lines without their ends (LF or CR LF); the last may lack its end. Nothing when there are
// more than four, or none.
std::optional<std::vector<std::string_view>> MinisignLines(std::string_view text);

std::optional<std::string_view> WithoutPrefix(std::string_view line, std::string_view prefix);

// Strict: padding required, nothing ignored, exactly `bytes` bytes.
std::optional<std::string> DecodeBase64(std::string_view text, std::size_t bytes);
std::string EncodeBase64(std::string_view bytes);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_MINISIGN_TEXT_H_
