// minisign's secret keys: made, read, written and signed with. Files and plain `minisign` fit each
// other in both directions.
//
// The file: an untrusted comment, and base64 of
//   "Ed" kdf[2] "B2" salt[32] opslimit[8] memlimit[8] (key_id[8] seed[32] public[32] checksum[32])
// where kdf "Sc" means that the part in brackets is XORed with scrypt(password), and two zero bytes
// that it is plain. Numbers are little-endian.
#ifndef STACKPORT_HOST_ADMISSION_MINISIGN_SECRET_KEY_H_
#define STACKPORT_HOST_ADMISSION_MINISIGN_SECRET_KEY_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "catalog/base/result.h"
#include "host/admission/minisign.h"

namespace stackport {

inline constexpr std::size_t kMaxSecretKeyBytes = std::size_t{4} << 10;
// The most that a key file may ask of this machine: what minisign itself writes (libsodium's
// "sensitive": 1 GiB, some seconds).
inline constexpr std::uint64_t kMaxScryptMemory = std::uint64_t{1} << 30;
inline constexpr std::uint64_t kMaxScryptOperations = std::uint64_t{1} << 25;
// As minisign reads passwords.
inline constexpr std::size_t kMaxPasswordBytes = 1024;

struct ScryptCost {
  std::uint64_t operations = kMaxScryptOperations;
  std::uint64_t memory = kMaxScryptMemory;
};

// A secret key in memory; wiped when it goes.
class MinisignSecretKey {
 public:
  // A new pair from the system's random source. Unavailable when there is none.
  static Result<MinisignSecretKey> Generate();

  // Whether the file needs a password. InvalidArgument when it is no secret key.
  static Result<bool> NeedsPassword(std::string_view file);
  // Reads a key file; `password` is ignored when the key is plain. InvalidArgument when the file is
  // malformed or the password wrong, ResourceLimit when it asks for more than the constants above,
  // Unavailable when the machine lacks the memory for scrypt.
  static Result<MinisignSecretKey> Parse(std::string_view file, std::string_view password);

  MinisignSecretKey(MinisignSecretKey&& other) noexcept;
  MinisignSecretKey& operator=(MinisignSecretKey&& other) noexcept;
  MinisignSecretKey(const MinisignSecretKey&) = delete;
  MinisignSecretKey& operator=(const MinisignSecretKey&) = delete;
  ~MinisignSecretKey();

  MinisignPublicKey public_key() const;

  // The key file; plain when the password is empty.
  Result<std::string> FileText(std::string_view password, const ScryptCost& cost = {}) const;
  // The public key file.
  std::string PublicFileText() const;

  // The text of a detached signature (prehashed) over `bytes`. Requires: neither comment has a line
  // break, and each keeps minisign's limit.
  Result<std::string> Sign(std::string_view bytes, std::string_view trusted_comment) const;

 private:
  MinisignSecretKey() = default;

  MinisignKeyId id_{};
  std::array<std::uint8_t, 64> key_{};  // seed and public key
};

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_MINISIGN_SECRET_KEY_H_
