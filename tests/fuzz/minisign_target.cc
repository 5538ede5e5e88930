#include "host/admission/minisign.h"
#include "host/admission/minisign_secret_key.h"
#include "tests/fuzz/targets.h"

namespace stackport::fuzz {
namespace {

// The words that the kept signatures sign, and the public half of the key that made them. What that
// key did not sign must not verify, whatever the fuzzer makes of its signatures.
constexpr std::string_view kSigned = "The words that were signed.\n";
constexpr std::string_view kKey = "RWSkrnTIPbGsZ1VJsWT/nZRuBfhSPnekjybotzGAg4RFtFYmsUYX6hkJ";

void JudgeSignature(std::string_view bytes) {
  const auto signature = ParseMinisignSignature(bytes);
  if (!signature) return PromiseShowable(signature.error().message);
  Promise(signature->trusted_comment.size() <= kMaxTrustedComment, "the comment is limited");
  Promise(KeyIdText(signature->key_id).size() == 16, "a key id has 16 digits");
  const auto key = ParseMinisignPublicKey(kKey);
  Promise(key.ok(), "the key of the kept signatures is one");
  const auto verified = VerifyMinisign(kSigned, *signature, *key);
  if (!verified) return PromiseShowable(verified.error().message);
  Promise(*verified == "first comment" || *verified == "second comment",
          "a verified comment was signed");
  Promise(!VerifyMinisign("other words", *signature, *key).ok(), "other words do not verify");
}

void JudgePublicKey(std::string_view bytes) {
  const auto key = ParseMinisignPublicKey(bytes);
  if (!key) return PromiseShowable(key.error().message);
  const auto again = ParseMinisignPublicKey(key->Base64());
  Promise(again && *again == *key, "a key survives being written");
}

// Without keys that need a password: scrypt takes its time by design.
void JudgeSecretKey(std::string_view bytes) {
  const auto needs_password = MinisignSecretKey::NeedsPassword(bytes);
  if (!needs_password) return PromiseShowable(needs_password.error().message);
  if (*needs_password) return;
  const auto key = MinisignSecretKey::Parse(bytes, {});
  if (!key) return PromiseShowable(key.error().message);
  const auto signature = key->Sign(kSigned, "made by the fuzzer");
  Promise(signature && VerifyMinisign(kSigned, *signature, key->public_key()).ok(),
          "a key that is accepted signs what it verifies");
}

}  // namespace

void JudgeMinisign(std::string_view bytes) {
  JudgeSignature(bytes);
  JudgePublicKey(bytes);
  JudgeSecretKey(bytes);
}

}  // namespace stackport::fuzz
