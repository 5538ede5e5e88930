// The system call filter (seccomp): what a description needs is allowed, what it has no business
// with ends the process with evidence, everything else does not exist.
#ifndef STACKPORT_HOST_SCANNER_SYSCALL_FILTER_H_
#define STACKPORT_HOST_SCANNER_SYSCALL_FILTER_H_

#include "catalog/base/result.h"
#include "host/scanner/protocol.h"

namespace stackport::scanner {

// Installs the filter on the calling thread and all it starts. From then on a forbidden call (a
// socket, a new process, a file opened for writing, ...) is not carried out: its number is written
// to the reply pipe as kRefusedCall and the process exits. A call that this filter does not know
// answers ENOSYS, so that newer C libraries fall back to the older way. Requires: the process has
// one thread, and no_new_privs is set.
Result<Layer> ApplySyscallFilter();

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_SYSCALL_FILTER_H_
