// The table of crimes and verdicts: one plugin, compiled once for each crime.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <string.h>
#include <sys/stat.h>

#include <cctype>
#include <filesystem>
#include <string>
#include <vector>

#include "tests/hostile/crime_scene.h"
#include "tests/support/plugin_folder_builder.h"
#include "tests/support/process_census.h"

namespace stackport {
namespace {

using scanner::Stage;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using enum ScanOutcome;

#if defined(__SANITIZE_ADDRESS__)
constexpr bool kLimitsAddressSpace = false;  // a sanitizer's own memory would pass any limit
#else
constexpr bool kLimitsAddressSpace = true;
#endif

// What a deed comes to. `evidence` is the signal that ended the process ("SIGSEGV"), the refused
// call ("socket"), or a part of the explanation.
struct Deed {
  const char* crime;
  ScanOutcome outcome;
  const char* evidence;
  Stage stage = Stage::kDescribe;
};

const std::vector<Deed>& Deeds() {
  static const std::vector<Deed> kDeeds = [] {
    std::vector<Deed> deeds = {
        // The slowest first, so that they wait while the others work.
        {"sleep", kWallLimit, "1000 ms"},
        {"load-sleep", kWallLimit, "1000 ms", Stage::kLoad},
        {"ignores-cpu-signal", kCpuLimit, "1 s of CPU time"},
        {"load-ignores-cpu-signal", kCpuLimit, "1 s of CPU time", Stage::kLoad},
        {"endless-loop", kCpuLimit, "1 s of CPU time"},
        {"load-endless-loop", kCpuLimit, "1 s of CPU time", Stage::kLoad},
        {"entry-endless-loop", kCpuLimit, "1 s of CPU time", Stage::kEntry},
        {"endless-describe", kCpuLimit, "1 s of CPU time"},
        // It dies.
        {"null-write", kCrashed, "SIGSEGV"},
        {"load-null-write", kCrashed, "SIGSEGV", Stage::kLoad},
        {"entry-null-write", kCrashed, "SIGSEGV", Stage::kEntry},
        {"stack-overflow", kCrashed, "SIGSEGV"},
        {"load-stack-overflow", kCrashed, "SIGSEGV", Stage::kLoad},
        {"entry-stack-overflow", kCrashed, "SIGSEGV", Stage::kEntry},
        {"trap", kCrashed, "SIGILL"},
        {"abort", kCrashed, "SIGABRT"},
        {"load-abort", kCrashed, "SIGABRT", Stage::kLoad},
        {"entry-abort", kCrashed, "SIGABRT", Stage::kEntry},
        {"throws", kCrashed, "SIGABRT"},
        {"load-throws", kCrashed, "SIGABRT", Stage::kLoad},
        {"entry-throws", kCrashed, "SIGABRT", Stage::kEntry},
        {"wild-table", kCrashed, "SIGSEGV", Stage::kEntry},
        {"exit-zero", kEndedEarly, "code 0"},
        {"load-exit-zero", kEndedEarly, "code 0", Stage::kLoad},
        {"entry-exit-zero", kEndedEarly, "code 0", Stage::kEntry},
        // It hogs: these abort once they get no more.
        {"floods-threads", kCrashed, "SIGABRT"},
        {"load-floods-threads", kCrashed, "SIGABRT", Stage::kLoad},
        {"floods-descriptors", kCrashed, "SIGABRT"},
        {"load-floods-descriptors", kCrashed, "SIGABRT", Stage::kLoad},
        {"floods-output", kOutputLimit, "65536 bytes"},
        {"load-floods-output", kOutputLimit, "65536 bytes", Stage::kLoad},
        {"entry-floods-output", kOutputLimit, "65536 bytes", Stage::kEntry},
        {"floods-error-output", kOutputLimit, "65536 bytes"},
        // It starts processes.
        {"fork-bomb", kForbiddenCall, "clone"},
        {"load-fork-bomb", kForbiddenCall, "clone", Stage::kLoad},
        {"entry-fork-bomb", kForbiddenCall, "clone", Stage::kEntry},
        {"raw-clone", kForbiddenCall, "clone"},
        {"execute", kForbiddenCall, "execve"},
        {"load-execute", kForbiddenCall, "execve", Stage::kLoad},
        {"entry-execute", kForbiddenCall, "execve", Stage::kEntry},
        // The C library blocks every signal around the clone, ours as well.
        {"shell", kForbiddenCall, "SIGSYS"},
        // It calls home.
        {"tcp", kForbiddenCall, "socket"},
        {"load-tcp", kForbiddenCall, "socket", Stage::kLoad},
        {"entry-tcp", kForbiddenCall, "socket", Stage::kEntry},
        {"udp", kForbiddenCall, "socket"},
        {"load-udp", kForbiddenCall, "socket", Stage::kLoad},
        {"entry-udp", kForbiddenCall, "socket", Stage::kEntry},
        {"unix-socket", kForbiddenCall, "socket"},
        {"load-unix-socket", kForbiddenCall, "socket", Stage::kLoad},
        {"entry-unix-socket", kForbiddenCall, "socket", Stage::kEntry},
        {"socket-pair", kForbiddenCall, "socketpair"},
        // It changes files.
        {"writes-file", kForbiddenCall, "open"},
        {"load-writes-file", kForbiddenCall, "open", Stage::kLoad},
        {"entry-writes-file", kForbiddenCall, "open", Stage::kEntry},
        {"appends-to-file", kForbiddenCall, "open"},
        {"nameless-file", kForbiddenCall, "open"},
        {"deletes-file", kForbiddenCall, "unlink"},
        {"renames-file", kForbiddenCall, "rename"},
        {"links-file", kForbiddenCall, "symlink"},
        // It attacks the host.
        {"kills-host", kForbiddenCall, "kill"},
        {"load-kills-host", kForbiddenCall, "kill", Stage::kLoad},
        {"entry-kills-host", kForbiddenCall, "kill", Stage::kEntry},
        {"kills-all", kForbiddenCall, "kill"},
        {"signals-a-thread-of-host", kForbiddenCall, "tgkill"},
        {"signals-by-descriptor", kForbiddenCall, "fcntl"},
        {"traces-host", kForbiddenCall, "ptrace"},
        {"reads-hosts-memory", kForbiddenCall, "process_vm_readv"},
        // It wants out of the confinement.
        {"becomes-root", kForbiddenCall, "setuid"},
        {"raises-its-limits", kForbiddenCall, "prlimit64"},
        {"leaves-namespace", kForbiddenCall, "unshare"},
        {"mounts", kForbiddenCall, "mount"},
        {"ring", kForbiddenCall, "io_uring_setup"},
        {"hides-calls", kForbiddenCall, "rt_sigaction"},
        {"blocks-reports", kForbiddenCall, "SIGSYS"},
        // It writes to the reply pipe.
        {"closes-reply", kEndedEarly, "code 3"},
        {"forges-reply", kReplyLimit, "2147483647 bytes"},
        {"load-forges-reply", kReplyLimit, "2147483647 bytes", Stage::kLoad},
        {"entry-forges-reply", kReplyLimit, "2147483647 bytes", Stage::kEntry},
        {"forges-layers", kMalformedReply, "two reports of its layers"},
        {"forges-count", kMalformedReply, "says it holds 9"},
        {"unknown-frame", kMalformedReply, "unknown type"},
        {"gigabyte-reply", kReplyLimit, "67108864 bytes"},
        {"load-gigabyte-reply", kReplyLimit, "67108864 bytes", Stage::kLoad},
        {"half-a-reply", kEndedEarly, "code 0"},
        {"endless-progress", kReplyLimit, "10000 frames"},
        // Its entry is not what the ABI promises.
        {"wrong-abi", kRejected, "needs ABI 7 to 7, this host offers 1 to 1", Stage::kEntry},
        {"wrong-magic", kRejected, "STACKPORT_ENTRY_MAGIC", Stage::kEntry},
        {"small-entry", kRejected, "4 bytes, ABI 1 has 24", Stage::kEntry},
        {"null-get-table", kRejected, "get_table of stackport_plugin_entry is null", Stage::kEntry},
        {"no-core-table", kRejected, "stackport.core", Stage::kEntry},
        {"null-describe", kRejected, "null describe", Stage::kEntry},
        {"missing-symbol", kRejected, "does not export", Stage::kEntry},
        // It says that it cannot, or too much.
        {"reports-error", kPluginError, "the price list is missing \\x1b", Stage::kEnd},
        {"unknown-status", kPluginError, "status -77", Stage::kEnd},
        {"null-document", kPluginError, "no error text", Stage::kEnd},
        {"huge-reply", kPluginError, "67108864 bytes", Stage::kEnd},
        {"huge-document", kPluginError, "limit of 524288", Stage::kEnd},
        // It says something else each time.
        {"tells-time-zone", kUnstable, "time zone", Stage::kEnd},
        {"tells-locale", kUnstable, "locale", Stage::kEnd},
        {"tells-environment", kUnstable, "environment", Stage::kEnd},
        {"tells-date", kUnstable, "date", Stage::kEnd},
        {"tells-process-id", kUnstable, "two runs", Stage::kEnd},
        {"tells-random-number", kUnstable, "two runs", Stage::kEnd},
        {"tells-address-of-code", kUnstable, "address layout", Stage::kEnd},
        {"tells-address-on-stack", kUnstable, "address layout", Stage::kEnd},
        {"tells-address-on-heap", kUnstable, "address layout", Stage::kEnd},
        {"tells-address-of-c-library", kUnstable, "address layout", Stage::kEnd},
    };
    if (kLimitsAddressSpace) {
      deeds.push_back({"eats-memory", kCrashed, "SIGSEGV"});
      deeds.push_back({"load-eats-memory", kCrashed, "SIGSEGV", Stage::kLoad});
    }
#if defined(__x86_64__)
    deeds.push_back({"other-call-table", kForbiddenCall, "SIGSYS"});
#endif
    return deeds;
  }();
  return kDeeds;
}

// What is described in good order, and refused for what it says.
struct Words {
  const char* crime;
  const char* finding;      // its code
  const char* explanation;  // a part of it
};

const std::vector<Words>& FalseWords() {
  static const std::vector<Words> kWords = {
      {"not-json", "malformed_json", "document 1 of the library"},
      {"invalid-utf8", "malformed_json", "document 1 of the library"},
      {"lone-surrogate", "malformed_json", "document 1 of the library"},
      {"deep-json", "limit", "nested deeper than 16"},
      {"foreign-namespace", "foreign_namespace", "other"},
      {"duplicate-ids", "duplicate_component", "'example/x8' is described in document 1"},
      {"describes-nothing", "empty_plugin", "describes no component"},
      {"wrong-identity", "identity", "version '0.9.0', the manifest says"},
  };
  return kWords;
}

// What is tried in vain and does no harm: the plugin is admitted and says how it was answered.
struct Attempt {
  const char* crime;
  const char* answer;
};

const std::vector<Attempt>& VainAttempts() {
  static const std::vector<Attempt> kAttempts = {
      {"nameless-memory", "denied: Function not implemented"},
      {"shared-memory", "denied: Function not implemented"},
      {"newer-clone", "denied: Function not implemented"},
      {"timer", "denied: Function not implemented"},
      // Input, output, error output, reply, library.
      {"finds-descriptors", "5"},
      {"finds-working-folder", "/"},
      // Both end with the process, and nothing of the plugin runs on the way out.
      {"leaves-thread", "A server."},
      {"leaves-exit-handler", "A server."},
  };
  return kAttempts;
}

// Landlock alone stands before these.
const std::vector<Attempt>& FileReaders() {
  static const std::vector<Attempt> kReaders = {
      {"reads-file", "denied: Permission denied"},
      {"lists-folder", "denied: Permission denied"},
      {"reads-process-of-host", "denied: Permission denied"},
  };
  return kReaders;
}

const AdmissionReport& ReportOf(const std::string& crime) {
  static const CrimeScene kScene = [] {
    WriteFile(STACKPORT_CRIME_TARGET, "mine");
    chmod(STACKPORT_CRIME_TARGET, 0666);
    std::vector<std::string> crimes;
    for (const Deed& deed : Deeds()) crimes.emplace_back(deed.crime);
    for (const Words& words : FalseWords()) crimes.emplace_back(words.crime);
    for (const Attempt& attempt : VainAttempts()) crimes.emplace_back(attempt.crime);
    for (const Attempt& reader : FileReaders()) crimes.emplace_back(reader.crime);
    return CrimeScene(crimes);
  }();
  return kScene.Of(crime);
}

template <typename Case>
std::string CaseName(const ::testing::TestParamInfo<Case>& instance) {
  std::string name;
  bool capital = true;
  for (const char c : std::string_view(instance.param.crime)) {
    if (c != '-') name += capital ? static_cast<char>(std::toupper(c)) : c;
    capital = c == '-';
  }
  return name;
}

class Crime : public ::testing::TestWithParam<Deed> {};

TEST_P(Crime, IsRefusedWithEvidence) {
  const Deed& expected = GetParam();
#if defined(__SANITIZE_ADDRESS__)
  if (std::string_view(expected.crime) == "tells-address-on-heap") {
    GTEST_SKIP() << "the address sanitizer's heap lies at the same place in every process";
  }
#endif
  const AdmissionReport& report = ReportOf(expected.crime);

  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  EXPECT_THAT(report.components, IsEmpty());
  ASSERT_TRUE(report.evidence) << ToText(report);
  const ScanEvidence& evidence = *report.evidence;
  EXPECT_EQ(ScanOutcomeName(evidence.outcome), ScanOutcomeName(expected.outcome)) << ToText(report);
  // On a busy machine the clock may meet a sleeper before it lies down.
  if (expected.outcome != kWallLimit) {
    EXPECT_EQ(StageName(evidence.stage), StageName(expected.stage)) << ToText(report);
  }
  const std::string text = expected.evidence;
  if (text.starts_with("SIG")) {
    EXPECT_EQ(std::string("SIG") + sigabbrev_np(evidence.signal), text) << ToText(report);
  } else if (expected.outcome == kForbiddenCall) {
    // One of a family: renameat2 for rename, openat for open.
    EXPECT_THAT(evidence.refused_call, HasSubstr(text));
  } else {
    EXPECT_THAT(evidence.explanation, HasSubstr(text));
  }
  EXPECT_NE(evidence.remedy, "");
  ASSERT_FALSE(report.documents.empty());
  EXPECT_EQ(report.documents.front().findings.front().code,
            "scan_" + std::string(ScanOutcomeName(expected.outcome)));
}

INSTANTIATE_TEST_SUITE_P(Table, Crime, ::testing::ValuesIn(Deeds()), CaseName<Deed>);

class FalseWord : public ::testing::TestWithParam<Words> {};

TEST_P(FalseWord, IsRefusedWhereItStands) {
  const AdmissionReport& report = ReportOf(GetParam().crime);
  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  EXPECT_THAT(report.components, IsEmpty());
  ASSERT_TRUE(report.evidence);
  EXPECT_EQ(report.evidence->outcome, kDescribed) << ToText(report);
  ASSERT_FALSE(report.documents.empty());
  EXPECT_EQ(report.documents.front().findings.front().code, GetParam().finding) << ToText(report);
  EXPECT_THAT(ToText(report), HasSubstr(GetParam().explanation));
}

INSTANTIATE_TEST_SUITE_P(Table, FalseWord, ::testing::ValuesIn(FalseWords()), CaseName<Words>);

class VainAttempt : public ::testing::TestWithParam<Attempt> {};

TEST_P(VainAttempt, IsAnsweredWithAnError) {
  const AdmissionReport& report = ReportOf(GetParam().crime);
  ASSERT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  EXPECT_EQ(report.components.front().summary, GetParam().answer);
}

INSTANTIATE_TEST_SUITE_P(Table, VainAttempt, ::testing::ValuesIn(VainAttempts()),
                         CaseName<Attempt>);

class FileReader : public ::testing::TestWithParam<Attempt> {};

TEST_P(FileReader, SeesNothingOfTheMachine) {
  const AdmissionReport& report = ReportOf(GetParam().crime);
  ASSERT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  const scanner::Layer* landlock = report.evidence->layers.Find("landlock");
  ASSERT_NE(landlock, nullptr);
  if (!landlock->applied) GTEST_SKIP() << landlock->detail;
  EXPECT_EQ(report.components.front().summary, GetParam().answer);
}

INSTANTIATE_TEST_SUITE_P(Table, FileReader, ::testing::ValuesIn(FileReaders()), CaseName<Attempt>);

TEST(Sleeper, IsGivenASecondChanceAndThenRefused) {
  EXPECT_EQ(ReportOf("sleep").evidence->attempts, 2);
  EXPECT_EQ(ReportOf("endless-loop").evidence->attempts, 1);
}

TEST(CrimeScene, IsLeftAsItWas) {
  ReportOf("writes-file");
  EXPECT_EQ(ReadFile(STACKPORT_CRIME_TARGET), "mine");
  EXPECT_FALSE(std::filesystem::exists(std::string(STACKPORT_CRIME_TARGET) + "-renamed"));
  EXPECT_FALSE(HasChildren());
}

TEST(CrimeTable, IsLongEnough) {
  EXPECT_GE(Deeds().size() + FalseWords().size(), 100u);
}

}  // namespace
}  // namespace stackport
