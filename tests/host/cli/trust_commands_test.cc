// Signing, trusting and revoking on the command line, as a vendor and an operator do it.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "host/admission/minisign_secret_key.h"
#include "tests/host/cli/cli_world.h"
#include "tests/support/minisign_tool.h"

namespace stackport::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Not;

class TrustCommands : public ::testing::Test {
 protected:
  TrustCommands() { world_.variables["STACKPORT_TRUST"] = world_.File("trust"); }

  // A pair without a password, as NAME.key and NAME.pub.
  void Keygen(const std::string& name) {
    const Outcome made = world_.Run({"plugin", "keygen", "--secret", world_.File(name + ".key"),
                                     "--public", world_.File(name + ".pub"), "--no-password"});
    ASSERT_EQ(made.code, 0) << made.err;
  }
  std::string Plugin(const std::string& vendor) const {
    return world_.plugins() + "/" + vendor + "-parts.stackport";
  }
  Outcome Sign(const std::string& vendor, const std::string& key) {
    return world_.Run({"plugin", "sign", Plugin(vendor), "--key", world_.File(key + ".key")});
  }
  // The vendor "acc" has signed, and the operator trusts its key and an issuer of revocations.
  void SetUpSigned() {
    Keygen("acc");
    Keygen("issuer");
    ASSERT_EQ(world_.Run({"trust", "add", "acc", world_.File("acc.pub")}).code, 0);
    ASSERT_EQ(world_.Run({"trust", "add", "--revocations", world_.File("issuer.pub")}).code, 0);
    ASSERT_EQ(Sign("acc", "acc").code, 0);
  }
  std::string KeyId(const std::string& name) {
    const std::string text = ReadFile(world_.File(name + ".pub"));
    return text.substr(text.find('\n') - 16, 16);
  }
  void WriteList(int serial, const std::string& entries) {
    WriteFile(world_.File("list.json"),
              R"({"schema":"stackport.revocations/1","serial":)" + std::to_string(serial) +
                  R"(,"issued":"2026-01-02","revocations":[)" + entries + "]}");
  }
  Outcome Revoke(int serial, const std::string& subject) {
    WriteList(serial, "{" + subject + R"(,"reason":"Stolen.","since":"2026-01-01"})");
    const Outcome made = world_.Run({"trust", "revocations", "sign", world_.File("list.json"),
                                     "--key", world_.File("issuer.key")});
    EXPECT_EQ(made.code, 0) << made.err;
    return world_.Run({"trust", "revocations", "apply", world_.File("list.json")});
  }

  CliWorld world_{testing::SmallCatalog()};
};

TEST_F(TrustCommands, ASignedPluginIsLabelledInListAndAnswer) {
  SetUpSigned();
  const Outcome list = world_.Run({"plugin", "list"});
  EXPECT_THAT(list.out, AllOf(HasSubstr("signed by acc, key " + KeyId("acc")),
                              HasSubstr("unsigned, trusted folder")));
  const Outcome match = world_.Run(KenyaMatch());
  EXPECT_THAT(match.out, AllOf(HasSubstr("signed by key " + KeyId("acc") + ": acc/chip"),
                               HasSubstr("unsigned, from folders that the operator vouches for")));
  const json::Document result = world_.RunJson(KenyaMatch());
  int signed_parts = 0;
  for (const json::Value& part : result["candidates"][0]["parts"].GetArray()) {
    const bool is_signed = json::StringOr(part, "trust", "") == "signed";
    EXPECT_EQ(is_signed, json::StringOr(part, "component", "") == "acc/chip");
    EXPECT_EQ(json::StringOr(part, "key_id", ""), is_signed ? KeyId("acc") : "");
    signed_parts += is_signed ? 1 : 0;
  }
  EXPECT_EQ(signed_parts, 1);
}

TEST_F(TrustCommands, AFolderForSignedPluginsTakesNoOthers) {
  SetUpSigned();
  const Outcome admitted =
      world_.RunBare({"plugin", "admit", "--catalog", world_.File("catalog.db"), "--signed-plugins",
                      world_.plugins()});
  EXPECT_EQ(admitted.code, 1);
  EXPECT_THAT(admitted.err, AllOf(HasSubstr("acc-parts 1.0.0: admitted"),
                                  HasSubstr("'box-parts' is not signed")));
  EXPECT_THAT(admitted.out, HasSubstr("1 admitted"));
}

TEST_F(TrustCommands, AFolderNamedBothWaysDemandsSignatures) {
  SetUpSigned();
  const Outcome admitted =
      world_.Run({"plugin", "admit", "--signed-plugins", world_.plugins() + "/"});
  EXPECT_EQ(admitted.code, 1);
  EXPECT_THAT(admitted.out, HasSubstr("1 admitted"));
}

TEST_F(TrustCommands, WhatWasChangedAfterSigningIsRefusedEvenHere) {
  SetUpSigned();
  WriteFile(Plugin("acc") + "/manifest.json", ReadFile(Plugin("acc") + "/manifest.json") + "\n");
  const Outcome list = world_.Run({"plugin", "admit"});
  EXPECT_THAT(list.err, HasSubstr("acc-parts 1.0.0: refused"));
  EXPECT_THAT(list.err, HasSubstr("does not fit these bytes"));
}

TEST_F(TrustCommands, SigningRefusesWhatTheHostWouldRefuse) {
  Keygen("acc");
  WriteFile(Plugin("acc") + "/documents/chip.json", "changed");
  const Outcome outcome = Sign("acc", "acc");
  EXPECT_EQ(outcome.code, 2);
  EXPECT_THAT(outcome.err, HasSubstr("nothing was signed"));
  EXPECT_FALSE(std::filesystem::exists(Plugin("acc") + "/manifest.json.minisig"));
}

TEST_F(TrustCommands, AKeyIsNeverOverwrittenAndItsSecretIsItsOwnersAlone) {
  Keygen("acc");
  struct stat status {};
  ASSERT_EQ(stat(world_.File("acc.key").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600u);
  const Outcome again = world_.Run({"plugin", "keygen", "--secret", world_.File("acc.key"),
                                    "--public", world_.File("b.pub"), "--no-password"});
  EXPECT_EQ(again.code, 4);
  EXPECT_THAT(again.err, HasSubstr("never overwritten"));
  const Outcome unsure = world_.Run(
      {"plugin", "keygen", "--secret", world_.File("c.key"), "--public", world_.File("c.pub")});
  EXPECT_EQ(unsure.code, 2);
  EXPECT_THAT(unsure.err, HasSubstr("--no-password"));
}

TEST_F(TrustCommands, PasswordsComeFromAFileOrFromStandardInputAndAreNeverAskedFor) {
  // A key of the plain tool's, so that its costly password hashing is not part of every test.
  auto key = MinisignSecretKey::Generate();
  WriteFile(world_.File("p.key"), *key->FileText("open sesame", {32768, std::uint64_t{16} << 20}));
  EXPECT_THAT(Sign("acc", "p").err, HasSubstr("--password-file"));
  std::vector<std::string> sign = {
      "plugin", "sign", Plugin("acc"), "--key", world_.File("p.key"), "--password-file"};
  std::vector<std::string> from_input = sign;
  from_input.emplace_back("-");
  EXPECT_EQ(world_.Run(from_input, "open sesame\n").code, 0);
  EXPECT_THAT(world_.Run(from_input, "open barley\n").err, HasSubstr("does not open"));
  EXPECT_THAT(world_.Run(from_input, "").err, HasSubstr("no password in the first line"));
  WriteFile(world_.File("pass"), "open sesame\r\n");
  sign.push_back(world_.File("pass"));
  EXPECT_EQ(world_.Run(sign).code, 0);
  world_.variables["STACKPORT_KEY_PASSWORD_FILE"] = world_.File("pass");
  EXPECT_EQ(Sign("acc", "p").code, 0);
}

TEST_F(TrustCommands, PlainMinisignChecksOurSignatureAndSignsForUs) {
  if (!HasMinisign()) GTEST_SKIP() << "the minisign program is not installed";
  SetUpSigned();
  const std::string manifest = Plugin("acc") + "/manifest.json";
  EXPECT_TRUE(Succeeds("minisign -V -p " + world_.File("acc.pub") + " -m " + manifest));
  std::filesystem::remove(manifest + ".minisig");
  ASSERT_TRUE(Succeeds("minisign -S -s " + world_.File("acc.key") + " -m " + manifest));
  EXPECT_THAT(world_.Run({"plugin", "list"}).out, HasSubstr("signed by acc"));
  // A list of revocations as well.
  WriteList(1, R"({"component":"acc/chip","reason":"Wrong.","since":"2026-01-01"})");
  ASSERT_TRUE(
      Succeeds("minisign -S -s " + world_.File("issuer.key") + " -m " + world_.File("list.json")));
  EXPECT_THAT(world_.Run({"trust", "revocations", "apply", world_.File("list.json")}).out,
              HasSubstr("withheld: acc/chip"));
}

TEST_F(TrustCommands, KeysAreListedCheckedAndRemoved) {
  SetUpSigned();
  EXPECT_THAT(
      world_.Run({"trust", "list"}).out,
      AllOf(HasSubstr(KeyId("acc")), HasSubstr("1 vendor key"), HasSubstr(KeyId("issuer"))));
  EXPECT_EQ(world_.Run({"trust", "check"}).code, 0);
  WriteFile(world_.File("trust/keys/acc/broken.pub"), "x");
  const Outcome check = world_.Run({"trust", "check"});
  EXPECT_EQ(check.code, 1);
  EXPECT_THAT(check.out, HasSubstr("keys/acc/broken.pub"));
  EXPECT_FALSE(world_.RunJson({"trust", "check"})["sound"].GetBool());
  EXPECT_EQ(world_.Run({"trust", "remove", "acc", "broken"}).code, 0);
  EXPECT_EQ(world_.Run({"trust", "remove", "acc", "acc"}).code, 0);
  EXPECT_EQ(world_.Run({"trust", "remove", "acc", "acc"}).code, 3);
  EXPECT_THAT(world_.Run({"plugin", "list"}).out, HasSubstr("names the unknown key"));
}

TEST_F(TrustCommands, AKeyIsAddedForOneVendorUnderOneName) {
  Keygen("acc");
  Keygen("other");
  EXPECT_EQ(world_.Run({"trust", "add", "acc", world_.File("acc.pub")}).code, 0);
  EXPECT_THAT(world_.Run({"trust", "add", "acc", world_.File("acc.pub")}).out,
              HasSubstr("there already"));
  EXPECT_EQ(world_.Run({"trust", "add", "acc", world_.File("other.pub"), "--name", "acc"}).code, 4);
  EXPECT_EQ(world_.Run({"trust", "add", "../x", world_.File("acc.pub")}).code, 2);
  EXPECT_EQ(world_.Run({"trust", "add", "acc", world_.File("acc.pub"), "--name", "../../x"}).code,
            2);
  EXPECT_THAT(world_.Run({"trust", "add", "acc", world_.File("acc.key")}).err,
              HasSubstr("no minisign public key"))
      << "a secret key never enters the trust folder";
  EXPECT_EQ(world_.Run({"trust", "add", "acc"}).code, 2);
}

TEST_F(TrustCommands, ARevocationWithdrawsFlagsAndCannotBeRolledBack) {
  SetUpSigned();
  ASSERT_EQ(world_.Run(KenyaMatch()).code, 0);
  EXPECT_THAT(world_.Run({"trust", "affected"}).out, HasSubstr("no given answer"));
  EXPECT_THAT(world_.Run({"trust", "revocations", "show"}).out, HasSubstr("ever applied"));
  const Outcome applied = Revoke(2, R"("key":")" + KeyId("acc") + "\"");
  EXPECT_EQ(applied.code, 0) << applied.err;
  EXPECT_THAT(applied.out,
              AllOf(HasSubstr("out of service: acc-parts"), HasSubstr("1 given answer")));
  EXPECT_EQ(world_.Run(KenyaMatch()).code, 1) << "without the chip nothing fits";
  const Outcome affected = world_.Run({"trust", "affected"});
  EXPECT_THAT(affected.out, AllOf(HasSubstr("acc/chip"), HasSubstr("KE"), HasSubstr("Stolen.")));
  const json::Document list = world_.RunJson({"trust", "affected"});
  EXPECT_EQ(list["total"].GetInt(), 1);
  EXPECT_STREQ(list["answers"][0]["affected"][0]["grain"].GetString(), "key");
  EXPECT_THAT(world_.Run({"plugin", "list"}).out, HasSubstr("was revoked on 2026-01-01: Stolen."));

  const Outcome rollback = Revoke(1, R"("component":"acc/none")");
  EXPECT_EQ(rollback.code, 4);
  EXPECT_THAT(rollback.err, HasSubstr("higher serial"));
  EXPECT_THAT(world_.Run({"trust", "revocations", "show"}).out, HasSubstr("serial 2"));
  EXPECT_EQ(world_.Run({"catalog", "check"}).code, 0);
}

TEST_F(TrustCommands, ExplanationsAndSweepsAreFoundAsWell) {
  SetUpSigned();
  std::vector<std::string> explain = KenyaMatch(), sweep = KenyaMatch();
  explain.front() = "explain";
  explain.insert(explain.begin() + 1, "acc/chip");
  sweep.front() = "sweep";
  sweep[1] = "--countries";
  const std::string explained = world_.RunJson(explain)["id"].GetString();
  const std::string swept = world_.RunJson(sweep)["id"].GetString();
  EXPECT_EQ(Revoke(1, R"("component":"acc/chip")").code, 0);
  const Outcome affected = world_.Run({"trust", "affected"});
  EXPECT_THAT(affected.out, AllOf(HasSubstr(explained), HasSubstr(swept + "/KE")));
}

TEST_F(TrustCommands, AFaultyListIsNotSigned) {
  Keygen("issuer");
  WriteList(1, R"({"key":"abc","reason":"x","since":"2026-01-01"})");
  const Outcome signing = world_.Run({"trust", "revocations", "sign", world_.File("list.json"),
                                      "--key", world_.File("issuer.key")});
  EXPECT_EQ(signing.code, 2);
  EXPECT_THAT(signing.err, HasSubstr("/revocations/0/key"));
}

TEST_F(TrustCommands, WithoutATrustFolderNothingIsSignedAndTheListSaysHow) {
  world_.variables.clear();
  EXPECT_THAT(world_.Run({"trust", "list"}).out, HasSubstr("stackport trust add"));
  EXPECT_THAT(world_.Run({"trust", "add", "acc", "x.pub"}).err, HasSubstr("--trust"));
  EXPECT_THAT(world_.Run({"plugin", "list"}).out, Not(HasSubstr("signed by")));
}

}  // namespace
}  // namespace stackport::cli
