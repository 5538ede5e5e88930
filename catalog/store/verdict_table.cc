#include "catalog/store/verdict_table.h"

namespace stackport {
namespace {

VerdictKind KindOf(const std::string& name) {
  for (const VerdictKind kind : {VerdictKind::kAdmitted, VerdictKind::kRefused,
                                 VerdictKind::kQuarantined, VerdictKind::kReleased}) {
    if (name == VerdictName(kind)) return kind;
  }
  return VerdictKind::kRefused;  // the table's own check allows no other name
}

}  // namespace

void PutVerdicts(SQLite::Database& database, std::span<const ContentVerdict> verdicts,
                 const std::string& now) {
  if (verdicts.empty()) return;
  SQLite::Statement put(database,
                        "INSERT OR REPLACE INTO content_verdict (content_hash, verdict, judge,"
                        " plugin_id, plugin_folder, condition, failures, next_retry, stage, reason,"
                        " evidence, at) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)");
  for (const ContentVerdict& verdict : verdicts) {
    put.bind(1, verdict.content_hash);
    put.bind(2, std::string(VerdictName(verdict.kind)));
    put.bind(3, verdict.judge);
    put.bind(4, verdict.plugin_id);
    put.bind(5, verdict.plugin_folder);
    put.bind(6, verdict.condition);
    put.bind(7, verdict.failures);
    put.bind(8, verdict.next_retry);
    put.bind(9, verdict.stage);
    put.bind(10, verdict.reason);
    put.bind(11, verdict.evidence);
    put.bind(12, now);
    put.exec();
    put.reset();
  }
}

std::vector<ContentVerdict> FindVerdicts(SQLite::Database& database,
                                         std::span<const std::string> content_hashes) {
  SQLite::Statement query(database,
                          "SELECT content_hash, verdict, judge, plugin_id, plugin_folder,"
                          " condition, failures, next_retry, stage, reason, evidence, at"
                          " FROM content_verdict WHERE content_hash = ?");
  std::vector<ContentVerdict> verdicts;
  for (const std::string& content_hash : content_hashes) {
    query.bind(1, content_hash);
    if (query.executeStep()) {
      verdicts.push_back({query.getColumn(0).getString(), KindOf(query.getColumn(1).getString()),
                          query.getColumn(2).getString(), query.getColumn(3).getString(),
                          query.getColumn(4).getString(), query.getColumn(5).getString(),
                          query.getColumn(6).getInt64(), query.getColumn(7).getString(),
                          query.getColumn(8).getString(), query.getColumn(9).getString(),
                          query.getColumn(10).getString(), query.getColumn(11).getString()});
    }
    query.reset();
  }
  return verdicts;
}

std::optional<Quarantine> FindQuarantine(SQLite::Database& database,
                                         std::string_view content_hash) {
  SQLite::Statement query(database,
                          "SELECT failures, next_retry, verdict = 'released' FROM content_verdict"
                          " WHERE content_hash = ? AND verdict IN ('quarantined', 'released')");
  query.bind(1, std::string(content_hash));
  if (!query.executeStep()) return std::nullopt;
  return Quarantine{query.getColumn(0).getInt64(), query.getColumn(1).getString(),
                    query.getColumn(2).getInt() != 0};
}

void Release(SQLite::Database& database, std::string_view content_hash) {
  SQLite::Statement update(database,
                           "UPDATE content_verdict SET verdict = 'released'"
                           " WHERE content_hash = ? AND verdict = 'quarantined'");
  update.bind(1, std::string(content_hash));
  update.exec();
}

}  // namespace stackport
