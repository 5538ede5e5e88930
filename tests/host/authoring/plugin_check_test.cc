// What a vendor reads: one result for each check, and a grade.
#include "host/authoring/plugin_check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/support/plugin_folder_builder.h"
#include "tests/support/signing.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

PluginCheck Check(const std::string& folder, PluginCheckSettings settings = {}) {
  settings.admission.trust.unsigned_allowed = true;
  settings.admission.scan.scanner_path = DefaultScannerPath();
  settings.no_catalog = "there is no catalog";
  settings.today = "2026-11-23";
  return CheckPlugin(folder, settings);
}

const CheckResult& Named(const PluginCheck& check, const std::string& name) {
  for (const CheckResult& result : check.checks) {
    if (result.name == name) return result;
  }
  ADD_FAILURE() << "no check " << name;
  return check.checks.front();
}

std::string Server(const std::string& id, const std::string& source) {
  return R"({"schema":"stackport.component/1","id":"example/)" + id +
         R"(","name":"A server","kind":"server","summary":"A server called )" + id +
         R"(.","facts":{"rack_units":{"value":6,"unit":"U","source":")" + source +
         R"(","as_of":"2026-03"}}})";
}

constexpr const char* kGood = "https://vendor.com/a";

TEST(PluginCheck, MakesTheSameChecksForEveryPlugin) {
  TempFolder temp;
  const PluginCheck check = Check(
      PluginFolderBuilder("example").Document("a.json", Server("a", kGood)).WriteTo(temp.path()));
  std::vector<std::string> names;
  for (const CheckResult& result : check.checks) names.push_back(result.name);
  EXPECT_THAT(names,
              ElementsAre("manifest", "signature", "exports", "library", "documents", "magnitudes",
                          "consistency", "sources", "texts", "needs", "completeness"));
  EXPECT_EQ(check.grade, CheckGrade::kA);
  EXPECT_GT(check.notes, 0U);
  EXPECT_EQ(Named(check, "library").status, CheckStatus::kSkipped);
  EXPECT_EQ(Named(check, "needs").status, CheckStatus::kSkipped);
  EXPECT_EQ(Named(check, "needs").says, "there is no catalog");
}

// Of eight components: none, one in four, one each, more.
TEST(PluginCheck, GradesByWarningsForEachComponent) {
  const auto grade = [](int doubtful, int twice) {
    TempFolder temp;
    PluginFolderBuilder builder("example");
    for (int i = 0; i < 8; ++i) {
      std::string document = Server("s" + std::to_string(i), i < doubtful ? "internet" : kGood);
      if (i < twice) document.replace(document.find("A server called"), 15, "It");
      builder.Document("s" + std::to_string(i) + ".json", document);
    }
    return static_cast<char>(Check(builder.WriteTo(temp.path())).grade);
  };
  EXPECT_EQ(grade(0, 0), 'A');
  EXPECT_EQ(grade(2, 0), 'B');
  EXPECT_EQ(grade(3, 0), 'C');
  EXPECT_EQ(grade(8, 0), 'C');
  EXPECT_EQ(grade(8, 1), 'D');
}

TEST(PluginCheck, ARefusedPluginFailsAndGetsNoAdvice) {
  TempFolder temp;
  const PluginCheck check = Check(PluginFolderBuilder("example")
                                      .Document("a.json", Server("a", kGood))
                                      .Document("b.json", "{}")
                                      .WriteTo(temp.path()));
  EXPECT_FALSE(check.passed());
  EXPECT_EQ(Named(check, "manifest").status, CheckStatus::kSuccess);
  const CheckResult& documents = Named(check, "documents");
  EXPECT_EQ(documents.status, CheckStatus::kFailure);
  EXPECT_EQ(documents.findings.at(0).where, "documents/b.json");
  EXPECT_FALSE(documents.findings[0].finding.remedy.empty());
  EXPECT_EQ(Named(check, "sources").status, CheckStatus::kSkipped);
}

TEST(PluginCheck, ABrokenManifestFailsAndTheRestIsSkipped) {
  TempFolder temp;
  const std::string folder =
      PluginFolderBuilder("example").Document("a.json", Server("a", kGood)).WriteTo(temp.path());
  WriteFile(folder + "/documents/a.json", "changed");
  const PluginCheck check = Check(folder);
  EXPECT_EQ(check.grade, CheckGrade::kF);
  EXPECT_EQ(Named(check, "manifest").status, CheckStatus::kFailure);
  EXPECT_EQ(Named(check, "documents").status, CheckStatus::kSkipped);
  EXPECT_EQ(Check(temp / "none.stackport").grade, CheckGrade::kF);
}

TEST(PluginCheck, JudgesTheSignatureByTheTrustFolder) {
  TempFolder temp;
  const MinisignSecretKey key = MakeKey(), stranger = MakeKey();
  const std::string folder =
      PluginFolderBuilder("example").Document("a.json", Server("a", kGood)).WriteTo(temp.path());
  PluginCheckSettings settings;
  settings.admission.trust.keys =
      std::make_shared<TrustedKeys>(std::vector<TrustedKey>{{"example", "main", key.public_key()}});
  EXPECT_THAT(Named(Check(folder, settings), "signature").says, HasSubstr("unsigned"));

  SignFolder(folder, key);
  const CheckResult holds = Named(Check(folder, settings), "signature");
  EXPECT_EQ(holds.status, CheckStatus::kSuccess);
  EXPECT_THAT(holds.says, HasSubstr(IdOf(key)));
  const PluginCheck elsewhere = Check(folder);
  EXPECT_EQ(Named(elsewhere, "signature").status, CheckStatus::kSkipped);
  EXPECT_EQ(elsewhere.grade, CheckGrade::kA) << "a vendor needs no trust folder";

  WriteFile(folder + "/manifest.json", ReadFile(folder + "/manifest.json") + "\n");
  const PluginCheck changed = Check(folder, settings);
  EXPECT_EQ(Named(changed, "signature").status, CheckStatus::kFailure);
  EXPECT_EQ(Named(changed, "manifest").status, CheckStatus::kSuccess);
  EXPECT_EQ(changed.grade, CheckGrade::kF);
}

TEST(PluginCheck, KnowsTheRevocationsInForce) {
  TempFolder temp;
  const std::string folder = PluginFolderBuilder("example")
                                 .Document("a.json", Server("a", kGood))
                                 .Document("b.json", Server("b", kGood))
                                 .WriteTo(temp.path());
  Revocation component;
  component.grain = RevocationGrain::kComponent;
  component.component_id = "example/a";
  component.reason = "Never sold.";
  component.since = "2026-01-01";
  PluginCheckSettings settings;
  settings.revocations.entries = {component};
  const PluginCheck withheld = Check(folder, settings);
  EXPECT_TRUE(withheld.passed());
  EXPECT_EQ(Named(withheld, "manifest").status, CheckStatus::kWarning);
  EXPECT_EQ(withheld.report.components.size(), 1U);

  Revocation version = component;
  version.grain = RevocationGrain::kPluginVersion;
  version.plugin_id = withheld.report.plugin.id;
  version.version = withheld.report.plugin.version;
  settings.revocations.entries = {version};
  const PluginCheck revoked = Check(folder, settings);
  EXPECT_EQ(revoked.grade, CheckGrade::kF);
  EXPECT_THAT(revoked.report.Reason(), HasSubstr("Never sold."));
}

TEST(PluginCheck, ALibraryThatIsNoneIsAFailure) {
  TempFolder temp;
  const PluginCheck check =
      Check(PluginFolderBuilder("example").Library("no library").WriteTo(temp.path()));
  EXPECT_EQ(Named(check, "library").status, CheckStatus::kFailure);
  EXPECT_EQ(Named(check, "exports").status, CheckStatus::kSkipped);
  EXPECT_EQ(Named(check, "documents").status, CheckStatus::kSkipped);
}

TEST(PluginCheck, ACrashIsCalledOne) {
  const PluginCheck check = Check(std::string(STACKPORT_TEST_PLUGINS) + "/example-abort.stackport");
  EXPECT_EQ(Named(check, "library").status, CheckStatus::kCrash);
  EXPECT_EQ(Named(check, "exports").status, CheckStatus::kSuccess);
}

TEST(PluginCheck, NamesWhatIsExportedBesidesTheEntry) {
  TempFolder temp;
  const PluginCheck check = Check(PluginFolderBuilder("example")
                                      .Library(ReadFile(STACKPORT_TALKATIVE_LIBRARY))
                                      .WriteTo(temp.path()));
  const CheckResult& exports = Named(check, "exports");
  EXPECT_EQ(exports.status, CheckStatus::kWarning);
  EXPECT_THAT(exports.findings.at(0).finding.message, HasSubstr("helper_that_leaks"));
}

TEST(PluginCheck, IsValidJson) {
  TempFolder temp;
  const PluginCheck check = Check(
      PluginFolderBuilder("example").Document("a.json", Server("a", "tbd")).WriteTo(temp.path()));
  json::Document document;
  const json::Value value = ToJson(check, document.GetAllocator());
  EXPECT_EQ(json::StringOr(value, "grade", ""), "B");
  EXPECT_EQ(json::StringOr(value, "outcome", ""), "admitted");
  EXPECT_EQ(json::IntOr(value, "warnings", 0), 1);
  const json::Value& sources = value["checks"][7];
  EXPECT_EQ(json::StringOr(sources, "name", ""), "sources");
  EXPECT_EQ(json::StringOr(sources["findings"][0], "where", ""), "example/a");
  EXPECT_EQ(json::StringOr(sources["findings"][0], "pointer", ""), "/facts/rack_units/source");
}

}  // namespace
}  // namespace stackport
