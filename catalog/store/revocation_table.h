// Lists of revocations that were applied.
//
// Callers hold the store's lock and, to write, a transaction; SQLite's exceptions pass through.
#ifndef STACKPORT_CATALOG_STORE_REVOCATION_TABLE_H_
#define STACKPORT_CATALOG_STORE_REVOCATION_TABLE_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <vector>

#include "catalog/store/catalog_store.h"

namespace stackport {

// 0 when no list was ever applied.
std::int64_t LastSerial(SQLite::Database& database);

void InsertRevocations(SQLite::Database& database, const RevocationList& list);
// The list with the highest serial; serial 0 when there is none.
RevocationList ReadRevocations(SQLite::Database& database);

std::vector<WithheldComponent> ListWithheld(SQLite::Database& database);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_REVOCATION_TABLE_H_
