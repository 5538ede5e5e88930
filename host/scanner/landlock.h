// Landlock: no file but the system's libraries, no TCP, no signals to others.
#ifndef STACKPORT_HOST_SCANNER_LANDLOCK_H_
#define STACKPORT_HOST_SCANNER_LANDLOCK_H_

#include "catalog/base/result.h"
#include "host/scanner/protocol.h"

namespace stackport::scanner {

// Restricts the calling thread and all it starts to reading and mapping files below the system's
// library folders. Uses what the kernel's version of Landlock knows; a kernel without it yields a
// layer that is not applied, which is no error: the system call filter still refuses to open files
// for writing. Requires: the process has one thread, and no_new_privs is set.
Result<Layer> ApplyLandlock();

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_LANDLOCK_H_
