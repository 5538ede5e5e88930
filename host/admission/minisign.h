// minisign's public keys and detached signatures: parsed strictly and verified with Ed25519.
//
// A signature file has four lines:
//
//   untrusted comment: anything                        not signed
//   base64(algorithm[2] key_id[8] signature[64])       Ed: of the bytes, ED: of their BLAKE2b-512
//   trusted comment: anything
//   base64(global[64])                                 of signature[64] and the trusted comment
//
// A public key file has two: an untrusted comment, and base64("Ed" key_id[8] key[32]). All
// functions are pure, thread-safe, and take any bytes.
#ifndef STACKPORT_HOST_ADMISSION_MINISIGN_H_
#define STACKPORT_HOST_ADMISSION_MINISIGN_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "catalog/base/result.h"

namespace stackport {

// A signature with the longest comments that minisign writes (1,024 and 8,192 bytes) has about
// 9,500 bytes, a public key with the longest comment about 1,100.
inline constexpr std::size_t kMaxSignatureBytes = std::size_t{16} << 10;
inline constexpr std::size_t kMaxPublicKeyBytes = std::size_t{2} << 10;
// As minisign 0.11 has them, prefix not counted.
inline constexpr std::size_t kMaxUntrustedComment = 1024;
inline constexpr std::size_t kMaxTrustedComment = 8192;

using MinisignKeyId = std::array<std::uint8_t, 8>;

// As minisign prints it: 16 upper-case hexadecimal digits of the little-endian number.
std::string KeyIdText(const MinisignKeyId& id);

struct MinisignPublicKey {
  MinisignKeyId id{};
  std::array<std::uint8_t, 32> key{};

  bool operator==(const MinisignPublicKey&) const = default;
  // The line that minisign takes with -P, and the second line of a key file.
  std::string Base64() const;
};

// A key file, or its base64 line alone. InvalidArgument, saying what is wrong with it.
Result<MinisignPublicKey> ParseMinisignPublicKey(std::string_view text);

struct MinisignSignature {
  bool prehashed = false;
  MinisignKeyId key_id{};
  std::array<std::uint8_t, 64> signature{};
  std::string trusted_comment;  // UTF-8 without control characters but tabs; unverified
  std::array<std::uint8_t, 64> global{};
};

// The four lines, each ended by LF or CR LF; the last may lack its end. InvalidArgument.
Result<MinisignSignature> ParseMinisignSignature(std::string_view text);

// Whether `key` made the signature over `bytes`, and over its trusted comment. InvalidArgument when
// the text is malformed, names another key, or either signature does not hold. The value is the
// trusted comment.
Result<std::string> VerifyMinisign(std::string_view bytes, std::string_view signature_text,
                                   const MinisignPublicKey& key);
// The same for a signature that was parsed.
Result<std::string> VerifyMinisign(std::string_view bytes, const MinisignSignature& signature,
                                   const MinisignPublicKey& key);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_MINISIGN_H_
