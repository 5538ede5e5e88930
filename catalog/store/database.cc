#include "catalog/store/database.h"

#include <fmt/format.h>
#include <sqlite3.h>

#include <filesystem>
#include <system_error>

#include "catalog/base/text.h"
#include "catalog/store/schema.h"

namespace stackport {
namespace {

namespace fs = std::filesystem;

int FormThisProgramWrites() {
  return static_cast<int>(Migrations().size());
}

int ReadPragma(SQLite::Database& database, const char* pragma) {
  return database.execAndGet(std::string("PRAGMA ") + pragma).getInt();
}

// What the file system says before SQLite is asked.
Status JudgePath(const std::string& path, OpenMode mode) {
  std::error_code error;
  fs::path parent = fs::path(path).parent_path();
  if (parent.empty()) parent = ".";
  if (!fs::is_directory(parent, error)) {
    return NotFound("the folder " + Quoted(parent.string()) +
                        " for the catalog does not exist; create it, or name another file",
                    path);
  }
  if (fs::is_directory(path, error)) {
    return InvalidArgument("the catalog must be a file, and this is a folder", path);
  }
  if (mode != OpenMode::kCreateIfMissing && !fs::exists(path, error)) {
    return NotFound(
        "there is no catalog in this file; create one by serving plugins, or name "
        "another file",
        path);
  }
  return {};
}

// Whether the file is empty, ours, or somebody else's.
Status JudgeContent(SQLite::Database& database, const std::string& path, OpenMode mode) {
  const int application = ReadPragma(database, "application_id");
  const int form = ReadPragma(database, "user_version");
  const int objects = database.execAndGet("SELECT count(*) FROM sqlite_master").getInt();
  if (application == 0 && form == 0 && objects == 0) {
    if (mode == OpenMode::kCreateIfMissing) return {};
    return DataCorrupt("the file is empty and so no catalog; restore a backup", path);
  }
  if (application != kApplicationId) {
    return Conflict(
        "the file is an SQLite database of another program, not a catalog; name "
        "another file",
        path);
  }
  if (form > FormThisProgramWrites()) {
    return Conflict(
        fmt::format("the catalog has form {}, and this program reads forms up to {}; upgrade the "
                    "program, or restore a backup made with this one",
                    form, FormThisProgramWrites()),
        path);
  }
  if (form < FormThisProgramWrites() && mode == OpenMode::kReadOnly) {
    return Conflict(fmt::format("the catalog has form {} and must become form {} first; open it "
                                "once for writing",
                                form, FormThisProgramWrites()),
                    path);
  }
  return {};
}

void Migrate(SQLite::Database& database) {
  SQLite::Transaction transaction(database, SQLite::TransactionBehavior::IMMEDIATE);
  // Read again under the lock: another process may have been first.
  for (int form = ReadPragma(database, "user_version"); form < FormThisProgramWrites(); ++form) {
    database.exec(std::string(Migrations()[static_cast<std::size_t>(form)]));
    database.exec(fmt::format("PRAGMA user_version = {}", form + 1));
  }
  database.exec(fmt::format("PRAGMA application_id = {}", kApplicationId));
  transaction.commit();
}

Status JudgeTables(SQLite::Database& database, const std::string& path) {
  for (const std::string_view name : TableNames()) {
    SQLite::Statement query(database,
                            "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?");
    query.bind(1, std::string(name));
    if (!query.executeStep()) {
      return DataCorrupt(
          fmt::format("the catalog lacks its table {}; restore a backup", std::string(name)), path);
    }
  }
  return {};
}

}  // namespace

Error FromSqlite(const SQLite::Exception& exception, const std::string& path) {
  const std::string detail = Printable(exception.what());
  switch (exception.getErrorCode()) {
    case SQLITE_NOTADB:
      return DataCorrupt(
          "the file is not a catalog (" + detail + "); name another file, or restore a backup",
          path);
    case SQLITE_CORRUPT:
      return DataCorrupt("the catalog is damaged (" + detail +
                             "); run `stackport catalog check`, then restore a backup",
                         path);
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return Conflict("another process is writing to the catalog; stop it, or try again", path);
    case SQLITE_READONLY:
      return Conflict("the catalog cannot be written (" + detail +
                          "); check how it was opened and its permissions",
                      path);
    case SQLITE_CANTOPEN:
    case SQLITE_PERM:
    case SQLITE_AUTH:
      return Unavailable("the catalog cannot be opened (" + detail +
                             "); check the permissions of the file and its folder",
                         path);
    case SQLITE_FULL:
      return Unavailable("the disk is full; nothing was changed. Free some space and try again",
                         path);
    case SQLITE_IOERR:
      return Unavailable("the disk failed (" + detail + "); nothing was acknowledged", path);
    default:
      return Internal("the database refused a statement: " + detail, path);
  }
}

Result<std::unique_ptr<SQLite::Database>> OpenDatabase(const std::string& path, OpenMode mode) {
  using Opened = Result<std::unique_ptr<SQLite::Database>>;
  return Guarded(path, [&]() -> Opened {
    if (Status status = JudgePath(path, mode); !status) return status.error();
    int flags = SQLite::OPEN_READWRITE;
    if (mode == OpenMode::kReadOnly) flags = SQLite::OPEN_READONLY;
    if (mode == OpenMode::kCreateIfMissing) flags |= SQLite::OPEN_CREATE;
    auto database = std::make_unique<SQLite::Database>(path, flags, kBusyTimeoutMs);
    if (Status status = JudgeContent(*database, path, mode); !status) return status.error();
    database->exec("PRAGMA foreign_keys = ON");
    if (mode != OpenMode::kReadOnly) {
      database->exec("PRAGMA journal_mode = WAL");
      // FULL in WAL mode syncs the log at each commit: an acknowledged change survives a power cut.
      database->exec("PRAGMA synchronous = FULL");
      Migrate(*database);
    }
    if (Status status = JudgeTables(*database, path); !status) return status.error();
    return database;
  });
}

}  // namespace stackport
