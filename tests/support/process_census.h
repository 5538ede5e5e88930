// What a process holds that it could leak: descriptors and children.
#ifndef STACKPORT_TESTS_SUPPORT_PROCESS_CENSUS_H_
#define STACKPORT_TESTS_SUPPORT_PROCESS_CENSUS_H_

#include <sys/wait.h>

#include <cerrno>
#include <cstddef>
#include <filesystem>
#include <iterator>

namespace stackport {

inline std::size_t OpenDescriptors() {
  // The iteration itself holds one while it counts; that is the same each time.
  return static_cast<std::size_t>(std::distance(
      std::filesystem::directory_iterator("/proc/self/fd"), std::filesystem::directory_iterator()));
}

// Whether a child exists, running or not waited for.
inline bool HasChildren() {
  siginfo_t info = {};
  return waitid(P_ALL, 0, &info, WEXITED | WNOHANG | WNOWAIT) == 0 || errno != ECHILD;
}

}  // namespace stackport

#endif  // STACKPORT_TESTS_SUPPORT_PROCESS_CENSUS_H_
