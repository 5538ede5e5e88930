#include "catalog/store/schema.h"

namespace stackport {
namespace {

constexpr std::string_view kFirstForm = R"sql(
CREATE TABLE document (
  hash TEXT PRIMARY KEY,
  body TEXT NOT NULL
) STRICT;

CREATE TABLE edition (
  hash TEXT PRIMARY KEY,
  plugin_id TEXT NOT NULL,
  version TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  trust TEXT NOT NULL CHECK (trust IN ('signed', 'unsigned_trusted_folder')),
  form TEXT NOT NULL,
  vendor TEXT NOT NULL
) STRICT;
CREATE INDEX edition_by_content ON edition (plugin_id, content_hash);

CREATE TABLE edition_component (
  edition_hash TEXT NOT NULL REFERENCES edition (hash),
  component_id TEXT NOT NULL,
  document_hash TEXT NOT NULL REFERENCES document (hash),
  PRIMARY KEY (edition_hash, component_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot (
  id TEXT PRIMARY KEY,
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE snapshot_edition (
  snapshot_id TEXT NOT NULL REFERENCES snapshot (id),
  plugin_id TEXT NOT NULL,
  edition_hash TEXT NOT NULL REFERENCES edition (hash),
  PRIMARY KEY (snapshot_id, plugin_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshot_log (
  sequence INTEGER PRIMARY KEY AUTOINCREMENT,
  snapshot_id TEXT NOT NULL REFERENCES snapshot (id),
  parent_id TEXT REFERENCES snapshot (id),
  at TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;

CREATE TABLE plugin_problem (
  plugin TEXT PRIMARY KEY,
  content_hash TEXT NOT NULL,
  stage TEXT NOT NULL,
  evidence TEXT NOT NULL,
  stale INTEGER NOT NULL CHECK (stale IN (0, 1)),
  reason TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE admission_attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plugin_folder TEXT NOT NULL,
  plugin_id TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  stage TEXT NOT NULL,
  outcome TEXT NOT NULL,
  evidence TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
CREATE INDEX attempt_by_folder ON admission_attempt (plugin_folder, id);

CREATE TABLE admission_note (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  plugin_folder TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  step TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE match_audit (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  request_id TEXT NOT NULL,
  snapshot_id TEXT NOT NULL REFERENCES snapshot (id),
  at TEXT NOT NULL
) STRICT;

CREATE TABLE journal (
  sequence INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  event TEXT NOT NULL,
  content TEXT NOT NULL,
  previous_hash TEXT NOT NULL,
  hash TEXT NOT NULL
) STRICT;
CREATE TRIGGER journal_keeps_rows BEFORE UPDATE ON journal BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only');
END;
CREATE TRIGGER journal_keeps_all_rows BEFORE DELETE ON journal BEGIN
  SELECT RAISE(ABORT, 'the journal is append-only');
END;

CREATE TABLE search_row (
  id INTEGER PRIMARY KEY,
  component_id TEXT NOT NULL UNIQUE,
  plugin_id TEXT NOT NULL
) STRICT;
CREATE INDEX search_row_by_plugin ON search_row (plugin_id);
CREATE VIRTUAL TABLE search USING fts5(
  id, name, summary, kind, capabilities, vendor,
  tokenize = 'unicode61 remove_diacritics 2'
);
)sql";

// Verdicts by content: the cache that spares unchanged plugins a scan, and the quarantine.
constexpr std::string_view kSecondForm = R"sql(
CREATE TABLE content_verdict (
  content_hash TEXT PRIMARY KEY,
  verdict TEXT NOT NULL CHECK (verdict IN ('admitted', 'refused', 'quarantined', 'released')),
  judge TEXT NOT NULL,
  plugin_id TEXT NOT NULL,
  plugin_folder TEXT NOT NULL,
  condition TEXT NOT NULL,
  failures INTEGER NOT NULL,
  next_retry TEXT NOT NULL,
  stage TEXT NOT NULL,
  reason TEXT NOT NULL,
  evidence TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;
)sql";

// Signatures, revocations, and which answers used what was revoked.
constexpr std::string_view kThirdForm = R"sql(
ALTER TABLE edition ADD COLUMN key_id TEXT NOT NULL DEFAULT '';
ALTER TABLE edition_component ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0
  CHECK (withheld IN (0, 1));
CREATE INDEX edition_by_component ON edition_component (component_id);

CREATE TABLE revocation_list (
  serial INTEGER PRIMARY KEY,
  issued TEXT NOT NULL,
  document TEXT NOT NULL,
  signature TEXT NOT NULL,
  key_id TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE TABLE revocation (
  serial INTEGER NOT NULL REFERENCES revocation_list (serial),
  position INTEGER NOT NULL,
  grain TEXT NOT NULL CHECK (grain IN ('key', 'plugin_version', 'component')),
  key_id TEXT NOT NULL,
  plugin_id TEXT NOT NULL,
  version TEXT NOT NULL,
  content_hash TEXT NOT NULL,
  component_id TEXT NOT NULL,
  subject TEXT NOT NULL,
  reason TEXT NOT NULL,
  since TEXT NOT NULL,
  PRIMARY KEY (serial, position)
) STRICT, WITHOUT ROWID;

ALTER TABLE match_audit ADD COLUMN country TEXT NOT NULL DEFAULT '';
CREATE INDEX match_by_result ON match_audit (request_id);

CREATE TABLE answer_component (
  result_id TEXT NOT NULL,
  component_id TEXT NOT NULL,
  PRIMARY KEY (result_id, component_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX answer_by_component ON answer_component (component_id);

CREATE TABLE answer_flag (
  answer INTEGER NOT NULL REFERENCES match_audit (id),
  component_id TEXT NOT NULL,
  plugin_id TEXT NOT NULL,
  version TEXT NOT NULL,
  key_id TEXT NOT NULL,
  grain TEXT NOT NULL,
  subject TEXT NOT NULL,
  serial INTEGER NOT NULL,
  reason TEXT NOT NULL,
  since TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (answer, component_id, subject)
) STRICT, WITHOUT ROWID;
)sql";

}  // namespace

const std::vector<std::string_view>& Migrations() {
  static const std::vector<std::string_view> migrations = {kFirstForm, kSecondForm, kThirdForm};
  return migrations;
}

const std::vector<std::string_view>& TableNames() {
  static const std::vector<std::string_view> names = {
      "document",         "edition",         "edition_component", "snapshot",
      "snapshot_edition", "snapshot_log",    "plugin_problem",    "admission_attempt",
      "admission_note",   "match_audit",     "journal",           "search_row",
      "search",           "content_verdict", "revocation_list",   "revocation",
      "answer_component", "answer_flag"};
  return names;
}

}  // namespace stackport
