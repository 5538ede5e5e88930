#include "catalog/store/catalog_store.h"

#include <utility>

#include "catalog/store/sqlite_store.h"

namespace stackport {

Result<std::unique_ptr<CatalogStore>> CatalogStore::Open(const std::string& path, OpenMode mode,
                                                         const Clock& clock) {
  Result<std::unique_ptr<SqliteStore>> store = SqliteStore::Open(path, mode, clock);
  if (!store) return store.error();
  return std::unique_ptr<CatalogStore>(*std::move(store));
}

Status CatalogStore::RecordMatch(std::string_view request_id, std::string_view snapshot_id) {
  const MatchAudit match{std::string(request_id), std::string(snapshot_id), {}};
  return RecordMatches(std::span(&match, 1));
}

}  // namespace stackport
