// Given answers: what their packages held, and which of them a revocation reaches.
//
// Callers hold the store's lock and, to write, a transaction; SQLite's exceptions pass through.
#ifndef STACKPORT_CATALOG_STORE_ANSWER_TABLE_H_
#define STACKPORT_CATALOG_STORE_ANSWER_TABLE_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/store/catalog_store.h"
#include "catalog/store/journal.h"

namespace stackport {

// Answers with the row's number. Components are written once for each result id: equal ids have
// equal content.
std::int64_t InsertAnswer(SQLite::Database& database, const MatchAudit& match);

// Flags, by the list with this serial, every answer given so far. Answers with the result ids of
// the newly flagged, newest first, each once for each time it was given.
std::vector<std::string> FlagAllAnswers(SQLite::Database& database, std::int64_t serial,
                                        std::string_view now);
// The same for one answer; says whether it was flagged.
bool FlagAnswer(SQLite::Database& database, std::int64_t answer, std::int64_t serial,
                std::string_view now);

// The journal's row about flagged answers.
void JournalFlags(JournalWriter& journal, std::int64_t serial,
                  const std::vector<std::string>& results);

AnswerList ListAnswers(SQLite::Database& database, bool affected, std::size_t limit);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_ANSWER_TABLE_H_
