#include "catalog/store/round_writer.h"

#include <memory>
#include <utility>

#include "catalog/base/json.h"
#include "catalog/store/admission_log.h"
#include "catalog/store/change_plan.h"
#include "catalog/store/edition_table.h"
#include "catalog/store/journal.h"
#include "catalog/store/revocation_table.h"
#include "catalog/store/search_index.h"
#include "catalog/store/snapshot_table.h"
#include "catalog/store/verdict_table.h"
#include "catalog/store/withdrawal.h"

namespace stackport {
namespace {

// The same snapshot with the time its content first was one.
SnapshotPtr Dated(SQLite::Database& database, SnapshotPtr snapshot) {
  const std::string first_created_at = CreatedAt(database, snapshot->id);
  if (first_created_at.empty() || first_created_at == snapshot->created_at) return snapshot;
  auto dated = std::make_shared<CatalogSnapshot>(*snapshot);
  dated->created_at = first_created_at;
  return dated;
}

json::Value ToJson(const AdmittedPlugin& plugin, const std::string& edition,
                   json::Allocator& allocator) {
  json::Value entry(rapidjson::kObjectType);
  json::Set(entry, "plugin", std::string_view(plugin.record.id), allocator);
  json::Set(entry, "version", std::string_view(plugin.record.version), allocator);
  json::Set(entry, "content_hash", std::string_view(plugin.record.content_hash), allocator);
  json::Set(entry, "edition", std::string_view(edition), allocator);
  if (!plugin.record.key_id.empty()) {
    json::Set(entry, "trust", TrustName(plugin.record.trust), allocator);
    json::Set(entry, "key_id", std::string_view(plugin.record.key_id), allocator);
  }
  if (!plugin.withheld.empty()) {
    json::Value withheld(rapidjson::kArrayType);
    for (const Component& component : plugin.withheld) {
      withheld.PushBack(json::String(component.id, allocator), allocator);
    }
    json::Set(entry, "withheld", std::move(withheld), allocator);
  }
  return entry;
}

void JournalChange(const CatalogChange& change, const std::string& difference,
                   const ChangePlan& plan, const SnapshotStep& step, JournalWriter& journal) {
  json::Document content(rapidjson::kObjectType);
  json::Allocator& allocator = content.GetAllocator();
  json::Set(content, "snapshot", std::string_view(step.snapshot_id), allocator);
  json::Set(content, "parent", std::string_view(step.parent_id), allocator);
  json::Set(content, "reason", std::string_view(step.reason), allocator);
  json::Value put(rapidjson::kArrayType);
  for (const AdmittedPlugin& plugin : change.put) {
    put.PushBack(ToJson(plugin, plan.edition_of_put.at(plugin.record.id), allocator), allocator);
  }
  json::Set(content, "put", std::move(put), allocator);
  json::Set(content, "removed", json::StringArray(change.remove_plugin_ids, allocator), allocator);
  if (!difference.empty()) {
    if (const auto parsed = json::Parse(difference, "difference")) {
      json::Set(content, "difference", json::Value(*parsed, allocator), allocator);
    }
  }
  journal.Append("snapshot", content);
}

// One round, written.
class RoundWriter {
 public:
  RoundWriter(SQLite::Database& database, const AdmissionRound& round, const std::string& now)
      : database_(database), round_(round), now_(now), journal_(database, now) {}

  Result<SnapshotPtr> Write(const SnapshotPtr& current) {
    WriteAttempts();
    PutVerdicts(database_, round_.verdicts, now_);
    for (const std::int64_t step : round_.ended_steps) DeleteNote(database_, step);
    for (const std::string& plugin : round_.solved) Clear(plugin);
    // A plugin that was put again is sound again, even when its content did not change.
    for (const AdmittedPlugin& plugin : round_.change.put) Clear(plugin.record.id);
    auto next = WriteChange(database_, round_.change, round_.difference, current, journal_);
    if (!next) return next;
    WriteProblems();
    return next;
  }

 private:
  void WriteAttempts() {
    for (const AdmissionAttempt& attempt : round_.attempts) {
      AdmissionAttempt dated = attempt;
      dated.at = now_;
      InsertAttempt(database_, dated);
      journal_.Append("admission", {{"folder", dated.plugin_folder},
                                    {"plugin", dated.plugin_id},
                                    {"content_hash", dated.content_hash},
                                    {"stage", dated.stage},
                                    {"outcome", dated.outcome},
                                    {"evidence", dated.evidence}});
    }
  }

  void WriteProblems() {
    for (const PluginProblem& problem : round_.problems) {
      PluginProblem dated = problem;
      dated.at = now_;
      PutProblem(database_, dated);
      journal_.Append("problem", {{"plugin", dated.plugin},
                                  {"content_hash", dated.content_hash},
                                  {"stage", dated.stage},
                                  {"stale", dated.stale ? "true" : "false"},
                                  {"reason", dated.reason}});
    }
  }

  void Clear(const std::string& plugin) {
    if (DeleteProblem(database_, plugin)) journal_.Append("problem_cleared", {{"plugin", plugin}});
  }

  SQLite::Database& database_;
  const AdmissionRound& round_;
  const std::string& now_;
  JournalWriter journal_;
};

}  // namespace

Result<SnapshotPtr> WriteChange(SQLite::Database& database, const CatalogChange& change,
                                const std::string& difference, const SnapshotPtr& current,
                                JournalWriter& journal) {
  if (change.put.empty() && change.remove_plugin_ids.empty()) return current;
  if (Status judged = JudgePut(change, ReadRevocations(database)); !judged) return judged.error();
  const EditionMap editions = EditionsOf(database, current->id);
  const Result<ChangePlan> plan = PlanChange(change, *current, editions);
  if (!plan) return plan.error();
  if (plan->editions == editions) return current;

  const SnapshotPtr next = Dated(database, BuildSnapshot(change, *current, journal.at()));
  for (const std::string& plugin : change.remove_plugin_ids) RemoveFromSearch(database, plugin);
  for (const AdmittedPlugin& plugin : change.put) RemoveFromSearch(database, plugin.record.id);
  for (const AdmittedPlugin& plugin : change.put) {
    InsertEdition(database, plugin, plan->edition_of_put.at(plugin.record.id));
    AddToSearch(database, plugin);
  }
  const SnapshotStep step{0, next->id, current->id, journal.at(), change.reason};
  InsertSnapshot(database, *next, plan->editions, step);
  JournalChange(change, difference, *plan, step, journal);
  return next;
}

Result<SnapshotPtr> WriteRound(SQLite::Database& database, const AdmissionRound& round,
                               const SnapshotPtr& current, const std::string& now) {
  return RoundWriter(database, round, now).Write(current);
}

}  // namespace stackport
