#include "catalog/store/sqlite_store.h"

#include <utility>

#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "catalog/store/admission_log.h"
#include "catalog/store/backup.h"
#include "catalog/store/change_plan.h"
#include "catalog/store/check.h"
#include "catalog/store/database.h"
#include "catalog/store/edition_table.h"
#include "catalog/store/journal.h"
#include "catalog/store/search_index.h"

namespace stackport {
namespace {

void Append(SQLite::Database& database, std::string_view at, std::string_view event,
            const std::vector<std::pair<std::string_view, std::string_view>>& fields) {
  json::Document content(rapidjson::kObjectType);
  for (const auto& [name, value] : fields) {
    json::Set(content, name, value, content.GetAllocator());
  }
  AppendToJournal(database, at, event, content);
}

void JournalChange(SQLite::Database& database, const CatalogChange& change, const ChangePlan& plan,
                   const SnapshotStep& step) {
  json::Document content(rapidjson::kObjectType);
  json::Allocator& allocator = content.GetAllocator();
  json::Set(content, "snapshot", std::string_view(step.snapshot_id), allocator);
  json::Set(content, "parent", std::string_view(step.parent_id), allocator);
  json::Set(content, "reason", std::string_view(step.reason), allocator);
  json::Value put(rapidjson::kArrayType);
  for (const AdmittedPlugin& plugin : change.put) {
    json::Value entry(rapidjson::kObjectType);
    json::Set(entry, "plugin", std::string_view(plugin.record.id), allocator);
    json::Set(entry, "version", std::string_view(plugin.record.version), allocator);
    json::Set(entry, "content_hash", std::string_view(plugin.record.content_hash), allocator);
    json::Set(entry, "edition", std::string_view(plan.edition_of_put.at(plugin.record.id)),
              allocator);
    put.PushBack(std::move(entry), allocator);
  }
  json::Set(content, "put", std::move(put), allocator);
  json::Set(content, "removed", json::StringArray(change.remove_plugin_ids, allocator), allocator);
  AppendToJournal(database, step.at, "snapshot", content);
}

// The same snapshot with the time its content first was one.
SnapshotPtr Dated(const SnapshotPtr& snapshot, const std::string& first_created_at) {
  if (first_created_at.empty() || first_created_at == snapshot->created_at) return snapshot;
  auto dated = std::make_shared<CatalogSnapshot>(*snapshot);
  dated->created_at = first_created_at;
  return dated;
}

}  // namespace

SqliteStore::SqliteStore(std::string path, std::unique_ptr<SQLite::Database> database,
                         const Clock& clock)
    : path_(std::move(path)), clock_(clock), database_(std::move(database)) {}

Result<std::unique_ptr<SqliteStore>> SqliteStore::Open(const std::string& path, OpenMode mode,
                                                       const Clock& clock) {
  Result<std::unique_ptr<SQLite::Database>> database = OpenDatabase(path, mode);
  if (!database) return database.error();
  std::unique_ptr<SqliteStore> store(new SqliteStore(path, *std::move(database), clock));
  if (mode != OpenMode::kReadOnly) {
    if (Status status = store->Begin(); !status) return status.error();
  }
  return store;
}

template <typename T, typename Body>
Result<T> SqliteStore::ReadLocked(Body&& body) {
  const std::lock_guard lock(mutex_);
  return Guarded(path_, [&]() -> Result<T> { return body(); });
}

Status SqliteStore::Write(const std::function<Status(const std::string& now)>& body) {
  const std::lock_guard lock(mutex_);
  return Guarded(path_, [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    if (Status status = body(clock_.NowUtc()); !status) return status;
    transaction.commit();
    return {};
  });
}

Status SqliteStore::Begin() {
  const Result<bool> begun =
      ReadLocked<bool>([&] { return CurrentSnapshotId(*database_).has_value(); });
  if (!begun) return begun.error();
  if (*begun) return {};
  return Write([&](const std::string& now) -> Status {
    if (CurrentSnapshotId(*database_)) return {};  // another process was first
    const SnapshotPtr empty = MakeSnapshot({}, {}, now);
    InsertSnapshot(*database_, *empty, {}, {0, empty->id, {}, now, "catalog created"});
    Append(*database_, now, "catalog_created", {{"snapshot", empty->id}});
    return {};
  });
}

Result<SnapshotPtr> SqliteStore::LoadCurrent() {
  const std::optional<std::string> id = CurrentSnapshotId(*database_);
  if (!id) return DataCorrupt("the catalog has no current snapshot; restore a backup", path_);
  if (current_ == nullptr || current_->id != *id) {
    EditionCache cache;
    Result<SnapshotPtr> loaded = LoadSnapshot(*database_, *id, cache);
    if (!loaded) return loaded.error();
    current_ = *std::move(loaded);
  }
  return current_;
}

Result<SnapshotPtr> SqliteStore::Current() {
  return ReadLocked<SnapshotPtr>([&] { return LoadCurrent(); });
}

Result<SnapshotPtr> SqliteStore::Read(std::string_view snapshot_id) {
  return ReadLocked<SnapshotPtr>([&]() -> Result<SnapshotPtr> {
    if (current_ != nullptr && current_->id == snapshot_id) return current_;
    EditionCache cache;
    return LoadSnapshot(*database_, std::string(snapshot_id), cache);
  });
}

Result<SnapshotPtr> SqliteStore::ApplyChange(const CatalogChange& change) {
  return ReadLocked<SnapshotPtr>([&] { return ApplyLocked(change); });
}

Result<SnapshotPtr> SqliteStore::ApplyLocked(const CatalogChange& change) {
  SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
  const Result<SnapshotPtr> current = LoadCurrent();
  if (!current) return current.error();
  const EditionMap editions = EditionsOf(*database_, (*current)->id);
  const Result<ChangePlan> plan = PlanChange(change, **current, editions);
  if (!plan) return plan.error();
  // A plugin that was put again is sound again, even when its content did not change.
  const std::string now = clock_.NowUtc();
  bool cleared = false;
  for (const AdmittedPlugin& plugin : change.put) {
    if (!DeleteProblem(*database_, plugin.record.id)) continue;
    Append(*database_, now, "problem_cleared", {{"plugin", plugin.record.id}});
    cleared = true;
  }
  if (plan->editions == editions) {
    if (cleared) transaction.commit();
    return *current;
  }

  SnapshotPtr next = BuildSnapshot(change, **current, now);
  next = Dated(next, CreatedAt(*database_, next->id));
  for (const std::string& plugin : change.remove_plugin_ids) RemoveFromSearch(*database_, plugin);
  for (const AdmittedPlugin& plugin : change.put) RemoveFromSearch(*database_, plugin.record.id);
  for (const AdmittedPlugin& plugin : change.put) {
    InsertEdition(*database_, plugin, plan->edition_of_put.at(plugin.record.id));
    AddToSearch(*database_, plugin);
  }
  const SnapshotStep step{0, next->id, (*current)->id, now, change.reason};
  InsertSnapshot(*database_, *next, plan->editions, step);
  JournalChange(*database_, change, *plan, step);
  transaction.commit();
  current_ = next;
  return next;
}

Result<std::vector<SnapshotStep>> SqliteStore::ListSnapshots(std::size_t limit) {
  return ReadLocked<std::vector<SnapshotStep>>([&] { return ListSteps(*database_, limit); });
}

Result<std::optional<AdmittedPlugin>> SqliteStore::FindAdmitted(std::string_view plugin_id,
                                                                std::string_view content_hash) {
  using Found = Result<std::optional<AdmittedPlugin>>;
  return ReadLocked<std::optional<AdmittedPlugin>>([&]() -> Found {
    const std::optional<std::string> edition = FindEdition(*database_, plugin_id, content_hash);
    if (!edition) return std::optional<AdmittedPlugin>();
    Result<AdmittedPlugin> plugin = ReadEdition(*database_, *edition);
    if (!plugin) return plugin.error();
    return std::optional<AdmittedPlugin>(*std::move(plugin));
  });
}

Result<std::vector<std::string>> SqliteStore::Search(std::string_view text, std::size_t limit) {
  return ReadLocked<std::vector<std::string>>(
      [&] { return SearchComponents(*database_, text, limit); });
}

Status SqliteStore::RecordAttempt(const AdmissionAttempt& attempt) {
  return Write([&](const std::string& now) -> Status {
    AdmissionAttempt dated = attempt;
    dated.at = now;
    InsertAttempt(*database_, dated);
    Append(*database_, now, "admission",
           {{"folder", dated.plugin_folder},
            {"plugin", dated.plugin_id},
            {"content_hash", dated.content_hash},
            {"stage", dated.stage},
            {"outcome", dated.outcome},
            {"evidence", dated.evidence}});
    return {};
  });
}

Result<std::vector<AdmissionAttempt>> SqliteStore::Attempts(std::string_view plugin_folder,
                                                            std::size_t limit) {
  return ReadLocked<std::vector<AdmissionAttempt>>(
      [&] { return ListAttempts(*database_, plugin_folder, limit); });
}

Result<std::int64_t> SqliteStore::BeginRiskyStep(std::string_view plugin_folder,
                                                 std::string_view content_hash,
                                                 std::string_view step) {
  std::int64_t id = 0;
  const Status status = Write([&](const std::string& now) -> Status {
    id = InsertNote(*database_, {0, std::string(plugin_folder), std::string(content_hash),
                                 std::string(step), now});
    return {};
  });
  if (!status) return status.error();
  return id;
}

Status SqliteStore::EndRiskyStep(std::int64_t id) {
  return Write([&](const std::string&) -> Status {
    if (DeleteNote(*database_, id)) return {};
    return NotFound("no risky step with the number " + std::to_string(id), path_);
  });
}

Result<std::vector<RiskyStep>> SqliteStore::UnfinishedSteps() {
  return ReadLocked<std::vector<RiskyStep>>([&] { return ListNotes(*database_); });
}

Status SqliteStore::RecordProblem(const PluginProblem& problem) {
  return Write([&](const std::string& now) -> Status {
    PluginProblem dated = problem;
    dated.at = now;
    PutProblem(*database_, dated);
    Append(*database_, now, "problem",
           {{"plugin", dated.plugin},
            {"content_hash", dated.content_hash},
            {"stage", dated.stage},
            {"stale", dated.stale ? "true" : "false"},
            {"reason", dated.reason}});
    return {};
  });
}

Status SqliteStore::ClearProblem(std::string_view plugin) {
  return Write([&](const std::string& now) -> Status {
    if (!DeleteProblem(*database_, plugin)) {
      return NotFound("no problem is recorded for plugin " + Quoted(plugin), path_);
    }
    Append(*database_, now, "problem_cleared", {{"plugin", plugin}});
    return {};
  });
}

Result<std::vector<PluginProblem>> SqliteStore::Problems() {
  return ReadLocked<std::vector<PluginProblem>>([&] { return ListProblems(*database_); });
}

Status SqliteStore::RecordMatches(std::span<const MatchAudit> matches) {
  if (matches.empty()) return {};
  return Write([&](const std::string& now) -> Status {
    for (const MatchAudit& match : matches) {
      if (!SnapshotExists(*database_, match.snapshot_id)) {
        return NotFound("there is no snapshot " + Quoted(match.snapshot_id), path_);
      }
      InsertMatch(*database_, {match.request_id, match.snapshot_id, now});
    }
    return {};
  });
}

Result<std::vector<MatchAudit>> SqliteStore::Matches(std::size_t limit) {
  return ReadLocked<std::vector<MatchAudit>>([&] { return ListMatches(*database_, limit); });
}

Result<std::vector<JournalEntry>> SqliteStore::Journal(std::int64_t after, std::size_t limit) {
  return ReadLocked<std::vector<JournalEntry>>(
      [&] { return ReadJournal(*database_, after, limit); });
}

Status SqliteStore::VerifyJournal() {
  const Result<JournalState> state =
      ReadLocked<JournalState>([&] { return WalkJournal(*database_); });
  if (!state) return state.error();
  return {};
}

Result<CheckReport> SqliteStore::Check() {
  return ReadLocked<CheckReport>([&] { return CheckCatalog(*database_); });
}

Status SqliteStore::BackupTo(const std::string& path) {
  const std::lock_guard lock(mutex_);
  return Guarded(path, [&]() -> Status { return WriteBackup(*database_, path); });
}

}  // namespace stackport
