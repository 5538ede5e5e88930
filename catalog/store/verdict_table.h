// Verdicts by content hash.
//
// Callers hold the store's lock and, to write, a transaction; SQLite's exceptions pass through.
#ifndef STACKPORT_CATALOG_STORE_VERDICT_TABLE_H_
#define STACKPORT_CATALOG_STORE_VERDICT_TABLE_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/store/catalog_store.h"

namespace stackport {

void PutVerdicts(SQLite::Database& database, std::span<const ContentVerdict> verdicts,
                 const std::string& now);

std::vector<ContentVerdict> FindVerdicts(SQLite::Database& database,
                                         std::span<const std::string> content_hashes);

// The quarantine of a content, also when it was released; nothing when it has none.
std::optional<Quarantine> FindQuarantine(SQLite::Database& database, std::string_view content_hash);

// Turns "quarantined" into "released".
void Release(SQLite::Database& database, std::string_view content_hash);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_VERDICT_TABLE_H_
