#include "catalog/store/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "catalog/store/schema.h"
#include "tests/catalog/store/sample_plugins.h"

namespace stackport {
namespace {

using testing::HasSubstr;

std::string ReadFile(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void WriteFile(const std::string& path, const std::string& bytes) {
  std::ofstream(path, std::ios::binary) << bytes;
}

class DatabaseTest : public testing::Test {
 protected:
  // The error of opening, which is expected.
  Error Refused(OpenMode mode = OpenMode::kCreateIfMissing) {
    const auto opened = CatalogStore::Open(path_, mode, clock_);
    if (opened.ok()) return {ErrorCode::kInternal, "it was opened", ""};
    EXPECT_EQ(opened.error().context, path_);
    return opened.error();
  }
  void Create() { ASSERT_TRUE(CatalogStore::Open(path_, OpenMode::kCreateIfMissing, clock_).ok()); }

  TemporaryFolder folder_;
  std::string path_ = folder_.File("catalog.db");
  FakeClock clock_;
};

TEST_F(DatabaseTest, AMissingFolderIsNamed) {
  path_ = folder_.File("none/catalog.db");
  const Error error = Refused();
  EXPECT_EQ(error.code, ErrorCode::kNotFound);
  EXPECT_THAT(error.message, HasSubstr("none"));
  EXPECT_FALSE(std::filesystem::exists(folder_.File("none")));
}

TEST_F(DatabaseTest, AMissingFileIsCreatedOnlyWhereThatWasAsked) {
  EXPECT_EQ(Refused(OpenMode::kMustExist).code, ErrorCode::kNotFound);
  EXPECT_EQ(Refused(OpenMode::kReadOnly).code, ErrorCode::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(path_));
  Create();
  EXPECT_TRUE(CatalogStore::Open(path_, OpenMode::kMustExist, clock_).ok());
}

TEST_F(DatabaseTest, AFolderIsNoCatalog) {
  std::filesystem::create_directory(path_);
  EXPECT_EQ(Refused().code, ErrorCode::kInvalidArgument);
}

TEST_F(DatabaseTest, AnyOtherFileIsRefusedAndLeftAlone) {
  const std::string text(5000, 'x');
  WriteFile(path_, text);
  EXPECT_EQ(Refused().code, ErrorCode::kDataCorrupt);
  EXPECT_EQ(ReadFile(path_), text);
}

TEST_F(DatabaseTest, AnEmptyFileBecomesACatalogOnlyWhereThatWasAsked) {
  WriteFile(path_, "");
  EXPECT_EQ(Refused(OpenMode::kMustExist).code, ErrorCode::kDataCorrupt);
  Create();
}

TEST_F(DatabaseTest, AnotherProgramsDatabaseIsRefusedAndLeftAlone) {
  {
    SQLite::Database other(path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
    other.exec("CREATE TABLE recipes (name TEXT)");
  }
  const std::string bytes = ReadFile(path_);
  const Error error = Refused();
  EXPECT_EQ(error.code, ErrorCode::kConflict);
  EXPECT_THAT(error.message, HasSubstr("another program"));
  EXPECT_EQ(ReadFile(path_), bytes);
}

TEST_F(DatabaseTest, ANewerCatalogIsRefusedNamingBothForms) {
  Create();
  {
    SQLite::Database newer(path_, SQLite::OPEN_READWRITE);
    newer.exec("PRAGMA user_version = 7");
  }
  const Error error = Refused();
  EXPECT_EQ(error.code, ErrorCode::kConflict);
  EXPECT_THAT(error.message, HasSubstr("form 7"));
  EXPECT_THAT(error.message, HasSubstr("up to " + std::to_string(Migrations().size())));
  EXPECT_THAT(error.message, HasSubstr("upgrade"));
  SQLite::Database untouched(path_, SQLite::OPEN_READONLY);
  EXPECT_EQ(untouched.execAndGet("PRAGMA user_version").getInt(), 7);
}

TEST_F(DatabaseTest, ACatalogOfEveryEarlierFormIsBroughtUpToDate) {
  for (std::size_t form = 1; form <= Migrations().size(); ++form) {
    std::filesystem::remove(path_);
    {
      SQLite::Database older(path_, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
      for (std::size_t i = 0; i < form; ++i) older.exec(std::string(Migrations()[i]));
      older.exec("PRAGMA user_version = " + std::to_string(form));
      older.exec("PRAGMA application_id = " + std::to_string(kApplicationId));
    }
    Create();
    const auto store = *CatalogStore::Open(path_, OpenMode::kMustExist, clock_);
    EXPECT_TRUE(store->Check()->ok()) << form;
    EXPECT_EQ(store->Revocations()->serial, 0) << form;
  }
}

TEST_F(DatabaseTest, ACutOffFileIsReportedAsDamaged) {
  Create();
  const std::string bytes = ReadFile(path_);
  ASSERT_GT(bytes.size(), 8192u);
  WriteFile(path_, bytes.substr(0, 6000));
  const auto opened = CatalogStore::Open(path_, OpenMode::kMustExist, clock_);
  ASSERT_FALSE(opened.ok());
  EXPECT_EQ(opened.error().code, ErrorCode::kDataCorrupt);
}

TEST_F(DatabaseTest, OverwrittenPagesNeverCrashTheReader) {
  {
    const auto store = CatalogStore::Open(path_, OpenMode::kCreateIfMissing, clock_);
    ASSERT_TRUE((*store)->ApplyChange(Put(Servers("1"))).ok());
  }
  const std::string bytes = ReadFile(path_);
  int noticed = 0;
  for (std::size_t at = 4096; at + 4096 <= bytes.size(); at += 4096) {
    std::string damaged = bytes;
    damaged.replace(at, 2048, std::string(2048, '\xff'));
    WriteFile(path_, damaged);
    const auto store = CatalogStore::Open(path_, OpenMode::kMustExist, clock_);
    if (!store.ok() || !(*store)->Check().ok() || !(*store)->Check()->ok()) ++noticed;
  }
  EXPECT_GT(noticed, 10);
}

TEST_F(DatabaseTest, TheFileIsMadeForDurability) {
  const auto database = OpenDatabase(path_, OpenMode::kCreateIfMissing);
  ASSERT_TRUE(database.ok());
  EXPECT_EQ((*database)->execAndGet("PRAGMA journal_mode").getString(), "wal");
  EXPECT_EQ((*database)->execAndGet("PRAGMA synchronous").getInt(), 2) << "FULL";
  EXPECT_EQ((*database)->execAndGet("PRAGMA foreign_keys").getInt(), 1);
}

TEST_F(DatabaseTest, AWriterThatHoldsTheFileIsAConflict) {
  Create();
  auto store = CatalogStore::Open(path_, OpenMode::kMustExist, clock_);
  SQLite::Database other(path_, SQLite::OPEN_READWRITE);
  SQLite::Transaction held(other, SQLite::TransactionBehavior::IMMEDIATE);
  const auto refused = (*store)->ApplyChange(Put(Servers("1")));
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().code, ErrorCode::kConflict);
  EXPECT_THAT(refused.error().message, HasSubstr("another process"));
  EXPECT_TRUE((*store)->Current().ok()) << "reading goes on";
}

}  // namespace
}  // namespace stackport
