// Editions: plugins as they were admitted, with their documents, named by content.
//
// Callers hold the store's lock and, to write, a transaction; SQLite's exceptions pass through.
#ifndef STACKPORT_CATALOG_STORE_EDITION_TABLE_H_
#define STACKPORT_CATALOG_STORE_EDITION_TABLE_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/store/catalog_store.h"

namespace stackport {

// SHA-256 over the record and the hashes of its documents: equal for equal content.
std::string EditionHash(const AdmittedPlugin& plugin);

// Writes the edition and those of its documents that are not there yet.
void InsertEdition(SQLite::Database& database, const AdmittedPlugin& plugin,
                   const std::string& edition_hash);

// DataCorrupt when a document does not match its name, or is no component of the registry.
Result<AdmittedPlugin> ReadEdition(SQLite::Database& database, const std::string& edition_hash);

// The newest edition of a plugin with this content hash.
std::optional<std::string> FindEdition(SQLite::Database& database, std::string_view plugin_id,
                                       std::string_view content_hash);

// Parses a stored document. The error names what is wrong with it.
Result<Component> ParseStored(const std::string& component_id, const std::string& document_hash,
                              const std::string& body);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_EDITION_TABLE_H_
