#include "catalog/store/sqlite_store.h"

#include <utility>

#include "catalog/base/text.h"
#include "catalog/store/admission_log.h"
#include "catalog/store/answer_table.h"
#include "catalog/store/backup.h"
#include "catalog/store/check.h"
#include "catalog/store/database.h"
#include "catalog/store/edition_table.h"
#include "catalog/store/journal.h"
#include "catalog/store/revocation_table.h"
#include "catalog/store/round_writer.h"
#include "catalog/store/search_index.h"
#include "catalog/store/verdict_table.h"

namespace stackport {
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

Status SqliteStore::WriteLocked(const std::function<Status(const std::string& now)>& body) {
  SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
  if (Status status = body(clock_.NowUtc()); !status) return status;
  transaction.commit();
  return {};
}

Status SqliteStore::Write(const std::function<Status(const std::string& now)>& body) {
  const std::lock_guard lock(mutex_);
  return Guarded(path_, [&] { return WriteLocked(body); });
}

Status SqliteStore::WriteUnsynced(const std::function<Status(const std::string& now)>& body) {
  const std::lock_guard lock(mutex_);
  return Guarded(path_, [&] {
    const Synchronous unsynced(*database_, "NORMAL");
    return WriteLocked(body);
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
    JournalWriter(*database_, now).Append("catalog_created", {{"snapshot", empty->id}});
    return {};
  });
}

Result<SnapshotPtr> SqliteStore::LoadCurrent() {
  const std::optional<std::string> id = CurrentSnapshotId(*database_);
  if (!id) return DataCorrupt("the catalog has no current snapshot; restore a backup", path_);
  SnapshotPtr current = LastCurrent();
  if (current == nullptr || current->id != *id) {
    EditionCache cache;
    Result<SnapshotPtr> loaded = LoadSnapshot(*database_, *id, cache);
    if (!loaded) return loaded.error();
    current = *std::move(loaded);
    SetCurrent(current);
  }
  return current;
}

SnapshotPtr SqliteStore::LastCurrent() const {
  const std::lock_guard lock(current_mutex_);
  return current_;
}

void SqliteStore::SetCurrent(SnapshotPtr snapshot) {
  const std::lock_guard lock(current_mutex_);
  current_ = std::move(snapshot);
}

Result<SnapshotPtr> SqliteStore::Current() {
  // Whoever holds the lock may be writing for a while. Until it is done, what was current still is.
  if (mutex_.try_lock()) {
    const std::lock_guard lock(mutex_, std::adopt_lock);
    return Guarded(path_, [&] { return LoadCurrent(); });
  }
  if (SnapshotPtr last = LastCurrent()) return last;
  return ReadLocked<SnapshotPtr>([&] { return LoadCurrent(); });
}

Result<SnapshotPtr> SqliteStore::Read(std::string_view snapshot_id) {
  if (SnapshotPtr last = LastCurrent(); last && last->id == snapshot_id) return last;
  return ReadLocked<SnapshotPtr>([&]() -> Result<SnapshotPtr> {
    EditionCache cache;
    return LoadSnapshot(*database_, std::string(snapshot_id), cache);
  });
}

Result<SnapshotPtr> SqliteStore::RecordRound(const AdmissionRound& round) {
  return ReadLocked<SnapshotPtr>([&]() -> Result<SnapshotPtr> {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    const Result<SnapshotPtr> current = LoadCurrent();
    if (!current) return current.error();
    Result<SnapshotPtr> next = WriteRound(*database_, round, *current, clock_.NowUtc());
    if (!next) return next.error();
    transaction.commit();
    SetCurrent(*next);
    return next;
  });
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

Result<std::vector<AdmissionAttempt>> SqliteStore::Attempts(std::string_view plugin_folder,
                                                            std::size_t limit) {
  return ReadLocked<std::vector<AdmissionAttempt>>(
      [&] { return ListAttempts(*database_, plugin_folder, limit); });
}

Result<std::int64_t> SqliteStore::BeginRiskyStep(std::string_view plugin_folder,
                                                 std::string_view content_hash,
                                                 std::string_view step) {
  std::int64_t id = 0;
  const Status status = WriteUnsynced([&](const std::string& now) -> Status {
    id = InsertNote(*database_, {0, std::string(plugin_folder), std::string(content_hash),
                                 std::string(step), now});
    return {};
  });
  if (!status) return status.error();
  return id;
}

Status SqliteStore::EndRiskyStep(std::int64_t id) {
  return WriteUnsynced([&](const std::string&) -> Status {
    if (DeleteNote(*database_, id)) return {};
    return NotFound("no risky step with the number " + std::to_string(id), path_);
  });
}

Result<std::vector<RiskyStep>> SqliteStore::UnfinishedSteps() {
  return ReadLocked<std::vector<RiskyStep>>([&] { return ListNotes(*database_); });
}

Result<std::vector<ContentVerdict>> SqliteStore::Verdicts(
    std::span<const std::string> content_hashes) {
  return ReadLocked<std::vector<ContentVerdict>>(
      [&] { return FindVerdicts(*database_, content_hashes); });
}

Status SqliteStore::ReleaseQuarantine(std::string_view plugin, std::string_view by) {
  return Write([&](const std::string& now) -> Status {
    for (const PluginProblem& problem : ListProblems(*database_)) {
      if (problem.plugin != plugin) continue;
      if (!problem.quarantine || problem.quarantine->released) {
        return Conflict("plugin " + Quoted(plugin) + " is not quarantined: " + problem.reason);
      }
      Release(*database_, problem.content_hash);
      AdmissionAttempt attempt;
      const auto verdicts = FindVerdicts(*database_, std::span(&problem.content_hash, 1));
      attempt.plugin_folder = verdicts.at(0).plugin_folder;
      attempt.plugin_id = plugin;
      attempt.content_hash = problem.content_hash;
      attempt.stage = problem.stage;
      attempt.outcome = VerdictName(VerdictKind::kReleased);
      attempt.evidence = "{}";
      attempt.at = now;
      InsertAttempt(*database_, attempt);
      JournalWriter(*database_, now)
          .Append("quarantine_released",
                  {{"plugin", plugin}, {"content_hash", problem.content_hash}, {"by", by}});
      return {};
    }
    return NotFound("no problem is recorded for plugin " + Quoted(plugin));
  });
}

Result<std::vector<PluginProblem>> SqliteStore::Problems() {
  return ReadLocked<std::vector<PluginProblem>>([&] { return ListProblems(*database_); });
}

Status SqliteStore::RecordMatches(std::span<const MatchAudit> matches) {
  if (matches.empty()) return {};
  return Write([&](const std::string& now) -> Status {
    const std::int64_t serial = LastSerial(*database_);
    std::vector<std::string> flagged;
    for (const MatchAudit& match : matches) {
      if (!SnapshotExists(*database_, match.snapshot_id)) {
        return NotFound("there is no snapshot " + Quoted(match.snapshot_id), path_);
      }
      MatchAudit dated = match;
      dated.at = now;
      const std::int64_t answer = InsertAnswer(*database_, dated);
      if (serial > 0 && FlagAnswer(*database_, answer, serial, now)) {
        flagged.push_back(match.request_id);
      }
    }
    if (!flagged.empty()) {
      JournalWriter journal(*database_, now);
      JournalFlags(journal, serial, flagged);
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
