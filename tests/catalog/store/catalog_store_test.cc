#include "catalog/store/catalog_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <thread>

#include "tests/catalog/store/sample_plugins.h"

namespace stackport {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

using CatalogStoreTest = StoreTest;

TEST_F(CatalogStoreTest, AnEmptyCatalogIsASnapshotToo) {
  const Result<SnapshotPtr> current = store_->Current();
  ASSERT_TRUE(current.ok());
  EXPECT_THAT((*current)->components, IsEmpty());
  EXPECT_EQ((*current)->id.substr(0, 2), "s-");
  EXPECT_THAT(*store_->ListSnapshots(10), SizeIs(1));
  EXPECT_TRUE(store_->Check()->ok());
}

TEST_F(CatalogStoreTest, AChangeMakesOneSnapshotThatSurvivesReopening) {
  clock_.Set("2026-02-02T02:02:02Z");
  const SnapshotPtr made = Apply(Put(Servers("1")));
  EXPECT_EQ(made->created_at, "2026-02-02T02:02:02Z");
  Reopen();
  const SnapshotPtr read = *store_->Current();
  EXPECT_EQ(read->id, made->id);
  EXPECT_EQ(read->created_at, made->created_at);
  ASSERT_THAT(read->components, SizeIs(1));
  EXPECT_EQ(read->components[0].summary, "Server of version 1.");
  EXPECT_EQ(read->FindVendor("acme")->provenance.source, "https://example.org/acme");
  EXPECT_EQ(read->plugin_of.at("acme/server"), "acme-servers");
}

TEST_F(CatalogStoreTest, EarlierSnapshotsStayReadable) {
  const SnapshotPtr first = Apply(Put(Servers("1")));
  const SnapshotPtr second = Apply(Put(Servers("2")));
  EXPECT_NE(first->id, second->id);
  Reopen();
  EXPECT_EQ((*store_->Read(first->id))->components[0].summary, "Server of version 1.");
  EXPECT_EQ((*store_->Read(second->id))->components[0].summary, "Server of version 2.");
  const Result<SnapshotPtr> missing = store_->Read("s-0123456789abcdef");
  ASSERT_FALSE(missing.ok());
  EXPECT_EQ(missing.error().code, ErrorCode::kNotFound);
}

TEST_F(CatalogStoreTest, AChangeThatChangesNothingMakesNoSnapshot) {
  const SnapshotPtr made = Apply(Put(Servers("1")));
  EXPECT_EQ(Apply(Put(Servers("1")))->id, made->id);
  EXPECT_EQ(Apply(Remove("never-there"))->id, made->id);
  EXPECT_EQ(Apply({})->id, made->id);
  EXPECT_THAT(*store_->ListSnapshots(10), SizeIs(2));
}

TEST_F(CatalogStoreTest, ContentThatReturnsIsTheSameSnapshotWithALongerHistory) {
  const SnapshotPtr empty = *store_->Current();
  clock_.Set("2026-03-01T00:00:00Z");
  const SnapshotPtr made = Apply(Put(Servers("1")));
  clock_.Set("2026-03-02T00:00:00Z");
  EXPECT_EQ(Apply(Remove("acme-servers"))->id, empty->id);
  clock_.Set("2026-03-03T00:00:00Z");
  const SnapshotPtr again = Apply(Put(Servers("1"), "put back"));
  EXPECT_EQ(again->id, made->id);
  EXPECT_EQ(again->created_at, "2026-03-01T00:00:00Z");
  const std::vector<SnapshotStep> steps = *store_->ListSnapshots(10);
  ASSERT_THAT(steps, SizeIs(4));
  EXPECT_EQ(steps[0].reason, "put back");
  EXPECT_EQ(steps[0].parent_id, empty->id);
  EXPECT_EQ(steps[0].at, "2026-03-03T00:00:00Z");
  EXPECT_THAT(*store_->ListSnapshots(1), SizeIs(1));
  EXPECT_TRUE(store_->Check()->ok());
}

TEST_F(CatalogStoreTest, ANewTrustIsANewSnapshot) {
  const SnapshotPtr unsigned_one = Apply(Put(Servers("1")));
  AdmittedPlugin plugin = Servers("1");
  plugin.record.trust = PluginTrust::kSigned;
  EXPECT_NE(Apply(Put(plugin))->id, unsigned_one->id);
  Reopen();
  EXPECT_EQ((*store_->Current())->plugins[0].trust, PluginTrust::kSigned);
}

TEST_F(CatalogStoreTest, TheOrderOfChangesDoesNotShowInTheSnapshot) {
  const AdmittedPlugin a = SamplePlugin("a", "1", {SampleComponent("acme/a")});
  const AdmittedPlugin b = SamplePlugin("b", "1", {SampleComponent("acme/b")});
  Apply(Put(a));
  const std::string one_by_one = Apply(Put(b))->id;
  Apply(Remove("a"));
  Apply(Remove("b"));
  EXPECT_EQ(Apply({{b, a}, {}, "both"})->id, one_by_one);
}

TEST_F(CatalogStoreTest, AComponentHasOneOwnerAndTheErrorNamesBoth) {
  Apply(Put(Servers("1")));
  const SnapshotPtr before = *store_->Current();
  const AdmittedPlugin thief = SamplePlugin("thief", "1", {SampleComponent("acme/server")});
  const Result<SnapshotPtr> refused = store_->ApplyChange(Put(thief));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  EXPECT_THAT(refused.error().message, HasSubstr("'thief'"));
  EXPECT_THAT(refused.error().message, HasSubstr("'acme-servers'"));
  EXPECT_EQ((*store_->Current())->id, before->id);
  // In one change the component may move from one plugin to another.
  EXPECT_TRUE(store_->ApplyChange({{thief}, {"acme-servers"}, "moved"}).ok());
  EXPECT_EQ((*store_->Current())->plugin_of.at("acme/server"), "thief");
}

TEST_F(CatalogStoreTest, FindsAnEarlierVersionByItsContentHash) {
  Apply(Put(Servers("1")));
  Apply(Put(Servers("2")));
  const auto found = store_->FindAdmitted("acme-servers", Servers("1").record.content_hash);
  ASSERT_TRUE(found.ok());
  ASSERT_TRUE(found->has_value());
  EXPECT_EQ((*found)->record.version, "1");
  EXPECT_THAT((*found)->components, SizeIs(1));
  EXPECT_FALSE(store_->FindAdmitted("acme-servers", "unknown")->has_value());
}

TEST_F(CatalogStoreTest, ReadOnlyRefusesEveryChange) {
  Apply(Put(Servers("1")));
  Reopen(OpenMode::kReadOnly);
  EXPECT_THAT((*store_->Current())->components, SizeIs(1));
  const Result<SnapshotPtr> refused = store_->ApplyChange(Put(Servers("2")));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  EXPECT_FALSE(store_->RecordRound(Attempt({})).ok());
}

TEST_F(CatalogStoreTest, ASecondStoreSeesWhatTheFirstCommitted) {
  const auto reader = CatalogStore::Open(path_, OpenMode::kReadOnly, clock_);
  ASSERT_TRUE(reader.ok());
  EXPECT_THAT((*(*reader)->Current())->components, IsEmpty());
  const SnapshotPtr made = Apply(Put(Servers("1")));
  EXPECT_EQ((*(*reader)->Current())->id, made->id);
}

TEST_F(CatalogStoreTest, AttemptsAreKeptNewestFirst) {
  ASSERT_TRUE(
      store_->RecordRound(Attempt({"a.stackport", "a", "h", "scan", "refused", "{}", ""})).ok());
  clock_.Set("2026-04-01T00:00:00Z");
  ASSERT_TRUE(
      store_->RecordRound(Attempt({"b.stackport", "", "", "manifest", "refused", "{}", ""})).ok());
  const std::vector<AdmissionAttempt> all = *store_->Attempts("", 10);
  ASSERT_THAT(all, SizeIs(2));
  EXPECT_EQ(all[0].plugin_folder, "b.stackport");
  EXPECT_EQ(all[0].at, "2026-04-01T00:00:00Z");
  EXPECT_THAT(*store_->Attempts("a.stackport", 10), SizeIs(1));
}

TEST_F(CatalogStoreTest, ANoteOutlivesTheStoreUntilItsStepEnds) {
  const std::int64_t first = *store_->BeginRiskyStep("a.stackport", "h1", "scan");
  const std::int64_t second = *store_->BeginRiskyStep("b.stackport", "h2", "scan");
  ASSERT_TRUE(store_->EndRiskyStep(first).ok());
  Reopen();
  const std::vector<RiskyStep> unfinished = *store_->UnfinishedSteps();
  ASSERT_THAT(unfinished, SizeIs(1));
  EXPECT_EQ(unfinished[0].plugin_folder, "b.stackport");
  EXPECT_EQ(unfinished[0].content_hash, "h2");
  ASSERT_TRUE(store_->EndRiskyStep(second).ok());
  EXPECT_EQ(store_->EndRiskyStep(second).error().code, ErrorCode::kNotFound);
  EXPECT_THAT(*store_->UnfinishedSteps(), IsEmpty());
}

TEST_F(CatalogStoreTest, AProblemStandsUntilAVersionIsPutOrItIsCleared) {
  Apply(Put(Servers("1")));
  const PluginProblem stale{"acme-servers", "h", "scan", "{}", true, "version 2 crashed", ""};
  ASSERT_TRUE(store_->RecordRound(Problem(stale)).ok());
  ASSERT_THAT(*store_->Problems(), SizeIs(1));
  EXPECT_TRUE(store_->Problems()->at(0).stale);
  Apply(Put(Servers("1")));
  EXPECT_THAT(*store_->Problems(), IsEmpty()) << "the same version was found sound again";
  ASSERT_TRUE(store_->RecordRound(Problem(stale)).ok());
  AdmissionRound solved;
  solved.solved = {"acme-servers", "never-had-one"};
  ASSERT_TRUE(store_->RecordRound(solved).ok());
  EXPECT_THAT(*store_->Problems(), IsEmpty());
  EXPECT_EQ(store_->Journal(0, 100)->back().event, "problem_cleared");
}

TEST_F(CatalogStoreTest, AVerdictIsFoundByItsContent) {
  ContentVerdict verdict;
  verdict.content_hash = "h1";
  verdict.kind = VerdictKind::kAdmitted;
  verdict.judge = "2";
  ASSERT_TRUE(store_->RecordRound(Verdict(verdict)).ok());
  const std::vector<std::string> asked = {"h0", "h1"};
  const std::vector<ContentVerdict> known = *store_->Verdicts(asked);
  ASSERT_THAT(known, SizeIs(1));
  EXPECT_EQ(known[0].kind, VerdictKind::kAdmitted);
  EXPECT_EQ(known[0].judge, "2");
  EXPECT_EQ(known[0].at, clock_.NowUtc());
}

TEST_F(CatalogStoreTest, AQuarantineIsSeenAtItsProblemAndReleasedOnce) {
  ContentVerdict verdict;
  verdict.content_hash = "h1";
  verdict.kind = VerdictKind::kQuarantined;
  verdict.plugin_folder = "/plugins/a.stackport";
  verdict.failures = 2;
  verdict.next_retry = "2026-03-01T02:00:00Z";
  AdmissionRound round = Verdict(verdict);
  round.problems = {{"a", "h1", "scan", "{}", false, "it crashed", ""},
                    {"b", "h2", "files", "{}", false, "a file is missing", ""}};
  ASSERT_TRUE(store_->RecordRound(round).ok());
  EXPECT_EQ(store_->ReleaseQuarantine("b", "test").error().code, ErrorCode::kConflict);
  EXPECT_EQ(store_->ReleaseQuarantine("c", "test").error().code, ErrorCode::kNotFound);

  const PluginProblem problem = store_->Problems()->at(0);
  ASSERT_TRUE(problem.quarantine);
  EXPECT_EQ(problem.quarantine->failures, 2);
  EXPECT_EQ(problem.quarantine->next_retry, "2026-03-01T02:00:00Z");
  EXPECT_FALSE(problem.quarantine->released);
  EXPECT_FALSE(store_->Problems()->at(1).quarantine);

  ASSERT_TRUE(store_->ReleaseQuarantine("a", "test").ok());
  EXPECT_TRUE(store_->Problems()->at(0).quarantine->released);
  EXPECT_EQ(store_->ReleaseQuarantine("a", "test").error().code, ErrorCode::kConflict);
  EXPECT_EQ(store_->Attempts("/plugins/a.stackport", 1)->at(0).outcome, "released");
  EXPECT_EQ(store_->Journal(0, 100)->back().event, "quarantine_released");
}

TEST_F(CatalogStoreTest, ARoundThatIsRefusedWritesNothing) {
  Apply(Put(Servers("1")));
  AdmissionRound round = Attempt({"a.stackport", "a", "h", "scan", "refused", "{}", ""});
  round.change = Put(SamplePlugin("thief", "1", {SampleComponent("acme/server")}));
  EXPECT_EQ(store_->RecordRound(round).error().code, ErrorCode::kConflict);
  EXPECT_THAT(*store_->Attempts("", 10), IsEmpty());
}

TEST_F(CatalogStoreTest, ADifferenceIsKeptInTheJournal) {
  AdmissionRound round;
  round.change = Put(Servers("1"));
  round.difference = R"({"components_added":1})";
  ASSERT_TRUE(store_->RecordRound(round).ok());
  EXPECT_THAT(store_->Journal(0, 100)->back().content,
              HasSubstr(R"("difference":{"components_added":1})"));
}

TEST_F(CatalogStoreTest, MatchesAreAuditedAgainstASnapshotThatExists) {
  const SnapshotPtr current = *store_->Current();
  ASSERT_TRUE(store_->RecordMatch("r-1", current->id).ok());
  const std::vector<MatchAudit> more = {{"r-2", current->id, ""}, {"r-3", "s-none", ""}};
  EXPECT_EQ(store_->RecordMatches(more).error().code, ErrorCode::kNotFound);
  const std::vector<MatchAudit> kept = *store_->Matches(10);
  ASSERT_THAT(kept, SizeIs(1)) << "all of a batch or none";
  EXPECT_EQ(kept[0].request_id, "r-1");
}

TEST_F(CatalogStoreTest, ManyThreadsMayUseOneStore) {
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([this, t] {
      const std::string id = "p" + std::to_string(t);
      for (int round = 0; round < 5; ++round) {
        const auto change =
            Put(SamplePlugin(id, std::to_string(round), {SampleComponent("acme/" + id)}));
        EXPECT_TRUE(store_->ApplyChange(change).ok());
        EXPECT_TRUE(store_->Current().ok());
        EXPECT_TRUE(store_->Search("acme", 10).ok());
      }
    });
  }
  threads.clear();
  EXPECT_THAT((*store_->Current())->plugins, SizeIs(4));
  EXPECT_THAT(*store_->ListSnapshots(100), SizeIs(21));
  EXPECT_TRUE(store_->Check()->ok());
}

}  // namespace
}  // namespace stackport
