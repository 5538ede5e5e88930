#include "catalog/store/admission_log.h"

#include "catalog/store/database.h"
#include "catalog/store/verdict_table.h"

namespace stackport {

void InsertAttempt(SQLite::Database& database, const AdmissionAttempt& attempt) {
  SQLite::Statement insert(database,
                           "INSERT INTO admission_attempt (plugin_folder, plugin_id, content_hash,"
                           " stage, outcome, evidence, at) VALUES (?,?,?,?,?,?,?)");
  insert.bind(1, attempt.plugin_folder);
  insert.bind(2, attempt.plugin_id);
  insert.bind(3, attempt.content_hash);
  insert.bind(4, attempt.stage);
  insert.bind(5, attempt.outcome);
  insert.bind(6, attempt.evidence);
  insert.bind(7, attempt.at);
  insert.exec();
}

std::vector<AdmissionAttempt> ListAttempts(SQLite::Database& database,
                                           std::string_view plugin_folder, std::size_t limit) {
  SQLite::Statement query(database,
                          "SELECT plugin_folder, plugin_id, content_hash, stage, outcome, evidence,"
                          " at FROM admission_attempt WHERE ?1 = '' OR plugin_folder = ?1"
                          " ORDER BY id DESC LIMIT ?2");
  query.bind(1, std::string(plugin_folder));
  query.bind(2, ToSqlLimit(limit));
  std::vector<AdmissionAttempt> attempts;
  while (query.executeStep()) {
    attempts.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(),
                        query.getColumn(2).getString(), query.getColumn(3).getString(),
                        query.getColumn(4).getString(), query.getColumn(5).getString(),
                        query.getColumn(6).getString()});
  }
  return attempts;
}

std::int64_t InsertNote(SQLite::Database& database, const RiskyStep& step) {
  SQLite::Statement insert(database,
                           "INSERT INTO admission_note (plugin_folder, content_hash, step, at)"
                           " VALUES (?,?,?,?)");
  insert.bind(1, step.plugin_folder);
  insert.bind(2, step.content_hash);
  insert.bind(3, step.step);
  insert.bind(4, step.at);
  insert.exec();
  return database.getLastInsertRowid();
}

bool DeleteNote(SQLite::Database& database, std::int64_t id) {
  SQLite::Statement remove(database, "DELETE FROM admission_note WHERE id = ?");
  remove.bind(1, id);
  return remove.exec() > 0;
}

std::vector<RiskyStep> ListNotes(SQLite::Database& database) {
  SQLite::Statement query(
      database, "SELECT id, plugin_folder, content_hash, step, at FROM admission_note ORDER BY id");
  std::vector<RiskyStep> steps;
  while (query.executeStep()) {
    steps.push_back({query.getColumn(0).getInt64(), query.getColumn(1).getString(),
                     query.getColumn(2).getString(), query.getColumn(3).getString(),
                     query.getColumn(4).getString()});
  }
  return steps;
}

void PutProblem(SQLite::Database& database, const PluginProblem& problem) {
  SQLite::Statement insert(database,
                           "INSERT OR REPLACE INTO plugin_problem (plugin, content_hash, stage,"
                           " evidence, stale, reason, at) VALUES (?,?,?,?,?,?,?)");
  insert.bind(1, problem.plugin);
  insert.bind(2, problem.content_hash);
  insert.bind(3, problem.stage);
  insert.bind(4, problem.evidence);
  insert.bind(5, problem.stale ? 1 : 0);
  insert.bind(6, problem.reason);
  insert.bind(7, problem.at);
  insert.exec();
}

bool DeleteProblem(SQLite::Database& database, std::string_view plugin) {
  SQLite::Statement remove(database, "DELETE FROM plugin_problem WHERE plugin = ?");
  remove.bind(1, std::string(plugin));
  return remove.exec() > 0;
}

std::vector<PluginProblem> ListProblems(SQLite::Database& database) {
  SQLite::Statement query(database,
                          "SELECT plugin, content_hash, stage, evidence, stale, reason, at"
                          " FROM plugin_problem ORDER BY plugin");
  std::vector<PluginProblem> problems;
  while (query.executeStep()) {
    const std::string content_hash = query.getColumn(1).getString();
    problems.push_back({query.getColumn(0).getString(), content_hash,
                        query.getColumn(2).getString(), query.getColumn(3).getString(),
                        query.getColumn(4).getInt() != 0, query.getColumn(5).getString(),
                        query.getColumn(6).getString(), FindQuarantine(database, content_hash)});
  }
  return problems;
}

std::vector<MatchAudit> ListMatches(SQLite::Database& database, std::size_t limit) {
  SQLite::Statement query(
      database,
      "SELECT request_id, snapshot_id, at, country FROM match_audit ORDER BY id DESC LIMIT ?");
  query.bind(1, ToSqlLimit(limit));
  std::vector<MatchAudit> matches;
  while (query.executeStep()) {
    matches.push_back({query.getColumn(0).getString(), query.getColumn(1).getString(),
                       query.getColumn(2).getString(), query.getColumn(3).getString()});
  }
  return matches;
}

}  // namespace stackport
