#include "catalog/store/journal.h"

#include <fmt/format.h>

#include "catalog/base/hash.h"
#include "catalog/store/database.h"

namespace stackport {
namespace {

constexpr const char* kColumns = "sequence, at, event, content, previous_hash, hash";

JournalEntry ReadRow(SQLite::Statement& query) {
  return {query.getColumn(0).getInt64(),  query.getColumn(1).getString(),
          query.getColumn(2).getString(), query.getColumn(3).getString(),
          query.getColumn(4).getString(), query.getColumn(5).getString()};
}

}  // namespace

std::string JournalRoot() {
  return std::string(64, '0');
}

std::string HashOf(const JournalEntry& entry) {
  json::Document document(rapidjson::kObjectType);
  json::Allocator& allocator = document.GetAllocator();
  json::Set(document, "sequence", entry.sequence, allocator);
  json::Set(document, "at", std::string_view(entry.at), allocator);
  json::Set(document, "event", std::string_view(entry.event), allocator);
  json::Set(document, "content", std::string_view(entry.content), allocator);
  json::Set(document, "previous_hash", std::string_view(entry.previous_hash), allocator);
  return Sha256Hex(json::WriteCanonical(document));
}

JournalWriter::JournalWriter(SQLite::Database& database, std::string at)
    : insert_(database, fmt::format("INSERT INTO journal ({}) VALUES (?,?,?,?,?,?)", kColumns)),
      at_(std::move(at)),
      head_(JournalRoot()) {
  SQLite::Statement last(database,
                         "SELECT sequence, hash FROM journal ORDER BY sequence DESC LIMIT 1");
  if (last.executeStep()) {
    sequence_ = last.getColumn(0).getInt64();
    head_ = last.getColumn(1).getString();
  }
}

void JournalWriter::Append(std::string_view event, const json::Value& content) {
  JournalEntry entry;
  entry.sequence = ++sequence_;
  entry.at = at_;
  entry.event = event;
  entry.content = json::WriteCanonical(content);
  entry.previous_hash = std::move(head_);
  entry.hash = HashOf(entry);
  insert_.bind(1, entry.sequence);
  insert_.bind(2, entry.at);
  insert_.bind(3, entry.event);
  insert_.bind(4, entry.content);
  insert_.bind(5, entry.previous_hash);
  insert_.bind(6, entry.hash);
  insert_.exec();
  insert_.reset();
  head_ = std::move(entry.hash);
}

void JournalWriter::Append(
    std::string_view event,
    const std::vector<std::pair<std::string_view, std::string_view>>& fields) {
  json::Document content(rapidjson::kObjectType);
  for (const auto& [name, value] : fields) {
    json::Set(content, name, value, content.GetAllocator());
  }
  Append(event, content);
}

std::vector<JournalEntry> ReadJournal(SQLite::Database& database, std::int64_t after,
                                      std::size_t limit) {
  SQLite::Statement query(
      database,
      fmt::format("SELECT {} FROM journal WHERE sequence > ? ORDER BY sequence LIMIT ?", kColumns));
  query.bind(1, after);
  query.bind(2, ToSqlLimit(limit));
  std::vector<JournalEntry> entries;
  while (query.executeStep()) entries.push_back(ReadRow(query));
  return entries;
}

Result<JournalState> WalkJournal(SQLite::Database& database) {
  SQLite::Statement query(database,
                          fmt::format("SELECT {} FROM journal ORDER BY sequence", kColumns));
  JournalState state{0, JournalRoot()};
  while (query.executeStep()) {
    const JournalEntry entry = ReadRow(query);
    if (entry.sequence != state.entries + 1 || entry.previous_hash != state.head ||
        entry.hash != HashOf(entry)) {
      return DataCorrupt(
          fmt::format("row {} of the journal does not follow from the rows before "
                      "it: it was changed, or a row is missing",
                      entry.sequence));
    }
    state.entries = entry.sequence;
    state.head = entry.hash;
  }
  return state;
}

}  // namespace stackport
