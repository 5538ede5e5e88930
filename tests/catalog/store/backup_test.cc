#include "catalog/store/backup.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "tests/catalog/store/sample_plugins.h"

namespace stackport {
namespace {

using testing::ElementsAre;

using BackupTest = StoreTest;

TEST_F(BackupTest, ACopyIsACompleteCatalog) {
  const SnapshotPtr first = Apply(Put(Servers("1")));
  const SnapshotPtr second = Apply(Put(Servers("2")));
  const std::string copy = folder_.File("copy.db");
  ASSERT_TRUE(store_->BackupTo(copy).ok());
  EXPECT_FALSE(std::filesystem::exists(copy + ".partial"));
  Apply(Remove("acme-servers"));

  const auto restored = CatalogStore::Open(copy, OpenMode::kMustExist, clock_);
  ASSERT_TRUE(restored.ok()) << restored.error().ToString();
  EXPECT_EQ((*(*restored)->Current())->id, second->id);
  EXPECT_TRUE((*restored)->Read(first->id).ok());
  EXPECT_THAT(*(*restored)->Search("server", 10), ElementsAre("acme/server"));
  EXPECT_TRUE((*restored)->Check()->ok());
  EXPECT_TRUE((*restored)->ApplyChange(Put(Servers("3"))).ok());
}

TEST_F(BackupTest, OverwritesNothingAndNamesAMissingFolder) {
  EXPECT_EQ(store_->BackupTo(path_).error().code, ErrorCode::kConflict);
  EXPECT_EQ(store_->BackupTo(folder_.File("none/copy.db")).error().code, ErrorCode::kNotFound);
  EXPECT_TRUE(store_->Check()->ok());
}

}  // namespace
}  // namespace stackport
