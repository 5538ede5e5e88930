#include "host/app/admission_lock.h"

#include <fcntl.h>
#include <sys/file.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <thread>

namespace stackport {
namespace {

// Short enough that nobody notices, long enough to cost nothing.
constexpr std::chrono::milliseconds kPoll{20};

}  // namespace

Result<AdmissionLock> AdmissionLock::Acquire(const std::string& catalog_path,
                                             const std::atomic<bool>* cancel) {
  const std::string path = catalog_path + ".admission";
  UniqueFd file(open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0644));
  if (!file.valid()) {
    return Unavailable(std::string("the lock for admission cannot be opened: ") +
                           std::strerror(errno) + "; check the permissions of the catalog's folder",
                       path);
  }
  while (flock(file.get(), LOCK_EX | LOCK_NB) != 0) {
    if (errno != EWOULDBLOCK && errno != EINTR) {
      return Unavailable(std::string("the lock for admission failed: ") + std::strerror(errno),
                         path);
    }
    if (cancel && cancel->load()) {
      return Unavailable("admission was stopped before it began; nothing was changed", path);
    }
    std::this_thread::sleep_for(kPoll);
  }
  return AdmissionLock(std::move(file));
}

}  // namespace stackport
