#include "catalog/store/journal.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "tests/catalog/store/sample_plugins.h"

namespace stackport {
namespace {

using testing::HasSubstr;
using testing::SizeIs;

class JournalTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    Apply(Put(Servers("1")));
    ASSERT_TRUE(
        store_->RecordRound(Attempt({"a.stackport", "a", "h", "scan", "refused", "{}", ""})).ok());
  }

  // What somebody with the file and without scruples can do.
  void Tamper(const std::string& sql) {
    SQLite::Database file(path_, SQLite::OPEN_READWRITE);
    file.exec("DROP TRIGGER journal_keeps_rows; DROP TRIGGER journal_keeps_all_rows;");
    file.exec(sql);
  }
};

TEST_F(JournalTest, EachRowNamesTheOneBefore) {
  const std::vector<JournalEntry> rows = *store_->Journal(0, 100);
  ASSERT_THAT(rows, SizeIs(3));
  EXPECT_EQ(rows[0].event, "catalog_created");
  EXPECT_EQ(rows[0].previous_hash, JournalRoot());
  EXPECT_EQ(rows[1].event, "snapshot");
  EXPECT_EQ(rows[1].previous_hash, rows[0].hash);
  EXPECT_THAT(rows[1].content, HasSubstr("acme-servers"));
  EXPECT_EQ(rows[2].event, "admission");
  EXPECT_TRUE(store_->VerifyJournal().ok());
  EXPECT_THAT(*store_->Journal(2, 100), SizeIs(1));
  EXPECT_EQ(store_->Check()->journal_head, rows[2].hash);
}

TEST_F(JournalTest, RowsCanNeitherBeChangedNorRemoved) {
  SQLite::Database file(path_, SQLite::OPEN_READWRITE);
  EXPECT_THROW(file.exec("UPDATE journal SET at = 'x'"), SQLite::Exception);
  EXPECT_THROW(file.exec("DELETE FROM journal"), SQLite::Exception);
  EXPECT_TRUE(store_->VerifyJournal().ok());
}

TEST_F(JournalTest, AForgedRowIsNamed) {
  Tamper("UPDATE journal SET content = '{}' WHERE sequence = 2");
  const Status status = store_->VerifyJournal();
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().code, ErrorCode::kDataCorrupt);
  EXPECT_THAT(status.error().message, HasSubstr("row 2"));
  EXPECT_FALSE(store_->Check()->ok());
}

TEST_F(JournalTest, AMissingRowIsNoticedByTheNextOne) {
  Tamper("DELETE FROM journal WHERE sequence = 2");
  EXPECT_THAT(store_->VerifyJournal().error().message, HasSubstr("row 3"));
}

TEST_F(JournalTest, EveryFieldIsUnderTheHash) {
  const JournalEntry row = store_->Journal(0, 1)->at(0);
  EXPECT_EQ(HashOf(row), row.hash);
  JournalEntry other = row;
  other.at += "x";
  EXPECT_NE(HashOf(other), row.hash);
  other = row;
  other.event += "x";
  EXPECT_NE(HashOf(other), row.hash);
  other = row;
  other.sequence += 1;
  EXPECT_NE(HashOf(other), row.hash);
}

// One row of every kind that the catalog writes, each changed in turn.
TEST_F(JournalTest, TheCheckNamesTheBrokenRowWhateverItsKind) {
  PluginProblem problem;
  problem.plugin = "acme-disks";
  problem.content_hash = "h2";
  problem.stage = "scan";
  problem.reason = "it crashed";
  ContentVerdict verdict;
  verdict.content_hash = "h2";
  verdict.kind = VerdictKind::kQuarantined;
  verdict.plugin_id = "acme-disks";
  verdict.next_retry = "2027-01-01T00:00:00Z";
  ASSERT_TRUE(store_->RecordRound(Verdict(verdict)).ok());
  ASSERT_TRUE(store_->RecordRound(Problem(problem)).ok());
  ASSERT_TRUE(store_->ReleaseQuarantine("acme-disks", "test").ok());
  AdmissionRound solved;
  solved.solved = {"acme-disks"};
  ASSERT_TRUE(store_->RecordRound(solved).ok());
  const MatchAudit answer{"r-1", (*store_->Current())->id, "", "KE", {"acme/server"}};
  ASSERT_TRUE(store_->RecordMatches(std::span(&answer, 1)).ok());
  RevocationList list;
  list.serial = 1;
  list.document = "{}";
  Revocation revocation;
  revocation.grain = RevocationGrain::kComponent;
  revocation.component_id = "acme/server";
  list.entries = {revocation};
  ASSERT_TRUE(store_->ApplyRevocations(list).ok());

  const std::vector<JournalEntry> rows = *store_->Journal(0, 100);
  std::set<std::string> events;
  for (const JournalEntry& row : rows) events.insert(row.event);
  EXPECT_THAT(events, testing::ElementsAre("admission", "answers_flagged", "catalog_created",
                                           "problem", "problem_cleared", "quarantine_released",
                                           "revocations", "snapshot"));
  Tamper("");
  SQLite::Database file(path_, SQLite::OPEN_READWRITE);
  for (const JournalEntry& row : rows) {
    const auto write = [&](const std::string& content) {
      SQLite::Statement update(file, "UPDATE journal SET content = ? WHERE sequence = ?");
      update.bind(1, content);
      update.bind(2, row.sequence);
      update.exec();
    };
    write(row.content + " ");
    const CheckReport report = *store_->Check();
    ASSERT_THAT(report.findings, SizeIs(1)) << row.event;
    EXPECT_THAT(report.findings[0].message, HasSubstr("row " + std::to_string(row.sequence)));
    write(row.content);
  }
  EXPECT_TRUE(store_->Check()->ok());
}

}  // namespace
}  // namespace stackport
