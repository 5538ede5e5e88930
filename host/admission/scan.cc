#include "host/admission/scan.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include <utility>

#include "catalog/base/text.h"
#include "host/admission/call_name.h"
#include "stackport/plugin.h"

namespace stackport {
namespace {

using scanner::Stage;

// Two surroundings that differ in all that a description must not depend on. The address layout
// differs by itself: the scanner sees to it that it is randomised.
const ScanSurroundings& Surroundings(int which) {
  static const ScanSurroundings kPlain = {{"LC_ALL=C", "TZ=UTC", "HOME=/", "USER=nobody"}, false};
  static const ScanSurroundings kOther = {
      {"LC_ALL=C.UTF-8", "TZ=Asia/Kathmandu", "HOME=/nonexistent", "USER=vendor", "DEBUG=1"}, true};
  return which == 0 ? kPlain : kOther;
}

std::string SignalName(int signal) {
  const char* name = sigabbrev_np(signal);
  return name ? std::string("SIG") + name : "signal " + std::to_string(signal);
}

struct Verdict {
  ScanOutcome outcome;
  std::string explanation;
  std::string remedy;
};

std::string PluginErrors(const Reply& reply) {
  // The first few say what is wrong; a hundred would bury it.
  constexpr std::size_t kShown = 3;
  std::string text;
  for (std::size_t i = 0; i < reply.plugin_errors.size() && i < kShown; ++i) {
    if (i > 0) text += "; ";
    text += Quoted(reply.plugin_errors[i]);
  }
  if (reply.plugin_errors.size() > kShown) {
    text += " and " + std::to_string(reply.plugin_errors.size() - kShown) + " more";
  }
  return text;
}

bool UsedItsCpuTime(const ScannerRun& run, const ScanSettings& settings) {
  return run.cpu_ms >= std::uint64_t{settings.cpu_seconds} * 1000;
}

Verdict CpuLimitPassed(const ScannerRun& run, const ScanSettings& settings) {
  return {ScanOutcome::kCpuLimit,
          "the plugin used its " + std::to_string(settings.cpu_seconds) +
              " s of CPU time while in stage " + std::string(StageName(run.reply.stage)),
          "make describe finish sooner; it usually takes milliseconds"};
}

// What the host did to the process.
Verdict JudgeStop(const ScannerRun& run, const ScanSettings& settings) {
  switch (run.stopped) {
    case StopReason::kWallTime:
      // On a busy machine the backstop can come before the kernel's own limit.
      if (UsedItsCpuTime(run, settings)) return CpuLimitPassed(run, settings);
      return {ScanOutcome::kWallLimit,
              "the scan had not ended after " + std::to_string(settings.wall_time.count()) +
                  " ms and " + std::to_string(run.cpu_ms) + " ms of CPU time",
              "make describe return without waiting for anything"};
    case StopReason::kOutputLimit:
      return {ScanOutcome::kOutputLimit,
              "the plugin wrote more than " + run.stop_detail + " to standard output and error",
              "emit components through the sink, and print nothing"};
    case StopReason::kReplyLimit:
      return {ScanOutcome::kReplyLimit, run.stop_detail,
              "stay within the limits of sdk/README.md, or split the plugin into several"};
    case StopReason::kMalformedReply:
      return {ScanOutcome::kMalformedReply, run.stop_detail,
              "let the plugin write to no descriptor that it has not opened"};
    case StopReason::kCancelled:
      return {ScanOutcome::kScannerFailed, "the scan was stopped before its end, by the operator",
              "start it again"};
    case StopReason::kNone:
      break;
  }
  return {ScanOutcome::kScannerFailed, "the scan was stopped for no reason", "report this fault"};
}

Verdict JudgeSignal(const ScannerRun& run, int signal, const ScanSettings& settings) {
  const std::string at = " while in stage " + std::string(StageName(run.reply.stage));
  if (signal == SIGXCPU || (signal == SIGKILL && UsedItsCpuTime(run, settings))) {
    return CpuLimitPassed(run, settings);
  }
  if (signal == SIGSYS) {
    return {ScanOutcome::kForbiddenCall, "a forbidden system call ended the plugin" + at,
            "a description needs no network, no process and no file"};
  }
  return {ScanOutcome::kCrashed, "the plugin was ended by " + SignalName(signal) + at,
          signal == SIGKILL
              ? "look whether the machine ran out of memory, then scan again"
              : "run describe under a debugger or AddressSanitizer and mend the fault"};
}

Verdict JudgeExit(const ScannerRun& run, int code) {
  const Reply& reply = run.reply;
  if (!reply.failure.empty()) {
    const std::string why = Printable(reply.failure, 2 * scanner::kMaxErrorBytes);
    if (!reply.layers) {
      return {ScanOutcome::kScannerFailed, "the scanner cannot confine itself: " + why,
              "run stackport doctor; no plugin with a library is admitted until it is mended"};
    }
    return {ScanOutcome::kRejected, why, "see sdk/README.md, 'How a library is judged'"};
  }
  if (!reply.layers) {
    return {ScanOutcome::kScannerFailed,
            "the scanner ended with code " + std::to_string(code) + " before it was confined",
            "check that stackport-scanner beside the program is of the same version"};
  }
  if (!reply.end || run.inside_frame || code != scanner::kExitDescribed) {
    return {ScanOutcome::kEndedEarly,
            "the process ended with code " + std::to_string(code) + " in stage " +
                std::string(StageName(reply.stage)) + ", before describe had returned",
            "let describe return a status, and call exit() nowhere in the library"};
  }
  if (reply.end->components != reply.components.size()) {
    return {ScanOutcome::kMalformedReply,
            "the reply holds " + std::to_string(reply.components.size()) +
                " components and says it holds " + std::to_string(reply.end->components),
            "let the plugin write to no descriptor that it has not opened"};
  }
  if (!reply.plugin_errors.empty()) {
    return {ScanOutcome::kPluginError, "the plugin reports: " + PluginErrors(reply),
            "mend what the plugin reports"};
  }
  if (reply.end->status != STACKPORT_OK) {
    return {
        ScanOutcome::kPluginError,
        "the scan ended with status " + std::to_string(reply.end->status) + " and no error text",
        "report the reason through sink->error"};
  }
  return {ScanOutcome::kDescribed,
          "described " + std::to_string(reply.components.size()) + " components",
          {}};
}

// The machine's fault. The scanner has loaded nothing in this case.
Verdict LayerMissing(const scanner::ConfinementReport& report) {
  std::string missing;
  for (const scanner::Layer& layer : report.layers) {
    if (layer.applied) continue;
    missing += missing.empty() ? "" : "; ";
    missing += layer.name + ": " + Printable(layer.detail, scanner::kMaxShortFrameBytes);
  }
  return {ScanOutcome::kUnconfined,
          "the library was not loaded: code of others runs only where every layer of the sandbox "
          "holds, and here one does not (" +
              missing + ")",
          "mend that and see stackport doctor; or, if you vouch for the plugin, put it into a "
          "folder that you mark as trusted; a plugin of documents alone is not affected"};
}

Verdict Judge(const ScannerRun& run, const ScanSettings& settings) {
  if (settings.untrusted && run.reply.layers && !run.reply.layers->EveryLayerHolds()) {
    return LayerMissing(*run.reply.layers);
  }
  if (run.stopped != StopReason::kNone) return JudgeStop(run, settings);
  if (run.reply.refused_call) {
    return {ScanOutcome::kForbiddenCall,
            "the plugin called " + CallName(*run.reply.refused_call) + " in stage " +
                std::string(StageName(run.reply.stage)) + ", which is forbidden",
            "a description needs no network, no process and no file; compute it from what the "
            "library holds"};
  }
  if (WIFSIGNALED(run.wait_status)) {
    return JudgeSignal(run, WTERMSIG(run.wait_status), settings);
  }
  return JudgeExit(run, WEXITSTATUS(run.wait_status));
}

// From what the scanner reported; the plugin could have lied, and the evidence says no more.
std::string LastFunction(const Reply& reply) {
  switch (reply.stage) {
    case Stage::kStart:
    case Stage::kConfined:
      return {};
    case Stage::kLoad:
      return "a constructor of the library";
    case Stage::kEntry:
      return "get_table";
    case Stage::kDescribe:
      return "describe, after " + std::to_string(reply.components.size()) +
             (reply.components.size() == 1 ? " component" : " components");
    case Stage::kOffers:
      return "a function of the offers table";
    case Stage::kEnd:
      return "the last one asked for, which returned";
  }
  return {};
}

std::string_view LimitHit(ScanOutcome outcome) {
  switch (outcome) {
    case ScanOutcome::kCpuLimit:
      return "cpu_seconds";
    case ScanOutcome::kWallLimit:
      return "wall_time";
    case ScanOutcome::kOutputLimit:
      return "output_bytes";
    case ScanOutcome::kReplyLimit:
      return "reply";
    case ScanOutcome::kDescribed:
    case ScanOutcome::kRejected:
    case ScanOutcome::kPluginError:
    case ScanOutcome::kForbiddenCall:
    case ScanOutcome::kCrashed:
    case ScanOutcome::kEndedEarly:
    case ScanOutcome::kMalformedReply:
    case ScanOutcome::kUnstable:
    case ScanOutcome::kUnconfined:
    case ScanOutcome::kScannerFailed:
      return {};
  }
  return {};
}

void Record(const ScannerRun& run, Verdict verdict, ScanEvidence& evidence) {
  evidence.outcome = verdict.outcome;
  evidence.explanation = std::move(verdict.explanation);
  evidence.remedy = std::move(verdict.remedy);
  evidence.stage = run.reply.stage;
  evidence.signal = WIFSIGNALED(run.wait_status) ? WTERMSIG(run.wait_status) : 0;
  evidence.exit_code = WIFEXITED(run.wait_status) ? WEXITSTATUS(run.wait_status) : -1;
  evidence.refused_call = run.reply.refused_call ? CallName(*run.reply.refused_call) : "";
  evidence.last_function = LastFunction(run.reply);
  evidence.limit_hit = LimitHit(evidence.outcome);
  evidence.cpu_ms = run.cpu_ms;
  evidence.peak_memory_kib = run.peak_memory_kib;
  evidence.wall_ms = run.wall_ms;
  evidence.output_tail = run.output_tail;
  evidence.layers = run.reply.layers.value_or(scanner::ConfinementReport{});
}

// One scan in one environment, with the one retry that a plugin may be owed.
Reply ScanOnce(int library_fd, const ScanSettings& settings, int which,
               const ReplyReader::Progress& progress, ScanEvidence& evidence) {
  constexpr int kMostAttempts = 2;
  for (evidence.attempts = 1;; ++evidence.attempts) {
    auto run = RunScannerProcess(library_fd, settings, Surroundings(which), progress);
    if (!run) {
      evidence.outcome = ScanOutcome::kScannerFailed;
      evidence.explanation = run.error().message;
      evidence.remedy = "install stackport-scanner beside the program, then run stackport doctor";
      return {};
    }
    Record(*run, Judge(*run, settings), evidence);
    if (!DeservesRetry(evidence.outcome) || evidence.attempts == kMostAttempts) {
      return std::move(run->reply);
    }
  }
}

bool SaysTheSame(const Reply& a, const Reply& b) {
  return a.components == b.components && a.offers == b.offers && a.plugin_id == b.plugin_id &&
         a.plugin_version == b.plugin_version;
}

}  // namespace

std::string_view ScanOutcomeName(ScanOutcome outcome) {
  switch (outcome) {
    case ScanOutcome::kDescribed:
      return "described";
    case ScanOutcome::kRejected:
      return "rejected";
    case ScanOutcome::kPluginError:
      return "plugin_error";
    case ScanOutcome::kForbiddenCall:
      return "forbidden_call";
    case ScanOutcome::kCrashed:
      return "crashed";
    case ScanOutcome::kEndedEarly:
      return "ended_early";
    case ScanOutcome::kCpuLimit:
      return "cpu_limit";
    case ScanOutcome::kWallLimit:
      return "wall_limit";
    case ScanOutcome::kOutputLimit:
      return "output_limit";
    case ScanOutcome::kReplyLimit:
      return "reply_limit";
    case ScanOutcome::kMalformedReply:
      return "malformed_reply";
    case ScanOutcome::kUnstable:
      return "unstable";
    case ScanOutcome::kUnconfined:
      return "unconfined";
    case ScanOutcome::kScannerFailed:
      return "scanner_failed";
  }
  return "scanner_failed";
}

bool DeservesRetry(ScanOutcome outcome) {
  return outcome == ScanOutcome::kWallLimit || outcome == ScanOutcome::kCrashed ||
         outcome == ScanOutcome::kEndedEarly;
}

json::Value ToJson(const ScanEvidence& evidence, json::Allocator& allocator) {
  json::Value object(rapidjson::kObjectType);
  json::Set(object, "outcome", ScanOutcomeName(evidence.outcome), allocator);
  json::Set(object, "stage", StageName(evidence.stage), allocator);
  json::Set(object, "explanation", evidence.explanation, allocator);
  if (!evidence.remedy.empty()) json::Set(object, "remedy", evidence.remedy, allocator);
  if (evidence.signal != 0) {
    json::Set(object, "signal", SignalName(evidence.signal), allocator);
  }
  if (evidence.exit_code >= 0) json::Set(object, "exit_code", evidence.exit_code, allocator);
  if (!evidence.refused_call.empty()) {
    json::Set(object, "refused_call", evidence.refused_call, allocator);
  }
  if (!evidence.last_function.empty()) {
    json::Set(object, "last_function", evidence.last_function, allocator);
  }
  if (!evidence.limit_hit.empty()) json::Set(object, "limit_hit", evidence.limit_hit, allocator);
  json::Set(object, "cpu_ms", static_cast<std::int64_t>(evidence.cpu_ms), allocator);
  json::Set(object, "wall_ms", static_cast<std::int64_t>(evidence.wall_ms), allocator);
  if (evidence.peak_memory_kib > 0) {
    json::Set(object, "peak_memory_kib", static_cast<std::int64_t>(evidence.peak_memory_kib),
              allocator);
  }
  json::Set(object, "attempts", evidence.attempts, allocator);
  if (!evidence.output_tail.empty()) {
    json::Set(object, "output_tail", evidence.output_tail, allocator);
  }
  json::Value layers(rapidjson::kArrayType);
  for (const scanner::Layer& layer : evidence.layers.layers) {
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "name", layer.name, allocator);
    json::Set(item, "applied", layer.applied, allocator);
    json::Set(item, "detail", layer.detail, allocator);
    layers.PushBack(item, allocator);
  }
  json::Set(object, "layers", std::move(layers), allocator);
  return object;
}

ScanResult ScanLibrary(int library_fd, const ScanSettings& settings,
                       const ReplyReader::Progress& progress) {
  ScanResult result;
  Reply reply = ScanOnce(library_fd, settings, 0, progress, result.evidence);
  if (result.evidence.outcome != ScanOutcome::kDescribed) return result;

  const Reply second = ScanOnce(library_fd, settings, 1, {}, result.evidence);
  if (result.evidence.outcome != ScanOutcome::kDescribed) return result;
  if (!SaysTheSame(reply, second)) {
    result.evidence.outcome = ScanOutcome::kUnstable;
    result.evidence.explanation =
        "the plugin describes itself differently in two runs with another locale, time zone, date, "
        "environment and address layout";
    result.evidence.remedy =
        "let the description depend on nothing but the library's own code and data";
    return result;
  }
  result.plugin_id = std::move(reply.plugin_id);
  result.plugin_version = std::move(reply.plugin_version);
  result.documents = std::move(reply.components);
  result.offers = std::move(reply.offers);
  return result;
}

}  // namespace stackport
