#include "host/admission/trust.h"

#include <algorithm>
#include <utility>

#include "catalog/base/text.h"
#include "host/admission/minisign.h"
#include "host/admission/trusted_comment.h"

namespace stackport {
namespace {

constexpr const char* kInvalidAnywhere =
    "; a signature that does not hold is refused even from folders whose unsigned plugins are "
    "trusted, because it shows that something was changed";

Finding Fault(std::string code, std::string message, std::string expected, std::string remedy) {
  return {Severity::kError,   std::move(code),     "",
          std::move(message), std::move(expected), std::move(remedy)};
}

TrustVerdict Refused(std::string code, std::string message, std::string expected,
                     std::string remedy, std::string key_id = {}) {
  TrustVerdict verdict;
  verdict.key_id = std::move(key_id);
  verdict.findings.push_back(
      Fault(std::move(code), std::move(message), std::move(expected), std::move(remedy)));
  return verdict;
}

std::string VendorsOf(const std::vector<const TrustedKey*>& keys) {
  std::vector<std::string> vendors;
  for (const TrustedKey* key : keys) vendors.push_back("'" + key->vendor + "'");
  return Join(vendors, ", ");
}

}  // namespace

TrustVerdict TrustPolicy::Judge(const PluginFolder& folder, const Manifest& manifest,
                                std::string_view manifest_text) const {
  if (!folder.Has(kSignatureName)) return JudgeSignature(manifest, manifest_text, std::nullopt);
  const auto signature = folder.ReadFile(kSignatureName, kMaxSignatureBytes);
  if (!signature) {
    return Refused("signature_malformed", signature.error().message, "a minisign signature",
                   "sign the plugin again with `stackport plugin sign`");
  }
  return JudgeSignature(manifest, manifest_text, *signature);
}

TrustVerdict TrustPolicy::JudgeSignature(const Manifest& manifest, std::string_view manifest_text,
                                         std::optional<std::string_view> signature) const {
  if (!signature) {
    if (unsigned_allowed) return {PluginTrust::kUnsignedTrustedFolder, {}, {}};
    return Refused("unsigned",
                   "the plugin " + Quoted(manifest.id) +
                       " is not signed, and its folder is not one whose content the operator "
                       "vouches for",
                   "a manifest.json.minisig by a key that the trust folder has for the vendor " +
                       Quoted(manifest.vendor.id),
                   "ask the vendor for a signed plugin (`stackport plugin sign`), or name the "
                   "folder with --plugins if you vouch for its content");
  }
  const auto parsed = ParseMinisignSignature(*signature);
  if (!parsed) {
    return Refused("signature_malformed", parsed.error().message + kInvalidAnywhere,
                   "a minisign signature", "sign the plugin again with `stackport plugin sign`");
  }
  const std::string key_id = KeyIdText(parsed->key_id);
  const std::vector<const TrustedKey*> known =
      keys ? keys->Find(parsed->key_id) : std::vector<const TrustedKey*>();
  if (known.empty()) {
    const std::string message =
        "the plugin is signed by the key " + key_id + ", which the trust folder does not have";
    const std::string add = "`stackport trust add " + Printable(manifest.vendor.id) +
                            " FILE.pub`, with a key file that you have from the vendor itself";
    if (!unsigned_allowed) {
      return Refused("unknown_key", message, "a key of the trust folder", add, key_id);
    }
    TrustVerdict verdict{PluginTrust::kUnsignedTrustedFolder, key_id, {}};
    verdict.findings.push_back(
        Fault("unknown_key", message + ", so nothing was verified and it counts as unsigned",
              "a key of the trust folder", add));
    verdict.findings.back().severity = Severity::kWarning;
    return verdict;
  }
  const auto own = std::find_if(known.begin(), known.end(), [&](const TrustedKey* key) {
    return key->vendor == manifest.vendor.id;
  });
  if (own == known.end()) {
    return Refused("foreign_key",
                   "the plugin is of the vendor " + Quoted(manifest.vendor.id) + ", and the key " +
                       key_id + " that signed it vouches for " + VendorsOf(known) + " alone",
                   "a signature by a key of the vendor itself",
                   "ask the vendor " + Quoted(manifest.vendor.id) + " for a plugin it signed",
                   key_id);
  }
  const auto verified = VerifyMinisign(manifest_text, *parsed, (*own)->key);
  if (!verified) {
    return Refused("signature_invalid", verified.error().message + kInvalidAnywhere,
                   "the manifest that the vendor signed",
                   "take the plugin anew from the vendor; do not remove the signature", key_id);
  }
  if (const auto checked = CheckTrustedComment(*verified, manifest); !checked) {
    return Refused("signature_identity", checked.error().message,
                   "a trusted comment that names this plugin",
                   "sign the plugin again with `stackport plugin sign`", key_id);
  }
  return {PluginTrust::kSigned, key_id, {}};
}

}  // namespace stackport
