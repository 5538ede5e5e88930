// Writes what a round of admission found out.
#ifndef STACKPORT_CATALOG_STORE_ROUND_WRITER_H_
#define STACKPORT_CATALOG_STORE_ROUND_WRITER_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>

#include "catalog/base/result.h"
#include "catalog/store/catalog_store.h"
#include "catalog/store/journal.h"

namespace stackport {

// Writes the round on top of the snapshot `current` and answers with the one after it, which is
// `current` itself when no content changed. The caller holds the store's lock and a transaction,
// and commits when the answer is no error; SQLite's exceptions pass through.
Result<SnapshotPtr> WriteRound(SQLite::Database& database, const AdmissionRound& round,
                               const SnapshotPtr& current, const std::string& now);

// The same for a change alone, at the journal's time; leaves problems as they are. `difference` as
// in AdmissionRound.
Result<SnapshotPtr> WriteChange(SQLite::Database& database, const CatalogChange& change,
                                const std::string& difference, const SnapshotPtr& current,
                                JournalWriter& journal);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_ROUND_WRITER_H_
