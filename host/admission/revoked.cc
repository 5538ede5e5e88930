#include "host/admission/revoked.h"

#include <utility>

#include "catalog/store/withdrawal.h"
#include "host/admission/plugin_folder.h"

namespace stackport {

bool RefuseRevoked(const RevocationList& revocations, AdmissionReport& report) {
  const Revocation* revoked = revocations.FindFor(report.plugin);
  if (revoked == nullptr) return false;
  report.Add(std::string(kManifestName),
             {{Severity::kError, std::string(kRevoked), "", revoked->Text(),
               "a plugin that the list of revocations does not cover",
               "take a newer version from the vendor"}});
  return true;
}

void WithholdRevoked(const RevocationList& revocations, AdmissionReport& report) {
  if (report.outcome != AdmissionOutcome::kAdmitted) return;
  AdmittedPlugin parted = Parted(
      {report.plugin, std::move(report.components), std::move(report.withheld)}, revocations);
  report.components = std::move(parted.components);
  report.withheld = std::move(parted.withheld);
  for (const Component& component : report.withheld) {
    report.Add(
        std::string(kManifestName),
        {{Severity::kWarning, "withheld", "", revocations.FindComponent(component.id)->Text(),
          "components that the list of revocations does not cover",
          "correct or remove the component; the rest of the plugin is in service"}});
  }
}

}  // namespace stackport
