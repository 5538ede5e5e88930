// The append-only, hash-chained journal. Callers hold the store's lock and, to append, a
// transaction; SQLite's exceptions pass through.
#ifndef STACKPORT_CATALOG_STORE_JOURNAL_H_
#define STACKPORT_CATALOG_STORE_JOURNAL_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/store/catalog_store.h"

namespace stackport {

// What the first row names as the hash before it: 64 zeros.
std::string JournalRoot();

// SHA-256 over the canonical JSON of every field but `hash`.
std::string HashOf(const JournalEntry& entry);

void AppendToJournal(SQLite::Database& database, std::string_view at, std::string_view event,
                     const json::Value& content);

std::vector<JournalEntry> ReadJournal(SQLite::Database& database, std::int64_t after,
                                      std::size_t limit);

struct JournalState {
  std::int64_t entries = 0;
  std::string head;  // hash of the last row, or JournalRoot()
};

// Walks the whole chain. DataCorrupt names the first row that does not follow.
Result<JournalState> WalkJournal(SQLite::Database& database);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_JOURNAL_H_
