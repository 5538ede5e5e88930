// The operator's trust folder: whose keys may speak for which vendor, and what is revoked.
//
//   keys/<vendor>/<name>.pub        minisign public keys; each vouches for that vendor alone
//   revocation.pub                  the one key whose lists of revocations count
//   revocations.json, .minisig      a list that the next admission applies; optional
//
// Links are not followed. A file that does not fit is a finding and counts for nothing; the others
// count.
#ifndef STACKPORT_HOST_ADMISSION_TRUST_FOLDER_H_
#define STACKPORT_HOST_ADMISSION_TRUST_FOLDER_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/result.h"
#include "host/admission/minisign.h"

namespace stackport {

inline constexpr std::string_view kRevocationKeyName = "revocation.pub";
inline constexpr std::string_view kRevocationsName = "revocations.json";
inline constexpr std::string_view kSignatureSuffix = ".minisig";
// Keys in one trust folder: more than there are vendors, few enough to read at each admission.
inline constexpr std::size_t kMaxTrustedKeys = 2000;

struct TrustedKey {
  std::string vendor;
  std::string name;  // of the file, without .pub
  MinisignPublicKey key;
};

// The keys of a folder. Immutable; shared by everyone who judges in one round.
class TrustedKeys {
 public:
  explicit TrustedKeys(std::vector<TrustedKey> keys) : keys_(std::move(keys)) {}

  const std::vector<TrustedKey>& all() const { return keys_; }  // by vendor, then name
  // Those with this id, of whatever vendor.
  std::vector<const TrustedKey*> Find(const MinisignKeyId& id) const;

 private:
  std::vector<TrustedKey> keys_;
};

struct TrustFolder {
  std::string path;  // empty: there is none
  std::shared_ptr<const TrustedKeys> keys;
  std::optional<MinisignPublicKey> revocation_key;
  // The list's two files as they lie there, unverified; empty when there is no list.
  std::string revocations;
  std::string revocations_signature;
  // Pointers are paths below the folder.
  std::vector<Finding> findings;
};

// An empty path gives an empty folder. NotFound when a named folder does not exist; Unavailable
// when it cannot be read.
Result<TrustFolder> ReadTrustFolder(const std::string& path);

// Whether the name can be a vendor's: lower-case letters, digits and hyphens.
bool IsVendorId(std::string_view name);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_TRUST_FOLDER_H_
