#include "host/admission/minisign_secret_key.h"

#include <sodium.h>

#include <algorithm>
#include <cstddef>
#include <optional>

#include "host/admission/minisign_text.h"

namespace stackport {
namespace {

constexpr std::string_view kScrypt = "Sc";
constexpr std::string_view kPlain = std::string_view("\0\0", 2);
constexpr std::string_view kChecksum = "B2";

constexpr std::size_t kSaltAt = 6;
constexpr std::size_t kOperationsAt = kSaltAt + 32;
constexpr std::size_t kMemoryAt = kOperationsAt + 8;
constexpr std::size_t kSecretAt = kMemoryAt + 8;
constexpr std::size_t kSecretBytes = 8 + 64 + 32;  // id, key, checksum
constexpr std::size_t kFileBlob = kSecretAt + kSecretBytes;

static_assert(crypto_sign_SECRETKEYBYTES == 64);
static_assert(crypto_pwhash_scryptsalsa208sha256_SALTBYTES == 32);

unsigned char* Writable(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}
const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

// Text that held a secret; wiped at the end of its scope.
struct SecretText {
  std::string text;
  ~SecretText() { sodium_memzero(text.data(), text.size()); }
};

std::uint64_t ReadNumber(std::string_view blob, std::size_t at) {
  std::uint64_t number = 0;
  for (std::size_t i = 0; i < 8; ++i) {
    number |= std::uint64_t{static_cast<unsigned char>(blob[at + i])} << (8 * i);
  }
  return number;
}

void AppendNumber(std::string& blob, std::uint64_t number) {
  for (std::size_t i = 0; i < 8; ++i) blob += static_cast<char>(number >> (8 * i) & 0xff);
}

// Over "Ed", id and key, as minisign has it.
std::string ChecksumOf(std::string_view id_and_key) {
  SecretText message{std::string(kMinisignAlgorithm) + std::string(id_and_key)};
  std::string checksum(32, '\0');
  crypto_generichash(Writable(checksum), checksum.size(), Bytes(message.text), message.text.size(),
                     nullptr, 0);
  return checksum;
}

// XORs the secret part with the stream that the password gives.
Status ApplyPassword(std::string& secret, std::string_view salt, std::string_view password,
                     const ScryptCost& cost) {
  if (cost.memory > kMaxScryptMemory || cost.operations > kMaxScryptOperations) {
    return ResourceLimit(
        "the secret key asks for more work or memory for its password than minisign ever writes "
        "(1 GiB); make a new key with `stackport plugin keygen` or `minisign -G`");
  }
  if (password.size() > kMaxPasswordBytes) {
    return InvalidArgument("the password has more than " + std::to_string(kMaxPasswordBytes) +
                           " bytes, which minisign does not take");
  }
  SecretText stream{std::string(kSecretBytes, '\0')};
  if (crypto_pwhash_scryptsalsa208sha256(Writable(stream.text), stream.text.size(), password.data(),
                                         password.size(), Bytes(salt), cost.operations,
                                         static_cast<std::size_t>(cost.memory)) != 0) {
    return Unavailable("the machine has not the " + std::to_string(cost.memory >> 20) +
                       " MiB of memory that the password of this key needs; free some, or use a "
                       "key without a password (`stackport plugin keygen --no-password`)");
  }
  for (std::size_t i = 0; i < secret.size(); ++i) {
    secret[i] = static_cast<char>(secret[i] ^ stream.text[i]);
  }
  return {};
}

Result<std::string> ReadBlob(std::string_view file) {
  std::optional<std::string> blob;
  if (file.size() <= kMaxSecretKeyBytes) {
    const auto lines = MinisignLines(file);
    if (lines && lines->size() == 2 && WithoutPrefix(lines->front(), kUntrustedPrefix)) {
      blob = DecodeBase64(lines->back(), kFileBlob);
    }
  }
  const auto piece = [&](std::size_t at) { return std::string_view(*blob).substr(at, 2); };
  if (!blob || piece(0) != kMinisignAlgorithm || (piece(2) != kScrypt && piece(2) != kPlain) ||
      piece(4) != kChecksum) {
    return InvalidArgument(
        "this is no minisign secret key: expected a line 'untrusted comment: …' and a line of "
        "base64 that starts with RW, as `minisign -G` or `stackport plugin keygen` writes them");
  }
  return *std::move(blob);
}

}  // namespace

Result<MinisignSecretKey> MinisignSecretKey::Generate() {
  if (sodium_init() < 0) return Unavailable("the system has no source of random numbers");
  MinisignSecretKey key;
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> unused{};
  crypto_sign_keypair(unused.data(), key.key_.data());
  randombytes_buf(key.id_.data(), key.id_.size());
  return key;
}

Result<bool> MinisignSecretKey::NeedsPassword(std::string_view file) {
  auto blob = ReadBlob(file);
  if (!blob) return blob.error();
  const SecretText secret{*std::move(blob)};
  return std::string_view(secret.text).substr(2, 2) == kScrypt;
}

Result<MinisignSecretKey> MinisignSecretKey::Parse(std::string_view file,
                                                   std::string_view password) {
  auto blob = ReadBlob(file);
  if (!blob) return blob.error();
  const SecretText whole{*std::move(blob)};
  const std::string_view text = whole.text;
  SecretText secret{whole.text.substr(kSecretAt)};
  if (text.substr(2, 2) == kScrypt) {
    const ScryptCost cost{ReadNumber(text, kOperationsAt), ReadNumber(text, kMemoryAt)};
    if (auto applied = ApplyPassword(secret.text, text.substr(kSaltAt, 32), password, cost);
        !applied) {
      return applied.error();
    }
    if (ChecksumOf(std::string_view(secret.text).substr(0, 72)) != secret.text.substr(72)) {
      return InvalidArgument("the password does not open this secret key");
    }
  }
  MinisignSecretKey key;
  std::copy_n(Bytes(secret.text), key.id_.size(), key.id_.begin());
  std::copy_n(Bytes(secret.text) + 8, key.key_.size(), key.key_.begin());
  // A plain key has no checksum, so at least its two halves have to fit each other.
  std::array<unsigned char, crypto_sign_PUBLICKEYBYTES> derived{};
  std::array<unsigned char, crypto_sign_SECRETKEYBYTES> expanded{};
  crypto_sign_seed_keypair(derived.data(), expanded.data(), key.key_.data());
  const bool fits = std::equal(derived.begin(), derived.end(), key.key_.begin() + 32);
  sodium_memzero(expanded.data(), expanded.size());
  if (!fits) return InvalidArgument("the secret key is damaged: its two halves do not fit");
  return key;
}

MinisignSecretKey::MinisignSecretKey(MinisignSecretKey&& other) noexcept
    : id_(other.id_), key_(other.key_) {
  sodium_memzero(other.key_.data(), other.key_.size());
}

MinisignSecretKey& MinisignSecretKey::operator=(MinisignSecretKey&& other) noexcept {
  if (this != &other) {
    id_ = other.id_;
    key_ = other.key_;
    sodium_memzero(other.key_.data(), other.key_.size());
  }
  return *this;
}

MinisignSecretKey::~MinisignSecretKey() {
  sodium_memzero(key_.data(), key_.size());
}

MinisignPublicKey MinisignSecretKey::public_key() const {
  MinisignPublicKey key;
  key.id = id_;
  std::copy_n(key_.begin() + 32, key.key.size(), key.key.begin());
  return key;
}

Result<std::string> MinisignSecretKey::FileText(std::string_view password,
                                                const ScryptCost& cost) const {
  SecretText blob{std::string(kMinisignAlgorithm) +
                  std::string(password.empty() ? kPlain : kScrypt) + std::string(kChecksum)};
  SecretText secret{std::string(id_.begin(), id_.end()) + std::string(key_.begin(), key_.end())};
  if (password.empty()) {
    blob.text.append(32 + 8 + 8, '\0');
    secret.text.append(32, '\0');
  } else {
    std::string salt(32, '\0');
    randombytes_buf(salt.data(), salt.size());
    secret.text += ChecksumOf(secret.text);
    if (auto applied = ApplyPassword(secret.text, salt, password, cost); !applied) {
      return applied.error();
    }
    blob.text += salt;
    AppendNumber(blob.text, cost.operations);
    AppendNumber(blob.text, cost.memory);
  }
  blob.text += secret.text;
  return std::string(kUntrustedPrefix) + "minisign " + (password.empty() ? "plain" : "encrypted") +
         " secret key " + KeyIdText(id_) + "\n" + EncodeBase64(blob.text) + "\n";
}

std::string MinisignSecretKey::PublicFileText() const {
  return std::string(kUntrustedPrefix) + "minisign public key " + KeyIdText(id_) + "\n" +
         public_key().Base64() + "\n";
}

Result<std::string> MinisignSecretKey::Sign(std::string_view bytes,
                                            std::string_view trusted_comment) const {
  std::array<unsigned char, crypto_generichash_BYTES_MAX> hash{};
  crypto_generichash(hash.data(), hash.size(), Bytes(bytes), bytes.size(), nullptr, 0);
  std::string signature(crypto_sign_BYTES, '\0');
  crypto_sign_detached(Writable(signature), nullptr, hash.data(), hash.size(), key_.data());
  const std::string signed_text = signature + std::string(trusted_comment);
  std::string global(crypto_sign_BYTES, '\0');
  crypto_sign_detached(Writable(global), nullptr, Bytes(signed_text), signed_text.size(),
                       key_.data());
  std::string blob(kMinisignPrehashedAlgorithm);
  blob.append(id_.begin(), id_.end());
  blob += signature;
  const std::string text = std::string(kUntrustedPrefix) + "signature by key " + KeyIdText(id_) +
                           "\n" + EncodeBase64(blob) + "\n" + std::string(kTrustedPrefix) +
                           std::string(trusted_comment) + "\n" + EncodeBase64(global) + "\n";
  // What is written must be read back: a comment with a line break would not be.
  if (auto verified = VerifyMinisign(bytes, text, public_key()); !verified) return verified.error();
  return text;
}

}  // namespace stackport
