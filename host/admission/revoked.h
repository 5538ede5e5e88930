// What the list of revocations in force does to a plugin that is judged.
#ifndef STACKPORT_HOST_ADMISSION_REVOKED_H_
#define STACKPORT_HOST_ADMISSION_REVOKED_H_

#include <string_view>

#include "catalog/model/revocation.h"
#include "host/admission/admission.h"

namespace stackport {

// Code of the finding that refuses a plugin as revoked.
inline constexpr std::string_view kRevoked = "revoked";

// Refuses the plugin when the list covers it as a whole, and says whether it does. An earlier
// version that is not revoked stays in service; the revoked one left it when the list was applied.
bool RefuseRevoked(const RevocationList& revocations, AdmissionReport& report);

// Parts an admitted plugin's components by the list; a warning names each that is withheld.
void WithholdRevoked(const RevocationList& revocations, AdmissionReport& report);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_REVOKED_H_
