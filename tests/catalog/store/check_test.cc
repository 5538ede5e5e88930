#include "catalog/store/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/catalog/store/sample_plugins.h"

namespace stackport {
namespace {

using testing::Contains;
using testing::Field;

class CheckTest : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    Apply(Put(Servers("1")));
    Apply(Put(Servers("2")));
  }
  // Codes of what Check finds after the file was changed behind the store's back.
  std::vector<std::string> CodesAfter(const std::string& sql) {
    {
      SQLite::Database file(path_, SQLite::OPEN_READWRITE);
      file.exec("PRAGMA foreign_keys = OFF; " + sql);
    }
    Reopen();
    std::vector<std::string> codes;
    const Result<CheckReport> report = store_->Check();
    EXPECT_TRUE(report.ok());
    for (const Finding& finding : report->findings) {
      EXPECT_FALSE(finding.message.empty());
      codes.push_back(finding.code);
    }
    return codes;
  }
};

TEST_F(CheckTest, ASoundCatalogHasNoFindings) {
  const CheckReport report = *store_->Check();
  EXPECT_TRUE(report.ok());
  EXPECT_EQ(report.snapshots, 3);
  EXPECT_EQ(report.documents, 2);
  EXPECT_EQ(report.journal_entries, 3);
}

TEST_F(CheckTest, AChangedDocumentIsFoundInItAndInItsSnapshot) {
  const auto codes = CodesAfter("UPDATE document SET body = replace(body, 'version 2', 'v 2')");
  EXPECT_THAT(codes, Contains("document"));
  EXPECT_THAT(codes, Contains("snapshot"));
  EXPECT_EQ(store_->Current().error().code, ErrorCode::kDataCorrupt);
}

TEST_F(CheckTest, AChangedRecordGivesAnotherSnapshotId) {
  EXPECT_THAT(CodesAfter("UPDATE edition SET version = '9'"), Contains("snapshot"));
}

TEST_F(CheckTest, ALostDocumentIsABrokenReference) {
  EXPECT_THAT(CodesAfter("DELETE FROM document"), Contains("foreign_key"));
}

TEST_F(CheckTest, AStaleSearchIndexIsFound) {
  EXPECT_THAT(CodesAfter("DELETE FROM search_row"), testing::ElementsAre("search"));
}

}  // namespace
}  // namespace stackport
