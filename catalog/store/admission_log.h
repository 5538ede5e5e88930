// Rows about admission and audit: attempts, notes before risky steps, problems, matches.
//
// Callers hold the store's lock and, to write, a transaction; SQLite's exceptions pass through.
#ifndef STACKPORT_CATALOG_STORE_ADMISSION_LOG_H_
#define STACKPORT_CATALOG_STORE_ADMISSION_LOG_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/store/catalog_store.h"

namespace stackport {

void InsertAttempt(SQLite::Database& database, const AdmissionAttempt& attempt);
std::vector<AdmissionAttempt> ListAttempts(SQLite::Database& database,
                                           std::string_view plugin_folder, std::size_t limit);

std::int64_t InsertNote(SQLite::Database& database, const RiskyStep& step);
bool DeleteNote(SQLite::Database& database, std::int64_t id);
std::vector<RiskyStep> ListNotes(SQLite::Database& database);

void PutProblem(SQLite::Database& database, const PluginProblem& problem);
bool DeleteProblem(SQLite::Database& database, std::string_view plugin);
std::vector<PluginProblem> ListProblems(SQLite::Database& database);

std::vector<MatchAudit> ListMatches(SQLite::Database& database, std::size_t limit);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_ADMISSION_LOG_H_
