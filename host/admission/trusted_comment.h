// The trusted comment that `stackport plugin sign` writes: it says, under the signature, what was
// signed, so that a person who runs `minisign -V` reads it.
//
//   stackport-plugin id=acme-servers version=1.4.0 sha256=<64 digits> signed=2026-11-23T01:12:05Z
#ifndef STACKPORT_HOST_ADMISSION_TRUSTED_COMMENT_H_
#define STACKPORT_HOST_ADMISSION_TRUSTED_COMMENT_H_

#include <string>
#include <string_view>

#include "catalog/base/result.h"
#include "host/admission/manifest.h"

namespace stackport {

// `now` is RFC 3339. The manifest's id and version have no blanks.
std::string TrustedCommentFor(const Manifest& manifest, std::string_view now);

// A comment of that form has to name this manifest; any other comment is its signer's own business.
// InvalidArgument, naming what differs.
Status CheckTrustedComment(std::string_view comment, const Manifest& manifest);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_TRUSTED_COMMENT_H_
