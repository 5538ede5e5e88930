#include "host/scanner/privileges.h"

#include <grp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>

namespace stackport::scanner {
namespace {

// "nobody" and "nogroup" on every Linux distribution.
constexpr uid_t kNobody = 65534;
constexpr gid_t kNoGroup = 65534;
// Threads of user nobody on the whole machine, so it has to be generous. Not set for an ordinary
// user: there it would count that user's desktop as well, and fork is refused by the filter anyway.
constexpr rlim_t kProcesses = 512;

Error Failed(const char* what) {
  return Unavailable(std::string(what) + " failed: " + std::strerror(errno));
}

}  // namespace

Result<Layer> DropPrivileges(pid_t parent) {
  const bool root = geteuid() == 0;
  if (root) {
    const rlimit processes{kProcesses, kProcesses};
    if (setrlimit(RLIMIT_NPROC, &processes) != 0) return Failed("the limit on processes");
    if (setgroups(0, nullptr) != 0) return Failed("leaving the groups of root");
    if (setresgid(kNoGroup, kNoGroup, kNoGroup) != 0) return Failed("changing to group 65534");
    if (setresuid(kNobody, kNobody, kNobody) != 0) return Failed("changing to user 65534");
  }
  if (prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return Failed("no_new_privs");
  // After the change of user, which clears it. A parent that ended before is noticed here.
  if (prctl(PR_SET_PDEATHSIG, SIGKILL, 0, 0, 0) != 0) return Failed("the parent-death signal");
  if (getppid() != parent) return Unavailable("the host process has ended");
  return Layer{"privileges", true,
               root ? "user 65534, no new privileges"
                    : "user " + std::to_string(getuid()) + ", no new privileges"};
}

}  // namespace stackport::scanner
