// Proves the sandbox on this machine: a canary plugin tries, in the real scanner, what a hostile
// one would try, and what stopped it is reported.
#ifndef STACKPORT_HOST_CANARY_CANARY_H_
#define STACKPORT_HOST_CANARY_CANARY_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "host/admission/scanner_process.h"
#include "host/scanner/protocol.h"

namespace stackport {

// Who stopped an attempt.
enum class Guard {
  kNobody,
  kLimits,
  kPrivileges,
  kLandlock,
  kSyscallFilter,
  kHost,  // which watches the clock and the pipes
};
std::string_view GuardName(Guard guard);  // "nobody", "limits", ..., "syscall-filter", "host"

struct CanaryAttempt {
  std::string name;  // "connect-tcp"
  std::string aim;   // "connect over TCP", for people
  Guard guard = Guard::kNobody;
  std::string detail;  // "socket refused", "got 118 of them", or what went wrong

  bool stopped() const { return guard != Guard::kNobody; }
};

struct CanaryReport {
  scanner::ConfinementReport layers;
  std::vector<CanaryAttempt> attempts;  // always the same ones, in the same order

  bool EveryAttemptStopped() const;
  // Whether plugins that nobody the operator trusts vouches for may run a library on this machine.
  bool AdmitsUntrustedLibraries() const { return layers.EveryLayerHolds(); }
};

// Runs every attempt in a scanner of its own, several at a time; takes a second or two, most of it
// the attempt that burns its CPU time. Attempts aim at a listener and a file of this call alone,
// and harm nothing where they are not stopped. An error: the canary cannot be read, or the scanner
// cannot be started or confined.
Result<CanaryReport> RunCanary(const ScanSettings& settings, const std::string& canary_path);

// "stackport-canary.so" beside the running program.
std::string DefaultCanaryPath();

// {"untrusted_libraries": "admitted" or "refused", "attempts": [...]}
json::Value ToJson(const CanaryReport& report, json::Allocator& allocator);

}  // namespace stackport

#endif  // STACKPORT_HOST_CANARY_CANARY_H_
