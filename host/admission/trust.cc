#include "host/admission/trust.h"

#include "catalog/base/text.h"

namespace stackport {

Result<PluginTrust> TrustPolicy::Judge(const Manifest& manifest) const {
  if (unsigned_allowed) return PluginTrust::kUnsignedTrustedFolder;
  return InvalidArgument("the plugin " + Quoted(manifest.id) +
                         " lies in a folder that is not marked as trusted; mark the folder as "
                         "trusted if you vouch for its content");
}

}  // namespace stackport
