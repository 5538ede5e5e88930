#include "catalog/store/catalog_store.h"

#include <utility>

#include "catalog/store/sqlite_store.h"

namespace stackport {

std::string_view VerdictName(VerdictKind kind) {
  switch (kind) {
    case VerdictKind::kAdmitted:
      return "admitted";
    case VerdictKind::kRefused:
      return "refused";
    case VerdictKind::kQuarantined:
      return "quarantined";
    case VerdictKind::kReleased:
      return "released";
  }
  return "refused";
}

Result<std::unique_ptr<CatalogStore>> CatalogStore::Open(const std::string& path, OpenMode mode,
                                                         const Clock& clock) {
  Result<std::unique_ptr<SqliteStore>> store = SqliteStore::Open(path, mode, clock);
  if (!store) return store.error();
  return std::unique_ptr<CatalogStore>(*std::move(store));
}

Result<SnapshotPtr> CatalogStore::ApplyChange(CatalogChange change) {
  AdmissionRound round;
  round.change = std::move(change);
  return RecordRound(round);
}

Status CatalogStore::RecordMatch(std::string_view request_id, std::string_view snapshot_id) {
  const MatchAudit match{std::string(request_id), std::string(snapshot_id), {}, {}, {}};
  return RecordMatches(std::span(&match, 1));
}

}  // namespace stackport
