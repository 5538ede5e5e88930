// The tables of the embedded catalog, and how an older file becomes a newer one.
//
//   document            one component document, named by its SHA-256
//   edition             one plugin as it was admitted, named by the hash of record and documents
//   edition_component   which documents belong to an edition
//   snapshot            one state of the catalog, named by its content
//   snapshot_edition    which edition of each plugin belongs to a snapshot
//   snapshot_log        the history: which snapshot followed which; the last row is the current one
//   content_verdict     what is known about each content: the cache of verdicts, and the quarantine
//   plugin_problem, admission_attempt, admission_note, match_audit    see catalog_store.h
//   revocation_list, revocation    the lists that were applied, and their entries
//   answer_component    which components the packages of an answer hold, by the answer's id
//   answer_flag         which given answers used something that was revoked, and by what
//   journal             append-only, hash-chained
//   search_row, search  full text over the current snapshot
// Snapshots share editions, and editions share documents, so a change costs what it changes.
#ifndef STACKPORT_CATALOG_STORE_SCHEMA_H_
#define STACKPORT_CATALOG_STORE_SCHEMA_H_

#include <string_view>
#include <vector>

namespace stackport {

// "STPC" in the file's header: tells a catalog from other programs' SQLite files.
inline constexpr int kApplicationId = 0x53545043;

// The statements that lead from form N to form N+1, at index N. The number of entries is the form
// this program writes, and the newest it reads.
const std::vector<std::string_view>& Migrations();

// Every table that a complete file has.
const std::vector<std::string_view>& TableNames();

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_SCHEMA_H_
