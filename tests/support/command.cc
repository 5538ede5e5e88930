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
#include <filesystem>
#include <fstream>
#include <map>
#include <set>
#include <sstream>
#include <stdexcept>
#include <system_error>
#include <thread>

namespace stackport {

namespace {

using Clock = std::chrono::steady_clock;

// Starts the program, whose output goes to `out`. 0 when there is no such program.
pid_t Start(const std::vector<std::string>& arguments, int out) {
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out, STDERR_FILENO);
  std::vector<std::string> words = arguments;
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  pid_t pid = 0;
  const int error = posix_spawnp(&pid, pointers[0], &actions, nullptr, pointers.data(), environ);
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

double CpuMilliseconds(const rusage& used) {
  const auto milliseconds = [](const timeval& time) {
    return 1000.0 * static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1000;
  };
  return milliseconds(used.ru_utime) + milliseconds(used.ru_stime);
}

// The process that started this one; 0 when it has ended.
pid_t ParentOf(const std::string& process) {
  std::ifstream stat("/proc/" + process + "/stat");
  std::string text;
  std::getline(stat, text);
  // "PID (NAME) STATE PARENT …", where a name may hold anything.
  const std::size_t name_end = text.rfind(')');
  if (name_end == std::string::npos) return 0;
  std::istringstream rest(text.substr(name_end + 1));
  std::string state;
  pid_t parent = 0;
  rest >> state >> parent;
  return parent;
}

// All processes below this one.
std::set<pid_t> Descendants() {
  std::multimap<pid_t, pid_t> children;
  for (const auto& entry : std::filesystem::directory_iterator("/proc")) {
    const std::string name = entry.path().filename();
    if (name.find_first_not_of("0123456789") != std::string::npos) continue;
    children.emplace(ParentOf(name), static_cast<pid_t>(std::stol(name)));
  }
  std::set<pid_t> found;
  std::vector<pid_t> open = {getpid()};
  while (!open.empty()) {
    const auto [first, last] = children.equal_range(open.back());
    open.pop_back();
    for (auto child = first; child != last; ++child) {
      if (found.insert(child->second).second) open.push_back(child->second);
    }
  }
  return found;
}

// Kills the processes below this one that were not there before, process groups of their own or
// not, and waits for all of them. Their processor time.
double EndAllBut(const std::set<pid_t>& before) {
  double milliseconds = 0;
  while (true) {
    bool left = false;
    for (const pid_t process : Descendants()) {
      if (before.contains(process)) continue;
      left = true;
      kill(process, SIGKILL);
      rusage used{};
      if (wait4(process, nullptr, WNOHANG, &used) == process) milliseconds += CpuMilliseconds(used);
    }
    if (!left) return milliseconds;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

}  // namespace

CommandResult RunCommand(const std::vector<std::string>& arguments,
                         std::chrono::milliseconds deadline) {
  CommandResult result;
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) {
    throw std::system_error(errno, std::generic_category(), "cannot open a pipe");
  }
  // What the program starts and leaves behind becomes ours to end and to wait for.
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  const std::set<pid_t> before = Descendants();
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
  close(ends[0]);
  int status = 0;
  if (result.timed_out) {
    result.cpu_milliseconds = EndAllBut(before);
  } else {
    rusage used{};
    while (wait4(pid, &status, 0, &used) < 0 && errno == EINTR) {
    }
    result.cpu_milliseconds = CpuMilliseconds(used);
    if (WIFEXITED(status)) result.exit_code = WEXITSTATUS(status);
  }
  result.milliseconds = std::chrono::duration<double, std::milli>(Clock::now() - start).count();
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
