// Whose word a plugin is: decided from bytes, before any of it is loaded.
//
//   no signature          unsigned: admitted from folders whose content the operator vouches for
//   signature malformed, or not fitting its key      refused, wherever it lies
//   signed by another vendor's key                   refused, wherever it lies
//   signed by a key nobody here knows                as unsigned, with a warning and the key's id
//   signed by a key that vouches for the vendor      signed
//
// A signature that does not hold is worse than none: somebody changed what a vendor signed, or
// signs in a vendor's name. So it is refused even where unsigned plugins are welcome.
#ifndef STACKPORT_HOST_ADMISSION_TRUST_H_
#define STACKPORT_HOST_ADMISSION_TRUST_H_

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/model/snapshot.h"
#include "host/admission/manifest.h"
#include "host/admission/plugin_folder.h"
#include "host/admission/trust_folder.h"

namespace stackport {

struct TrustVerdict {
  // Absent: not trusted, and a finding says why.
  std::optional<PluginTrust> trust;
  // Of the key that signed, or that an unverified signature names; else empty.
  std::string key_id;
  // About manifest.json.minisig, or about the manifest's missing one.
  std::vector<Finding> findings;
};

// What the operator has decided about one folder of plugins.
struct TrustPolicy {
  // The operator vouches for whatever lies in the folder: the build tree of the bundled plugins, a
  // vendor's own machine. Such plugins are labelled unsigned in every answer.
  bool unsigned_allowed = false;
  // Null: none. Shared by all policies of one round of admission.
  std::shared_ptr<const TrustedKeys> keys{};

  // Judges the signature that lies beside the manifest, if there is one.
  TrustVerdict Judge(const PluginFolder& folder, const Manifest& manifest,
                     std::string_view manifest_text) const;
  // The same for the signature's text; nothing: there is no signature. Never throws.
  TrustVerdict JudgeSignature(const Manifest& manifest, std::string_view manifest_text,
                              std::optional<std::string_view> signature) const;
};

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_TRUST_H_
