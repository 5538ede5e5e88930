// What a plugin's library says about itself, asked of it in a confined process; and what happened.
#ifndef STACKPORT_HOST_ADMISSION_SCAN_H_
#define STACKPORT_HOST_ADMISSION_SCAN_H_

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/json.h"
#include "host/admission/scanner_process.h"
#include "host/scanner/protocol.h"

namespace stackport {

// Changes when a plugin that was refused might now be admitted, or the other way round: the cache
// of verdicts is keyed by it.
inline constexpr std::string_view kScannerVersion = "3";

enum class ScanOutcome {
  kDescribed,      // the one success
  kRejected,       // not loadable, no entry, another ABI
  kPluginError,    // the plugin says that it cannot describe itself
  kForbiddenCall,  // it asked the kernel for something that no description needs
  kCrashed,        // ended by a signal
  kEndedEarly,     // exit() before describe had returned
  kCpuLimit,
  kWallLimit,
  kOutputLimit,  // standard output and error
  kReplyLimit,
  kMalformedReply,  // it wrote to the reply pipe itself
  kUnstable,        // says different things in different environments
  // The machine's fault, not the plugin's: a layer of the confinement that untrusted code needs
  // does not hold here, so the library was not loaded.
  kUnconfined,
  kScannerFailed,  // ours: the scanner could not be started, or not be confined
};
std::string_view ScanOutcomeName(ScanOutcome outcome);  // "described", "forbidden_call", ...

// What is known about one scan, for the vendor who mends the plugin and for the operator who judges
// it. Text is printable.
struct ScanEvidence {
  ScanOutcome outcome = ScanOutcome::kScannerFailed;
  scanner::Stage stage = scanner::Stage::kStart;
  std::string explanation;   // what happened, in a sentence
  std::string remedy;        // the next step; empty after success
  int signal = 0;            // that ended the process; 0: none
  int exit_code = -1;        // -1: ended by a signal, or not started
  std::string refused_call;  // "socket"; empty: none
  // The function of the plugin that was entered last, and how far it came; empty: none was.
  std::string last_function;
  std::string limit_hit;      // "cpu_seconds", "wall_time", "output_bytes", "reply"; empty: none
  std::uint64_t cpu_ms = 0;   // of the last run
  std::uint64_t wall_ms = 0;  // likewise
  std::uint64_t peak_memory_kib = 0;  // resident, likewise; 0: not known
  int attempts = 0;                   // 2 after a retry
  std::string output_tail;
  scanner::ConfinementReport layers;
};

json::Value ToJson(const ScanEvidence& evidence, json::Allocator& allocator);

struct ScanResult {
  ScanEvidence evidence;
  // Set when the outcome is kDescribed; as the plugin sent them, not judged yet.
  std::string plugin_id;
  std::string plugin_version;
  std::vector<std::string> documents;
  // Tabulated offers, a JSON array each, by component id.
  std::map<std::string, std::string> offers;
};

// Whether a second run is owed: a crash or a hang can be the machine's (memory short, a storm of
// other work). CPU time, refused calls and limits on output do not depend on what else runs.
bool DeservesRetry(ScanOutcome outcome);

// Scans the library behind the sealed descriptor `library_fd`, in two environments, each in a
// process of its own. Never runs anything of the plugin in this process. Thread-safe.
ScanResult ScanLibrary(int library_fd, const ScanSettings& settings,
                       const ReplyReader::Progress& progress = {});

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_SCAN_H_
