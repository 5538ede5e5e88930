// The real minisign program, where it is installed.
#ifndef STACKPORT_TESTS_SUPPORT_MINISIGN_TOOL_H_
#define STACKPORT_TESTS_SUPPORT_MINISIGN_TOOL_H_

#include <cstdlib>
#include <string>

namespace stackport {

// Whether `command`, run by the shell with its output thrown away, succeeds. Arguments are paths in
// a test's temporary folder, which need no quoting.
inline bool Succeeds(const std::string& command) {
  return std::system((command + " >/dev/null 2>&1 </dev/null").c_str()) == 0;
}

inline bool HasMinisign() {
  return Succeeds("command -v minisign");
}

}  // namespace stackport

#endif  // STACKPORT_TESTS_SUPPORT_MINISIGN_TOOL_H_
