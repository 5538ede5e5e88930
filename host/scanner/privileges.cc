#include "host/scanner/privileges.h"

#include <grp.h>
#include <linux/capability.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace stackport::scanner {
namespace {

// "nobody" and "nogroup" on every Linux distribution.
constexpr uid_t kNobody = 65534;
constexpr gid_t kNoGroup = 65534;
// The kernel counts the threads of a user on the whole machine, so both are generous. As nobody,
// few others count; as an ordinary user, the whole desktop does. They keep a flood of threads from
// using up the machine's process ids, 32,768 by default.
constexpr rlim_t kThreadsOfNobody = 512;
constexpr rlim_t kThreadsOfUser = 8192;

Error Failed(const char* what) {
  return Unavailable(std::string(what) + " failed: " + std::strerror(errno));
}

// Never above what the process was started with: raising needs a privilege.
Status LimitThreads(rlim_t threads) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NPROC, &limit) != 0) return Failed("reading the limit on threads");
  if (limit.rlim_max < threads) return {};
  limit = {threads, threads};
  if (setrlimit(RLIMIT_NPROC, &limit) != 0) return Failed("the limit on threads");
  return {};
}

// A host that is not root may still hold capabilities, given by its service manager; those called
// ambient survive the start of this program.
Status DropCapabilities() {
  __user_cap_header_struct header{_LINUX_CAPABILITY_VERSION_3, 0};
  __user_cap_data_struct none[_LINUX_CAPABILITY_U32S_3] = {};
  if (syscall(SYS_capset, &header, none) != 0) return Failed("dropping the capabilities");
  return {};
}

}  // namespace

Result<Layer> DropPrivileges(pid_t parent) {
  const bool root = geteuid() == 0;
  if (auto limited = LimitThreads(root ? kThreadsOfNobody : kThreadsOfUser); !limited) {
    return limited.error();
  }
  if (root) {
    if (setgroups(0, nullptr) != 0) return Failed("leaving the groups of root");
    if (setresgid(kNoGroup, kNoGroup, kNoGroup) != 0) return Failed("changing to group 65534");
    if (setresuid(kNobody, kNobody, kNobody) != 0) return Failed("changing to user 65534");
  }
  if (auto dropped = DropCapabilities(); !dropped) return dropped.error();
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return Failed("no_new_privs");
  // After the change of user, which clears it. A parent that ended before is noticed here.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return Failed("the parent-death signal");
  if (getppid() != parent) return Unavailable("the host process has ended");
  return Layer{"privileges", true,
               (root ? "user 65534" : "user " + std::to_string(getuid())) +
                   std::string(", no capabilities, no new privileges, ends with the host")};
}

}  // namespace stackport::scanner
