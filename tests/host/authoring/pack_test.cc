// Packing: hashes nobody computes by hand, in a project and in a plugin folder.
#include "host/authoring/pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "host/admission/manifest.h"
#include "host/admission/plugin_files.h"
#include "tests/support/plugin_folder_builder.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* kStated =
    R"({"id":"example-servers","version":"1.0.0","vendor":{"id":"example","name":"Example"}})";

// The findings of the host about manifest and files.
std::vector<Finding> Judge(const std::string& folder) {
  auto parsed = ParseManifest(ReadFile(folder + "/manifest.json"));
  if (!parsed.manifest) return parsed.findings;
  return ReadPluginFiles(*PluginFolder::Open(folder), *parsed.manifest).findings;
}

void WriteProject(const TempFolder& temp) {
  WriteFile(temp / "manifest.in.json", kStated);
  WriteFile(temp / "documents/a.json", ServerDocument("example/a"));
}

TEST(Pack, AProjectBecomesAPluginFolder) {
  TempFolder temp;
  WriteProject(temp);
  WriteFile(temp / "example-servers.so", "library");
  WriteFile(temp / "documents/notes.txt", "not a document");
  const auto packed = PackPlugin({temp.path(), "", ""});
  ASSERT_TRUE(packed.ok()) << packed.error().ToString();
  EXPECT_THAT(packed->files, ElementsAre("documents/a.json", "example-servers.so"));
  EXPECT_THAT(Judge(packed->folder), IsEmpty());
  EXPECT_EQ(ParseManifest(ReadFile(packed->folder + "/manifest.json")).manifest->library,
            "example-servers.so");
}

TEST(Pack, SameContentKeepsTheSignatureAndOtherContentDropsIt) {
  TempFolder temp;
  WriteProject(temp);
  const auto first = PackPlugin({temp.path(), "", ""});
  ASSERT_TRUE(first.ok());
  WriteFile(first->folder + "/manifest.json.minisig", "signature");

  const auto same = PackPlugin({temp.path(), "", ""});
  ASSERT_TRUE(same.ok());
  EXPECT_FALSE(same->changed);
  EXPECT_TRUE(std::filesystem::exists(first->folder + "/manifest.json.minisig"));

  WriteFile(temp / "documents/b.json", ServerDocument("example/b"));
  const auto other = PackPlugin({temp.path(), "", ""});
  ASSERT_TRUE(other.ok());
  EXPECT_TRUE(other->changed);
  EXPECT_TRUE(other->signature_removed);
  EXPECT_FALSE(std::filesystem::exists(first->folder + "/manifest.json.minisig"));
  EXPECT_THAT(Judge(other->folder), IsEmpty());
}

TEST(Pack, ADocumentThatIsGoneLeavesThePlugin) {
  TempFolder temp;
  WriteProject(temp);
  WriteFile(temp / "documents/b.json", ServerDocument("example/b"));
  ASSERT_TRUE(PackPlugin({temp.path(), "", ""}).ok());
  std::filesystem::remove(temp / "documents/b.json");
  const auto packed = PackPlugin({temp.path(), "", ""});
  ASSERT_TRUE(packed.ok());
  EXPECT_FALSE(std::filesystem::exists(packed->folder + "/documents/b.json"));
}

TEST(Pack, AFileChangedInThePluginFolderIsPutRight) {
  TempFolder temp;
  WriteProject(temp);
  const auto packed = PackPlugin({temp.path(), "", ""});
  WriteFile(packed->folder + "/documents/a.json", "changed");
  ASSERT_TRUE(PackPlugin({temp.path(), "", ""}).ok());
  EXPECT_THAT(Judge(packed->folder), IsEmpty());
}

TEST(Pack, APluginFolderIsBroughtUpToDateInPlace) {
  TempFolder temp;
  const std::string folder = PluginFolderBuilder("example-servers")
                                 .Document("a.json", ServerDocument("example/a"))
                                 .WriteTo(temp.path());
  WriteFile(folder + "/documents/a.json", ServerDocument("example/a", "Changed by hand."));
  WriteFile(folder + "/documents/b.json", ServerDocument("example/b"));
  WriteFile(folder + "/manifest.json.minisig", "old");
  const auto packed = PackPlugin({folder, "", ""});
  ASSERT_TRUE(packed.ok()) << packed.error().ToString();
  EXPECT_TRUE(packed->signature_removed);
  EXPECT_THAT(Judge(folder), IsEmpty());
  EXPECT_FALSE(PackPlugin({folder, "", ""})->changed);
}

TEST(Pack, SaysWhatIsMissing) {
  TempFolder temp;
  EXPECT_THAT(PackPlugin({temp.path(), "", ""}).error().message, HasSubstr("stackport plugin new"));
  WriteFile(temp / "manifest.in.json", R"({"id":"example"})");
  EXPECT_THAT(PackPlugin({temp.path(), "", ""}).error().message,
              HasSubstr("\"version\" is missing"));
  WriteFile(temp / "manifest.in.json", kStated);
  EXPECT_THAT(PackPlugin({temp.path(), "", ""}).error().message, HasSubstr("--library"));
  EXPECT_THAT(PackPlugin({temp.path(), temp / "none.so", ""}).error().message,
              HasSubstr("no such file"));
  WriteFile(temp / "documents/a.json", "");
  EXPECT_THAT(PackPlugin({temp.path(), "", ""}).error().message, HasSubstr("empty"));
  WriteFile(temp / "documents/a b.json", "{}");
  std::filesystem::remove(temp / "documents/a.json");
  EXPECT_THAT(PackPlugin({temp.path(), "", ""}).error().message, HasSubstr("rename the file"));
}

TEST(Pack, DoesNotReplaceAFolderThatIsNoPlugin) {
  TempFolder temp;
  WriteProject(temp);
  WriteFile(temp / "example-servers.stackport/precious.txt", "mine");
  const auto packed = PackPlugin({temp.path(), "", ""});
  ASSERT_FALSE(packed.ok());
  EXPECT_EQ(packed.error().code, ErrorCode::kConflict);
  EXPECT_EQ(ReadFile(temp / "example-servers.stackport/precious.txt"), "mine");
}

TEST(Pack, AnIdCannotLeaveTheFolder) {
  TempFolder temp;
  WriteProject(temp);
  WriteFile(temp / "manifest.in.json", R"({"id":"../../x","version":"1.0.0"})");
  EXPECT_THAT(PackPlugin({temp.path(), "", ""}).error().message, HasSubstr("a-z, 0-9"));
}

}  // namespace
}  // namespace stackport
