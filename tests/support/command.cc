#include "tests/support/command.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <sstream>
#include <stdexcept>
#include <system_error>

namespace stackport {

namespace {

using Clock = std::chrono::steady_clock;

// Starts the program in a process group of its own, so that what it starts can be ended with it.
// Its output goes to `out`. 0 when there is no such program.
pid_t Start(const std::vector<std::string>& arguments, int out) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
  posix_spawnattr_init(&attributes);
  posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
  std::vector<std::string> words = arguments;
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t pid = 0;
  const int error =
      posix_spawnp(&pid, pointers[0], &actions, &attributes, pointers.data(), environ);
  posix_spawnattr_destroy(&attributes);
  posix_spawn_file_actions_destroy(&actions);
  if (error == ENOENT || error == EACCES) return 0;
  if (error != 0) throw std::system_error(error, std::generic_category(), "cannot start a process");
  return pid;
}

// Reads until the other end closes. False at the deadline.
bool ReadAll(int from, Clock::time_point end, std::string& text) {
  std::array<char, 1 << 16> buffer{};
  while (true) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    pollfd waiting = {from, POLLIN, 0};
    const int ready = poll(&waiting, 1, static_cast<int>(std::min<long long>(left, 60'000)));
    if (ready < 0 && errno == EINTR) continue;
    if (ready == 0) continue;
    const ssize_t size = read(from, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) return true;
    const std::size_t room = kMostOutput - text.size();
    text.append(buffer.data(), std::min(room, static_cast<std::size_t>(size)));
  }
}

double Milliseconds(const timeval& time) {
  return 1000.0 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1000;
}

}  // namespace

CommandResult RunCommand(const std::vector<std::string>& arguments,
                         std::chrono::milliseconds deadline) {
  CommandResult result;
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot open a pipe");
  }
  const auto start = Clock::now();
  pid_t pid = 0;
  try {
    pid = Start(arguments, ends[1]);
  } catch (...) {
    close(ends[0]);
    close(ends[1]);
    throw;
  }
  close(ends[1]);
  if (pid == 0) {
    close(ends[0]);
    return result;
  }
  result.started = true;
  result.timed_out = !ReadAll(ends[0], start + deadline, result.output);
  // What it had started becomes ours to wait for when it dies, so that nothing outlives the call.
  if (result.timed_out) {
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    kill(-pid, SIGKILL);
  }
  close(ends[0]);
  int status = 0;
  rusage used{};
  while (true) {
    int ended_status = 0;
    const pid_t ended = wait4(result.timed_out ? -pid : pid, &ended_status, 0, &used);
    if (ended < 0 && errno == EINTR) continue;
    if (ended < 0) break;
    result.cpu_milliseconds += Milliseconds(used.ru_utime) + Milliseconds(used.ru_stime);
    if (ended == pid) status = ended_status;
    if (!result.timed_out) break;
  }
  result.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
  if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  return result;
}

bool CommandExists(const std::string& name) {
  const char* path = std::getenv("PATH");
  std::istringstream folders(path == nullptr ? "/usr/bin:/bin" : path);
  for (std::string folder; std::getline(folders, folder, ':');) {
    if (access((folder + "/" + name).c_str(), X_OK) == 0) return true;
  }
  return false;
}

}  // namespace stackport
