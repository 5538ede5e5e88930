#include "host/admission/scanner_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <climits>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "catalog/base/text.h"
#include "host/scanner/options.h"
#include "host/scanner/unique_fd.h"

namespace stackport {
namespace {

using Clock = std::chrono::steady_clock;

// How much of the output is kept for the report.
constexpr std::size_t kOutputTailBytes = 2048;
// How often the host looks at a silent scanner: soon enough for a person who waits for an end.
constexpr long long kGlanceMs = 50;
// The scanner's descriptors are moved above those that the child gets, so that giving it one never
// overwrites another.
constexpr int kFirstSpareFd = 16;

Error Failed(const std::string& what, int error) {
  return Unavailable("the scanner cannot be started: " + what + ": " + std::strerror(error));
}

struct Pipe {
  UniqueFd read;
  UniqueFd write;
};

Result<UniqueFd> MoveAside(int fd) {
  UniqueFd moved(fcntl(fd, F_DUPFD_CLOEXEC, kFirstSpareFd));
  if (!moved.valid()) return Failed("fcntl", errno);
  return moved;
}

// Only the reading end does not block: the plugin may rely on ordinary writes.
Result<Pipe> MakePipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return Failed("pipe", errno);
  Pipe pipe{UniqueFd(ends[0]), UniqueFd(ends[1])};
  if (fcntl(pipe.read.get(), F_SETFL, O_NONBLOCK) != 0) return Failed("fcntl", errno);
  auto aside = MoveAside(pipe.write.get());
  if (!aside) return aside.error();
  pipe.write = *std::move(aside);
  return pipe;
}

std::vector<char*> Pointers(std::vector<std::string>& texts) {
  std::vector<char*> pointers;
  pointers.reserve(texts.size() + 1);
  for (std::string& text : texts) pointers.push_back(text.data());
  pointers.push_back(nullptr);
  return pointers;
}

class SpawnActions {
 public:
  SpawnActions() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawnattr_init(&attributes_);
  }
  ~SpawnActions() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }
  SpawnActions(const SpawnActions&) = delete;
  SpawnActions& operator=(const SpawnActions&) = delete;

  void Give(const UniqueFd& from, int to) {
    Note(posix_spawn_file_actions_adddup2(&actions_, from.get(), to));
  }
  void GiveEmptyInput() {
    Note(posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0));
  }
  // A session of its own, with default handlers and no signal blocked.
  void StartClean() {
    sigset_t all;
    sigset_t none;
    sigfillset(&all);
    sigemptyset(&none);
    Note(posix_spawnattr_setsigdefault(&attributes_, &all));
    Note(posix_spawnattr_setsigmask(&attributes_, &none));
    Note(posix_spawnattr_setflags(
        &attributes_, POSIX_SPAWN_SETSID | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK));
  }

  Result<pid_t> Spawn(const std::string& path, std::vector<std::string> arguments,
                      std::vector<std::string> environment) {
    if (error_ != 0) return Failed("posix_spawn", error_);
    pid_t pid = -1;
    const int error = posix_spawn(&pid, path.c_str(), &actions_, &attributes_,
                                  Pointers(arguments).data(), Pointers(environment).data());
    if (error != 0) return Failed(path, error);
    return pid;
  }

 private:
  void Note(int error) {
    if (error_ == 0) error_ = error;
  }

  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
  int error_ = 0;
};

// A started scanner; killed and waited for at the latest on destruction.
class Child {
 public:
  // Requires: the process was started after `own_peak_kib` was measured.
  Child(pid_t pid, std::uint64_t own_peak_kib)
      : pid_(pid),
        pidfd_(static_cast<int>(syscall(SYS_pidfd_open, pid, 0))),
        own_peak_kib_(own_peak_kib) {}
  ~Child() {
    Kill();
    Wait();
  }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  // Readable once the process has ended.
  int ended_fd() const { return pidfd_.get(); }
  void Kill() {
    if (!waited_) kill(pid_, SIGKILL);
  }
  void Wait() {
    if (waited_) return;
    while (wait4(pid_, &status_, 0, &usage_) < 0 && errno == EINTR) {
    }
    waited_ = true;
  }
  int status() const { return status_; }

  // Reads the peak so far, at most every kGlanceMs; a process that has ended has none to read.
  void MeasureMemory() {
    const auto now = Clock::now();
    if (now < next_measure_) return;
    next_measure_ = now + std::chrono::milliseconds(kGlanceMs);
    sampled_kib_ = std::max(sampled_kib_, PeakOf("/proc/" + std::to_string(pid_) + "/status"));
  }
  // What the kernel counts for the process starts with the peak of this one, whose memory it shared
  // until it had its own program. So the count says something only when it is larger.
  std::uint64_t peak_memory_kib() const {
    const auto counted = static_cast<std::uint64_t>(usage_.ru_maxrss);
    return counted > own_peak_kib_ ? counted : sampled_kib_;
  }
  std::uint64_t cpu_ms() const {
    return Milliseconds(usage_.ru_utime) + Milliseconds(usage_.ru_stime);
  }

 private:
  // The line "VmHWM:   1234 kB"; 0 when there is none.
  static std::uint64_t PeakOf(const std::string& path) {
    const UniqueFd file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
    std::array<char, 4096> buffer{};
    const ssize_t length = file.valid() ? read(file.get(), buffer.data(), buffer.size() - 1) : 0;
    if (length <= 0) return 0;
    const char* line = std::strstr(buffer.data(), "VmHWM:");
    return line ? std::strtoull(line + std::strlen("VmHWM:"), nullptr, 10) : 0;
  }
  static std::uint64_t Milliseconds(const timeval& time) {
    return static_cast<std::uint64_t>(time.tv_sec) * 1000 +
           static_cast<std::uint64_t>(time.tv_usec) / 1000;
  }

  pid_t pid_;
  UniqueFd pidfd_;
  const std::uint64_t own_peak_kib_;
  std::uint64_t sampled_kib_ = 0;
  Clock::time_point next_measure_{};
  bool waited_ = false;
  int status_ = 0;
  rusage usage_ = {};
};

// Reads both pipes of one run, and says when the host has had enough.
class Intake {
 public:
  Intake(const ScanSettings& settings, const ReplyReader::Progress& progress, UniqueFd reply,
         UniqueFd output)
      : settings_(settings),
        reader_(settings.reply, progress),
        reply_(std::move(reply)),
        output_(std::move(output)) {}

  int reply_fd() const { return reply_.get(); }
  int output_fd() const { return output_.get(); }
  bool stopped() const { return reason_ != StopReason::kNone; }
  void Stop(StopReason reason, std::string detail) {
    if (stopped()) return;
    reason_ = reason;
    detail_ = std::move(detail);
  }

  // Takes what is there now, without waiting.
  void ReadReply() {
    Read(reply_, [&](std::string_view bytes) {
      const Status fed = reader_.Feed(bytes);
      if (fed) return;
      Stop(fed.error().code == ErrorCode::kResourceLimit ? StopReason::kReplyLimit
                                                         : StopReason::kMalformedReply,
           fed.error().message);
    });
  }
  void ReadOutput() {
    Read(output_, [&](std::string_view bytes) {
      output_bytes_ += bytes.size();
      tail_.append(bytes);
      if (tail_.size() > kOutputTailBytes) tail_.erase(0, tail_.size() - kOutputTailBytes);
      if (output_bytes_ > settings_.output_bytes) {
        Stop(StopReason::kOutputLimit, std::to_string(settings_.output_bytes) + " bytes");
      }
    });
  }

  void MoveTo(ScannerRun& run) {
    run.inside_frame = reader_.InsideFrame();
    run.reply = std::move(reader_).reply();
    run.output_tail = Printable(tail_, 2 * kOutputTailBytes);
    run.stopped = reason_;
    run.stop_detail = std::move(detail_);
  }

 private:
  template <typename Take>
  void Read(UniqueFd& fd, Take take) {
    std::array<char, 65536> buffer;
    while (fd.valid() && !stopped()) {
      const ssize_t got = read(fd.get(), buffer.data(), buffer.size());
      if (got < 0 && errno == EINTR) continue;
      if (got < 0 && errno == EAGAIN) return;
      if (got <= 0) {
        fd.Reset();
        return;
      }
      take(std::string_view(buffer.data(), static_cast<std::size_t>(got)));
    }
  }

  const ScanSettings& settings_;
  ReplyReader reader_;
  UniqueFd reply_;
  UniqueFd output_;
  std::string tail_;
  std::uint64_t output_bytes_ = 0;
  StopReason reason_ = StopReason::kNone;
  std::string detail_;
};

// Until the process has ended, the time is over, or the intake has had enough.
void Attend(Child& child, Intake& intake, Clock::time_point deadline,
            const std::atomic<bool>* cancel) {
  while (!intake.stopped()) {
    if (cancel && cancel->load()) return intake.Stop(StopReason::kCancelled, {});
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0) return intake.Stop(StopReason::kWallTime, {});
    // A closed pipe is -1 by now, which poll passes over.
    std::array<pollfd, 3> waiting{{{intake.reply_fd(), POLLIN, 0},
                                   {intake.output_fd(), POLLIN, 0},
                                   {child.ended_fd(), POLLIN, 0}}};
    const int timeout = static_cast<int>(std::min<long long>(left, kGlanceMs));
    if (poll(waiting.data(), waiting.size(), timeout) < 0 && errno != EINTR) return;
    child.MeasureMemory();
    if (waiting[0].revents != 0) intake.ReadReply();
    if (waiting[1].revents != 0) intake.ReadOutput();
    if (waiting[2].revents != 0) return;
  }
}

}  // namespace

std::string DefaultScannerPath() {
  std::array<char, PATH_MAX> buffer{};
  const ssize_t length = readlink("/proc/self/exe", buffer.data(), buffer.size());
  const std::string program(buffer.data(), length > 0 ? static_cast<std::size_t>(length) : 0);
  return program.substr(0, program.rfind('/') + 1) + "stackport-scanner";
}

Result<ScannerRun> RunScannerProcess(int library_fd, const ScanSettings& settings,
                                     const ScanSurroundings& surroundings,
                                     const ReplyReader::Progress& progress) {
  auto reply = MakePipe();
  if (!reply) return reply.error();
  auto output = MakePipe();
  if (!output) return output.error();
  auto library = MoveAside(library_fd);
  if (!library) return library.error();

  SpawnActions actions;
  actions.StartClean();
  actions.GiveEmptyInput();
  actions.Give(output->write, STDOUT_FILENO);
  actions.Give(output->write, STDERR_FILENO);
  actions.Give(reply->write, scanner::kReplyFd);
  actions.Give(*library, scanner::kLibraryFd);
  scanner::ScannerOptions options;
  options.parent = getpid();
  options.limits = {settings.cpu_seconds, settings.address_space_bytes};
  options.every_layer = settings.untrusted;
  options.other_date = surroundings.other_date;
  std::vector<std::string> arguments = scanner::OptionArguments(options);
  arguments.insert(arguments.begin(), settings.scanner_path);

  rusage own = {};
  getrusage(RUSAGE_SELF, &own);
  const auto started = Clock::now();
  const auto pid =
      actions.Spawn(settings.scanner_path, std::move(arguments), surroundings.environment);
  if (!pid) return pid.error();
  Child child(*pid, static_cast<std::uint64_t>(own.ru_maxrss));
  if (child.ended_fd() < 0) return Failed("pidfd_open", errno);
  // From here on the scanner alone holds these ends, so its death closes them.
  reply->write.Reset();
  output->write.Reset();

  Intake intake(settings, progress, std::move(reply->read), std::move(output->read));
  Attend(child, intake, started + settings.wall_time, settings.cancel);
  if (intake.stopped()) child.Kill();
  child.Wait();
  intake.ReadReply();
  intake.ReadOutput();

  ScannerRun run;
  run.wait_status = child.status();
  run.cpu_ms = child.cpu_ms();
  run.peak_memory_kib = child.peak_memory_kib();
  run.wall_ms = static_cast<std::uint64_t>(
      std::chrono::duration_cast<std::chrono::milliseconds>(Clock::now() - started).count());
  intake.MoveTo(run);
  return run;
}

}  // namespace stackport
