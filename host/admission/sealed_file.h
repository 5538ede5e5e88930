// Bytes sealed in memory: what was hashed is what is loaded.
#ifndef STACKPORT_HOST_ADMISSION_SEALED_FILE_H_
#define STACKPORT_HOST_ADMISSION_SEALED_FILE_H_

#include <string_view>

#include "catalog/base/result.h"
#include "host/scanner/unique_fd.h"

namespace stackport {

// An anonymous file in memory that holds `bytes` and that nobody can change any more: neither this
// process nor the one it is passed to.
Result<UniqueFd> SealInMemory(std::string_view bytes);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_SEALED_FILE_H_
