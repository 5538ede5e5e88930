// The life of one scanner process: confine itself, load one library, describe, end.
#ifndef STACKPORT_HOST_SCANNER_SCANNER_H_
#define STACKPORT_HOST_SCANNER_SCANNER_H_

#include "host/scanner/options.h"

namespace stackport::scanner {

// Expects the reply pipe at kReplyFd and the sealed library at kLibraryFd, and closes every other
// descriptor above standard error. Returns the exit code; call _exit with it, so that nothing of
// the plugin runs any more. A layer that cannot be applied ends the scan before the library is
// loaded, save Landlock on a kernel without it. Call once, from the main thread, with no other
// thread running.
int RunScanner(const ScannerOptions& options);

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_SCANNER_H_
