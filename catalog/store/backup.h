// A complete copy of a catalog, while it is in use.
#ifndef STACKPORT_CATALOG_STORE_BACKUP_H_
#define STACKPORT_CATALOG_STORE_BACKUP_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

#include "catalog/base/result.h"

namespace stackport {

// Writes the copy beside its final name and renames it when it is durable, so that a copy is whole
// or absent. Refuses to overwrite. The caller holds the store's lock.
Status WriteBackup(SQLite::Database& database, const std::string& path);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_BACKUP_H_
