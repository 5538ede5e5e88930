// Files on disk against the manifest: sizes, hashes, and things that are no files.
#include "host/admission/plugin_files.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <string>

#include "tests/support/plugin_folder_builder.h"
#include "tests/support/process_census.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class PluginFilesTest : public ::testing::Test {
 protected:
  PluginFilesTest()
      : folder_(PluginFolderBuilder("example-servers")
                    .Document("x8.json", ServerDocument("example/x8"))
                    .WriteTo(temp_.path())),
        document_(folder_ + "/documents/x8.json") {}

  PluginFiles Read() {
    const auto folder = PluginFolder::Open(folder_);
    EXPECT_TRUE(folder);
    const ParsedManifest parsed =
        ParseManifest(*folder->ReadFile(kManifestName, kMaxManifestBytes));
    EXPECT_TRUE(parsed.manifest);
    return ReadPluginFiles(*folder, *parsed.manifest);
  }
  // The one finding about a file that was tampered with.
  Finding OnlyFinding() {
    const std::size_t descriptors = OpenDescriptors();
    const PluginFiles files = Read();
    EXPECT_EQ(OpenDescriptors(), descriptors);
    EXPECT_THAT(files.bytes_by_path, IsEmpty());
    EXPECT_EQ(files.findings.size(), 1u);
    return files.findings.empty() ? Finding{} : files.findings.front();
  }

  TempFolder temp_;
  std::string folder_;
  std::string document_;
};

TEST_F(PluginFilesTest, BytesThatFitAreKept) {
  const PluginFiles files = Read();
  EXPECT_THAT(files.findings, IsEmpty());
  EXPECT_EQ(files.bytes_by_path.at("documents/x8.json"), ServerDocument("example/x8"));
}

TEST_F(PluginFilesTest, OtherBytesOfTheSameSizeAreRefusedWithBothHashes) {
  std::string bytes = ReadFile(document_);
  bytes[bytes.size() - 2] = ' ';
  WriteFile(document_, bytes);
  const Finding finding = OnlyFinding();
  EXPECT_EQ(finding.code, "file_hash");
  EXPECT_EQ(finding.pointer, "/files/0");
  EXPECT_THAT(finding.message, HasSubstr(Sha256Hex(bytes)));
  EXPECT_THAT(finding.message, HasSubstr(Sha256Hex(ServerDocument("example/x8"))));
  EXPECT_THAT(finding.remedy, HasSubstr("stackport plugin pack"));
}

TEST_F(PluginFilesTest, LargerAndSmallerFilesAreRefused) {
  const std::string bytes = ReadFile(document_);
  WriteFile(document_, bytes + " ");
  EXPECT_EQ(OnlyFinding().code, "file_size");
  WriteFile(document_, bytes.substr(1));
  EXPECT_EQ(OnlyFinding().code, "file_size");
}

TEST_F(PluginFilesTest, MissingFileIsRefused) {
  std::filesystem::remove(document_);
  EXPECT_EQ(OnlyFinding().code, "missing_file");
}

TEST_F(PluginFilesTest, SymbolicLinkIsRefusedThoughItsTargetFits) {
  std::filesystem::rename(document_, temp_ / "elsewhere.json");
  std::filesystem::create_symlink(temp_ / "elsewhere.json", document_);
  const Finding finding = OnlyFinding();
  EXPECT_EQ(finding.code, "file_type");
  EXPECT_THAT(finding.message, HasSubstr("symbolic link"));
}

TEST_F(PluginFilesTest, FolderThatIsASymbolicLinkIsRefused) {
  std::filesystem::rename(folder_ + "/documents", temp_ / "elsewhere");
  std::filesystem::create_directory_symlink(temp_ / "elsewhere", folder_ + "/documents");
  EXPECT_EQ(OnlyFinding().code, "file_type");
}

TEST_F(PluginFilesTest, FifoIsRefusedAndNotWaitedFor) {
  std::filesystem::remove(document_);
  ASSERT_EQ(mkfifo(document_.c_str(), 0644), 0);
  const Finding finding = OnlyFinding();
  EXPECT_EQ(finding.code, "file_type");
  EXPECT_THAT(finding.message, HasSubstr("a FIFO"));
}

TEST_F(PluginFilesTest, FolderInPlaceOfAFileIsRefused) {
  std::filesystem::remove(document_);
  std::filesystem::create_directory(document_);
  EXPECT_EQ(OnlyFinding().code, "file_type");
}

// This program's own file was written a while ago.
TEST(PluginFolder, StateOfAnOldFileStays) {
  const std::filesystem::path self = std::filesystem::read_symlink("/proc/self/exe");
  const auto folder = PluginFolder::Open(self.parent_path());
  const std::vector<std::string> files = {self.filename()};
  EXPECT_EQ(folder->StateOf(files), folder->StateOf(files));
  EXPECT_NE(folder->StateOf(files), folder->StateOf({"no-such-file"}));
}

// A second write within the tick of the first leaves no trace in the times, so a file that is too
// new counts as changed.
TEST_F(PluginFilesTest, StateOfANewFileIsLikeNoOther) {
  const auto folder = PluginFolder::Open(folder_);
  const std::vector<std::string> files = {"documents/x8.json"};
  EXPECT_NE(folder->StateOf(files), folder->StateOf(files));
}

TEST(PluginFolder, ThatIsALinkOrAFileOrMissingIsRefused) {
  TempFolder temp;
  WriteFile(temp / "file", "x");
  std::filesystem::create_directory(temp / "real");
  std::filesystem::create_directory_symlink(temp / "real", temp / "link");
  EXPECT_TRUE(PluginFolder::Open(temp / "real"));
  EXPECT_EQ(PluginFolder::Open(temp / "file").error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(PluginFolder::Open(temp / "link").error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(PluginFolder::Open((temp / "link") + "/").error().code, ErrorCode::kInvalidArgument);
  EXPECT_EQ(PluginFolder::Open(temp / "none").error().code, ErrorCode::kNotFound);
}

}  // namespace
}  // namespace stackport
