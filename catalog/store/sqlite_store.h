// The catalog in one SQLite file.
#ifndef STACKPORT_CATALOG_STORE_SQLITE_STORE_H_
#define STACKPORT_CATALOG_STORE_SQLITE_STORE_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <functional>
#include <memory>
#include <mutex>
#include <string>

#include "catalog/store/catalog_store.h"
#include "catalog/store/database.h"
#include "catalog/store/snapshot_table.h"

namespace stackport {

class SqliteStore final : public CatalogStore {
 public:
  static Result<std::unique_ptr<SqliteStore>> Open(const std::string& path, OpenMode mode,
                                                   const Clock& clock);

  Result<SnapshotPtr> RecordRound(const AdmissionRound& round) override;
  Result<SnapshotPtr> Current() override;
  Result<SnapshotPtr> Read(std::string_view snapshot_id) override;
  Result<std::vector<SnapshotStep>> ListSnapshots(std::size_t limit) override;
  Result<std::optional<AdmittedPlugin>> FindAdmitted(std::string_view plugin_id,
                                                     std::string_view content_hash) override;
  Result<std::vector<std::string>> Search(std::string_view text, std::size_t limit) override;
  Result<std::vector<AdmissionAttempt>> Attempts(std::string_view plugin_folder,
                                                 std::size_t limit) override;
  Result<std::int64_t> BeginRiskyStep(std::string_view plugin_folder, std::string_view content_hash,
                                      std::string_view step) override;
  Status EndRiskyStep(std::int64_t id) override;
  Result<std::vector<RiskyStep>> UnfinishedSteps() override;
  Result<std::vector<ContentVerdict>> Verdicts(
      std::span<const std::string> content_hashes) override;
  Status ReleaseQuarantine(std::string_view plugin, std::string_view by) override;
  Result<std::vector<PluginProblem>> Problems() override;
  Status RecordMatches(std::span<const MatchAudit> matches) override;
  Result<std::vector<MatchAudit>> Matches(std::size_t limit) override;
  Result<RevocationEffect> ApplyRevocations(const RevocationList& list) override;
  Result<RevocationList> Revocations() override;
  Result<std::vector<WithheldComponent>> Withheld() override;
  Result<AnswerList> Answers(bool affected, std::size_t limit) override;
  Result<std::vector<JournalEntry>> Journal(std::int64_t after, std::size_t limit) override;
  Status VerifyJournal() override;
  Result<CheckReport> Check() override;
  Status BackupTo(const std::string& path) override;

 private:
  SqliteStore(std::string path, std::unique_ptr<SQLite::Database> database, const Clock& clock);

  // Writes the empty snapshot and the journal's first row into a new file.
  Status Begin();
  // The current snapshot, parsed once. Requires: mutex_ is held.
  Result<SnapshotPtr> LoadCurrent();
  // What was current when somebody last looked; null before.
  SnapshotPtr LastCurrent() const;
  void SetCurrent(SnapshotPtr snapshot);
  // Requires: mutex_ is held and a transaction open; whoever commits it makes `next` current,
  // unless it is null.
  Status ApplyRevocationsWithin(const RevocationList& list, const std::string& now,
                                RevocationEffect& effect, SnapshotPtr& next);
  // Runs `body` in one durable transaction, under the lock.
  Status Write(const std::function<Status(const std::string& now)>& body);
  // The same without waiting for the disk: survives this process, perhaps not a power cut. A later
  // durable transaction makes this one durable too.
  Status WriteUnsynced(const std::function<Status(const std::string& now)>& body);
  Status WriteLocked(const std::function<Status(const std::string& now)>& body);
  // Runs `body` under the lock.
  template <typename T, typename Body>
  Result<T> ReadLocked(Body&& body) {
    const std::lock_guard lock(mutex_);
    return Guarded(path_, [&]() -> Result<T> { return body(); });
  }

  const std::string path_;
  const Clock& clock_;
  std::mutex mutex_;
  std::unique_ptr<SQLite::Database> database_;  // guarded by mutex_
  mutable std::mutex current_mutex_;            // held for a copy only, also while mutex_ is held
  SnapshotPtr current_;  // guarded by current_mutex_; shared with everyone who answers from it
};

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_SQLITE_STORE_H_
