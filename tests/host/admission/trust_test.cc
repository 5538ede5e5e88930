// Whose word a plugin is, by its signature and the operator's decisions.
#include "host/admission/trust.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "catalog/base/text.h"
#include "host/admission/admission.h"
#include "tests/support/plugin_folder_builder.h"
#include "tests/support/signing.h"

namespace stackport {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;

class TrustTest : public ::testing::Test {
 protected:
  TrustTest() {
    plugin_ = PluginFolderBuilder("acme-servers", "acme")
                  .Document("a.json", ServerDocument("acme/x8"))
                  .WriteTo(temp_.path());
    trust_.Trust("acme", key_);
    trust_.Trust("other", others_key_);
  }

  // The report of a folder in which unsigned plugins are welcome or not.
  AdmissionReport Admit(bool unsigned_allowed) {
    AdmissionSettings settings;
    settings.trust.unsigned_allowed = unsigned_allowed;
    settings.trust.keys = ReadTrustFolder(trust_.path())->keys;
    return AdmitFolder(plugin_, settings);
  }
  // The code of the first finding about the signature; empty when there is none.
  static std::string CodeOf(const AdmissionReport& report) {
    for (const DocumentFindings& document : report.documents) {
      if (document.origin == kSignatureName) return document.findings.front().code;
    }
    return {};
  }
  // Refused with this code in every folder.
  void ExpectRefusedAnywhere(const std::string& code) {
    for (const bool unsigned_allowed : {false, true}) {
      const AdmissionReport report = Admit(unsigned_allowed);
      EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused) << code;
      EXPECT_EQ(CodeOf(report), code);
    }
  }
  std::string signature() const { return plugin_ + "/manifest.json.minisig"; }

  TempFolder temp_;
  std::string plugin_;
  TrustFolderBuilder trust_{temp_ / "trust"};
  MinisignSecretKey key_ = MakeKey(), others_key_ = MakeKey();
};

TEST_F(TrustTest, ASignatureByTheVendorsKeyIsTrustedEverywhere) {
  SignFolder(plugin_, key_);
  for (const bool unsigned_allowed : {false, true}) {
    const AdmissionReport report = Admit(unsigned_allowed);
    EXPECT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << report.Reason();
    EXPECT_EQ(report.plugin.trust, PluginTrust::kSigned);
    EXPECT_EQ(report.plugin.key_id, IdOf(key_));
    EXPECT_THAT(report.documents, IsEmpty());
  }
}

TEST_F(TrustTest, PlainMinisignCommentsAreAccepted) {
  SignFolder(plugin_, key_, "timestamp:1700000000\tfile:manifest.json\thashed");
  EXPECT_EQ(Admit(false).outcome, AdmissionOutcome::kAdmitted) << Admit(false).Reason();
}

TEST_F(TrustTest, AnUnsignedPluginNeedsAFolderThatTheOperatorVouchesFor) {
  const AdmissionReport outside = Admit(false);
  EXPECT_EQ(outside.outcome, AdmissionOutcome::kRefused);
  EXPECT_EQ(CodeOf(outside), "unsigned");
  const AdmissionReport inside = Admit(true);
  EXPECT_EQ(inside.outcome, AdmissionOutcome::kAdmitted);
  EXPECT_EQ(inside.plugin.trust, PluginTrust::kUnsignedTrustedFolder);
  EXPECT_THAT(inside.plugin.key_id, IsEmpty());
}

TEST_F(TrustTest, AChangedManifestIsRefusedEvenWhereUnsignedOnesAreWelcome) {
  SignFolder(plugin_, key_);
  WriteFile(plugin_ + "/manifest.json", ReadFile(plugin_ + "/manifest.json") + " ");
  ExpectRefusedAnywhere("signature_invalid");
  EXPECT_THAT(Admit(true).Reason(), HasSubstr("refused even from folders"));
}

TEST_F(TrustTest, AMalformedSignatureIsRefusedEvenWhereUnsignedOnesAreWelcome) {
  for (const std::string& text :
       {std::string(), std::string("unsigned"), std::string(99999, 'x')}) {
    WriteFile(signature(), text);
    ExpectRefusedAnywhere("signature_malformed");
  }
  std::filesystem::remove(signature());
  std::filesystem::create_directory(signature());
  ExpectRefusedAnywhere("signature_malformed");
  std::filesystem::remove(signature());
  std::filesystem::create_symlink("/dev/null", signature());
  ExpectRefusedAnywhere("signature_malformed");
}

TEST_F(TrustTest, AnotherVendorsKeyVouchesForThatVendorAlone) {
  SignFolder(plugin_, others_key_);
  ExpectRefusedAnywhere("foreign_key");
  EXPECT_THAT(Admit(false).Reason(), HasSubstr("vouches for 'other' alone"));
}

TEST_F(TrustTest, AKeyThatTakesAnothersIdIsFoundOut) {
  // The id in a signature is not protected; the key behind it is.
  SignFolder(plugin_, MakeKey());
  std::vector<std::string> lines = Split(ReadFile(signature()), '\n');
  SignFolder(plugin_, key_);
  const std::vector<std::string> good = Split(ReadFile(signature()), '\n');
  // 16 base64 digits are 12 bytes: the algorithm, the whole id, and two bytes of the signature.
  lines[1] = good[1].substr(0, 16) + lines[1].substr(16);
  WriteFile(signature(), Join(lines, "\n"));
  ExpectRefusedAnywhere("signature_invalid");
}

TEST_F(TrustTest, AnUnknownKeyCountsAsNoSignatureAndIsNamed) {
  const MinisignSecretKey unknown = MakeKey();
  SignFolder(plugin_, unknown);
  EXPECT_EQ(CodeOf(Admit(false)), "unknown_key");
  EXPECT_EQ(Admit(false).outcome, AdmissionOutcome::kRefused);
  const AdmissionReport inside = Admit(true);
  EXPECT_EQ(inside.outcome, AdmissionOutcome::kAdmitted);
  EXPECT_EQ(inside.plugin.trust, PluginTrust::kUnsignedTrustedFolder);
  EXPECT_EQ(inside.plugin.key_id, IdOf(unknown));
  EXPECT_EQ(CodeOf(inside), "unknown_key");
}

TEST_F(TrustTest, ATrustedCommentOfOurFormHasToNameThisManifest) {
  const std::string hash = Sha256Hex(ReadFile(plugin_ + "/manifest.json"));
  for (const std::string& comment :
       {"stackport-plugin id=acme-disks version=1.0.0 sha256=" + hash,
        "stackport-plugin id=acme-servers version=2.0.0 sha256=" + hash,
        std::string("stackport-plugin id=acme-servers version=1.0.0 sha256=00"),
        std::string("stackport-plugin "),
        "stackport-plugin id=acme-servers id=acme-servers version=1.0.0 sha256=" + hash}) {
    SignFolder(plugin_, key_, comment);
    ExpectRefusedAnywhere("signature_identity");
  }
}

TEST_F(TrustTest, TheSameKeyMaySpeakForTwoVendorsWhenTheOperatorSaysSo) {
  trust_.Trust("acme", others_key_, "reseller");
  SignFolder(plugin_, others_key_);
  EXPECT_EQ(Admit(false).outcome, AdmissionOutcome::kAdmitted);
}

}  // namespace
}  // namespace stackport
