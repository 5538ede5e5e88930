// Lists of revocations: the document stackport.revocations/1, signed with minisign.
//
//   {"schema": "stackport.revocations/1", "serial": 7, "issued": "2026-11-20",
//    "revocations": [
//      {"key": "0123456789ABCDEF", "reason": "The key was stolen.", "since": "2026-11-19"},
//      {"plugin": "acme-servers", "version": "1.4.0", "reason": "…", "since": "…"},
//      {"plugin": "acme-servers", "content_hash": "<64 digits>", "reason": "…", "since": "…"},
//      {"component": "acme/x8", "reason": "…", "since": "…"}]}
//
// sdk/schema/revocations.schema.json is the form for others to read. A list is whole: what a newer
// one does not name is revoked no longer.
#ifndef STACKPORT_HOST_ADMISSION_REVOCATION_LIST_H_
#define STACKPORT_HOST_ADMISSION_REVOCATION_LIST_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/result.h"
#include "catalog/model/revocation.h"
#include "host/admission/minisign.h"

namespace stackport {

// More than any list of a catalog of some hundred vendors needs; read at each admission.
inline constexpr std::size_t kMaxRevocations = 10'000;
inline constexpr std::size_t kMaxRevocationBytes = std::size_t{4} << 20;
// Largest serial: what every JSON reader keeps exact.
inline constexpr std::int64_t kMaxSerial = (std::int64_t{1} << 53) - 1;

struct ParsedRevocations {
  std::optional<RevocationList> list;  // absent when any finding is an error; unsigned so far
  std::vector<Finding> findings;
};

// Never throws; safe on hostile text.
ParsedRevocations ParseRevocations(std::string_view text);

// The list, when `key` signed it, `in_force` does not revoke that key, and it parses. The serial is
// the store's to judge. InvalidArgument otherwise.
Result<RevocationList> VerifyRevocations(std::string_view text, std::string_view signature,
                                         const MinisignPublicKey& key,
                                         const RevocationList& in_force);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_REVOCATION_LIST_H_
