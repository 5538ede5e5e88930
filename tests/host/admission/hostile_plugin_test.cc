// The table of crimes and verdicts: one plugin, compiled once for each crime.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cctype>
#include <chrono>
#include <filesystem>
#include <string>

#include "catalog/base/text.h"
#include "host/admission/admission.h"
#include "tests/support/plugin_folder_builder.h"
#include "tests/support/process_census.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

const std::string kFolder = STACKPORT_TEST_PLUGINS;

std::string PathOf(const std::string& name) {
  return kFolder + "/example-" + name + ".stackport";
}

AdmissionSettings Settings() {
  AdmissionSettings settings;
  settings.trust.unsigned_allowed = true;
  settings.scan.scanner_path = DefaultScannerPath();
  settings.scan.cpu_seconds = 1;
  // A second of CPU time took more than a minute on a machine with thirty others at work.
  settings.scan.wall_time = std::chrono::minutes(10);
  settings.scan.output_bytes = std::uint64_t{64} << 10;
  return settings;
}

AdmissionReport Admit(const std::string& name) {
  return AdmitFolder(PathOf(name), Settings());
}

// What a crime comes to: a scan outcome, a word of the explanation, and for what the scanner cannot
// see, the code of the finding.
struct Verdict {
  const char* crime;
  ScanOutcome outcome;
  const char* explanation;
  const char* finding;
};

class Crime : public ::testing::TestWithParam<Verdict> {};

TEST_P(Crime, IsRefusedWithEvidence) {
  const Verdict& expected = GetParam();
  const std::size_t descriptors = OpenDescriptors();

  const AdmissionReport report = Admit(expected.crime);

  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  EXPECT_THAT(report.components, IsEmpty());
  ASSERT_TRUE(report.evidence) << ToText(report);
  EXPECT_EQ(ScanOutcomeName(report.evidence->outcome), ScanOutcomeName(expected.outcome))
      << ToText(report);
  EXPECT_THAT(ToText(report), HasSubstr(expected.explanation));
  ASSERT_FALSE(report.documents.empty());
  EXPECT_EQ(report.documents.front().findings.front().code, expected.finding) << ToText(report);
  EXPECT_NE(report.documents.front().findings.front().remedy, "") << ToText(report);

  EXPECT_FALSE(HasChildren());
  EXPECT_EQ(OpenDescriptors(), descriptors);
}

using enum ScanOutcome;
INSTANTIATE_TEST_SUITE_P(
    Table, Crime,
    ::testing::Values(
        Verdict{"null-write", kCrashed, "SIGSEGV while in stage describe", "scan_crashed"},
        Verdict{"abort", kCrashed, "SIGABRT", "scan_crashed"},
        Verdict{"constructor-throws", kCrashed, "SIGABRT while in stage load", "scan_crashed"},
        Verdict{"exit-zero", kEndedEarly, "code 0 in stage describe", "scan_ended_early"},
        Verdict{"endless-loop", kCpuLimit, "1 s of CPU time", "scan_cpu_limit"},
        Verdict{"ignores-cpu-signal", kCpuLimit, "1 s of CPU time", "scan_cpu_limit"},
        Verdict{"fork", kForbiddenCall, "called clone", "scan_forbidden_call"},
        Verdict{"execute", kForbiddenCall, "forbidden system call", "scan_forbidden_call"},
        Verdict{"socket", kForbiddenCall, "called socket", "scan_forbidden_call"},
        Verdict{"writes-file", kForbiddenCall, "called open", "scan_forbidden_call"},
        Verdict{"kills-host", kForbiddenCall, "called kill", "scan_forbidden_call"},
        Verdict{"floods-output", kOutputLimit, "65536 bytes", "scan_output_limit"},
        Verdict{"huge-reply", kPluginError, "67108864 bytes", "scan_plugin_error"},
        Verdict{"huge-document", kPluginError, "limit of 524288", "scan_plugin_error"},
        Verdict{"forges-reply", kReplyLimit, "2147483647 bytes", "scan_reply_limit"},
        Verdict{"wrong-abi", kRejected, "needs ABI 7 to 7, this host offers 1 to 1",
                "scan_rejected"},
        Verdict{"wrong-magic", kRejected, "STACKPORT_ENTRY_MAGIC", "scan_rejected"},
        Verdict{"no-core-table", kRejected, "stackport.core", "scan_rejected"},
        Verdict{"missing-symbol", kRejected, "does not export", "scan_rejected"},
        Verdict{"reports-error", kPluginError, "the price list is missing \\x1b",
                "scan_plugin_error"},
        Verdict{"unstable", kUnstable, "differently in two runs", "scan_unstable"},
        Verdict{"invalid-utf8", kDescribed, "document 1 of the library", "malformed_json"},
        Verdict{"deep-json", kDescribed, "nested deeper than 16", "limit"},
        Verdict{"foreign-namespace", kDescribed, "other", "foreign_namespace"},
        Verdict{"duplicate-ids", kDescribed, "'example/x8' is described in document 1",
                "duplicate_component"},
        Verdict{"describes-nothing", kDescribed, "describes no component", "empty_plugin"},
        Verdict{"wrong-identity", kDescribed, "version '0.9.0', the manifest says", "identity"}),
    [](const auto& instance) {
      std::string name;
      bool capital = true;
      for (const char c : std::string_view(instance.param.crime)) {
        if (c != '-') name += capital ? static_cast<char>(std::toupper(c)) : c;
        capital = c == '-';
      }
      return name;
    });

TEST(HostilePlugin, SleeperIsGivenASecondChanceAndThenRefused) {
  AdmissionSettings settings = Settings();
  settings.scan.wall_time = std::chrono::milliseconds(300);
  const std::size_t descriptors = OpenDescriptors();
  const AdmissionReport report = AdmitFolder(PathOf("sleep"), settings);
  ASSERT_TRUE(report.evidence);
  EXPECT_EQ(report.evidence->outcome, ScanOutcome::kWallLimit);
  EXPECT_EQ(report.evidence->attempts, 2);
  EXPECT_FALSE(HasChildren());
  EXPECT_EQ(OpenDescriptors(), descriptors);
}

TEST(HostilePlugin, LooperThatMeetsTheWallFirstIsStillJudgedByItsCpuTime) {
  AdmissionSettings settings = Settings();
  settings.scan.cpu_seconds = 0;
  settings.scan.wall_time = std::chrono::milliseconds(1);
  const AdmissionReport report = AdmitFolder(PathOf("sleep"), settings);
  ASSERT_TRUE(report.evidence);
  EXPECT_EQ(report.evidence->outcome, ScanOutcome::kCpuLimit);
  EXPECT_EQ(report.evidence->attempts, 1);
}

#if !defined(__SANITIZE_ADDRESS__)  // a sanitizer build has no limit on address space
TEST(HostilePlugin, GluttonGetsNoMoreMemoryThanItsLimit) {
  const AdmissionReport report = Admit("eats-memory");
  ASSERT_TRUE(report.evidence);
  EXPECT_EQ(report.evidence->outcome, ScanOutcome::kCrashed) << ToText(report);
}
#endif

TEST(HostilePlugin, WritesNoFile) {
  Admit("writes-file");
  EXPECT_FALSE(std::filesystem::exists(kFolder + "/written-by-a-plugin"));
}

TEST(HostilePlugin, ReadsNoFileOfTheMachine) {
  const AdmissionReport report = Admit("reads-file");
  ASSERT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  const scanner::Layer* landlock = report.evidence->layers.Find("landlock");
  ASSERT_NE(landlock, nullptr);
  if (!landlock->applied) GTEST_SKIP() << landlock->detail;
  EXPECT_EQ(report.components.front().summary, "denied");
}

TEST(HostilePlugin, ThreadLeftBehindEndsWithTheProcess) {
  EXPECT_EQ(Admit("leaves-thread").outcome, AdmissionOutcome::kAdmitted);
  EXPECT_FALSE(HasChildren());
}

TEST(HostilePlugin, WhatIsNoLibraryIsRefused) {
  TempFolder folder;
  const std::string path =
      PluginFolderBuilder("example-text").Library("not ELF").WriteTo(folder.path());
  const AdmissionReport report = AdmitFolder(path, Settings());
  ASSERT_TRUE(report.evidence);
  EXPECT_EQ(report.evidence->outcome, ScanOutcome::kRejected);
  EXPECT_THAT(report.evidence->explanation, HasSubstr("the library"));
  EXPECT_EQ(report.evidence->stage, scanner::Stage::kLoad);
}

TEST(HonestPlugin, IsAdmittedWithEveryLayerInPlace) {
  const std::size_t descriptors = OpenDescriptors();
  const AdmissionReport report = Admit("honest");
  ASSERT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  ASSERT_EQ(report.components.size(), 1u);
  EXPECT_EQ(report.components[0].id, "example/x8");
  EXPECT_EQ(report.plugin.form, "library");
  EXPECT_EQ(report.plugin.trust, PluginTrust::kUnsignedTrustedFolder);
  for (const char* layer : {"limits", "privileges", "syscall-filter"}) {
    ASSERT_NE(report.evidence->layers.Find(layer), nullptr) << layer;
    EXPECT_TRUE(report.evidence->layers.Find(layer)->applied) << layer;
  }
  EXPECT_EQ(OpenDescriptors(), descriptors);
}

TEST(HonestPlugin, InPlainCIsAdmitted) {
  const AdmissionReport report = Admit("plain-c");
  ASSERT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  EXPECT_EQ(report.components.at(0).id, "example/c-server");
}

TEST(HonestPlugin, InTheCppLayerIsAdmittedWithoutAFinding) {
  const AdmissionReport report = Admit("cpp-layer");
  ASSERT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  EXPECT_THAT(report.documents, IsEmpty()) << ToText(report);
  ASSERT_EQ(report.components.size(), 2u);
  EXPECT_EQ(report.components[0].name, "Example X8 “Schär”");
}

TEST(Scanner, ThatIsMissingIsTheHostsFaultAndSaysSo) {
  AdmissionSettings settings = Settings();
  settings.scan.scanner_path = "/nonexistent/stackport-scanner";
  const AdmissionReport report = AdmitFolder(PathOf("honest"), settings);
  ASSERT_TRUE(report.evidence);
  EXPECT_EQ(report.evidence->outcome, ScanOutcome::kScannerFailed);
  EXPECT_THAT(report.evidence->explanation, HasSubstr("/nonexistent/stackport-scanner"));
  EXPECT_FALSE(HasChildren());
}

}  // namespace
}  // namespace stackport
