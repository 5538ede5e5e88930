// The operator's trust folder as it is found on disk.
#include "host/admission/trust_folder.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "tests/support/signing.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class TrustFolderTest : public ::testing::Test {
 protected:
  TrustFolder Read() { return *ReadTrustFolder(builder_.path()); }
  // The one finding, as text.
  std::string Fault() {
    const TrustFolder folder = Read();
    EXPECT_THAT(folder.findings, SizeIs(1));
    return folder.findings.empty() ? std::string() : ToText(folder.findings.front());
  }

  TempFolder temp_;
  TrustFolderBuilder builder_{temp_ / "trust"};
  MinisignSecretKey key_ = MakeKey();
};

TEST_F(TrustFolderTest, KeysAreListedByVendorAndName) {
  const MinisignSecretKey second = MakeKey();
  builder_.Trust("zeta", key_);
  builder_.Trust("acme", key_, "b");
  builder_.Trust("acme", second, "a");
  builder_.Designate(second);
  builder_.PutList("{}", second);
  const TrustFolder folder = Read();
  EXPECT_THAT(folder.findings, IsEmpty());
  ASSERT_THAT(folder.keys->all(), SizeIs(3));
  EXPECT_EQ(folder.keys->all()[0].vendor + "/" + folder.keys->all()[0].name, "acme/a");
  EXPECT_EQ(folder.keys->all()[2].vendor, "zeta");
  EXPECT_THAT(folder.keys->Find(key_.public_key().id), SizeIs(2));
  EXPECT_EQ(*folder.revocation_key, second.public_key());
  EXPECT_EQ(folder.revocations, "{}");
}

TEST_F(TrustFolderTest, NoFolderTrustsNobody) {
  EXPECT_THAT(ReadTrustFolder("")->keys->all(), IsEmpty());
  EXPECT_EQ(ReadTrustFolder(temp_ / "none").error().code, ErrorCode::kNotFound);
  WriteFile(temp_ / "file", "x");
  EXPECT_FALSE(ReadTrustFolder(temp_ / "file").ok());
}

TEST_F(TrustFolderTest, AFileThatDoesNotFitIsAFindingAndTheOthersCount) {
  builder_.Trust("acme", key_);
  WriteFile(builder_.path() + "/keys/acme/broken.pub", "not a key");
  EXPECT_THAT(Fault(), HasSubstr("no minisign public key"));
  EXPECT_THAT(Read().keys->all(), SizeIs(1));
}

TEST_F(TrustFolderTest, ASecretKeyPutThereByMistakeIsNotTaken) {
  WriteFile(builder_.path() + "/keys/acme/main.pub", *key_.FileText(""));
  EXPECT_THAT(Fault(), HasSubstr("no minisign public key"));
}

TEST_F(TrustFolderTest, LinksAreNotFollowed) {
  WriteFile(temp_ / "outside.pub", key_.PublicFileText());
  std::filesystem::create_directories(builder_.path() + "/keys/acme");
  std::filesystem::create_symlink(temp_ / "outside.pub", builder_.path() + "/keys/acme/main.pub");
  EXPECT_THAT(Fault(), HasSubstr("symbolic link"));
  EXPECT_THAT(Read().keys->all(), IsEmpty());
}

TEST_F(TrustFolderTest, AFolderThatIsNoVendorIsAFinding) {
  WriteFile(builder_.path() + "/keys/Acme Ltd/main.pub", key_.PublicFileText());
  EXPECT_THAT(Fault(), HasSubstr("no vendor id"));
  EXPECT_FALSE(IsVendorId("-acme"));
  EXPECT_FALSE(IsVendorId(""));
  EXPECT_TRUE(IsVendorId("a3-b"));
}

TEST_F(TrustFolderTest, AListWithoutItsSignatureIsAFinding) {
  WriteFile(builder_.path() + "/revocations.json", "{}");
  EXPECT_THAT(Fault(), HasSubstr("signature"));
  EXPECT_THAT(Read().revocations, IsEmpty());
}

TEST_F(TrustFolderTest, AFolderThatAnybodyMayWriteIsWarnedOf) {
  builder_.Trust("acme", key_);
  ASSERT_EQ(chmod((builder_.path() + "/keys/acme").c_str(), 0777), 0);
  EXPECT_THAT(Fault(), HasSubstr("every user of this machine"));
}

TEST_F(TrustFolderTest, OneKeyPastTheLimitIsNotTaken) {
  const std::string text = key_.PublicFileText();
  for (std::size_t i = 0; i < kMaxTrustedKeys; ++i) {
    WriteFile(builder_.path() + "/keys/acme/k" + std::to_string(i) + ".pub", text);
  }
  EXPECT_THAT(Read().findings, IsEmpty());
  builder_.Trust("acme", key_, "one-more");
  EXPECT_THAT(Fault(), HasSubstr("more than"));
  EXPECT_THAT(Read().keys->all(), SizeIs(kMaxTrustedKeys));
}

}  // namespace
}  // namespace stackport
