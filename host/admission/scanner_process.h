// One run of the scanner program: start it, read its pipes under limits, and bury it.
#ifndef STACKPORT_HOST_ADMISSION_SCANNER_PROCESS_H_
#define STACKPORT_HOST_ADMISSION_SCANNER_PROCESS_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "catalog/base/result.h"
#include "host/admission/reply_reader.h"

namespace stackport {

struct ScanSettings {
  std::string scanner_path;  // DefaultScannerPath(), save in tests
  // Nobody the operator trusts with running code vouches for the library: it is loaded only where
  // every layer of the confinement holds. Otherwise a kernel without Landlock is put up with.
  bool untrusted = false;
  // What judges a plugin. A description takes milliseconds.
  std::uint32_t cpu_seconds = 10;
  // A backstop only: a busy machine once took a thousand times as long for an honest plugin.
  std::chrono::milliseconds wall_time{60'000};
  std::uint64_t address_space_bytes = std::uint64_t{1} << 30;
  ReplyLimits reply;
  // Standard output and error together. Nobody reads more than the tail.
  std::uint64_t output_bytes = std::uint64_t{1} << 20;
  // Becomes true when nobody waits for the scan any more. Not owned; may be null.
  const std::atomic<bool>* cancel = nullptr;
};

// "stackport-scanner" beside the running program.
std::string DefaultScannerPath();

// What a library sees of the machine around it.
struct ScanSurroundings {
  std::vector<std::string> environment;  // "NAME=value"; nothing of this process's environment
  bool other_date = false;               // the library's clock does not show the true date
};

// Why the host ended the scanner, when it did.
enum class StopReason { kNone, kWallTime, kOutputLimit, kReplyLimit, kMalformedReply, kCancelled };

struct ScannerRun {
  Reply reply;
  bool inside_frame = false;  // the reply ended in the middle of a frame
  int wait_status = 0;        // as waitpid gives it
  std::uint64_t cpu_ms = 0;   // user and system
  std::uint64_t wall_ms = 0;
  std::uint64_t peak_memory_kib = 0;  // resident; 0: not known
  std::string output_tail;            // of standard output and error, escaped
  StopReason stopped = StopReason::kNone;
  std::string stop_detail;  // which reply limit, what is malformed
};

// Runs the scanner once on the sealed library `library_fd`, in these surroundings, and waits for
// its end. The process is a session of its own, so a terminal's interrupt does not reach it, and it
// dies with the calling thread. An error means that the scanner could not be started; nothing is
// left behind in any case. Thread-safe.
Result<ScannerRun> RunScannerProcess(int library_fd, const ScanSettings& settings,
                                     const ScanSurroundings& surroundings,
                                     const ReplyReader::Progress& progress);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_SCANNER_PROCESS_H_
