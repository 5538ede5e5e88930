#include "host/scanner/limits.h"

#include <fcntl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

#include "host/scanner/unique_fd.h"

namespace stackport::scanner {
namespace {

// Descriptors a library and its dependencies need while they are loaded, with room to spare.
constexpr rlim_t kOpenFiles = 64;

// A sanitizer's shadow memory is terabytes of address space.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kLimitAddressSpace = false;
#else
constexpr bool kLimitAddressSpace = true;
#endif

// What Linux gives a main thread by default, whatever the host was started with. The C library also
// takes it as the size of each thread's stack.
constexpr rlim_t kStackBytes = rlim_t{8} << 20;

// When memory runs out on the machine, this process goes before any other. A kernel without the
// file has no such choice to make, so a failure is none.
void VolunteerWhenMemoryRunsOut() {
  const UniqueFd score(open("/proc/self/oom_score_adj", O_WRONLY | O_CLOEXEC));
  if (score.valid()) {
    [[maybe_unused]] const auto written = write(score.get(), "1000", 4);
  }
}

Status Limit(__rlimit_resource resource, const char* name, rlim_t soft, rlim_t hard) {
  const rlimit limit{soft, hard};
  if (setrlimit(resource, &limit) == 0) return {};
  return Unavailable(std::string("the limit on ") + name +
                     " could not be set: " + std::strerror(errno));
}

}  // namespace

Result<Layer> ApplyResourceLimits(const ResourceLimits& limits) {
  VolunteerWhenMemoryRunsOut();
  const rlim_t cpu = limits.cpu_seconds;
  if (auto set = Limit(RLIMIT_CPU, "CPU time", cpu, cpu + 1); !set) return set.error();
  if (kLimitAddressSpace) {
    const rlim_t bytes = limits.address_space_bytes;
    if (auto set = Limit(RLIMIT_AS, "address space", bytes, bytes); !set) return set.error();
  }
  if (auto set = Limit(RLIMIT_STACK, "stack", kStackBytes, kStackBytes); !set) return set.error();
  if (auto set = Limit(RLIMIT_FSIZE, "file size", 0, 0); !set) return set.error();
  if (auto set = Limit(RLIMIT_NOFILE, "open files", kOpenFiles, kOpenFiles); !set) {
    return set.error();
  }
  if (auto set = Limit(RLIMIT_CORE, "core dumps", 0, 0); !set) return set.error();

  std::string detail = "CPU " + std::to_string(cpu) + " s, ";
  detail += kLimitAddressSpace
                ? std::to_string(limits.address_space_bytes >> 20) + " MiB of address space"
                : std::string("no limit on address space in a sanitizer build");
  detail += ", " + std::to_string(kOpenFiles) + " open files, no file writes, no core dumps";
  return Layer{"limits", true, detail};
}

}  // namespace stackport::scanner
