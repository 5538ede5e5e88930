// What an earlier verdict spares a plugin, and what makes it be judged again.
#include "host/admission/quarantine.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/host/admission/admit_all_fixture.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using enum AdmissionOutcome;

class QuarantineTest : public AdmitAllTest {
 protected:
  QuarantineTest() { clock_.Set("2026-03-01T00:00:00Z"); }

  AdmissionReport AdmitOne() { return Admit().plugins.at(0); }
  // Attempts that were judged, not merely met again.
  std::size_t Attempts() { return store_->Attempts("", 100)->size(); }
  void NoScanner() { settings_.scan.scanner_path = "/nonexistent"; }
};

TEST_F(QuarantineTest, PluginThatCrashesIsQuarantinedWithEvidence) {
  CopyFixture("example-abort");
  const AdmissionReport report = AdmitOne();
  EXPECT_EQ(report.outcome, kQuarantined);
  ASSERT_TRUE(report.quarantine);
  EXPECT_EQ(report.quarantine->next_retry, "2026-03-01T01:00:00Z");
  ASSERT_TRUE(report.evidence);
  EXPECT_EQ(report.evidence->attempts, 2) << "a crash is owed a second run";
  EXPECT_THAT(report.evidence->last_function, HasSubstr("describe, after 0 components"));

  const PluginProblem problem = store_->Problems()->at(0);
  ASSERT_TRUE(problem.quarantine);
  EXPECT_EQ(problem.quarantine->failures, 1);
  for (const char* kept : {R"("signal":"SIGABRT")", R"("stage":"describe")", R"("cpu_ms":)",
                           R"("wall_ms":)", R"("attempts":2)", R"("last_function":)"}) {
    EXPECT_THAT(problem.evidence, HasSubstr(kept));
  }
}

TEST_F(QuarantineTest, QuarantinedContentIsNotRunAndNotWrittenDownAgain) {
  CopyFixture("example-abort");
  AdmitOne();
  const std::size_t attempts = Attempts();
  const auto rows = store_->Journal(0, 1000)->size();
  NoScanner();
  const AdmissionReport again = AdmitOne();
  EXPECT_EQ(again.outcome, kQuarantined);
  ASSERT_TRUE(again.earlier);
  EXPECT_EQ(again.earlier->at, "2026-03-01T00:00:00Z");
  EXPECT_THAT(again.Reason(), HasSubstr("SIGABRT"));
  settings_.again = true;
  EXPECT_EQ(AdmitOne().outcome, kQuarantined) << "it takes a release";
  EXPECT_EQ(Attempts(), attempts);
  EXPECT_EQ(store_->Journal(0, 1000)->size(), rows);
}

TEST_F(QuarantineTest, EachFailureDoublesTheWait) {
  CopyFixture("example-abort");
  AdmitOne();
  clock_.Set("2026-03-01T00:59:59Z");
  EXPECT_TRUE(AdmitOne().earlier);
  clock_.Set("2026-03-01T01:00:00Z");
  const AdmissionReport retried = AdmitOne();
  EXPECT_FALSE(retried.earlier);
  EXPECT_EQ(retried.quarantine->failures, 2);
  EXPECT_EQ(retried.quarantine->next_retry, "2026-03-01T03:00:00Z");
}

TEST_F(QuarantineTest, TheWaitIsCapped) {
  const std::string now = "2026-03-01T00:00:00Z";
  EXPECT_EQ(NextRetry(now, 1), "2026-03-01T01:00:00Z");
  EXPECT_EQ(NextRetry(now, 8), "2026-03-06T08:00:00Z") << "128 hours";
  EXPECT_EQ(NextRetry(now, 9), "2026-03-08T00:00:00Z");
  EXPECT_EQ(NextRetry(now, 1'000'000), "2026-03-08T00:00:00Z");
}

TEST_F(QuarantineTest, ReleasedContentIsJudgedOnceMoreFromTheStart) {
  CopyFixture("example-abort");
  AdmitOne();
  ASSERT_TRUE(store_->ReleaseQuarantine("example-abort", "test"));
  const AdmissionReport report = AdmitOne();
  EXPECT_FALSE(report.earlier);
  EXPECT_EQ(report.quarantine->failures, 1);
}

TEST_F(QuarantineTest, AnotherContentIsJudged) {
  CopyFixture("example-abort");
  AdmitOne();
  Remove("example-abort");
  WriteServer("example-abort", "example/a");
  EXPECT_EQ(AdmitOne().outcome, kAdmitted);
  EXPECT_THAT(*store_->Problems(), IsEmpty());
  Remove("example-abort");
  CopyFixture("example-abort");
  const AdmissionReport back = AdmitOne();
  EXPECT_EQ(back.outcome, kQuarantined);
  EXPECT_TRUE(back.earlier) << "the old bytes are still known";
  EXPECT_EQ(back.stale_version, "1.0.0");
}

TEST_F(QuarantineTest, RefusedDocumentsAreNotJudgedAgainUnlessAsked) {
  PluginFolderBuilder("example-a").Document("a.json", "{}").WriteTo(plugins_);
  const AdmissionReport first = AdmitOne();
  EXPECT_EQ(first.outcome, kRefused);
  const std::size_t attempts = Attempts();
  const AdmissionReport second = AdmitOne();
  EXPECT_TRUE(second.earlier);
  EXPECT_EQ(second.Reason(), first.Reason());
  EXPECT_EQ(Attempts(), attempts);
  settings_.again = true;
  EXPECT_FALSE(AdmitOne().earlier);
  EXPECT_EQ(Attempts(), attempts + 1);
}

TEST_F(QuarantineTest, FileThatIsPutBackIsNoticedThoughTheManifestStayed) {
  WriteServer("example-a", "example/a");
  const std::string document = plugins_ + "/example-a.stackport/documents/a.json";
  const std::string bytes = ReadFile(document);
  std::filesystem::remove(document);
  EXPECT_EQ(AdmitOne().outcome, kRefused);
  EXPECT_TRUE(AdmitOne().earlier);
  WriteFile(document, bytes);
  EXPECT_EQ(AdmitOne().outcome, kAdmitted);
}

TEST_F(QuarantineTest, LoserOfAComponentIsJudgedAgainOnceTheOwnerIsGone) {
  WriteServer("example-a", "example/x");
  WriteServer("example-b", "example/x");
  AdmitAllReport report = Admit();
  EXPECT_EQ(report.plugins[1].outcome, kRefused);
  report = Admit();
  EXPECT_TRUE(report.plugins[1].earlier);
  EXPECT_THAT(report.plugins[1].Reason(), HasSubstr("'example-a'"));
  Remove("example-a");
  EXPECT_EQ(AdmitOne().outcome, kAdmitted);
  EXPECT_THAT(Components(), ElementsAre("example/x"));
}

TEST_F(QuarantineTest, MissingScannerIsNotThePluginsFault) {
  CopyFixture("example-honest");
  const std::string scanner = settings_.scan.scanner_path;
  NoScanner();
  EXPECT_EQ(AdmitOne().outcome, kRefused);
  const std::size_t attempts = Attempts();
  EXPECT_EQ(AdmitOne().outcome, kRefused);
  EXPECT_EQ(Attempts(), attempts) << "the same trouble is written down once";
  settings_.scan.scanner_path = scanner;
  EXPECT_EQ(AdmitOne().outcome, kAdmitted);
}

TEST_F(QuarantineTest, OutcomeDoesNotDependOnTheNumberOfThreads) {
  for (int i = 0; i < 12; ++i) {
    const std::string name = "example-" + std::string(1, static_cast<char>('a' + i));
    WriteServer(name, i % 4 == 3 ? "example/shared" : "example/" + std::to_string(i));
  }
  CopyFixture("example-abort");
  std::vector<std::string> seen;
  for (const std::size_t threads : {std::size_t{1}, std::size_t{8}}) {
    auto store = CatalogStore::Open(temp_ / ("catalog-" + std::to_string(threads) + ".db"),
                                    OpenMode::kCreateIfMissing, clock_);
    settings_.threads = threads;
    std::string told;
    const std::vector<PluginSource> sources = {{plugins_, TrustPolicy{true}}};
    const auto report = AdmitAll(sources, **store, settings_, [&](const AdmissionProgress& step) {
      told += std::to_string(step.done) + " " + step.report.plugin.id + "\n";
    });
    ASSERT_TRUE(report);
    for (const AdmissionReport& plugin : report->plugins) {
      told += plugin.plugin.id + " " + std::string(AdmissionOutcomeName(plugin.outcome)) + "\n";
    }
    seen.push_back(told + report->snapshot->id);
    EXPECT_THAT(*(*store)->UnfinishedSteps(), IsEmpty());
  }
  EXPECT_EQ(seen[0], seen[1]);
}

TEST_F(QuarantineTest, SecondDeathAfterAQuarantineGoesBackToIt) {
  WriteServer("example-a", "example/a");
  const std::string folder = plugins_ + "/example-a.stackport";
  const std::string hash = Sha256Hex(ReadFile(folder + "/manifest.json"));
  const auto die = [&] { ASSERT_TRUE(store_->BeginRiskyStep(folder, hash, "admission")); };
  die();
  die();
  EXPECT_EQ(AdmitOne().quarantine->failures, 1);
  clock_.Set("2026-03-01T01:00:00Z");
  die();  // while it was judged for the second time
  const AdmissionReport again = AdmitOne();
  EXPECT_EQ(again.outcome, kQuarantined);
  EXPECT_EQ(again.quarantine->failures, 2);
  ASSERT_TRUE(store_->ReleaseQuarantine("example-a", "test"));
  EXPECT_EQ(AdmitOne().outcome, kAdmitted);
}

TEST_F(QuarantineTest, StoppedRoundChangesNothingAndBlamesNobody) {
  CopyFixture("example-sleep");
  WriteServer("example-a", "example/a");
  const std::atomic<bool> cancel = true;
  settings_.scan.cancel = &cancel;
  const std::vector<PluginSource> sources = {{plugins_, TrustPolicy{true}}};
  const auto report = AdmitAll(sources, *store_, settings_);
  ASSERT_FALSE(report);
  EXPECT_EQ(report.error().code, ErrorCode::kUnavailable);
  EXPECT_THAT(Components(), IsEmpty());
  EXPECT_THAT(*store_->UnfinishedSteps(), IsEmpty());
}

TEST_F(QuarantineTest, DifferenceIsToldAndJournaled) {
  WriteServer("example-a", "example/a");
  WriteServer("example-b", "example/b");
  EXPECT_EQ(Admit().difference.Summary(), "2 components added");
  WriteServer("example-a", "example/a", "A better server.");
  Remove("example-b");
  const AdmitAllReport report = Admit();
  EXPECT_EQ(report.difference.Summary(), "1 component removed, 1 text changed");
  EXPECT_THAT(store_->ListSnapshots(1)->at(0).reason, HasSubstr("1 component removed"));
  std::string journal;
  for (const JournalEntry& row : *store_->Journal(0, 1000)) {
    if (row.event == "snapshot") journal = row.content;
  }
  EXPECT_THAT(journal, HasSubstr("A better server."));
  EXPECT_THAT(journal, HasSubstr(R"("component_removed":1)"));
}

}  // namespace
}  // namespace stackport
