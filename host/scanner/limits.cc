#include "host/scanner/limits.h"

#include <sys/resource.h>

#include <cerrno>
#include <cstring>
#include <string>

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

Status Limit(__rlimit_resource resource, const char* name, rlim_t soft, rlim_t hard) {
  const rlimit limit{soft, hard};
  if (setrlimit(resource, &limit) == 0) return {};
  return Unavailable(std::string("the limit on ") + name +
                     " could not be set: " + std::strerror(errno));
}

}  // namespace

Result<Layer> ApplyResourceLimits(const ResourceLimits& limits) {
  const rlim_t cpu = limits.cpu_seconds;
  if (auto set = Limit(RLIMIT_CPU, "CPU time", cpu, cpu + 1); !set) return set.error();
  if (kLimitAddressSpace) {
    const rlim_t bytes = limits.address_space_bytes;
    if (auto set = Limit(RLIMIT_AS, "address space", bytes, bytes); !set) return set.error();
  }
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
