// Scans of libraries that mean well, and of surroundings that do not hold.
#include "host/admission/scan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "host/admission/admission.h"
#include "tests/support/plugin_folder_builder.h"
#include "tests/support/process_census.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::string PathOf(const std::string& name) {
  return std::string(STACKPORT_TEST_PLUGINS) + "/example-" + name + ".stackport";
}

AdmissionSettings Settings() {
  AdmissionSettings settings;
  settings.trust.unsigned_allowed = true;
  settings.scan.scanner_path = DefaultScannerPath();
  settings.scan.wall_time = std::chrono::minutes(10);
  return settings;
}

TEST(Scan, LooperThatMeetsTheWallFirstIsStillJudgedByItsCpuTime) {
  AdmissionSettings settings = Settings();
  settings.scan.cpu_seconds = 0;
  settings.scan.wall_time = std::chrono::milliseconds(1);
  const AdmissionReport report = AdmitFolder(PathOf("sleep"), settings);
  ASSERT_TRUE(report.evidence);
  EXPECT_EQ(report.evidence->outcome, ScanOutcome::kCpuLimit);
  EXPECT_EQ(report.evidence->attempts, 1);
}

TEST(HonestPlugin, IsAdmittedWithEveryLayerInPlace) {
  const std::size_t descriptors = OpenDescriptors();
  const AdmissionReport report = AdmitFolder(PathOf("honest"), Settings());
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
  EXPECT_FALSE(HasChildren());
}

TEST(HonestPlugin, InPlainCIsAdmitted) {
  const AdmissionReport report = AdmitFolder(PathOf("plain-c"), Settings());
  ASSERT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  EXPECT_EQ(report.components.at(0).id, "example/c-server");
}

TEST(HonestPlugin, InTheCppLayerIsAdmittedWithoutAFinding) {
  const AdmissionReport report = AdmitFolder(PathOf("cpp-layer"), Settings());
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

TEST(MissingLayer, KeepsOutCodeThatNobodyVouchesFor) {
  AdmissionSettings settings = Settings();
  settings.scan.scanner_path += "-without-landlock";
  settings.scan.untrusted = true;
  const AdmissionReport report = AdmitFolder(PathOf("honest"), settings);
  ASSERT_TRUE(report.evidence) << ToText(report);
  EXPECT_EQ(report.evidence->outcome, ScanOutcome::kUnconfined);
  EXPECT_EQ(report.evidence->stage, scanner::Stage::kStart);
  EXPECT_THAT(report.evidence->explanation, HasSubstr("landlock: the kernel has no Landlock"));
  EXPECT_THAT(report.evidence->remedy, HasSubstr("stackport doctor"));
  EXPECT_EQ(report.documents.front().findings.front().code, "scan_unconfined");

  TempFolder folder;
  const std::string data = PluginFolderBuilder("example-data")
                               .Document("x8.json", ServerDocument("example/x8"))
                               .WriteTo(folder.path());
  const AdmissionReport data_report = AdmitFolder(data, settings);
  EXPECT_EQ(data_report.outcome, AdmissionOutcome::kAdmitted) << ToText(data_report);
}

TEST(MissingLayer, IsPutUpWithWhereTheOperatorVouchesForTheFolder) {
  AdmissionSettings settings = Settings();
  settings.scan.scanner_path += "-without-landlock";
  const AdmissionReport report = AdmitFolder(PathOf("honest"), settings);
  ASSERT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  EXPECT_FALSE(report.evidence->layers.EveryLayerHolds());
}

TEST(MissingLayer, ThatEveryLibraryNeedsKeepsOutAllOfThem) {
  AdmissionSettings settings = Settings();
  settings.scan.scanner_path += "-without-filter";
  const AdmissionReport report = AdmitFolder(PathOf("honest"), settings);
  ASSERT_TRUE(report.evidence) << ToText(report);
  EXPECT_EQ(report.evidence->outcome, ScanOutcome::kScannerFailed);
  EXPECT_THAT(report.evidence->explanation, HasSubstr("system call filter"));
  EXPECT_THAT(report.evidence->remedy, HasSubstr("stackport doctor"));
}

}  // namespace
}  // namespace stackport
