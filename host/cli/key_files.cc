#include "host/cli/key_files.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <istream>

#include "host/cli/layout.h"
#include "host/scanner/unique_fd.h"

namespace stackport::cli {
namespace {

Error FileError(const std::string& path, const char* what) {
  const int error = errno;
  const std::string message =
      "the file " + Shown(path) + " cannot be " + what + ": " + std::strerror(error);
  return error == ENOENT ? NotFound(message) : Unavailable(message);
}

Status WriteAll(const UniqueFd& file, std::string_view text, const std::string& path) {
  while (!text.empty()) {
    const ssize_t written = write(file.get(), text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return FileError(path, "written");
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  if (fsync(file.get()) != 0) return FileError(path, "written");
  return {};
}

}  // namespace

Result<std::string> ReadBoundedFile(const std::string& path, std::size_t max_bytes) {
  // Not blocking, so that a FIFO in place of the file does not hold us.
  const UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (file.get() < 0) return FileError(path, "opened");
  struct stat status {};
  if (fstat(file.get(), &status) != 0) return FileError(path, "read");
  if (!S_ISREG(status.st_mode)) {
    return InvalidArgument(Shown(path) + " is no regular file; name the file itself");
  }
  std::string text(max_bytes + 1, '\0');
  std::size_t used = 0;
  while (used < text.size()) {
    const ssize_t got = read(file.get(), text.data() + used, text.size() - used);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return FileError(path, "read");
    if (got == 0) break;
    used += static_cast<std::size_t>(got);
  }
  if (used > max_bytes) {
    return ResourceLimit("the file " + Shown(path) + " has more than " + std::to_string(max_bytes) +
                         " bytes, which is the most such a file can have");
  }
  text.resize(used);
  return text;
}

Status ReplaceFile(const std::string& path, std::string_view text) {
  std::string beside = path + ".XXXXXX";
  const UniqueFd file(mkstemp(beside.data()));
  if (file.get() < 0) return FileError(path, "written");
  constexpr mode_t kReadableByAll = 0644;
  Status written = WriteAll(file, text, path);
  if (written &&
      (fchmod(file.get(), kReadableByAll) != 0 || std::rename(beside.c_str(), path.c_str()) != 0)) {
    written = FileError(path, "written");
  }
  if (!written) unlink(beside.c_str());
  return written;
}

Status CreateNewFile(const std::string& path, std::string_view text, bool secret) {
  const UniqueFd file(
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, secret ? 0600 : 0644));
  if (file.get() < 0 && errno == EEXIST) {
    return Conflict("there is a file " + Shown(path) +
                    " already, and a key is never overwritten; name another file");
  }
  if (file.get() < 0) return FileError(path, "made");
  return WriteAll(file, text, path);
}

void AddPasswordFlag(CLI::App& command, std::string& password_file) {
  command
      .add_option("--password-file", password_file,
                  "File whose first line is the key's password; - reads standard input (default: "
                  "STACKPORT_KEY_PASSWORD_FILE)")
      ->type_name("FILE");
}

void SecretKeyFlags::AddTo(CLI::App& command) {
  command.add_option("--key", key_file, "Secret key, as `minisign -G` or `plugin keygen` make it")
      ->type_name("FILE")
      ->required();
  AddPasswordFlag(command, password_file);
}

Result<std::string> ReadPassword(Session& session, const std::string& password_file) {
  std::string path = password_file;
  if (path.empty()) {
    path = session.environment().variable("STACKPORT_KEY_PASSWORD_FILE").value_or("");
  }
  if (path.empty()) {
    return InvalidArgument(
        "the secret key is protected by a password; pass --password-file FILE (- reads standard "
        "input) or set STACKPORT_KEY_PASSWORD_FILE");
  }
  std::string password;
  if (path == "-") {
    std::getline(session.environment().in, password);
  } else {
    auto text = ReadBoundedFile(path, kMaxPasswordBytes + 2);
    if (!text) return text.error();
    password = text->substr(0, text->find('\n'));
  }
  if (password.ends_with('\r')) password.pop_back();
  if (password.empty()) {
    return InvalidArgument("there is no password in the first line of " +
                           (path == "-" ? std::string("standard input") : Shown(path)));
  }
  return password;
}

Result<MinisignSecretKey> ReadSecretKey(Session& session, const SecretKeyFlags& flags) {
  const auto file = ReadBoundedFile(flags.key_file, kMaxSecretKeyBytes);
  if (!file) return file.error();
  const auto needs = MinisignSecretKey::NeedsPassword(*file);
  if (!needs) return Error{needs.error().code, needs.error().message, Shown(flags.key_file)};
  std::string password;
  if (*needs) {
    auto read = ReadPassword(session, flags.password_file);
    if (!read) return read.error();
    password = *std::move(read);
  }
  auto key = MinisignSecretKey::Parse(*file, password);
  if (!key) return Error{key.error().code, key.error().message, Shown(flags.key_file)};
  return key;
}

}  // namespace stackport::cli
