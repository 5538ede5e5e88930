// Reads a whole catalog and reports what does not hold.
#ifndef STACKPORT_CATALOG_STORE_CHECK_H_
#define STACKPORT_CATALOG_STORE_CHECK_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include "catalog/store/catalog_store.h"

namespace stackport {

// The caller holds the store's lock; SQLite's exceptions pass through.
CheckReport CheckCatalog(SQLite::Database& database);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_CHECK_H_
