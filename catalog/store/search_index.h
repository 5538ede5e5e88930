// Full text over the components of the current snapshot.
//
// Callers hold the store's lock and, to write, a transaction; SQLite's exceptions pass through.
#ifndef STACKPORT_CATALOG_STORE_SEARCH_INDEX_H_
#define STACKPORT_CATALOG_STORE_SEARCH_INDEX_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <string>
#include <string_view>
#include <vector>

#include "catalog/store/catalog_store.h"

namespace stackport {

// What a person typed, as a query that FTS5 accepts: its words, each quoted and a prefix, all of
// them needed. Empty when there is no word in it.
std::string ToSearchQuery(std::string_view text);

void RemoveFromSearch(SQLite::Database& database, std::string_view plugin_id);
void AddToSearch(SQLite::Database& database, const AdmittedPlugin& plugin);

std::vector<std::string> SearchComponents(SQLite::Database& database, std::string_view text,
                                          std::size_t limit);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_SEARCH_INDEX_H_
