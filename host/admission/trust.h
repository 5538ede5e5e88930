// Whose word a plugin is: decided from bytes, before any of it is loaded.
#ifndef STACKPORT_HOST_ADMISSION_TRUST_H_
#define STACKPORT_HOST_ADMISSION_TRUST_H_

#include "catalog/base/result.h"
#include "catalog/model/snapshot.h"
#include "host/admission/manifest.h"

namespace stackport {

// What the operator has decided about one folder of plugins.
struct TrustPolicy {
  // The operator vouches for whatever lies in the folder: the build tree of the bundled plugins, a
  // vendor's own machine. Such plugins are labelled unsigned in every answer.
  bool unsigned_allowed = false;

  // How far the plugin is trusted, or why it is not. A manifest.json.minisig is not looked at: this
  // release trusts folders alone, so a signed plugin counts as unsigned.
  Result<PluginTrust> Judge(const Manifest& manifest) const;
};

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_TRUST_H_
