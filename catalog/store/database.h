// Opening the file, and turning what SQLite throws into errors a person can act on.
#ifndef STACKPORT_CATALOG_STORE_DATABASE_H_
#define STACKPORT_CATALOG_STORE_DATABASE_H_

#include <SQLiteCpp/SQLiteCpp.h>

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <limits>
#include <memory>
#include <string>
#include <utility>

#include "catalog/base/result.h"
#include "catalog/store/catalog_store.h"

namespace stackport {

// The error for an exception of SQLiteCpp; `path` is its context.
Error FromSqlite(const SQLite::Exception& exception, const std::string& path);

// Runs `body`, which answers with a Result; exceptions of SQLiteCpp and of the standard library
// become errors.
template <typename Body>
auto Guarded(const std::string& path, Body&& body) -> decltype(body()) {
  try {
    return std::forward<Body>(body)();
  } catch (const SQLite::Exception& exception) {
    return FromSqlite(exception, path);
  } catch (const std::exception& exception) {
    return Internal(exception.what(), path);
  }
}

// A count as SQL's LIMIT takes it.
inline std::int64_t ToSqlLimit(std::size_t limit) {
  constexpr std::size_t kLargest = std::numeric_limits<std::int64_t>::max();
  return static_cast<std::int64_t>(std::min(limit, kLargest));
}

// While it lives, commits wait for the disk as `mode` says ("NORMAL": not at all in WAL mode)
// instead of FULL. Requires: no transaction is open at either end.
class Synchronous {
 public:
  Synchronous(SQLite::Database& database, const std::string& mode) : database_(database) {
    database_.exec("PRAGMA synchronous = " + mode);
  }
  ~Synchronous() { database_.tryExec("PRAGMA synchronous = FULL"); }
  Synchronous(const Synchronous&) = delete;
  Synchronous& operator=(const Synchronous&) = delete;

 private:
  SQLite::Database& database_;
};

// Opens, judges and, where the mode allows it, migrates the file. The connection has foreign keys
// on, WAL and full synchronisation. Nothing is written before the file is known to be ours.
Result<std::unique_ptr<SQLite::Database>> OpenDatabase(const std::string& path, OpenMode mode);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_DATABASE_H_
