// Two plugins that claim one component: which of them is refused.
#ifndef STACKPORT_HOST_ADMISSION_CONFLICTS_H_
#define STACKPORT_HOST_ADMISSION_CONFLICTS_H_

#include <map>
#include <string>
#include <vector>

#include "catalog/model/snapshot.h"
#include "host/admission/admission.h"

namespace stackport {

// A refused report, and the plugin that has what it claims.
struct ComponentConflict {
  const AdmissionReport* refused = nullptr;
  std::string owner;  // plugin id
};

// Among the admitted of `reports`: the plugin that was in service before keeps its component, else
// the first report does. The others are refused, naming both sides. `removed` are the ids of
// plugins that go in the same change; `folder_of` says where each plugin of this round lies.
std::vector<ComponentConflict> RefuseComponentConflicts(
    const CatalogSnapshot& before, const std::vector<std::string>& removed,
    const std::map<std::string, std::string>& folder_of,
    const std::vector<AdmissionReport*>& reports);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_CONFLICTS_H_
