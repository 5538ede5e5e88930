#include "host/admission/refresh_trust.h"

#include <utility>

#include "catalog/base/text.h"
#include "host/admission/revocation_list.h"

namespace stackport {

Result<RevocationEffect> ApplyRevocationList(const TrustFolder& folder, std::string_view list,
                                             std::string_view signature, CatalogStore& store) {
  if (!folder.revocation_key) {
    return NotFound(
        "the trust folder designates no key for revocations; `stackport trust add --revocations "
        "FILE.pub` does",
        Printable(folder.path));
  }
  const auto in_force = store.Revocations();
  if (!in_force) return in_force.error();
  if (in_force->serial > 0 && in_force->document == list) {
    RevocationEffect nothing;
    nothing.serial = in_force->serial;
    return nothing;
  }
  auto verified = VerifyRevocations(list, signature, *folder.revocation_key, *in_force);
  if (!verified) return verified.error();
  return store.ApplyRevocations(*verified);
}

Result<TrustState> RefreshTrust(const std::string& folder, CatalogStore& store) {
  auto read = ReadTrustFolder(folder);
  if (!read) return read.error();
  TrustState state;
  state.keys = read->keys;
  if (!read->revocations.empty()) {
    auto applied =
        ApplyRevocationList(*read, read->revocations, read->revocations_signature, store);
    if (applied) {
      state.effect = *std::move(applied);
    } else if (applied.error().code == ErrorCode::kUnavailable ||
               applied.error().code == ErrorCode::kDataCorrupt ||
               applied.error().code == ErrorCode::kInternal) {
      return applied.error();  // the store's, not the list's
    } else {
      read->findings.push_back({Severity::kError, "revocations", std::string(kRevocationsName),
                                applied.error().message + "; the list in force stays in force",
                                "a list signed by the designated key, with a higher serial",
                                "take the newest list from its issuer, or remove the file"});
    }
  }
  state.findings = std::move(read->findings);
  return state;
}

}  // namespace stackport
