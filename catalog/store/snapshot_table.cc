#include "catalog/store/snapshot_table.h"

#include <utility>

#include "catalog/base/text.h"
#include "catalog/store/database.h"
#include "catalog/store/edition_table.h"

namespace stackport {

std::optional<std::string> CurrentSnapshotId(SQLite::Database& database) {
  SQLite::Statement query(database,
                          "SELECT snapshot_id FROM snapshot_log ORDER BY sequence DESC LIMIT 1");
  if (!query.executeStep()) return std::nullopt;
  return query.getColumn(0).getString();
}

bool SnapshotExists(SQLite::Database& database, std::string_view snapshot_id) {
  return !CreatedAt(database, snapshot_id).empty();
}

std::string CreatedAt(SQLite::Database& database, std::string_view snapshot_id) {
  SQLite::Statement query(database, "SELECT created_at FROM snapshot WHERE id = ?");
  query.bind(1, std::string(snapshot_id));
  return query.executeStep() ? query.getColumn(0).getString() : std::string();
}

EditionMap EditionsOf(SQLite::Database& database, std::string_view snapshot_id) {
  SQLite::Statement query(
      database, "SELECT plugin_id, edition_hash FROM snapshot_edition WHERE snapshot_id = ?");
  query.bind(1, std::string(snapshot_id));
  EditionMap editions;
  while (query.executeStep()) {
    editions.emplace(query.getColumn(0).getString(), query.getColumn(1).getString());
  }
  return editions;
}

void InsertSnapshot(SQLite::Database& database, const CatalogSnapshot& snapshot,
                    const EditionMap& editions, const SnapshotStep& step) {
  SQLite::Statement insert(database,
                           "INSERT OR IGNORE INTO snapshot (id, created_at) VALUES (?,?)");
  insert.bind(1, snapshot.id);
  insert.bind(2, snapshot.created_at);
  if (insert.exec() > 0) {
    SQLite::Statement member(database,
                             "INSERT INTO snapshot_edition (snapshot_id, plugin_id, edition_hash)"
                             " VALUES (?,?,?)");
    for (const auto& [plugin_id, edition_hash] : editions) {
      member.bind(1, snapshot.id);
      member.bind(2, plugin_id);
      member.bind(3, edition_hash);
      member.exec();
      member.reset();
    }
  }
  SQLite::Statement log(
      database, "INSERT INTO snapshot_log (snapshot_id, parent_id, at, reason) VALUES (?,?,?,?)");
  log.bind(1, snapshot.id);
  if (step.parent_id.empty()) {
    log.bind(2);
  } else {
    log.bind(2, step.parent_id);
  }
  log.bind(3, step.at);
  log.bind(4, step.reason);
  log.exec();
}

Result<SnapshotPtr> LoadSnapshot(SQLite::Database& database, const std::string& snapshot_id,
                                 EditionCache& cache) {
  const std::string created_at = CreatedAt(database, snapshot_id);
  if (created_at.empty()) {
    return NotFound("there is no snapshot " + Quoted(snapshot_id) +
                    "; the list of snapshots names those there are");
  }
  std::vector<PluginRecord> plugins;
  std::vector<std::pair<std::string, Component>> components;
  for (const auto& [plugin_id, edition_hash] : EditionsOf(database, snapshot_id)) {
    auto found = cache.find(edition_hash);
    if (found == cache.end()) {
      Result<AdmittedPlugin> read = ReadEdition(database, edition_hash);
      if (!read) return read.error();
      found = cache.emplace(edition_hash, *std::move(read)).first;
    }
    plugins.push_back(found->second.record);
    for (const Component& component : found->second.components) {
      components.emplace_back(plugin_id, component);
    }
  }
  SnapshotPtr snapshot = MakeSnapshot(std::move(plugins), std::move(components), created_at);
  if (snapshot->id != snapshot_id) {
    return DataCorrupt(
        "the content stored for this snapshot gives the id " + snapshot->id + "; restore a backup",
        snapshot_id);
  }
  return snapshot;
}

std::vector<SnapshotStep> ListSteps(SQLite::Database& database, std::size_t limit) {
  SQLite::Statement query(database,
                          "SELECT sequence, snapshot_id, coalesce(parent_id, ''), at, reason"
                          " FROM snapshot_log ORDER BY sequence DESC LIMIT ?");
  query.bind(1, ToSqlLimit(limit));
  std::vector<SnapshotStep> steps;
  while (query.executeStep()) {
    steps.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getString(),
                     query.getColumn(2).getString(), query.getColumn(3).getString(),
                     query.getColumn(4).getString()});
  }
  return steps;
}

}  // namespace stackport
