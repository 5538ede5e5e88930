// What the host tells the scanner on its command line.
#ifndef STACKPORT_HOST_SCANNER_OPTIONS_H_
#define STACKPORT_HOST_SCANNER_OPTIONS_H_

#include <sys/types.h>

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "catalog/base/result.h"

namespace stackport::scanner {

struct ResourceLimits {
  // CPU time of the process. SIGXCPU at this value, SIGKILL one second later: equal values would
  // make the plugin's guilt look like a kill by the host.
  std::uint32_t cpu_seconds = 10;
  // Address space: a description is at most 64 MiB, the rest is room for a runtime.
  std::uint64_t address_space_bytes = std::uint64_t{1} << 30;
};

struct ScannerOptions {
  pid_t parent = 0;  // the host; when it ends, so does the scanner
  ResourceLimits limits;
  // Every layer has to hold, or the library is not loaded. Otherwise a kernel without Landlock is
  // enough: somebody the operator trusts vouches for the library.
  bool every_layer = false;
  // The library is shown another date than the true one, so that what depends on it comes out.
  bool other_date = false;
};

// From "--parent=PID --cpu-seconds=N --address-space=BYTES --every-layer=0|1 --other-date=0|1",
// each exactly once and in this order.
Result<ScannerOptions> ParseOptions(std::span<const char* const> arguments);
// The same, to be passed to the scanner.
std::vector<std::string> OptionArguments(const ScannerOptions& options);

}  // namespace stackport::scanner

#endif  // STACKPORT_HOST_SCANNER_OPTIONS_H_
