#include "catalog/store/revocation_table.h"

#include <utility>

#include "catalog/store/snapshot_table.h"

namespace stackport {
namespace {

RevocationGrain GrainNamed(const std::string& name) {
  for (const RevocationGrain grain :
       {RevocationGrain::kKey, RevocationGrain::kPluginVersion, RevocationGrain::kComponent}) {
    if (RevocationGrainName(grain) == name) return grain;
  }
  return RevocationGrain::kKey;  // the table's own check lets no other name in
}

}  // namespace

std::int64_t LastSerial(SQLite::Database& database) {
  return database.execAndGet("SELECT coalesce(max(serial), 0) FROM revocation_list").getInt64();
}

void InsertRevocations(SQLite::Database& database, const RevocationList& list) {
  SQLite::Statement insert(database,
                           "INSERT INTO revocation_list (serial, issued, document, signature,"
                           " key_id, at) VALUES (?,?,?,?,?,?)");
  insert.bind(1, list.serial);
  insert.bind(2, list.issued);
  insert.bind(3, list.document);
  insert.bind(4, list.signature);
  insert.bind(5, list.key_id);
  insert.bind(6, list.at);
  insert.exec();
  SQLite::Statement row(database,
                        "INSERT INTO revocation (serial, position, grain, key_id, plugin_id,"
                        " version, content_hash, component_id, subject, reason, since)"
                        " VALUES (?,?,?,?,?,?,?,?,?,?,?)");
  std::int64_t position = 0;
  for (const Revocation& entry : list.entries) {
    row.bind(1, list.serial);
    row.bind(2, position++);
    row.bind(3, std::string(RevocationGrainName(entry.grain)));
    row.bind(4, entry.key_id);
    row.bind(5, entry.plugin_id);
    row.bind(6, entry.version);
    row.bind(7, entry.content_hash);
    row.bind(8, entry.component_id);
    row.bind(9, entry.Subject());
    row.bind(10, entry.reason);
    row.bind(11, entry.since);
    row.exec();
    row.reset();
  }
}

RevocationList ReadRevocations(SQLite::Database& database) {
  RevocationList list;
  SQLite::Statement head(database,
                         "SELECT serial, issued, document, signature, key_id, at"
                         " FROM revocation_list ORDER BY serial DESC LIMIT 1");
  if (!head.executeStep()) return list;
  list.serial = head.getColumn(0).getInt64();
  list.issued = head.getColumn(1).getString();
  list.document = head.getColumn(2).getString();
  list.signature = head.getColumn(3).getString();
  list.key_id = head.getColumn(4).getString();
  list.at = head.getColumn(5).getString();
  SQLite::Statement rows(database,
                         "SELECT grain, key_id, plugin_id, version, content_hash, component_id,"
                         " reason, since FROM revocation WHERE serial = ? ORDER BY position");
  rows.bind(1, list.serial);
  while (rows.executeStep()) {
    Revocation entry;
    entry.grain = GrainNamed(rows.getColumn(0).getString());
    entry.key_id = rows.getColumn(1).getString();
    entry.plugin_id = rows.getColumn(2).getString();
    entry.version = rows.getColumn(3).getString();
    entry.content_hash = rows.getColumn(4).getString();
    entry.component_id = rows.getColumn(5).getString();
    entry.reason = rows.getColumn(6).getString();
    entry.since = rows.getColumn(7).getString();
    list.entries.push_back(std::move(entry));
  }
  return list;
}

std::vector<WithheldComponent> ListWithheld(SQLite::Database& database) {
  SQLite::Statement query(database,
                          "SELECT s.plugin_id, m.component_id FROM snapshot_edition s"
                          " JOIN edition_component m ON m.edition_hash = s.edition_hash"
                          " WHERE s.snapshot_id = ? AND m.withheld = 1"
                          " ORDER BY s.plugin_id, m.component_id");
  query.bind(1, CurrentSnapshotId(database).value_or(""));
  std::vector<WithheldComponent> withheld;
  while (query.executeStep()) {
    withheld.push_back({query.getColumn(0).getString(), query.getColumn(1).getString()});
  }
  return withheld;
}

}  // namespace stackport
