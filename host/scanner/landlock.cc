#include "host/scanner/landlock.h"

#include <fcntl.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <string>

#include "host/scanner/unique_fd.h"

namespace stackport::scanner {
namespace {

// From the kernel's uapi/linux/landlock.h, written out because the header of Debian 12 ends at
// version 2 of the interface.
struct RulesetAttributes {
  std::uint64_t handled_access_fs;
  std::uint64_t handled_access_net;  // since version 4
  std::uint64_t scoped;              // since version 6
};
struct __attribute__((packed)) PathBeneathAttributes {
  std::uint64_t allowed_access;
  std::int32_t parent_fd;
};
constexpr std::uint32_t kCreateRulesetVersion = 1;
constexpr int kRulePathBeneath = 1;

constexpr std::uint64_t kFsExecute = 1u << 0;
constexpr std::uint64_t kFsReadFile = 1u << 2;
constexpr std::uint64_t kFsReadDirectory = 1u << 3;
constexpr std::uint64_t kFsVersion1 = (1u << 13) - 1;           // thirteen rights
constexpr std::uint64_t kFsRefer = 1u << 13;                    // version 2
constexpr std::uint64_t kFsTruncate = 1u << 14;                 // version 3
constexpr std::uint64_t kFsIoctlDevice = 1u << 15;              // version 5
constexpr std::uint64_t kNetBindAndConnectTcp = 3;              // version 4
constexpr std::uint64_t kScopeAbstractUnixSocketAndSignal = 3;  // version 6

// Where the dynamic linker finds the libraries that a plugin was linked with.
constexpr const char* kLibraryFolders[] = {"/lib", "/lib64", "/usr/lib", "/usr/lib64",
                                           "/usr/local/lib"};
constexpr const char* kLinkerCache = "/etc/ld.so.cache";

Error Failed(const std::string& what) {
  return Unavailable("Landlock: " + what + " failed: " + std::strerror(errno));
}

std::string WhyAbsent(int error) {
  if (error == EOPNOTSUPP) {
    return "the kernel has Landlock, but it is switched off at boot; add landlock to the lsm= list "
           "of the kernel's command line";
  }
  return std::string("the kernel has no Landlock (") + std::strerror(error) +
         "); it needs Linux 5.13 or later, built with CONFIG_SECURITY_LANDLOCK";
}

// Whether the restriction is enforced and not only accepted: the root folder is none of those that
// may be listed.
bool Holds() {
  const UniqueFd root(open("/", O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return !root.valid() && errno == EACCES;
}

// A path that does not exist needs no rule.
Status Allow(int ruleset, const char* path, std::uint64_t access) {
  const UniqueFd target(open(path, O_PATH | O_CLOEXEC));
  if (target.get() < 0) return {};
  const PathBeneathAttributes rule{access, target.get()};
  if (syscall(SYS_landlock_add_rule, ruleset, kRulePathBeneath, &rule, 0) != 0) {
    return Failed(std::string("the rule for ") + path);
  }
  return {};
}

}  // namespace

Result<Layer> ApplyLandlock() {
  const long version = syscall(SYS_landlock_create_ruleset, nullptr, 0, kCreateRulesetVersion);
  if (version < 1) return Layer{"landlock", false, WhyAbsent(errno)};

  RulesetAttributes attributes{kFsVersion1, 0, 0};
  std::size_t size = sizeof attributes.handled_access_fs;
  if (version >= 2) attributes.handled_access_fs |= kFsRefer;
  if (version >= 3) attributes.handled_access_fs |= kFsTruncate;
  if (version >= 4) {
    attributes.handled_access_net = kNetBindAndConnectTcp;
    size += sizeof attributes.handled_access_net;
  }
  if (version >= 5) attributes.handled_access_fs |= kFsIoctlDevice;
  if (version >= 6) {
    attributes.scoped = kScopeAbstractUnixSocketAndSignal;
    size += sizeof attributes.scoped;
  }
  const UniqueFd ruleset(
      static_cast<int>(syscall(SYS_landlock_create_ruleset, &attributes, size, 0)));
  if (ruleset.get() < 0) return Failed("the rule set");

  for (const char* folder : kLibraryFolders) {
    const auto allowed = Allow(ruleset.get(), folder, kFsExecute | kFsReadFile | kFsReadDirectory);
    if (!allowed) return allowed.error();
  }
  if (auto allowed = Allow(ruleset.get(), kLinkerCache, kFsReadFile); !allowed) {
    return allowed.error();
  }
  if (syscall(SYS_landlock_restrict_self, ruleset.get(), 0) != 0) {
    return Failed("the restriction");
  }
  if (!Holds()) {
    return Layer{"landlock", false, "the kernel accepts the restriction and does not enforce it"};
  }
  return Layer{"landlock", true,
               "version " + std::to_string(version) + ", the system's libraries alone"};
}

}  // namespace stackport::scanner
