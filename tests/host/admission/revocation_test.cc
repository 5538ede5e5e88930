// Revocations against a catalog in service: the three grains, rollback, restart, flagged answers.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "host/admission/admit_all.h"
#include "host/admission/refresh_trust.h"
#include "tests/support/fake_clock.h"
#include "tests/support/plugin_folder_builder.h"
#include "tests/support/signing.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::SizeIs;

class RevocationTest : public ::testing::Test {
 protected:
  RevocationTest() {
    std::filesystem::create_directory(plugins_);
    trust_.Trust("acme", key_);
    trust_.Designate(issuer_);
    Reopen();
    WriteSigned("acme-disks", "1.0.0", {"disk"}, key_);
    WriteSigned("acme-servers", "1.0.0", {"x8", "x9"}, key_);
    Admit();
  }

  void Reopen() {
    store_.reset();
    store_ = *CatalogStore::Open(temp_ / "catalog.db", OpenMode::kCreateIfMissing, clock_);
  }
  void WriteSigned(const std::string& plugin, const std::string& version,
                   const std::vector<std::string>& components, const MinisignSecretKey& key) {
    PluginFolderBuilder builder(plugin, "acme");
    builder.Version(version);
    for (const std::string& name : components) {
      builder.Document(name + ".json", ServerDocument("acme/" + name, version));
    }
    SignFolder(builder.WriteTo(plugins_), key);
  }

  TrustState Refresh() {
    auto state = RefreshTrust(trust_.path(), *store_);
    if (!state) throw std::runtime_error(state.error().ToString());
    return *std::move(state);
  }
  // A round of admission as the program does it.
  AdmitAllReport Admit() {
    TrustState state = Refresh();
    const std::vector<PluginSource> sources = {{plugins_, TrustPolicy{false, state.keys}}};
    auto report = AdmitAll(sources, *store_, AdmitAllSettings{});
    if (!report) throw std::runtime_error(report.error().ToString());
    report->trust_findings = std::move(state.findings);
    report->revocations = std::move(state.effect);
    return *std::move(report);
  }
  AdmitAllReport Revoke(int serial, const std::vector<std::string>& entries) {
    trust_.PutList(RevocationText(serial, entries), issuer_);
    return Admit();
  }
  std::vector<std::string> Components() {
    std::vector<std::string> ids;
    for (const Component& component : (*store_->Current())->components) ids.push_back(component.id);
    return ids;
  }
  void Answer(const std::string& result, const std::vector<std::string>& components) {
    const MatchAudit match{result, (*store_->Current())->id, "", "KE", components};
    ASSERT_TRUE(store_->RecordMatches(std::span(&match, 1)).ok());
  }
  std::vector<std::string> Affected() {
    std::vector<std::string> ids;
    const AnswerList list = *store_->Answers(true, 100);
    for (const GivenAnswer& answer : list.answers) ids.push_back(answer.result_id);
    return ids;
  }
  std::vector<std::string> Events() {
    std::vector<std::string> events;
    const std::vector<JournalEntry> journal = *store_->Journal(0, 1000);
    for (const JournalEntry& entry : journal) events.push_back(entry.event);
    return events;
  }
  std::string KeyEntry(const MinisignSecretKey& key) { return R"("key":")" + IdOf(key) + "\""; }

  const std::string kX8 = R"("component":"acme/x8")";
  const std::string kServers1 = R"("plugin":"acme-servers","version":"1.0.0")";

  TempFolder temp_;
  std::string plugins_ = temp_ / "plugins";
  FakeClock clock_;
  std::unique_ptr<CatalogStore> store_;
  TrustFolderBuilder trust_{temp_ / "trust"};
  MinisignSecretKey key_ = MakeKey(), issuer_ = MakeKey();
};

TEST_F(RevocationTest, ARevokedKeyTakesAllItSignedOutOfService) {
  ASSERT_THAT(Components(), ElementsAre("acme/disk", "acme/x8", "acme/x9"));
  const AdmitAllReport report = Revoke(1, {KeyEntry(key_)});
  EXPECT_THAT(Components(), IsEmpty());
  EXPECT_THAT(report.revocations.removed_plugins, ElementsAre("acme-disks", "acme-servers"));
  for (const AdmissionReport& plugin : report.plugins) {
    EXPECT_EQ(plugin.outcome, AdmissionOutcome::kRefused);
    EXPECT_THAT(plugin.Reason(), HasSubstr("was revoked on 2026-01-01: Found wrong."));
    EXPECT_THAT(plugin.stale_version, IsEmpty()) << "what is revoked does not stay as stale";
  }
  EXPECT_FALSE(store_->Problems()->at(0).stale);
  EXPECT_TRUE(store_->Check()->ok());
}

TEST_F(RevocationTest, ANewKeyBringsTheSameContentBack) {
  Revoke(1, {KeyEntry(key_)});
  const MinisignSecretKey successor = MakeKey();
  trust_.Trust("acme", successor, "2026");
  SignFolder(plugins_ + "/acme-disks.stackport", successor);
  Admit();
  EXPECT_THAT(Components(), ElementsAre("acme/disk"));
  EXPECT_EQ((*store_->Current())->plugins[0].key_id, IdOf(successor));
}

TEST_F(RevocationTest, ARevokedVersionLeavesAndANewerOneReturns) {
  Revoke(1, {kServers1});
  EXPECT_THAT(Components(), ElementsAre("acme/disk"));
  WriteSigned("acme-servers", "1.0.1", {"x8"}, key_);
  Admit();
  EXPECT_THAT(Components(), ElementsAre("acme/disk", "acme/x8"));
}

TEST_F(RevocationTest, AFaultyNewVersionDoesNotKeepARevokedOneInService) {
  WriteSigned("acme-servers", "1.0.1", {"x8"}, key_);
  WriteFile(plugins_ + "/acme-servers.stackport/documents/x8.json", "spoilt");
  Admit();
  ASSERT_THAT(Components(), ElementsAre("acme/disk", "acme/x8", "acme/x9")) << "stale";
  Revoke(1, {kServers1});
  EXPECT_THAT(Components(), ElementsAre("acme/disk"));
}

TEST_F(RevocationTest, ARevokedNewVersionLeavesTheOlderGoodOneInService) {
  Revoke(1, {R"("plugin":"acme-servers","version":"1.0.1")"});
  WriteSigned("acme-servers", "1.0.1", {"x8"}, key_);
  const AdmitAllReport report = Admit();
  EXPECT_EQ(report.plugins[1].stale_version, "1.0.0");
  EXPECT_THAT(Components(), ElementsAre("acme/disk", "acme/x8", "acme/x9"));
}

TEST_F(RevocationTest, ARevokedComponentIsWithheldAndTheRestStays) {
  const AdmitAllReport report = Revoke(1, {kX8});
  EXPECT_THAT(Components(), ElementsAre("acme/disk", "acme/x9"));
  EXPECT_THAT(report.revocations.withheld_components, ElementsAre("acme/x8"));
  ASSERT_THAT(*store_->Withheld(), SizeIs(1));
  EXPECT_EQ(store_->Withheld()->at(0).plugin_id, "acme-servers");
  EXPECT_THAT(*store_->Search("x8", 10), IsEmpty());
  EXPECT_TRUE(store_->Check()->ok());
  // A new version of the plugin does not bring it back.
  WriteSigned("acme-servers", "2.0.0", {"x8", "x10"}, key_);
  const AdmitAllReport next = Admit();
  EXPECT_THAT(Components(), ElementsAre("acme/disk", "acme/x10"));
  EXPECT_EQ(next.plugins[1].documents.back().findings.back().code, "withheld");
}

TEST_F(RevocationTest, WhatANewerListNoLongerNamesReturnsWithoutAScan) {
  Revoke(1, {kX8, R"("plugin":"acme-disks","version":"1.0.0")"});
  ASSERT_THAT(Components(), ElementsAre("acme/x9"));
  const AdmitAllReport report = Revoke(2, {});
  EXPECT_THAT(report.revocations.restored_components, ElementsAre("acme/x8"));
  EXPECT_THAT(Components(), ElementsAre("acme/disk", "acme/x8", "acme/x9"));
}

TEST_F(RevocationTest, AnOlderListIsRefusedAndTheNewerOneStaysInForce) {
  Revoke(5, {kServers1});
  for (const int serial : {4, 5}) {
    const AdmitAllReport report = Revoke(serial, {});
    ASSERT_THAT(report.trust_findings, SizeIs(1)) << serial;
    EXPECT_THAT(report.trust_findings[0].message, HasSubstr("only with a higher serial"));
    EXPECT_THAT(Components(), ElementsAre("acme/disk"));
    EXPECT_EQ(store_->Revocations()->serial, 5);
  }
}

TEST_F(RevocationTest, ARestartKeepsTheListEvenWhenItsFileIsGone) {
  Revoke(5, {kServers1});
  std::filesystem::remove(trust_.path() + "/revocations.json");
  std::filesystem::remove(trust_.path() + "/revocations.json.minisig");
  Reopen();
  Admit();
  EXPECT_THAT(Components(), ElementsAre("acme/disk"));
  EXPECT_EQ(store_->Revocations()->serial, 5);
  EXPECT_THAT(Revoke(3, {}).trust_findings, SizeIs(1)) << "the serial is remembered too";
}

TEST_F(RevocationTest, AListOfAnotherKeyChangesNothing) {
  trust_.PutList(RevocationText(1, {kX8}), key_);  // a vendor's key, not the designated one
  const AdmitAllReport report = Admit();
  ASSERT_THAT(report.trust_findings, SizeIs(1));
  EXPECT_THAT(report.trust_findings[0].message, HasSubstr("not signed by the key"));
  EXPECT_THAT(Components(), SizeIs(3));
  std::filesystem::remove(trust_.path() + "/revocation.pub");
  EXPECT_THAT(Admit().trust_findings[0].message, HasSubstr("designates no key"));
}

TEST_F(RevocationTest, WhatIsRevokedCannotBePutIntoTheCatalogByAnyOtherWay) {
  const AdmittedPlugin disks =
      **store_->FindAdmitted("acme-disks", (*store_->Current())->plugins[0].content_hash);
  Revoke(1, {KeyEntry(key_)});
  const auto put = store_->ApplyChange({{disks}, {}, "a round that began earlier"});
  ASSERT_FALSE(put.ok());
  EXPECT_EQ(put.error().code, ErrorCode::kConflict);
  EXPECT_THAT(put.error().message, HasSubstr("is revoked"));
}

TEST_F(RevocationTest, AnswersThatUsedWhatIsRevokedAreFlaggedForGood) {
  Answer("r-disk", {"acme/disk"});
  Answer("r-x8", {"acme/disk", "acme/x8"});
  Answer("r-x9", {"acme/x9"});
  const AdmitAllReport report = Revoke(1, {kX8});
  EXPECT_EQ(report.revocations.flagged_answers, 1);
  EXPECT_THAT(Affected(), ElementsAre("r-x8"));
  const AnswerFlag flag = store_->Answers(true, 1)->answers[0].flags.at(0);
  EXPECT_EQ(flag.component_id, "acme/x8");
  EXPECT_EQ(flag.plugin_id, "acme-servers");
  EXPECT_EQ(flag.key_id, IdOf(key_));
  EXPECT_EQ(flag.grain, "component");
  EXPECT_EQ(flag.reason, "Found wrong.");
  EXPECT_EQ(store_->Answers(true, 1)->answers[0].country, "KE");
  EXPECT_THAT(Events(), testing::IsSupersetOf({"revocations", "answers_flagged"}));

  Revoke(2, {kX8, kServers1});
  EXPECT_THAT(Affected(), ElementsAre("r-x9", "r-x8"));
  Revoke(3, {kX8, kServers1, KeyEntry(key_)});
  EXPECT_THAT(Affected(), ElementsAre("r-x9", "r-x8", "r-disk"));
  Reopen();
  Revoke(4, {});
  EXPECT_THAT(Affected(), SizeIs(3)) << "that it was given on revoked ground stays true";
  EXPECT_EQ(store_->Answers(false, 1)->total, 3);
}

TEST_F(RevocationTest, AnAnswerFromAnEditionThatIsNotRevokedIsNotFlagged) {
  Answer("r-old", {"acme/x8"});
  WriteSigned("acme-servers", "2.0.0", {"x8"}, key_);
  Admit();
  Answer("r-new", {"acme/x8"});
  Revoke(1, {R"("plugin":"acme-servers","version":"2.0.0")"});
  EXPECT_THAT(Affected(), ElementsAre("r-new"));
}

TEST_F(RevocationTest, AnAnswerGivenAfterwardsFromAnOldSnapshotIsFlaggedAtOnce) {
  const std::string old = (*store_->Current())->id;
  Revoke(1, {kX8});
  const std::vector<MatchAudit> late = {{"r-late", old, "", "KE", {"acme/x8"}},
                                        {"r-fine", old, "", "KE", {"acme/x9"}}};
  ASSERT_TRUE(store_->RecordMatches(late).ok());
  EXPECT_THAT(Affected(), ElementsAre("r-late"));
}

}  // namespace
}  // namespace stackport
