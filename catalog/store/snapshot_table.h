// Snapshots and their history.
//
// Callers hold the store's lock and, to write, a transaction; SQLite's exceptions pass through.
#ifndef STACKPORT_CATALOG_STORE_SNAPSHOT_TABLE_H_
#define STACKPORT_CATALOG_STORE_SNAPSHOT_TABLE_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/store/catalog_store.h"

namespace stackport {

// Plugin id -> hash of the edition in service.
using EditionMap = std::map<std::string, std::string>;

// Empty before the first snapshot.
std::optional<std::string> CurrentSnapshotId(SQLite::Database& database);
bool SnapshotExists(SQLite::Database& database, std::string_view snapshot_id);
// When the content first was a snapshot; empty when it never was.
std::string CreatedAt(SQLite::Database& database, std::string_view snapshot_id);
EditionMap EditionsOf(SQLite::Database& database, std::string_view snapshot_id);

// Appends a step to the history, and the snapshot itself when its content is new.
void InsertSnapshot(SQLite::Database& database, const CatalogSnapshot& snapshot,
                    const EditionMap& editions, const SnapshotStep& step);

// Editions read already, by hash: whoever reads many snapshots parses each edition once.
using EditionCache = std::map<std::string, AdmittedPlugin>;

// Parses every document; DataCorrupt when the content does not give the snapshot's own id. Editions
// that `cache` holds are taken from there, and others are left in it.
Result<SnapshotPtr> LoadSnapshot(SQLite::Database& database, const std::string& snapshot_id,
                                 EditionCache& cache);

std::vector<SnapshotStep> ListSteps(SQLite::Database& database, std::size_t limit);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_SNAPSHOT_TABLE_H_
