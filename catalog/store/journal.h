// The append-only, hash-chained journal. Callers hold the store's lock and, to append, a
// transaction; SQLite's exceptions pass through.
#ifndef STACKPORT_CATALOG_STORE_JOURNAL_H_
#define STACKPORT_CATALOG_STORE_JOURNAL_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/store/catalog_store.h"

namespace stackport {

// What the first row names as the hash before it: 64 zeros.
std::string JournalRoot();

// SHA-256 over the canonical JSON of every field but `hash`.
std::string HashOf(const JournalEntry& entry);

// Appends rows within one transaction; reads the chain's end once, so nobody else appends while it
// is in use.
class JournalWriter {
 public:
  JournalWriter(SQLite::Database& database, std::string at);

  const std::string& at() const { return at_; }
  void Append(std::string_view event, const json::Value& content);
  // The same with an object of texts.
  void Append(std::string_view event,
              const std::vector<std::pair<std::string_view, std::string_view>>& fields);

 private:
  SQLite::Statement insert_;
  std::string at_;
  std::int64_t sequence_ = 0;  // of the last row
  std::string head_;           // its hash
};

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
