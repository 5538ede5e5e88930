// What a list of revocations changes in a catalog in service.
#ifndef STACKPORT_CATALOG_STORE_WITHDRAWAL_H_
#define STACKPORT_CATALOG_STORE_WITHDRAWAL_H_

#include <vector>

#include "catalog/base/result.h"
#include "catalog/store/catalog_store.h"

namespace stackport {

// The plugin with its components parted anew by `list`: those it revokes are withheld, all others
// are not.
AdmittedPlugin Parted(AdmittedPlugin plugin, const RevocationList& list);

// The change that brings `in_service` in line with the list: plugins it covers are removed, the
// others put again where a component goes or returns. `effect` gets the names.
CatalogChange WithdrawalOf(const std::vector<AdmittedPlugin>& in_service,
                           const RevocationList& list, RevocationEffect& effect);

// Conflict when the change would put what the list revokes.
Status JudgePut(const CatalogChange& change, const RevocationList& list);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_WITHDRAWAL_H_
