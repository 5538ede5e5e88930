#include "catalog/store/backup.h"

#include <fcntl.h>
#include <unistd.h>

#include <filesystem>
#include <system_error>

#include "catalog/base/text.h"

namespace stackport {
namespace {

namespace fs = std::filesystem;

bool SyncPath(const std::string& path, int flags) {
  const int descriptor = ::open(path.c_str(), flags | O_CLOEXEC);
  if (descriptor < 0) return false;
  const bool synced = ::fsync(descriptor) == 0;
  ::close(descriptor);
  return synced;
}

}  // namespace

Status WriteBackup(SQLite::Database& database, const std::string& path) {
  std::error_code error;
  if (fs::exists(path, error)) {
    return Conflict("there is a file already; name another one for the backup", path);
  }
  fs::path parent = fs::path(path).parent_path();
  if (parent.empty()) parent = ".";
  if (!fs::is_directory(parent, error)) {
    return NotFound(
        "the folder " + Quoted(parent.string()) + " for the backup does not exist; create it first",
        path);
  }
  const std::string partial = path + ".partial";
  fs::remove(partial, error);
  try {
    SQLite::Statement copy(database, "VACUUM INTO ?");
    copy.bind(1, partial);
    copy.exec();
  } catch (...) {
    fs::remove(partial, error);
    throw;
  }
  if (!SyncPath(partial, O_RDONLY)) {
    fs::remove(partial, error);
    return Unavailable("the backup could not be written to disk", path);
  }
  fs::rename(partial, path, error);
  if (error || !SyncPath(parent.string(), O_RDONLY | O_DIRECTORY)) {
    return Unavailable("the backup could not be put in place: " + error.message(), path);
  }
  return {};
}

}  // namespace stackport
