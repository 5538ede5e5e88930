#include "host/admission/minisign.h"

#include <sodium.h>

#include <algorithm>
#include <optional>
#include <vector>

#include "catalog/base/text.h"
#include "host/admission/minisign_text.h"

namespace stackport {
namespace {

static_assert(crypto_sign_BYTES == 64 && crypto_sign_PUBLICKEYBYTES == 32);

constexpr std::size_t kPublicKeyBlob = 2 + 8 + 32;
constexpr std::size_t kSignatureBlob = 2 + 8 + 64;
constexpr std::size_t kGlobalBlob = 64;

const unsigned char* Bytes(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

template <std::size_t N>
std::array<std::uint8_t, N> Piece(std::string_view blob, std::size_t offset) {
  std::array<std::uint8_t, N> piece{};
  std::copy_n(Bytes(blob) + offset, N, piece.begin());
  return piece;
}

bool HasControlCharacter(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte < 0x20 && byte != 0x09) || byte == 0x7f;  // minisign writes tabs
  });
}

bool Holds(const std::array<std::uint8_t, 64>& signature, std::string_view message,
           const MinisignPublicKey& key) {
  return crypto_sign_verify_detached(signature.data(), Bytes(message), message.size(),
                                     key.key.data()) == 0;
}

}  // namespace

std::string KeyIdText(const MinisignKeyId& id) {
  static constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (auto byte = id.rbegin(); byte != id.rend(); ++byte) {
    text += kDigits[*byte >> 4];
    text += kDigits[*byte & 0x0f];
  }
  return text;
}

std::string MinisignPublicKey::Base64() const {
  std::string blob(kMinisignAlgorithm);
  blob.append(id.begin(), id.end());
  blob.append(key.begin(), key.end());
  return EncodeBase64(blob);
}

Result<MinisignPublicKey> ParseMinisignPublicKey(std::string_view text) {
  if (text.size() > kMaxPublicKeyBytes) {
    return InvalidArgument("the public key has " + std::to_string(text.size()) +
                           " bytes, and a minisign public key has at most " +
                           std::to_string(kMaxPublicKeyBytes));
  }
  std::optional<std::vector<std::string_view>> lines = MinisignLines(text);
  std::string_view base64;
  if (lines && lines->size() == 1) base64 = lines->front();
  if (lines && lines->size() == 2 && WithoutPrefix(lines->front(), kUntrustedPrefix)) {
    base64 = lines->back();
  }
  const auto blob = DecodeBase64(base64, kPublicKeyBlob);
  if (!blob || !blob->starts_with(kMinisignAlgorithm)) {
    return InvalidArgument(
        "this is no minisign public key: expected a line 'untrusted comment: …' and a line of "
        "base64 that starts with RW, as `minisign -G` or `stackport plugin keygen` writes them");
  }
  return MinisignPublicKey{Piece<8>(*blob, 2), Piece<32>(*blob, 10)};
}

Result<MinisignSignature> ParseMinisignSignature(std::string_view text) {
  const auto malformed = [](const std::string& what) {
    return InvalidArgument("the signature is malformed: " + what +
                           "; sign again with `stackport plugin sign` or `minisign -S`");
  };
  if (text.size() > kMaxSignatureBytes) {
    return malformed("it has " + std::to_string(text.size()) + " bytes, at most " +
                     std::to_string(kMaxSignatureBytes) + " are allowed");
  }
  const auto lines = MinisignLines(text);
  if (!lines || lines->size() != 4) {
    return malformed("it does not have the four lines of a minisign signature");
  }
  const auto untrusted = WithoutPrefix((*lines)[0], kUntrustedPrefix);
  if (!untrusted || untrusted->size() > kMaxUntrustedComment) {
    return malformed("its first line is not 'untrusted comment: …' of at most " +
                     std::to_string(kMaxUntrustedComment) + " bytes");
  }
  const auto blob = DecodeBase64((*lines)[1], kSignatureBlob);
  if (!blob ||
      (!blob->starts_with(kMinisignAlgorithm) && !blob->starts_with(kMinisignPrehashedAlgorithm))) {
    return malformed("its second line is not the base64 of an Ed25519 signature");
  }
  const auto trusted = WithoutPrefix((*lines)[2], kTrustedPrefix);
  if (!trusted || trusted->size() > kMaxTrustedComment || HasControlCharacter(*trusted) ||
      !IsUtf8(*trusted)) {
    return malformed("its third line is not 'trusted comment: …' of at most " +
                     std::to_string(kMaxTrustedComment) + " bytes of plain text");
  }
  const auto global = DecodeBase64((*lines)[3], kGlobalBlob);
  if (!global) return malformed("its fourth line is not the base64 of 64 bytes");
  return MinisignSignature{blob->starts_with(kMinisignPrehashedAlgorithm), Piece<8>(*blob, 2),
                           Piece<64>(*blob, 10), std::string(*trusted), Piece<64>(*global, 0)};
}

Result<std::string> VerifyMinisign(std::string_view bytes, std::string_view signature_text,
                                   const MinisignPublicKey& key) {
  const auto signature = ParseMinisignSignature(signature_text);
  if (!signature) return signature.error();
  return VerifyMinisign(bytes, *signature, key);
}

Result<std::string> VerifyMinisign(std::string_view bytes, const MinisignSignature& signature,
                                   const MinisignPublicKey& key) {
  if (signature.key_id != key.id) {
    return InvalidArgument("the signature names the key " + KeyIdText(signature.key_id) +
                           ", not the key " + KeyIdText(key.id));
  }
  std::string hash;
  if (signature.prehashed) {
    hash.resize(crypto_generichash_BYTES_MAX);  // BLAKE2b-512
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(), Bytes(bytes),
                       bytes.size(), nullptr, 0);
  }
  if (!Holds(signature.signature, signature.prehashed ? hash : bytes, key)) {
    return InvalidArgument("the signature of the key " + KeyIdText(key.id) +
                           " does not fit these bytes: they were changed after they were signed, "
                           "or somebody else signed them in its name");
  }
  std::string signed_text(signature.signature.begin(), signature.signature.end());
  signed_text += signature.trusted_comment;
  if (!Holds(signature.global, signed_text, key)) {
    return InvalidArgument("the trusted comment of the signature was changed after the key " +
                           KeyIdText(key.id) + " signed it");
  }
  return signature.trusted_comment;
}

}  // namespace stackport
