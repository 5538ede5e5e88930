// What a change makes of the current snapshot, before anything is written.
#ifndef STACKPORT_CATALOG_STORE_CHANGE_PLAN_H_
#define STACKPORT_CATALOG_STORE_CHANGE_PLAN_H_

#include <map>
#include <string>

#include "catalog/base/result.h"
#include "catalog/store/catalog_store.h"
#include "catalog/store/snapshot_table.h"

namespace stackport {

struct ChangePlan {
  EditionMap editions;  // of the snapshot to be; equal to the current ones when nothing changes
  std::map<std::string, std::string> edition_of_put;  // plugin id -> hash
};

// Judges the change by itself and against the current snapshot: nothing is named twice, and no
// component id is owned by two plugins.
Result<ChangePlan> PlanChange(const CatalogChange& change, const CatalogSnapshot& current,
                              const EditionMap& current_editions);

// The snapshot to be. Requires: PlanChange accepted the change.
SnapshotPtr BuildSnapshot(const CatalogChange& change, const CatalogSnapshot& current,
                          std::string created_at);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_CHANGE_PLAN_H_
