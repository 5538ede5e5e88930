// Writes what a round of admission found out.
#ifndef STACKPORT_CATALOG_STORE_ROUND_WRITER_H_
#define STACKPORT_CATALOG_STORE_ROUND_WRITER_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

#include "catalog/base/result.h"
#include "catalog/store/catalog_store.h"

namespace stackport {

// Writes the round on top of the snapshot `current` and answers with the one after it, which is
// `current` itself when no content changed. The caller holds the store's lock and a transaction,
// and commits when the answer is no error; SQLite's exceptions pass through.
Result<SnapshotPtr> WriteRound(SQLite::Database& database, const AdmissionRound& round,
                               const SnapshotPtr& current, const std::string& now);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_ROUND_WRITER_H_
