// Keeps two processes from admitting plugins into one catalog at the same time.
#ifndef STACKPORT_HOST_APP_ADMISSION_LOCK_H_
#define STACKPORT_HOST_APP_ADMISSION_LOCK_H_

#include <atomic>
#include <string>
#include <utility>

#include "catalog/base/result.h"
#include "host/scanner/unique_fd.h"

namespace stackport {

// Held by at most one process for each catalog; the system lets go of it when its holder dies.
// Without it the notes of a round under way would look like those of a host that died. The lock is
// on a file of its own beside the catalog, CATALOG.admission, which stays there, empty.
class AdmissionLock {
 public:
  // Waits until it is free, or `cancel` (may be null) becomes true: Unavailable.
  static Result<AdmissionLock> Acquire(const std::string& catalog_path,
                                       const std::atomic<bool>* cancel);

 private:
  explicit AdmissionLock(UniqueFd file) : file_(std::move(file)) {}

  UniqueFd file_;
};

}  // namespace stackport

#endif  // STACKPORT_HOST_APP_ADMISSION_LOCK_H_
