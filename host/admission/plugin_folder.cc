#include "host/admission/plugin_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <utility>
#include <vector>

#include "catalog/base/hash.h"
#include "catalog/base/text.h"

namespace stackport {
namespace {

// The kernel stamps files with the time of its last tick (10 ms at the coarsest), so two writes can
// bear one time.
constexpr std::int64_t kTimeGrainNs = 100'000'000;

std::int64_t Nanoseconds(const timespec& time) {
  return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

std::int64_t NowNs() {
  timespec now = {};
  clock_gettime(CLOCK_REALTIME, &now);
  return Nanoseconds(now);
}

bool IsNameCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' ||
         c == '_' || c == '-';
}

std::string TypeName(mode_t mode) {
  if (S_ISLNK(mode)) return "a symbolic link";
  if (S_ISFIFO(mode)) return "a FIFO";
  if (S_ISDIR(mode)) return "a folder";
  if (S_ISSOCK(mode)) return "a socket";
  return "a device";
}

Error OpenError(int error, std::string_view path) {
  if (error == ENOENT) return NotFound("the file " + Quoted(path) + " does not exist");
  if (error == ELOOP || error == ENOTDIR) {
    return InvalidArgument(Quoted(path) +
                           " is or goes through a symbolic link or something that is no folder; "
                           "put the file itself into the plugin's folder");
  }
  return Unavailable("the file " + Quoted(path) + " cannot be opened: " + std::strerror(error));
}

// Reads to the end of the file, at most `size` bytes and one more.
Result<std::string> ReadAll(int fd, std::uint64_t size, std::string_view path) {
  std::string bytes(size + 1, '\0');
  std::size_t used = 0;
  while (used < bytes.size()) {
    const ssize_t got = read(fd, bytes.data() + used, bytes.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      return Unavailable("the file " + Quoted(path) + " cannot be read: " + std::strerror(errno));
    }
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  if (used != size) {
    return Unavailable("the file " + Quoted(path) + " changed while it was read (" +
                       std::to_string(size) + " bytes before, " + std::to_string(used) +
                       " read); try again when nothing writes to the folder");
  }
  bytes.resize(used);
  return bytes;
}

}  // namespace

bool IsSafeRelativePath(std::string_view path) {
  if (path.empty()) return false;
  for (const std::string& name : Split(path, '/')) {
    if (name.empty() || name.front() == '.') return false;
    if (!std::all_of(name.begin(), name.end(), IsNameCharacter)) return false;
  }
  return true;
}

Result<PluginFolder> PluginFolder::Open(const std::string& path) {
  // A slash at the end would follow a symbolic link.
  std::string plain = path;
  while (plain.size() > 1 && plain.back() == '/') plain.pop_back();
  UniqueFd fd(open(plain.c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
  if (fd.valid()) return PluginFolder(plain, std::move(fd));
  if (errno == ENOENT) return NotFound("the plugin folder does not exist", plain);
  if (errno == ENOTDIR || errno == ELOOP) {
    return InvalidArgument(
        "a plugin is a folder NAME.stackport/; this is a file or a symbolic link", plain);
  }
  return Unavailable(std::string("the plugin folder cannot be opened: ") + std::strerror(errno),
                     plain);
}

Result<std::string> PluginFolder::ReadFile(std::string_view path, std::uint64_t max_bytes) const {
  if (!IsSafeRelativePath(path)) {
    return InvalidArgument("the path " + Quoted(path) +
                           " leaves the folder or has other characters than letters, digits, "
                           "'.', '_', '-' and '/'");
  }
  const std::vector<std::string> names = Split(path, '/');
  UniqueFd parent;
  int at = fd_.get();
  for (std::size_t i = 0; i + 1 < names.size(); ++i) {
    UniqueFd next(openat(at, names[i].c_str(), O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC));
    if (!next.valid()) return OpenError(errno, path);
    parent = std::move(next);
    at = parent.get();
  }

  // Without O_NONBLOCK, opening a FIFO would wait for a writer.
  const UniqueFd file(
      openat(at, names.back().c_str(), O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC));
  if (!file.valid()) return OpenError(errno, path);
  struct stat status = {};
  if (fstat(file.get(), &status) != 0) return OpenError(errno, path);
  if (!S_ISREG(status.st_mode)) {
    return InvalidArgument(Quoted(path) + " is " + TypeName(status.st_mode) +
                           "; a plugin holds regular files only");
  }
  const auto size = static_cast<std::uint64_t>(status.st_size);
  if (size > max_bytes) {
    return ResourceLimit("the file " + Quoted(path) + " has " + std::to_string(size) +
                         " bytes, at most " + std::to_string(max_bytes) + " were expected");
  }
  return ReadAll(file.get(), size, path);
}

std::string PluginFolder::StateOf(const std::vector<std::string>& paths) const {
  const std::int64_t now = NowNs();
  std::string state;
  for (const std::string& path : paths) {
    struct stat status = {};
    if (!IsSafeRelativePath(path) ||
        fstatat(fd_.get(), path.c_str(), &status, AT_SYMLINK_NOFOLLOW) != 0) {
      state += "none;";
      continue;
    }
    // The time of the last change of status moves with every write, and nobody can set it.
    const std::int64_t changed = Nanoseconds(status.st_ctim);
    state += std::to_string(status.st_ino) + ',' + std::to_string(status.st_size) + ',' +
             std::to_string(changed) + ';';
    if (changed > now - kTimeGrainNs) state += "new at " + std::to_string(now) + ';';
  }
  return Sha256Hex(state);
}

bool PluginFolder::Has(std::string_view path) const {
  struct stat status = {};
  return IsSafeRelativePath(path) &&
         fstatat(fd_.get(), std::string(path).c_str(), &status, AT_SYMLINK_NOFOLLOW) == 0;
}

}  // namespace stackport
