#include "host/admission/sealed_file.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace stackport {
namespace {

// MFD_EXEC of Linux 6.3, which the header of Debian 12 does not have: says that the file may be
// mapped as code. Older kernels refuse the flag and allow the mapping.
constexpr unsigned kMemfdExecutable = 0x10;

Error Failed(const char* what) {
  return Unavailable(std::string("cannot hold the library in memory: ") + what + ": " +
                     std::strerror(errno));
}

}  // namespace

Result<UniqueFd> SealInMemory(std::string_view bytes) {
  constexpr unsigned kFlags = MFD_CLOEXEC | MFD_ALLOW_SEALING;
  UniqueFd file(memfd_create("stackport-plugin", kFlags | kMemfdExecutable));
  if (!file.valid() && errno == EINVAL) file = UniqueFd(memfd_create("stackport-plugin", kFlags));
  if (!file.valid()) return Failed("memfd_create");
  while (!bytes.empty()) {
    const ssize_t written = write(file.get(), bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return Failed("write");
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  constexpr int kSeals = F_SEAL_SEAL | F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_WRITE;
  if (fcntl(file.get(), F_ADD_SEALS, kSeals) != 0) return Failed("F_ADD_SEALS");
  return file;
}

}  // namespace stackport
