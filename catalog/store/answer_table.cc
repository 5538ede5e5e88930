#include "catalog/store/answer_table.h"

#include <algorithm>
#include <utility>

#include "catalog/store/database.h"
#include "catalog/store/journal.h"

namespace stackport {
namespace {

// Answers named in one row of the journal; the table of flags has them all.
constexpr std::size_t kJournalledAnswers = 100;

constexpr const char* kInsertFlags =
    "INSERT OR IGNORE INTO answer_flag (answer, component_id, plugin_id, version, key_id, grain,"
    " subject, serial, reason, since, at)"
    " SELECT a.id, c.component_id, e.plugin_id, e.version, e.key_id, r.grain, r.subject, r.serial,"
    " r.reason, r.since, :now ";

// Revoked keys and versions: revocation -> editions it covers -> their components -> answers that
// hold one of them -> whether the answer's snapshot had that edition. Touches only answers with a
// component in question.
constexpr const char* kFromPlugins =
    "FROM revocation r CROSS JOIN edition e CROSS JOIN edition_component m"
    " CROSS JOIN answer_component c CROSS JOIN match_audit a CROSS JOIN snapshot_edition s"
    " WHERE r.serial = :serial AND ((r.grain = 'key' AND e.key_id = r.key_id)"
    "  OR (r.grain = 'plugin_version' AND e.plugin_id = r.plugin_id"
    "   AND r.version IN ('', e.version) AND r.content_hash IN ('', e.content_hash)))"
    " AND m.edition_hash = e.hash AND c.component_id = m.component_id"
    " AND a.request_id = c.result_id"
    " AND s.snapshot_id = a.snapshot_id AND s.plugin_id = e.plugin_id AND s.edition_hash = e.hash";

// Revoked components: the same, from the editions that have the component.
constexpr const char* kFromComponents =
    "FROM revocation r CROSS JOIN answer_component c CROSS JOIN match_audit a"
    " CROSS JOIN edition_component m CROSS JOIN edition e CROSS JOIN snapshot_edition s"
    " WHERE r.serial = :serial AND r.grain = 'component' AND c.component_id = r.component_id"
    " AND a.request_id = c.result_id AND m.component_id = c.component_id"
    " AND e.hash = m.edition_hash"
    " AND s.snapshot_id = a.snapshot_id AND s.plugin_id = e.plugin_id AND s.edition_hash = e.hash";

// The same from the other end: one answer has some dozen components.
constexpr const char* kFromAnswer =
    "FROM match_audit a CROSS JOIN answer_component c CROSS JOIN edition_component m"
    " CROSS JOIN edition e CROSS JOIN snapshot_edition s CROSS JOIN revocation r"
    " WHERE a.id = :answer AND c.result_id = a.request_id AND m.component_id = c.component_id"
    " AND e.hash = m.edition_hash"
    " AND s.snapshot_id = a.snapshot_id AND s.plugin_id = e.plugin_id AND s.edition_hash = e.hash"
    " AND r.serial = :serial"
    " AND ((r.grain = 'component' AND r.component_id = c.component_id)"
    "  OR (r.grain = 'key' AND e.key_id = r.key_id)"
    "  OR (r.grain = 'plugin_version' AND e.plugin_id = r.plugin_id"
    "   AND r.version IN ('', e.version) AND r.content_hash IN ('', e.content_hash)))";

std::vector<AnswerFlag> FlagsOf(SQLite::Database& database, std::int64_t answer) {
  SQLite::Statement query(database,
                          "SELECT component_id, plugin_id, version, key_id, grain, subject, serial,"
                          " reason, since, at FROM answer_flag WHERE answer = ?"
                          " ORDER BY component_id, subject");
  query.bind(1, answer);
  std::vector<AnswerFlag> flags;
  while (query.executeStep()) {
    AnswerFlag flag;
    flag.component_id = query.getColumn(0).getString();
    flag.plugin_id = query.getColumn(1).getString();
    flag.version = query.getColumn(2).getString();
    flag.key_id = query.getColumn(3).getString();
    flag.grain = query.getColumn(4).getString();
    flag.subject = query.getColumn(5).getString();
    flag.serial = query.getColumn(6).getInt64();
    flag.reason = query.getColumn(7).getString();
    flag.since = query.getColumn(8).getString();
    flag.at = query.getColumn(9).getString();
    flags.push_back(std::move(flag));
  }
  return flags;
}

}  // namespace

std::int64_t InsertAnswer(SQLite::Database& database, const MatchAudit& match) {
  SQLite::Statement insert(
      database, "INSERT INTO match_audit (request_id, snapshot_id, at, country) VALUES (?,?,?,?)");
  insert.bind(1, match.request_id);
  insert.bind(2, match.snapshot_id);
  insert.bind(3, match.at);
  insert.bind(4, match.country);
  insert.exec();
  const std::int64_t answer = database.getLastInsertRowid();
  if (match.components.empty()) return answer;
  SQLite::Statement known(database, "SELECT 1 FROM answer_component WHERE result_id = ? LIMIT 1");
  known.bind(1, match.request_id);
  if (known.executeStep()) return answer;
  SQLite::Statement component(
      database, "INSERT OR IGNORE INTO answer_component (result_id, component_id) VALUES (?,?)");
  for (const std::string& id : match.components) {
    component.bind(1, match.request_id);
    component.bind(2, id);
    component.exec();
    component.reset();
  }
  return answer;
}

std::vector<std::string> FlagAllAnswers(SQLite::Database& database, std::int64_t serial,
                                        std::string_view now) {
  SQLite::Statement before(database,
                           "CREATE TEMP TABLE flagged_before AS"
                           " SELECT DISTINCT answer FROM answer_flag");
  before.exec();
  for (const char* from : {kFromPlugins, kFromComponents}) {
    SQLite::Statement insert(database, std::string(kInsertFlags) + from);
    insert.bind(":now", std::string(now));
    insert.bind(":serial", serial);
    insert.exec();
  }
  std::vector<std::string> results;
  {
    SQLite::Statement query(database,
                            "SELECT request_id FROM match_audit WHERE id IN"
                            " (SELECT answer FROM answer_flag WHERE serial = ?"
                            "  EXCEPT SELECT answer FROM flagged_before) ORDER BY id DESC");
    query.bind(1, serial);
    while (query.executeStep()) results.push_back(query.getColumn(0).getString());
  }
  database.exec("DROP TABLE temp.flagged_before");
  return results;
}

bool FlagAnswer(SQLite::Database& database, std::int64_t answer, std::int64_t serial,
                std::string_view now) {
  SQLite::Statement insert(database, std::string(kInsertFlags) + kFromAnswer);
  insert.bind(":now", std::string(now));
  insert.bind(":answer", answer);
  insert.bind(":serial", serial);
  return insert.exec() > 0;
}

void JournalFlags(JournalWriter& journal, std::int64_t serial,
                  const std::vector<std::string>& results) {
  json::Document content(rapidjson::kObjectType);
  json::Allocator& allocator = content.GetAllocator();
  json::Set(content, "serial", serial, allocator);
  json::Set(content, "answers", results.size(), allocator);
  const auto shown = static_cast<std::ptrdiff_t>(std::min(results.size(), kJournalledAnswers));
  json::Set(content, "newest",
            json::StringArray({results.begin(), results.begin() + shown}, allocator), allocator);
  journal.Append("answers_flagged", content);
}

AnswerList ListAnswers(SQLite::Database& database, bool affected, std::size_t limit) {
  const std::string which =
      affected ? " WHERE EXISTS (SELECT 1 FROM answer_flag f WHERE f.answer = match_audit.id)" : "";
  AnswerList list;
  list.total = database.execAndGet("SELECT count(*) FROM match_audit" + which).getInt64();
  SQLite::Statement query(database,
                          "SELECT id, request_id, snapshot_id, country, at"
                          " FROM match_audit" +
                              which + " ORDER BY id DESC LIMIT ?");
  query.bind(1, ToSqlLimit(limit));
  while (query.executeStep()) {
    GivenAnswer answer;
    answer.result_id = query.getColumn(1).getString();
    answer.snapshot_id = query.getColumn(2).getString();
    answer.country = query.getColumn(3).getString();
    answer.at = query.getColumn(4).getString();
    answer.flags = FlagsOf(database, query.getColumn(0).getInt64());
    list.answers.push_back(std::move(answer));
  }
  return list;
}

}  // namespace stackport
