#include "host/canary/canary.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <charconv>
#include <chrono>
#include <fstream>
#include <iterator>
#include <thread>
#include <utility>

#include "catalog/base/text.h"
#include "host/admission/call_name.h"
#include "host/admission/sealed_file.h"
#include "host/canary/canary_targets.h"

namespace stackport {
namespace {

struct Plan {
  const char* name;
  const char* aim;
  const char* unit;  // of what a hog got
};

constexpr Plan kPlans[] = {
    // First, because it takes the longest.
    {"hog-cpu", "burn CPU time for ever", ""},
    {"wait-for-ever", "never return", ""},
    {"read-file", "read a file of the machine", ""},
    {"list-folder", "list a folder", ""},
    {"write-file", "write a file", ""},
    {"connect-tcp", "connect over TCP", ""},
    {"connect-udp", "send over UDP", ""},
    {"connect-unix", "connect to a unix socket", ""},
    {"fork", "start a process", ""},
    {"execute", "execute a program", ""},
    {"signal-host", "signal the host", ""},
    {"signal-host-by-descriptor", "have the kernel signal the host", ""},
    {"trace-host", "trace the host", ""},
    {"read-host-memory", "read the host's memory", ""},
    {"become-root", "become root", ""},
    {"hog-memory", "take all memory", "MiB"},
    {"hog-descriptors", "take all descriptors", "descriptors"},
    {"hog-threads", "take all threads", "threads"},
    {"hog-output", "flood standard output", ""},
};
constexpr const char* kAddresses = "addresses";

// Beyond what a start of the scanner takes even on a busy machine: then the attempt would be
// stopped a little early, which is no fault.
constexpr std::chrono::milliseconds kPatience{1000};

// The number after `word` and a blank; nothing when the answer is another.
std::optional<std::uint64_t> NumberAfter(std::string_view answer, std::string_view word) {
  if (!answer.starts_with(word)) return std::nullopt;
  answer.remove_prefix(word.size());
  std::uint64_t number = 0;
  const auto [end, error] = std::from_chars(answer.data(), answer.data() + answer.size(), number);
  if (error != std::errc() || end != answer.data() + answer.size()) return std::nullopt;
  return number;
}

struct Finding {
  Guard guard;
  std::string detail;
};

Finding JudgeAnswer(const ScannerRun& run, const Plan& plan) {
  const std::string& answer = run.reply.components.front();
  if (const auto count = NumberAfter(answer, "limited ")) {
    return {Guard::kLimits, "got " + std::to_string(*count) + " " + plan.unit};
  }
  if (const auto error = NumberAfter(answer, "error ")) {
    const int number = static_cast<int>(*error);
    const std::string text = "answered: " + std::string(strerrordesc_np(number));
    if (number == ENOSYS) return {Guard::kSyscallFilter, text};
    const scanner::Layer* landlock = run.reply.layers->Find("landlock");
    const bool refused = number == EACCES || number == EPERM;
    if (refused && landlock && landlock->applied) return {Guard::kLandlock, text};
    if (refused) return {Guard::kPrivileges, text};
    return {Guard::kNobody, text};
  }
  return {Guard::kNobody, answer == "done" ? "it was carried out" : Printable(answer)};
}

Finding Judge(const ScannerRun& run, const Plan& plan) {
  if (run.stopped == StopReason::kWallTime) {
    return {Guard::kHost, "ended after " + std::to_string(kPatience.count()) + " ms"};
  }
  if (run.stopped == StopReason::kOutputLimit) {
    return {Guard::kHost, "ended after " + run.stop_detail};
  }
  if (run.reply.refused_call) {
    return {Guard::kSyscallFilter, CallName(*run.reply.refused_call) + " refused"};
  }
  if (WIFSIGNALED(run.wait_status)) {
    const int signal = WTERMSIG(run.wait_status);
    if (signal == SIGXCPU) return {Guard::kLimits, "ended by SIGXCPU"};
    if (signal == SIGSYS) return {Guard::kSyscallFilter, "ended by SIGSYS"};
  }
  if (run.reply.end && run.reply.components.size() == 1) return JudgeAnswer(run, plan);
  return {Guard::kNobody,
          "no answer came" +
              (run.reply.failure.empty() ? std::string() : ": " + Printable(run.reply.failure))};
}

class Aviary {
 public:
  Aviary(const ScanSettings& settings, int library_fd, const CanaryTargets& targets)
      : settings_(settings), library_fd_(library_fd), environment_(targets.Environment()) {
    // What is not there is reported, not refused.
    settings_.untrusted = false;
  }

  Result<ScannerRun> Fly(const std::string& attempt) const {
    ScanSurroundings surroundings{environment_, false};
    surroundings.environment.push_back("STACKPORT_CANARY=" + attempt);
    ScanSettings settings = settings_;
    if (attempt == "hog-cpu") settings.cpu_seconds = 1;
    if (attempt == "wait-for-ever") settings.wall_time = kPatience;
    return RunScannerProcess(library_fd_, settings, surroundings, {});
  }

 private:
  ScanSettings settings_;
  int library_fd_;
  std::vector<std::string> environment_;
};

// A description that depends on an address is noticed only if addresses differ between two runs.
Finding CompareLayouts(const Result<ScannerRun>& a, const Result<ScannerRun>& b) {
  for (const auto* run : {&a, &b}) {
    if (!*run) return {Guard::kNobody, run->error().message};
    if ((*run)->reply.components.size() != 1) return {Guard::kNobody, "no answer came"};
  }
  const auto first = Split(a->reply.components.front(), ' ');
  const auto second = Split(b->reply.components.front(), ' ');
  if (first.size() != 5 || second.size() != 5) return {Guard::kNobody, "no answer came"};
  for (std::size_t i = 1; i < first.size(); ++i) {
    if (first[i] == second[i]) {
      return {Guard::kNobody,
              "an address was the same in two runs; set kernel.randomize_va_space to 2"};
    }
  }
  return {Guard::kHost, "every address differs from run to run"};
}

Result<UniqueFd> ReadSealed(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  const std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (bytes.empty()) {
    return NotFound(path + " cannot be read; it is installed beside the program");
  }
  return SealInMemory(bytes);
}

}  // namespace

std::string_view GuardName(Guard guard) {
  switch (guard) {
    case Guard::kNobody:
      return "nobody";
    case Guard::kLimits:
      return "limits";
    case Guard::kPrivileges:
      return "privileges";
    case Guard::kLandlock:
      return "landlock";
    case Guard::kSyscallFilter:
      return "syscall-filter";
    case Guard::kHost:
      return "host";
  }
  return "nobody";
}

bool CanaryReport::EveryAttemptStopped() const {
  return std::all_of(attempts.begin(), attempts.end(),
                     [](const CanaryAttempt& attempt) { return attempt.stopped(); });
}

Result<CanaryReport> RunCanary(const ScanSettings& settings, const std::string& canary_path) {
  const auto library = ReadSealed(canary_path);
  if (!library) return library.error();
  const auto targets = CanaryTargets::Open();
  if (!targets) return targets.error();
  const Aviary aviary(settings, library->get(), *targets);

  const auto first = aviary.Fly(kAddresses);
  if (!first) return first.error();
  if (!first->reply.layers) {
    return Unavailable("the scanner cannot confine itself: " + Printable(first->reply.failure));
  }
  CanaryReport report;
  report.layers = *first->reply.layers;
  report.attempts.resize(std::size(kPlans));
  std::atomic<std::size_t> next = 0;
  const auto work = [&] {
    for (std::size_t i = next++; i < std::size(kPlans); i = next++) {
      const Plan& plan = kPlans[i];
      const auto run = aviary.Fly(plan.name);
      const Finding finding =
          run ? Judge(*run, plan) : Finding{Guard::kNobody, run.error().message};
      report.attempts[i] = {plan.name, plan.aim, finding.guard, finding.detail};
    }
  };
  {
    constexpr int kThreads = 4;
    std::vector<std::jthread> threads;
    for (int i = 0; i < kThreads; ++i) threads.emplace_back(work);
  }
  for (CanaryAttempt& attempt : report.attempts) {
    if (!targets->Reached(attempt.name)) continue;
    attempt.guard = Guard::kNobody;
    attempt.detail = "it reached its target";
  }
  const Finding layouts = CompareLayouts(first, aviary.Fly(kAddresses));
  report.attempts.push_back(
      {"tell-an-address", "tell an address unnoticed", layouts.guard, layouts.detail});
  return report;
}

std::string DefaultCanaryPath() {
  const std::string scanner = DefaultScannerPath();
  return scanner.substr(0, scanner.rfind('/') + 1) + "stackport-canary.so";
}

json::Value ToJson(const CanaryReport& report, json::Allocator& allocator) {
  json::Value object(rapidjson::kObjectType);
  json::Set(object, "untrusted_libraries",
            report.AdmitsUntrustedLibraries() ? "admitted" : "refused", allocator);
  json::Value attempts(rapidjson::kArrayType);
  for (const CanaryAttempt& attempt : report.attempts) {
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "attempt", attempt.name, allocator);
    json::Set(item, "aim", attempt.aim, allocator);
    json::Set(item, "stopped", attempt.stopped(), allocator);
    json::Set(item, "by", GuardName(attempt.guard), allocator);
    json::Set(item, "detail", attempt.detail, allocator);
    attempts.PushBack(item, allocator);
  }
  json::Set(object, "attempts", std::move(attempts), allocator);
  return object;
}

}  // namespace stackport
