// Folders of plugins against a catalog: what enters, what stays, what goes.
#include "host/admission/admit_all.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/host/admission/admit_all_fixture.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using enum AdmissionOutcome;

TEST_F(AdmitAllTest, AllThatIsAdmittedEntersAsOneChange) {
  WriteServer("example-a", "example/a");
  WriteServer("example-b", "example/b");
  CopyFixture("example-honest");
  const std::size_t before = Steps();
  std::vector<std::size_t> progress;
  const std::vector<PluginSource> sources = {{plugins_, TrustPolicy{true}}};
  const auto report = AdmitAll(sources, *store_, settings_, [&](const AdmissionProgress& step) {
    progress.push_back(step.done);
  });
  ASSERT_TRUE(report);
  EXPECT_EQ(Steps(), before + 1);
  EXPECT_THAT(Components(), ElementsAre("example/a", "example/b", "example/x8"));
  EXPECT_THAT(progress, ElementsAre(1u, 2u, 3u));
  EXPECT_EQ(report->snapshot->id, (*store_->Current())->id);
  EXPECT_THAT(*store_->UnfinishedSteps(), IsEmpty());
}

TEST_F(AdmitAllTest, OnePluginThatFailsKeepsNoOtherOut) {
  WriteServer("example-a", "example/a");
  CopyFixture("example-abort");
  WriteServer("example-b", "example/b");
  EXPECT_THAT(Outcomes(), ElementsAre(kAdmitted, kQuarantined, kAdmitted));
  EXPECT_THAT(Components(), ElementsAre("example/a", "example/b"));
  const auto problems = store_->Problems();
  ASSERT_EQ(problems->size(), 1u);
  EXPECT_EQ(problems->at(0).plugin, "example-abort");
  EXPECT_EQ(problems->at(0).stage, "scan");
  EXPECT_FALSE(problems->at(0).stale);
  EXPECT_THAT(problems->at(0).evidence, HasSubstr("SIGABRT"));
}

TEST_F(AdmitAllTest, UnchangedPluginIsNotScannedAgain) {
  CopyFixture("example-honest");
  EXPECT_THAT(Outcomes(), ElementsAre(kAdmitted));
  const std::size_t steps = Steps();
  settings_.scan.scanner_path = "/nonexistent";
  EXPECT_THAT(Outcomes(), ElementsAre(kUnchanged));
  EXPECT_EQ(Steps(), steps);
}

TEST_F(AdmitAllTest, PluginThatComesBackIsTakenFromTheCache) {
  CopyFixture("example-honest");
  Admit();
  std::filesystem::rename(plugins_ + "/example-honest.stackport", temp_ / "away");
  EXPECT_THAT(Admit().removed, ElementsAre("example-honest"));
  EXPECT_THAT(Components(), IsEmpty());
  std::filesystem::rename(temp_ / "away", plugins_ + "/example-honest.stackport");
  settings_.scan.scanner_path = "/nonexistent";
  EXPECT_THAT(Outcomes(), ElementsAre(kAdmitted));
  EXPECT_THAT(Components(), ElementsAre("example/x8"));
}

TEST_F(AdmitAllTest, NewVersionReplacesTheOldOne) {
  WriteServer("example-a", "example/a");
  Admit();
  WriteServer("example-a", "example/a2");
  EXPECT_THAT(Outcomes(), ElementsAre(kAdmitted));
  EXPECT_THAT(Components(), ElementsAre("example/a2"));
}

TEST_F(AdmitAllTest, FailedVersionLeavesTheOldOneInServiceMarkedStale) {
  WriteServer("example-a", "example/a");
  Admit();
  Spoil("example-a");
  const AdmitAllReport report = Admit();
  ASSERT_EQ(report.plugins.size(), 1u);
  EXPECT_EQ(report.plugins[0].outcome, kRefused);
  EXPECT_EQ(report.plugins[0].stale_version, "1.0.0");
  EXPECT_THAT(ToText(report.plugins[0]), HasSubstr("stays in service"));
  EXPECT_THAT(Components(), ElementsAre("example/a"));
  const auto problems = store_->Problems();
  ASSERT_EQ(problems->size(), 1u);
  EXPECT_TRUE(problems->at(0).stale);
  EXPECT_EQ(problems->at(0).stage, "files");
  EXPECT_THAT(problems->at(0).reason, HasSubstr("bytes"));

  WriteServer("example-a", "example/a");
  EXPECT_THAT(Outcomes(), ElementsAre(kUnchanged));
  EXPECT_THAT(*store_->Problems(), IsEmpty());
}

TEST_F(AdmitAllTest, FileEditedUnderItsManifestIsNoticed) {
  WriteServer("example-a", "example/a");
  Admit();
  const std::string file = plugins_ + "/example-a.stackport/documents/a.json";
  const std::string before = ReadFile(file);
  std::string edited = before;
  edited.replace(edited.find("A server."), 9, "A Server.");
  WriteFile(file, edited);
  for (int round = 0; round < 2; ++round) {
    const AdmitAllReport report = Admit();
    EXPECT_EQ(report.plugins[0].outcome, kRefused) << "in round " << round;
    EXPECT_EQ(report.plugins[0].stale_version, "1.0.0");
    EXPECT_EQ(store_->Problems()->at(0).stage, "files");
  }
  EXPECT_THAT(Components(), ElementsAre("example/a"));

  WriteFile(file, before);
  EXPECT_THAT(Outcomes(), ElementsAre(kUnchanged));
  EXPECT_THAT(*store_->Problems(), IsEmpty());
}

// A copy has other inodes and times, and the same bytes: reading them is enough.
TEST_F(AdmitAllTest, CopiedFolderIsReadAndNotScanned) {
  CopyFixture("example-honest");
  Admit();
  Remove("example-honest");
  CopyFixture("example-honest");
  settings_.scan.scanner_path = "/nonexistent";
  EXPECT_THAT(Outcomes(), ElementsAre(kUnchanged));
}

TEST_F(AdmitAllTest, FileExchangedForALinkToItsCopyIsNoticed) {
  WriteServer("example-a", "example/a");
  Admit();
  const std::string file = plugins_ + "/example-a.stackport/documents/a.json";
  std::filesystem::rename(file, temp_ / "a.json");
  std::filesystem::create_symlink(temp_ / "a.json", file);
  EXPECT_THAT(Outcomes(), ElementsAre(kRefused));
}

TEST_F(AdmitAllTest, UnreadableManifestDoesNotCountAsARemovedPlugin) {
  WriteServer("example-a", "example/a");
  Admit();
  WriteFile(plugins_ + "/example-a.stackport/manifest.json", "{");
  const AdmitAllReport report = Admit();
  EXPECT_THAT(report.removed, IsEmpty());
  EXPECT_EQ(report.plugins[0].stale_version, "1.0.0");
  EXPECT_THAT(Components(), ElementsAre("example/a"));
}

TEST_F(AdmitAllTest, FolderThatCannotBeReadDoesNotKeepItsPluginIdFromAnother) {
  WriteServer("example-a", "example/a");
  Admit();
  WriteFile(plugins_ + "/example-a.stackport/manifest.json", "{");
  PluginFolderBuilder("example-a")
      .Version("2.0.0")
      .Document("a.json", ServerDocument("example/a"))
      .WriteAs(plugins_, "example-b");
  const AdmitAllReport report = Admit();
  EXPECT_EQ(report.plugins[0].outcome, kRefused);
  EXPECT_EQ(report.plugins[0].stale_version, "");
  EXPECT_EQ(report.plugins[1].outcome, kAdmitted);
  EXPECT_EQ(store_->Problems()->at(0).plugin, "example-a.stackport");
}

TEST_F(AdmitAllTest, FolderThatIsGoneRemovesItsPluginAndSaysWhy) {
  WriteServer("example-a", "example/a");
  WriteServer("example-b", "example/b");
  Admit();
  Remove("example-a");
  EXPECT_THAT(Admit().removed, ElementsAre("example-a"));
  EXPECT_THAT(Components(), ElementsAre("example/b"));
  const auto attempts = store_->Attempts("", 1);
  EXPECT_EQ(attempts->at(0).outcome, "removed");
  EXPECT_EQ(attempts->at(0).plugin_id, "example-a");
  EXPECT_THAT(attempts->at(0).evidence, HasSubstr("no plugin folder holds"));
}

TEST_F(AdmitAllTest, SourceThatIsMissingChangesNothing) {
  WriteServer("example-a", "example/a");
  Admit();
  const std::vector<PluginSource> sources = {{plugins_, TrustPolicy{true}},
                                             {temp_ / "unmounted", TrustPolicy{true}}};
  EXPECT_EQ(AdmitAll(sources, *store_, settings_).error().code, ErrorCode::kNotFound);
  EXPECT_THAT(Components(), ElementsAre("example/a"));
}

TEST_F(AdmitAllTest, SecondFolderWithTheSamePluginIdIsRefusedNamingTheFirst) {
  WriteServer("example-a", "example/a");
  PluginFolderBuilder("example-a")
      .Document("a.json", ServerDocument("example/other"))
      .WriteAs(plugins_, "example-copy");
  const AdmitAllReport report = Admit();
  ASSERT_EQ(report.plugins.size(), 2u);
  EXPECT_EQ(report.plugins[0].outcome, kAdmitted);
  EXPECT_EQ(report.plugins[1].outcome, kRefused);
  EXPECT_EQ(report.plugins[1].stale_version, "");
  EXPECT_THAT(report.plugins[1].Reason(), HasSubstr(plugins_ + "/example-a.stackport"));
  EXPECT_THAT(Components(), ElementsAre("example/a"));
}

TEST_F(AdmitAllTest, ComponentOfTwoPluginsStaysWithTheOneThatWasInService) {
  WriteServer("example-b", "example/x");
  Admit();
  // Sorted before the owner, and both are new content.
  WriteServer("example-a", "example/x");
  WriteServer("example-b", "example/x", "A newer server.");
  const AdmitAllReport report = Admit();
  EXPECT_EQ(report.plugins[0].outcome, kRefused);
  EXPECT_EQ(report.plugins[1].outcome, kAdmitted);
  EXPECT_THAT(report.plugins[0].Reason(), HasSubstr("'example-b'"));
  EXPECT_THAT(report.plugins[0].Reason(), HasSubstr(plugins_ + "/example-b.stackport"));
}

TEST_F(AdmitAllTest, ComponentThatMovesToAnotherPluginIsNoConflict) {
  WriteServer("example-a", "example/x");
  Admit();
  WriteServer("example-a", "example/y");
  WriteServer("example-b", "example/x");
  EXPECT_THAT(Outcomes(), ElementsAre(kAdmitted, kAdmitted));
  EXPECT_THAT(Components(), ElementsAre("example/x", "example/y"));
}

TEST_F(AdmitAllTest, ContentThatTheHostDiedOfTwiceIsNotJudgedAThirdTime) {
  WriteServer("example-a", "example/a");
  const std::string folder = plugins_ + "/example-a.stackport";
  const std::string hash = Sha256Hex(ReadFile(folder + "/manifest.json"));
  ASSERT_TRUE(store_->BeginRiskyStep(folder, hash, "admission"));
  ASSERT_TRUE(store_->BeginRiskyStep(folder, hash, "admission"));
  for (int start = 0; start < 2; ++start) {
    const AdmitAllReport report = Admit();
    EXPECT_EQ(report.plugins[0].outcome, kQuarantined);
    EXPECT_THAT(report.plugins[0].Reason(), HasSubstr("ended 2 times"));
  }
  EXPECT_EQ(store_->Problems()->at(0).stage, "interrupted");

  WriteServer("example-a", "example/a", "Mended.");
  EXPECT_THAT(Outcomes(), ElementsAre(kAdmitted));
}

TEST_F(AdmitAllTest, OneInterruptionIsForgiven) {
  WriteServer("example-a", "example/a");
  const std::string folder = plugins_ + "/example-a.stackport";
  ASSERT_TRUE(
      store_->BeginRiskyStep(folder, Sha256Hex(ReadFile(folder + "/manifest.json")), "admission"));
  EXPECT_THAT(Outcomes(), ElementsAre(kAdmitted));
  EXPECT_EQ(store_->Attempts(folder, 10)->at(1).outcome, "interrupted");
}

}  // namespace
}  // namespace stackport
