// Resource limits of the scanner process (setrlimit).
#ifndef STACKPORT_HOST_SCANNER_LIMITS_H_
#define STACKPORT_HOST_SCANNER_LIMITS_H_

#include "catalog/base/result.h"
#include "host/scanner/options.h"
#include "host/scanner/protocol.h"

namespace stackport::scanner {

// Limits CPU time, address space, stack, open files, file size (no bytes at all) and core dumps,
// and has the kernel choose this process first when memory runs out. Call before the user is
// changed.
Result<Layer> ApplyResourceLimits(const ResourceLimits& limits);

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_LIMITS_H_
