// The part of the store that takes things back: revocations, and answers that used what is revoked.
#include <fmt/format.h>

#include <utility>

#include "catalog/base/hash.h"
#include "catalog/store/answer_table.h"
#include "catalog/store/database.h"
#include "catalog/store/edition_table.h"
#include "catalog/store/journal.h"
#include "catalog/store/revocation_table.h"
#include "catalog/store/round_writer.h"
#include "catalog/store/sqlite_store.h"
#include "catalog/store/withdrawal.h"

namespace stackport {

Result<RevocationEffect> SqliteStore::ApplyRevocations(const RevocationList& list) {
  RevocationEffect effect;
  SnapshotPtr next;
  const std::lock_guard lock(mutex_);
  const Status applied = Guarded(path_, [&]() -> Status {
    SQLite::Transaction transaction(*database_, SQLite::TransactionBehavior::IMMEDIATE);
    if (Status done = ApplyRevocationsWithin(list, clock_.NowUtc(), effect, next); !done) {
      return done;
    }
    transaction.commit();
    if (next != nullptr) SetCurrent(next);
    return {};
  });
  if (!applied) return applied.error();
  return effect;
}

Status SqliteStore::ApplyRevocationsWithin(const RevocationList& list, const std::string& now,
                                           RevocationEffect& effect, SnapshotPtr& next) {
  const RevocationList last = ReadRevocations(*database_);
  effect.serial = list.serial;
  if (last.serial == list.serial && last.document == list.document) return {};
  if (list.serial <= last.serial) {
    return Conflict(fmt::format("the list of revocations has the serial {}, and a list with {} was "
                                "applied at {}; a list takes effect only with a higher serial",
                                list.serial, last.serial, last.at),
                    path_);
  }
  RevocationList dated = list;
  dated.at = now;
  InsertRevocations(*database_, dated);
  const std::vector<std::string> results = FlagAllAnswers(*database_, list.serial, now);
  JournalWriter journal(*database_, now);
  journal.Append("revocations", {{"serial", std::to_string(list.serial)},
                                 {"issued", list.issued},
                                 {"entries", std::to_string(list.entries.size())},
                                 {"sha256", Sha256Hex(list.document)},
                                 {"key_id", list.key_id}});
  if (!results.empty()) JournalFlags(journal, list.serial, results);
  effect.applied = true;
  effect.flagged_answers = static_cast<std::int64_t>(results.size());

  const Result<SnapshotPtr> current = LoadCurrent();
  if (!current) return current.error();
  std::vector<AdmittedPlugin> in_service;
  for (const auto& [plugin, edition] : EditionsOf(*database_, (*current)->id)) {
    auto read = ReadEdition(*database_, edition);
    if (!read) return read.error();
    in_service.push_back(*std::move(read));
  }
  const CatalogChange change = WithdrawalOf(in_service, list, effect);
  if (change.put.empty() && change.remove_plugin_ids.empty()) return {};
  auto changed = WriteChange(*database_, change, {}, *current, journal);
  if (!changed) return changed.error();
  next = *std::move(changed);
  return {};
}

Result<RevocationList> SqliteStore::Revocations() {
  return ReadLocked<RevocationList>([&] { return ReadRevocations(*database_); });
}

Result<std::vector<WithheldComponent>> SqliteStore::Withheld() {
  return ReadLocked<std::vector<WithheldComponent>>([&] { return ListWithheld(*database_); });
}

Result<AnswerList> SqliteStore::Answers(bool affected, std::size_t limit) {
  return ReadLocked<AnswerList>([&] { return ListAnswers(*database_, affected, limit); });
}

}  // namespace stackport
