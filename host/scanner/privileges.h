// Who the scanner process is: an unprivileged user that can gain nothing and outlives nobody.
#ifndef STACKPORT_HOST_SCANNER_PRIVILEGES_H_
#define STACKPORT_HOST_SCANNER_PRIVILEGES_H_

#include <sys/types.h>

#include "catalog/base/result.h"
#include "host/scanner/protocol.h"

namespace stackport::scanner {

// Drops to the user and group "nobody" when the process is root, gives up every capability, forbids
// gaining privileges (no_new_privs), limits the number of threads, and has the kernel kill the
// process when the thread of `parent` that started it ends. An error when any of it fails, or when
// the parent has ended already.
Result<Layer> DropPrivileges(pid_t parent);

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_PRIVILEGES_H_
