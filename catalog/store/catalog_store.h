// The durable catalog: plugins, component documents, snapshots, journal, audit.
//
// An interface, so that a catalog shared by several hosts can stand behind it; Open gives the
// embedded one, a single SQLite file in WAL mode. Every change that was acknowledged survives a
// killed process and a power cut, and a change is visible whole or not at all.
//
// Thread-safe: one lock for each store. One process should own the write side; a second writer
// waits for up to kBusyTimeoutMs and then gets a Conflict. Readers of other processes never block
// the writer.
#ifndef STACKPORT_CATALOG_STORE_CATALOG_STORE_H_
#define STACKPORT_CATALOG_STORE_CATALOG_STORE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/clock.h"
#include "catalog/base/findings.h"
#include "catalog/base/result.h"
#include "catalog/model/component.h"
#include "catalog/model/revocation.h"
#include "catalog/model/snapshot.h"

namespace stackport {

// How long a writer waits for another process before it gives up: longer than any commit of ours,
// shorter than a person's patience.
inline constexpr int kBusyTimeoutMs = 5000;
// Words of a search that count; more would only slow it down.
inline constexpr std::size_t kMaxSearchWords = 16;

enum class OpenMode {
  kCreateIfMissing,
  kMustExist,
  kReadOnly,  // an existing catalog; every change is refused
};

// One plugin as admission accepted it. Components come from ParseComponent.
struct AdmittedPlugin {
  PluginRecord record;
  std::vector<Component> components;
  // Described by the plugin, and kept out of snapshots because they are revoked. They stay with the
  // edition, so that they can return without another scan.
  std::vector<Component> withheld{};
};

// One transaction that makes one snapshot. A plugin that is put replaces all of its earlier
// components. Removing a plugin that is not there changes nothing.
struct CatalogChange {
  std::vector<AdmittedPlugin> put;
  std::vector<std::string> remove_plugin_ids;
  std::string reason;  // for people: "reload", "plugin dell-servers 1.4.0"
};

// One step of the catalog's history, newest first when listed. The same content can return, so a
// snapshot id may occur in several steps.
struct SnapshotStep {
  std::int64_t sequence = 0;
  std::string snapshot_id;
  std::string parent_id;  // empty for the first
  std::string at;
  std::string reason;
};

// What happened when a plugin folder was judged; kept for ever.
struct AdmissionAttempt {
  std::string plugin_folder;
  std::string plugin_id;     // empty when the manifest could not be read
  std::string content_hash;  // likewise
  std::string stage;         // "manifest", "signature", "scan", ...
  // "admitted", "refused", "quarantined", "interrupted" (the host died of it), "removed",
  // "released"
  std::string outcome;
  std::string evidence;  // JSON text
  std::string at;        // filled by the store
};

// What is known about one content, wherever it lies: the cache of verdicts, and the quarantine.
enum class VerdictKind {
  kAdmitted,     // needs no second judgement
  kRefused,      // would be refused again: a fault of its bytes
  kQuarantined,  // its code misbehaved; not run again before `next_retry`
  kReleased,     // was quarantined; the operator wants it judged again
};
std::string_view VerdictName(VerdictKind kind);  // "admitted", "refused", ...

struct ContentVerdict {
  std::string content_hash;
  VerdictKind kind = VerdictKind::kRefused;
  std::string judge;          // version of the judge: another one judges again
  std::string plugin_id;      // as the content's manifest says
  std::string plugin_folder;  // where it was judged
  // What else has to be as it was for the verdict to hold; empty: nothing, the content says it all.
  std::string condition;
  std::int64_t failures = 0;  // judgements in a row that ended in quarantine
  std::string next_retry;     // RFC 3339; empty: not quarantined
  std::string stage;          // as in AdmissionAttempt; empty when admitted
  std::string reason;         // one sentence; empty when admitted
  std::string evidence;       // JSON text; empty when admitted
  std::string at;             // filled by the store
};

// A note that something risky is under way. One that is still there at the next start names the
// plugin on which the host died.
struct RiskyStep {
  std::int64_t id = 0;
  std::string plugin_folder;
  std::string content_hash;
  std::string step;
  std::string at;
};

// The quarantine of a plugin that has a problem.
struct Quarantine {
  std::int64_t failures = 0;
  std::string next_retry;  // RFC 3339
  bool released = false;   // by the operator; the next round judges it
};

// Why a plugin, or its newest version, is not in service. Cleared when a version of the plugin is
// put, or by a round that does not meet it any more.
struct PluginProblem {
  std::string plugin;        // its id, or its folder's name when the id could not be read
  std::string content_hash;  // of the version that failed
  std::string stage;
  std::string evidence;  // JSON text
  bool stale = false;    // the last good version is still in service
  std::string reason;    // one sentence
  std::string at;        // filled by the store
  // Read only: from the verdict on `content_hash`.
  std::optional<Quarantine> quarantine = std::nullopt;
};

// All that one round of admission found out, written as one transaction: after a crash the catalog
// knows all of it or nothing.
struct AdmissionRound {
  CatalogChange change;  // may be empty; then there is no new snapshot
  // What the change means, as JSON text; kept in the journal beside it. Empty: nothing is kept.
  std::string difference;
  std::vector<AdmissionAttempt> attempts;
  std::vector<ContentVerdict> verdicts;  // each replaces what was known about its content
  std::vector<PluginProblem> problems;   // each replaces what was recorded for its plugin
  std::vector<std::string> solved;       // plugins whose problem is no more; others are ignored
  std::vector<std::int64_t> ended_steps;
};

// One answer that was given.
struct MatchAudit {
  std::string request_id;  // the result's id, which is a hash of the whole result
  std::string snapshot_id;
  std::string at;                         // filled by the store
  std::string country{};                  // ISO 3166-1 alpha-2
  std::vector<std::string> components{};  // of all packages shown, each once; not filled by Matches
};

// A component that a package of a given answer holds, and that a revocation covers.
struct AnswerFlag {
  std::string component_id;
  std::string plugin_id;  // that described it, with its version
  std::string version;
  std::string key_id;  // empty when the plugin was unsigned
  std::string grain;   // RevocationGrainName
  std::string subject;
  std::int64_t serial = 0;  // of the list that flagged it
  std::string reason;
  std::string since;  // YYYY-MM-DD, as the list says
  std::string at;     // when it was flagged
};

struct GivenAnswer {
  std::string result_id;
  std::string snapshot_id;
  std::string country;
  std::string at;
  std::vector<AnswerFlag> flags;  // empty: nothing in it was revoked so far
};

// The newest answers, newest first, and how many there are in all.
struct AnswerList {
  std::vector<GivenAnswer> answers;
  std::int64_t total = 0;
};

// What applying a list of revocations did.
struct RevocationEffect {
  bool applied = false;  // false: the list was in force already
  std::int64_t serial = 0;
  std::vector<std::string> removed_plugins;
  std::vector<std::string> withheld_components;
  std::vector<std::string> restored_components;  // an earlier list had them withheld
  std::int64_t flagged_answers = 0;
};

// A component that a revocation keeps out of the current snapshot.
struct WithheldComponent {
  std::string plugin_id;
  std::string component_id;
};

// One row of the append-only journal: `hash` covers the other fields, and with them every earlier
// row.
struct JournalEntry {
  std::int64_t sequence = 0;
  std::string at;
  std::string event;    // "catalog_created", "snapshot", "admission", "problem", ...
  std::string content;  // canonical JSON
  std::string previous_hash;
  std::string hash;
};

// What Check found. Clean when there are no findings.
struct CheckReport {
  std::vector<Finding> findings;
  std::int64_t snapshots = 0;
  std::int64_t documents = 0;
  std::int64_t journal_entries = 0;
  std::string journal_head;  // hash of the last row; note it elsewhere to notice a cut-off tail
  bool ok() const { return findings.empty(); }
};

class CatalogStore {
 public:
  virtual ~CatalogStore() = default;

  // Opens the embedded catalog in `path`. `clock` must outlive the store. Errors: the folder or
  // the file is missing (NotFound), the file is no catalog or damaged (DataCorrupt), another
  // program's or a newer one (Conflict). Nothing is written unless the file is ours.
  static Result<std::unique_ptr<CatalogStore>> Open(const std::string& path, OpenMode mode,
                                                    const Clock& clock);

  // Writes the round and answers with the snapshot after it; a round that changes no content
  // answers with the current one. Errors: a component id that another plugin owns (Conflict, naming
  // both), something that the list of revocations in force covers (Conflict), a plugin or component
  // named twice (InvalidArgument). After an error nothing was written.
  virtual Result<SnapshotPtr> RecordRound(const AdmissionRound& round) = 0;
  // A round that is only a change.
  Result<SnapshotPtr> ApplyChange(CatalogChange change);

  // The newest snapshot; an empty catalog has one too. Cheap while nothing changed. While another
  // thread is writing a round, the snapshot before that round: nobody waits for it.
  virtual Result<SnapshotPtr> Current() = 0;
  // Any snapshot there ever was.
  virtual Result<SnapshotPtr> Read(std::string_view snapshot_id) = 0;
  // The newest `limit` steps, newest first.
  virtual Result<std::vector<SnapshotStep>> ListSnapshots(std::size_t limit) = 0;
  // The stored version of a plugin with this content hash, from any snapshot, if there is one: such
  // bytes need no second scan.
  virtual Result<std::optional<AdmittedPlugin>> FindAdmitted(std::string_view plugin_id,
                                                             std::string_view content_hash) = 0;

  // Ids of components of the current snapshot that hold every word of `text` (as a prefix) in
  // id, name, summary, kind, capabilities or vendor name; best first. Any text is valid.
  virtual Result<std::vector<std::string>> Search(std::string_view text, std::size_t limit) = 0;

  // Newest first; of every plugin folder when `plugin_folder` is empty.
  virtual Result<std::vector<AdmissionAttempt>> Attempts(std::string_view plugin_folder,
                                                         std::size_t limit) = 0;

  // The verdicts on those contents that are known, in no order. Admitted ones carry no evidence.
  virtual Result<std::vector<ContentVerdict>> Verdicts(
      std::span<const std::string> content_hashes) = 0;
  // Releases the quarantined content that is the plugin's problem (`plugin` as in PluginProblem);
  // the next round judges it. `by` says who, for the journal. Errors: NotFound when the plugin has
  // no problem, Conflict when it is not quarantined.
  virtual Status ReleaseQuarantine(std::string_view plugin, std::string_view by) = 0;

  // The note outlives this process when BeginRiskyStep returns; a power cut may lose it, which
  // blames nobody.
  virtual Result<std::int64_t> BeginRiskyStep(std::string_view plugin_folder,
                                              std::string_view content_hash,
                                              std::string_view step) = 0;
  virtual Status EndRiskyStep(std::int64_t id) = 0;
  // Oldest first.
  virtual Result<std::vector<RiskyStep>> UnfinishedSteps() = 0;

  // Sorted by plugin.
  virtual Result<std::vector<PluginProblem>> Problems() = 0;

  // All of them in one durable transaction; NotFound when a snapshot does not exist. An answer that
  // used what is revoked already (it was computed meanwhile, or from an old snapshot) is flagged.
  virtual Status RecordMatches(std::span<const MatchAudit> matches) = 0;
  Status RecordMatch(std::string_view request_id, std::string_view snapshot_id);
  // The newest `limit`, newest first.
  virtual Result<std::vector<MatchAudit>> Matches(std::size_t limit) = 0;

  // Makes the list the one in force, takes what it revokes out of service, returns components that
  // it no longer revokes, and flags every given answer that used what it revokes: one durable
  // transaction. A list that is in force already changes nothing. Conflict when its serial is not
  // above the last one's. The caller has verified whose list it is.
  virtual Result<RevocationEffect> ApplyRevocations(const RevocationList& list) = 0;
  // The list in force; serial 0 when none was ever applied.
  virtual Result<RevocationList> Revocations() = 0;
  // Sorted by plugin and component.
  virtual Result<std::vector<WithheldComponent>> Withheld() = 0;
  // The newest `limit` answers; with `affected` those alone that a revocation flagged.
  virtual Result<AnswerList> Answers(bool affected, std::size_t limit) = 0;

  // Rows with a sequence above `after`, oldest first.
  virtual Result<std::vector<JournalEntry>> Journal(std::int64_t after, std::size_t limit) = 0;
  // DataCorrupt, naming the first row that does not follow from the one before it.
  virtual Status VerifyJournal() = 0;

  // Reads everything: the file's own integrity, the journal, every document, every snapshot's id.
  virtual Result<CheckReport> Check() = 0;
  // Writes a complete copy to a new file; refuses to overwrite.
  virtual Status BackupTo(const std::string& path) = 0;
};

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_CATALOG_STORE_H_
