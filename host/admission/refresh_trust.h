// The start of every round of admission: the trust folder as it is now, and its list of revocations
// applied to the catalog.
#ifndef STACKPORT_HOST_ADMISSION_REFRESH_TRUST_H_
#define STACKPORT_HOST_ADMISSION_REFRESH_TRUST_H_

#include <memory>
#include <string>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/result.h"
#include "catalog/store/catalog_store.h"
#include "host/admission/trust_folder.h"

namespace stackport {

struct TrustState {
  std::shared_ptr<const TrustedKeys> keys;
  RevocationEffect effect;  // of a list that was not applied before
  // About files of the trust folder; none of them stops admission. A list of revocations that is
  // older than the one in force, or not signed by the designated key, changes nothing.
  std::vector<Finding> findings;
};

// Reads the folder (empty: there is none) and applies the list in it when its serial is above that
// of the list in force. The list in force is kept in the store: taking the file away does not take
// it back. Errors: the folder cannot be opened, the store fails.
Result<TrustState> RefreshTrust(const std::string& folder, CatalogStore& store);

// Applies a list signed by the folder's revocation key. InvalidArgument when it is not, Conflict
// when its serial is not above that of the list in force, NotFound when the folder designates no
// key.
Result<RevocationEffect> ApplyRevocationList(const TrustFolder& folder, std::string_view list,
                                             std::string_view signature, CatalogStore& store);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_REFRESH_TRUST_H_
