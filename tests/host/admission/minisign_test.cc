// minisign's files: what holds, what does not, and that the real tool agrees.
#include "host/admission/minisign.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "catalog/base/text.h"
#include "host/admission/minisign_secret_key.h"
#include "tests/support/minisign_tool.h"
#include "tests/support/temp_folder.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;
using ::testing::MatchesRegex;

constexpr const char* kText = "{\"id\": \"example-servers\"}\n";
// What a password costs in a test: libsodium's smallest.
constexpr ScryptCost kCheap{32768, std::uint64_t{16} << 20};

MinisignSecretKey NewKey() {
  return *MinisignSecretKey::Generate();
}

std::vector<std::string> LinesOf(const std::string& text) {
  return Split(text, '\n');
}

std::string Joined(const std::vector<std::string>& lines) {
  return Join(lines, "\n");
}

TEST(Minisign, AGoodSignatureHoldsAndGivesItsTrustedComment) {
  const MinisignSecretKey key = NewKey();
  const std::string signature = *key.Sign(kText, "what was signed");
  const auto verified = VerifyMinisign(kText, signature, key.public_key());
  ASSERT_TRUE(verified.ok()) << verified.error().ToString();
  EXPECT_EQ(*verified, "what was signed");
  EXPECT_THAT(KeyIdText(key.public_key().id), MatchesRegex("[0-9A-F]{16}"));
}

TEST(Minisign, AChangedByteAnywhereInTheFileIsNoticed) {
  const MinisignSecretKey key = NewKey();
  const std::string signature = *key.Sign(kText, "c");
  for (std::size_t i = 0; i < std::string(kText).size(); ++i) {
    std::string changed = kText;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(VerifyMinisign(changed, signature, key.public_key()).ok()) << i;
  }
  EXPECT_FALSE(VerifyMinisign("", signature, key.public_key()).ok());
}

TEST(Minisign, AChangedTrustedCommentIsNoticed) {
  const MinisignSecretKey key = NewKey();
  std::vector<std::string> lines = LinesOf(*key.Sign(kText, "version=1.0.0"));
  lines[2] = "trusted comment: version=2.0.0";
  const auto verified = VerifyMinisign(kText, Joined(lines), key.public_key());
  ASSERT_FALSE(verified.ok());
  EXPECT_THAT(verified.error().message, HasSubstr("trusted comment"));
}

TEST(Minisign, TheUntrustedCommentIsAnybodysBusiness) {
  const MinisignSecretKey key = NewKey();
  std::vector<std::string> lines = LinesOf(*key.Sign(kText, "c"));
  lines[0] = "untrusted comment: changed on the way";
  EXPECT_TRUE(VerifyMinisign(kText, Joined(lines), key.public_key()).ok());
}

TEST(Minisign, AnotherKeyIsRefusedByNameAndByMathematics) {
  const MinisignSecretKey key = NewKey(), other = NewKey();
  const std::string signature = *key.Sign(kText, "c");
  const auto named = VerifyMinisign(kText, signature, other.public_key());
  ASSERT_FALSE(named.ok());
  EXPECT_THAT(named.error().message, HasSubstr(KeyIdText(other.public_key().id)));
  MinisignPublicKey disguised = other.public_key();
  disguised.id = key.public_key().id;
  EXPECT_FALSE(VerifyMinisign(kText, signature, disguised).ok());
}

TEST(Minisign, EveryTruncationOfAGoodSignatureIsRefused) {
  const MinisignSecretKey key = NewKey();
  const std::string signature = *key.Sign(kText, "a comment");
  ASSERT_TRUE(signature.ends_with("=\n"));
  for (std::size_t length = 0; length + 1 < signature.size(); ++length) {
    EXPECT_FALSE(VerifyMinisign(kText, signature.substr(0, length), key.public_key()).ok())
        << length;
  }
  EXPECT_TRUE(
      VerifyMinisign(kText, signature.substr(0, signature.size() - 1), key.public_key()).ok())
      << "without the end of the last line it is whole, as for minisign itself";
}

TEST(Minisign, EveryOtherChangeOfASignedPartIsRefused) {
  const MinisignSecretKey key = NewKey();
  const std::string signature = *key.Sign(kText, "a comment");
  const std::size_t signed_part = signature.find('\n') + 1;
  for (std::size_t i = signed_part; i + 1 < signature.size(); ++i) {
    std::string changed = signature;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(VerifyMinisign(kText, changed, key.public_key()).ok()) << i;
  }
}

TEST(Minisign, MalformedTextIsRefusedWithAReason) {
  const MinisignSecretKey key = NewKey();
  const std::vector<std::string> good = LinesOf(*key.Sign(kText, "c"));
  const auto with = [&](std::size_t line, const std::string& text) {
    std::vector<std::string> lines = good;
    lines[line] = text;
    return Joined(lines);
  };
  const std::vector<std::string> bad = {
      "",
      "\n\n\n\n",
      std::string(100, '\0'),
      with(0, "comment: x"),
      with(0, "untrusted comment: " + std::string(kMaxUntrustedComment + 1, 'x')),
      with(1, good[1] + "AAAA"),
      with(1, " " + good[1]),
      with(1, "Rk" + good[1].substr(2)),  // another algorithm
      with(2, "trusted comment: " + std::string(kMaxTrustedComment + 1, 'x')),
      with(2, "trusted comment: a\x01b"),
      with(2, "trusted comment: \xff"),
      with(3, good[3] + "="),
      Joined(good) + "one line more\n",
      std::string(kMaxSignatureBytes + 1, 'x'),
  };
  for (const std::string& text : bad) {
    const auto parsed = ParseMinisignSignature(text);
    ASSERT_FALSE(parsed.ok()) << Printable(text);
    EXPECT_THAT(parsed.error().message, HasSubstr("malformed"));
  }
  EXPECT_TRUE(
      ParseMinisignSignature(with(2, "trusted comment: " + std::string(kMaxTrustedComment, 'x')))
          .ok());
  std::string windows;
  for (const std::string& line : good) windows += line.empty() ? "" : line + "\r\n";
  EXPECT_TRUE(VerifyMinisign(kText, windows, key.public_key()).ok());
}

TEST(Minisign, APublicKeyIsAFileOrItsLine) {
  const MinisignSecretKey key = NewKey();
  EXPECT_EQ(*ParseMinisignPublicKey(key.PublicFileText()), key.public_key());
  EXPECT_EQ(*ParseMinisignPublicKey(key.public_key().Base64()), key.public_key());
  const std::string file = key.PublicFileText();
  for (std::size_t length = 0; length + 1 < file.size(); ++length) {
    EXPECT_FALSE(ParseMinisignPublicKey(file.substr(0, length)).ok()) << length;
  }
  EXPECT_FALSE(ParseMinisignPublicKey(*key.FileText("")).ok()) << "a secret key is no public one";
  EXPECT_FALSE(ParseMinisignPublicKey(std::string(kMaxPublicKeyBytes + 1, 'x')).ok());
}

TEST(MinisignSecretKey, APasswordOpensItAndNoOtherDoes) {
  const MinisignSecretKey key = NewKey();
  const std::string file = *key.FileText("open sesame", kCheap);
  EXPECT_TRUE(*MinisignSecretKey::NeedsPassword(file));
  const auto opened = MinisignSecretKey::Parse(file, "open sesame");
  ASSERT_TRUE(opened.ok()) << opened.error().ToString();
  EXPECT_EQ(opened->public_key(), key.public_key());
  EXPECT_THAT(MinisignSecretKey::Parse(file, "open barley").error().message,
              HasSubstr("password does not open"));
  EXPECT_FALSE(*MinisignSecretKey::NeedsPassword(*key.FileText("")));
}

TEST(MinisignSecretKey, AFileThatAsksForTooMuchOrIsDamagedIsRefused) {
  const MinisignSecretKey key = NewKey();
  EXPECT_EQ(key.FileText("p", {kMaxScryptOperations, 2 * kMaxScryptMemory}).error().code,
            ErrorCode::kResourceLimit);
  const std::string plain = *key.FileText("");
  for (std::size_t length = 0; length + 1 < plain.size(); ++length) {
    EXPECT_FALSE(MinisignSecretKey::Parse(plain.substr(0, length), "").ok()) << length;
  }
  std::string damaged = plain;
  damaged[damaged.size() - 60] = damaged[damaged.size() - 60] == 'A' ? 'B' : 'A';
  EXPECT_THAT(MinisignSecretKey::Parse(damaged, "").error().message, HasSubstr("damaged"));
  EXPECT_FALSE(MinisignSecretKey::Parse(key.PublicFileText(), "").ok());
}

TEST(MinisignSecretKey, ACommentThatWouldNotBeReadBackIsNotWritten) {
  EXPECT_FALSE(NewKey().Sign(kText, "two\nlines").ok());
  EXPECT_FALSE(NewKey().Sign(kText, std::string(kMaxTrustedComment + 1, 'x')).ok());
}

class RealMinisign : public ::testing::Test {
 protected:
  void SetUp() override {
    if (!HasMinisign()) GTEST_SKIP() << "the minisign program is not installed";
  }
  TempFolder temp_;
  const std::string key_ = temp_ / "a.key", pub_ = temp_ / "a.pub", file_ = temp_ / "file";
  const std::string signature_ = temp_ / "file.minisig";
};

TEST_F(RealMinisign, ReadsOurKeysAndSignatures) {
  const MinisignSecretKey key = NewKey();
  WriteFile(key_, *key.FileText(""));
  WriteFile(pub_, key.PublicFileText());
  WriteFile(file_, kText);
  WriteFile(signature_, *key.Sign(kText, "from us"));
  EXPECT_TRUE(Succeeds("minisign -V -p " + pub_ + " -m " + file_));
  WriteFile(file_, std::string(kText) + "x");
  EXPECT_FALSE(Succeeds("minisign -V -p " + pub_ + " -m " + file_));
  ASSERT_TRUE(Succeeds("minisign -S -s " + key_ + " -m " + file_ + " -t again"));
  EXPECT_EQ(*VerifyMinisign(ReadFile(file_), ReadFile(signature_), key.public_key()), "again");
}

TEST_F(RealMinisign, ItsKeysAndBothItsFormsOfSignatureAreReadByUs) {
  ASSERT_TRUE(Succeeds("minisign -G -W -f -p " + pub_ + " -s " + key_));
  const auto pub = ParseMinisignPublicKey(ReadFile(pub_));
  ASSERT_TRUE(pub.ok()) << pub.error().ToString();
  const auto secret = MinisignSecretKey::Parse(ReadFile(key_), "");
  ASSERT_TRUE(secret.ok()) << secret.error().ToString();
  EXPECT_EQ(secret->public_key(), *pub);
  WriteFile(file_, kText);
  for (const bool legacy : {false, true}) {
    ASSERT_TRUE(Succeeds("minisign -S " + std::string(legacy ? "-l" : "") + " -s " + key_ + " -m " +
                         file_));
    const std::string signature = ReadFile(signature_);
    EXPECT_EQ(ParseMinisignSignature(signature)->prehashed, !legacy);
    EXPECT_TRUE(VerifyMinisign(kText, signature, *pub).ok());
    EXPECT_FALSE(VerifyMinisign(std::string(kText) + " ", signature, *pub).ok());
  }
}

TEST_F(RealMinisign, OpensOurPasswordFilesWithTheirPassword) {
  const MinisignSecretKey key = NewKey();
  WriteFile(key_, *key.FileText("open sesame", kCheap));
  WriteFile(file_, kText);
  // minisign reads a password from standard input when that is no terminal.
  ASSERT_TRUE(std::system(("printf 'open sesame\\n' | minisign -S -s " + key_ + " -m " + file_ +
                           " >/dev/null 2>&1")
                              .c_str()) == 0);
  EXPECT_TRUE(VerifyMinisign(kText, ReadFile(signature_), key.public_key()).ok());
}

}  // namespace
}  // namespace stackport
