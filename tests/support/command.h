// A program run to its end, or to a deadline.
#ifndef STACKPORT_TESTS_SUPPORT_COMMAND_H_
#define STACKPORT_TESTS_SUPPORT_COMMAND_H_

#include <chrono>
#include <string>
#include <vector>

namespace stackport {

struct CommandResult {
  bool started = false;    // false: there is no such program; nothing else is set
  bool timed_out = false;  // ended at the deadline, with everything it had started
  int exit_code = -1;      // -1: ended by a signal
  std::string output;      // standard output and standard error, as they came
  // Processor time of it and of what it had started and waited for; at a deadline, until then.
  double cpu_milliseconds = 0;
  double milliseconds = 0;  // from before the start to after the end, by the clock on the wall
};

// Runs a program that is found along PATH, without input. Only the first kMostOutput bytes of what
// it prints are kept. Throws when the machine has no process or pipe left. One at a time in a
// process.
inline constexpr std::size_t kMostOutput = std::size_t{64} << 20;
CommandResult RunCommand(const std::vector<std::string>& arguments,
                         std::chrono::milliseconds deadline);

// Whether a program of this name stands in one of the folders of PATH.
bool CommandExists(const std::string& name);

}  // namespace stackport

#endif  // STACKPORT_TESTS_SUPPORT_COMMAND_H_
