// Starts stackport-scanner as on a kernel that lacks a layer of its confinement: the system call
// REFUSED_CALL does not exist there, nor the option REFUSED_PRCTL of prctl.
#include <errno.h>
#include <seccomp.h>
#include <sys/prctl.h>
#include <unistd.h>

#include <cstdio>
#include <string>

int main(int, char** argv) {
  const std::string self = argv[0];
  const std::string scanner = self.substr(0, self.rfind("-without-"));
  scmp_filter_ctx filter = seccomp_init(SCMP_ACT_ALLOW);
  if (!filter || seccomp_rule_add(filter, SCMP_ACT_ERRNO(ENOSYS), REFUSED_CALL, 0) != 0 ||
      seccomp_rule_add(filter, SCMP_ACT_ERRNO(EINVAL), SCMP_SYS(prctl), 1,
                       SCMP_CMP(0, SCMP_CMP_EQ, REFUSED_PRCTL)) != 0 ||
      seccomp_load(filter) != 0) {
    std::fputs("cannot make the kernel poorer\n", stderr);
    return 1;
  }
  execv(scanner.c_str(), argv);
  std::perror(scanner.c_str());
  return 1;
}
