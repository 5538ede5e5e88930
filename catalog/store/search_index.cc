#include "catalog/store/search_index.h"

#include <cctype>

#include "catalog/store/database.h"

namespace stackport {
namespace {

bool IsWordByte(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || std::isalnum(byte) != 0;
}

std::string CapabilityNames(const Component& component) {
  std::string names;
  for (const ProvidedCapability& provided : component.provides) {
    names += provided.capability + ' ';
  }
  return names;
}

}  // namespace

std::string ToSearchQuery(std::string_view text) {
  std::string query;
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size() && words < kMaxSearchWords;) {
    if (!IsWordByte(text[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < text.size() && IsWordByte(text[end])) ++end;
    if (!query.empty()) query += ' ';
    // Inside quotes FTS5 knows no operators, and a word byte is never a quote.
    query += '"' + std::string(text.substr(i, end - i)) + "\"*";
    ++words;
    i = end;
  }
  return query;
}

void RemoveFromSearch(SQLite::Database& database, std::string_view plugin_id) {
  SQLite::Statement text(
      database,
      "DELETE FROM search WHERE rowid IN (SELECT id FROM search_row WHERE plugin_id = ?)");
  text.bind(1, std::string(plugin_id));
  text.exec();
  SQLite::Statement rows(database, "DELETE FROM search_row WHERE plugin_id = ?");
  rows.bind(1, std::string(plugin_id));
  rows.exec();
}

void AddToSearch(SQLite::Database& database, const AdmittedPlugin& plugin) {
  SQLite::Statement row(database, "INSERT INTO search_row (component_id, plugin_id) VALUES (?,?)");
  SQLite::Statement text(database,
                         "INSERT INTO search (rowid, id, name, summary, kind, capabilities, vendor)"
                         " VALUES (?,?,?,?,?,?,?)");
  for (const Component& component : plugin.components) {
    row.bind(1, component.id);
    row.bind(2, plugin.record.id);
    row.exec();
    row.reset();
    text.bind(1, static_cast<std::int64_t>(database.getLastInsertRowid()));
    text.bind(2, component.id);
    text.bind(3, component.name);
    text.bind(4, component.summary);
    text.bind(5, component.kind);
    text.bind(6, CapabilityNames(component));
    text.bind(7, plugin.record.vendor.name);
    text.exec();
    text.reset();
  }
}

std::vector<std::string> SearchComponents(SQLite::Database& database, std::string_view text,
                                          std::size_t limit) {
  const std::string words = ToSearchQuery(text);
  if (words.empty()) return {};
  // A hit in the name says more than one in the summary; ties go by id, so that order is stable.
  SQLite::Statement query(database,
                          "SELECT r.component_id FROM search s JOIN search_row r ON r.id = s.rowid"
                          " WHERE search MATCH ?"
                          " ORDER BY bm25(search, 6, 8, 1, 3, 2, 4), r.component_id LIMIT ?");
  query.bind(1, words);
  query.bind(2, ToSqlLimit(limit));
  std::vector<std::string> ids;
  while (query.executeStep()) ids.push_back(query.getColumn(0).getString());
  return ids;
}

}  // namespace stackport
