#include "catalog/store/check.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/store/edition_table.h"
#include "catalog/store/journal.h"
#include "catalog/store/snapshot_table.h"

namespace stackport {
namespace {

constexpr const char* kRestore = "Restore a backup, or reload every plugin into a new catalog.";

void Report(CheckReport& report, std::string code, std::string pointer, std::string message,
            std::string expected) {
  report.findings.push_back({Severity::kError, std::move(code), std::move(pointer),
                             std::move(message), std::move(expected), kRestore});
}

void CheckFile(SQLite::Database& database, CheckReport& report) {
  SQLite::Statement integrity(database, "PRAGMA integrity_check");
  while (integrity.executeStep()) {
    const std::string text = integrity.getColumn(0).getString();
    if (text != "ok") Report(report, "file_integrity", "", Printable(text), "a sound file");
  }
  SQLite::Statement keys(database, "PRAGMA foreign_key_check");
  while (keys.executeStep()) {
    Report(report, "foreign_key", "/" + Printable(keys.getColumn(0).getString()),
           fmt::format("a row refers to {}, where there is none",
                       Printable(keys.getColumn(2).getString())),
           "every reference leads to a row");
  }
}

void CheckDocuments(SQLite::Database& database, CheckReport& report) {
  SQLite::Statement documents(database,
                              "SELECT DISTINCT m.component_id, d.hash, d.body FROM document d"
                              " JOIN edition_component m ON m.document_hash = d.hash"
                              " ORDER BY d.hash");
  while (documents.executeStep()) {
    const std::string id = documents.getColumn(0).getString();
    const Result<Component> component =
        ParseStored(id, documents.getColumn(1).getString(), documents.getColumn(2).getString());
    if (!component) {
      Report(report, "document", "/document/" + Printable(id), component.error().message,
             "a component document that matches its hash");
    }
  }
  report.documents = database.execAndGet("SELECT count(*) FROM document").getInt64();
}

void CheckSnapshots(SQLite::Database& database, CheckReport& report) {
  SQLite::Statement snapshots(database, "SELECT id FROM snapshot ORDER BY id");
  EditionCache cache;
  while (snapshots.executeStep()) {
    const std::string id = snapshots.getColumn(0).getString();
    const Result<SnapshotPtr> snapshot = LoadSnapshot(database, id, cache);
    if (!snapshot) {
      Report(report, "snapshot", "/snapshot/" + Printable(id), snapshot.error().ToString(),
             "content that gives the snapshot's own id");
    }
    ++report.snapshots;
  }
  if (!CurrentSnapshotId(database)) {
    Report(report, "snapshot", "/snapshot_log", "the catalog has no current snapshot",
           "at least the empty one");
  }
}

void CheckSearch(SQLite::Database& database, CheckReport& report) {
  const std::string current = CurrentSnapshotId(database).value_or("");
  SQLite::Statement query(database,
                          "SELECT count(*) FROM (SELECT component_id, plugin_id FROM search_row"
                          " EXCEPT SELECT m.component_id, s.plugin_id FROM snapshot_edition s JOIN"
                          " edition_component m ON m.edition_hash = s.edition_hash AND"
                          " m.withheld = 0 WHERE s.snapshot_id = ?1) UNION ALL"
                          " SELECT count(*) FROM (SELECT m.component_id, s.plugin_id FROM"
                          " snapshot_edition s JOIN edition_component m ON m.edition_hash ="
                          " s.edition_hash AND m.withheld = 0 WHERE s.snapshot_id = ?1"
                          " EXCEPT SELECT component_id, plugin_id FROM search_row)");
  query.bind(1, current);
  std::int64_t differing = 0;
  while (query.executeStep()) differing += query.getColumn(0).getInt64();
  if (differing > 0) {
    Report(report, "search", "/search",
           fmt::format("{} components differ between the search index and the current snapshot",
                       differing),
           "the components of the current snapshot");
  }
}

}  // namespace

CheckReport CheckCatalog(SQLite::Database& database) {
  CheckReport report;
  CheckFile(database, report);
  const Result<JournalState> journal = WalkJournal(database);
  if (journal) {
    report.journal_entries = journal->entries;
    report.journal_head = journal->head;
  } else {
    Report(report, "journal", "/journal", journal.error().message, "an unbroken chain of hashes");
  }
  CheckDocuments(database, report);
  CheckSnapshots(database, report);
  CheckSearch(database, report);
  return report;
}

}  // namespace stackport
