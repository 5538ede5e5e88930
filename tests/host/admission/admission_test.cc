// One plugin folder, from its name to a verdict.
#include "host/admission/admission.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <string>

#include "tests/support/plugin_folder_builder.h"

namespace stackport {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

AdmissionSettings Trusting() {
  AdmissionSettings settings;
  settings.trust.unsigned_allowed = true;
  settings.scan.scanner_path = DefaultScannerPath();
  return settings;
}

PluginFolderBuilder Servers() {
  return PluginFolderBuilder("example-servers").Document("x8.json", ServerDocument("example/x8"));
}

TEST(Admission, DataPluginIsAdmittedWithoutRunningAnything) {
  TempFolder temp;
  AdmissionSettings settings = Trusting();
  settings.scan.scanner_path = "/nonexistent";
  const AdmissionReport report = AdmitFolder(Servers().WriteTo(temp.path()), settings);
  EXPECT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  EXPECT_FALSE(report.evidence);
  EXPECT_EQ(report.plugin.id, "example-servers");
  EXPECT_EQ(report.plugin.form, "data");
  ASSERT_EQ(report.components.size(), 1u);
  EXPECT_EQ(report.components[0].vendor_id, "example");
  EXPECT_EQ(report.Reason(), "");
}

TEST(Admission, PluginFromAFolderThatIsNotTrustedIsRefused) {
  TempFolder temp;
  AdmissionSettings settings = Trusting();
  settings.trust.unsigned_allowed = false;
  const AdmissionReport report = AdmitFolder(Servers().WriteTo(temp.path()), settings);
  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  EXPECT_EQ(report.documents.at(0).findings.at(0).code, "unsigned");
}

TEST(Admission, FindingsNameTheDocumentAndThePlaceInIt) {
  TempFolder temp;
  const AdmissionReport report = AdmitFolder(
      Servers()
          .Document("y9.json", R"({"schema":"stackport.component/1","id":"example/y9"})")
          .WriteTo(temp.path()),
      Trusting());
  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  EXPECT_THAT(report.components, IsEmpty());
  ASSERT_EQ(report.documents.size(), 1u);
  EXPECT_EQ(report.documents[0].origin, "documents/y9.json");
  EXPECT_THAT(ToText(report), HasSubstr("documents/y9.json"));
  EXPECT_THAT(ToText(report), HasSubstr("refused"));
}

TEST(Admission, DocumentOfAnotherVendorsNamespaceIsRefused) {
  TempFolder temp;
  const AdmissionReport report = AdmitFolder(
      Servers().Document("z.json", ServerDocument("other/z")).WriteTo(temp.path()), Trusting());
  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  EXPECT_EQ(report.documents.at(0).origin, "documents/z.json");
}

TEST(Admission, ComponentDescribedTwiceIsRefusedAndBothDocumentsAreNamed) {
  TempFolder temp;
  const AdmissionReport report = AdmitFolder(
      Servers().Document("z.json", ServerDocument("example/x8")).WriteTo(temp.path()), Trusting());
  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  EXPECT_THAT(report.Reason(), HasSubstr("documents/z.json"));
  EXPECT_THAT(report.Reason(), HasSubstr("documents/x8.json"));
}

TEST(Admission, ChangedFileIsRefusedBeforeItIsParsed) {
  TempFolder temp;
  const std::string folder = Servers().WriteTo(temp.path());
  WriteFile(folder + "/documents/x8.json", "garbage");
  const AdmissionReport report = AdmitFolder(folder, Trusting());
  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  ASSERT_EQ(report.documents.size(), 1u);
  EXPECT_EQ(report.documents[0].origin, "manifest.json");
}

TEST(Admission, FolderWithoutAManifestIsRefused) {
  TempFolder temp;
  std::filesystem::create_directory(temp / "x.stackport");
  const AdmissionReport report = AdmitFolder(temp / "x.stackport", Trusting());
  EXPECT_EQ(report.outcome, AdmissionOutcome::kRefused);
  EXPECT_THAT(report.Reason(), HasSubstr("manifest.json"));
  EXPECT_EQ(AdmitFolder(temp / "none.stackport", Trusting()).outcome, AdmissionOutcome::kRefused);
}

TEST(Admission, ReportIsValidJson) {
  TempFolder temp;
  const AdmissionReport report = AdmitFolder(Servers().WriteTo(temp.path()), Trusting());
  json::Document document;
  const json::Value value = ToJson(report, document.GetAllocator());
  EXPECT_EQ(json::StringOr(value, "outcome", ""), "admitted");
  EXPECT_EQ(json::IntOr(value, "components", 0), 1);
  EXPECT_EQ(json::StringOr(value, "trust", ""), "unsigned_trusted_folder");
}

TEST(DiscoverPlugins, ListsPluginFoldersByName) {
  TempFolder temp;
  for (const char* name : {"b.stackport", "a.stackport", "c.other", ".stackport"}) {
    std::filesystem::create_directory(temp / name);
  }
  const auto plugins = DiscoverPlugins(temp.path());
  ASSERT_TRUE(plugins);
  EXPECT_THAT(*plugins, ElementsAre(temp / "a.stackport", temp / "b.stackport"));
}

TEST(DiscoverPlugins, MissingFolderIsAnErrorThatNamesIt) {
  TempFolder temp;
  const auto plugins = DiscoverPlugins(temp / "none");
  ASSERT_FALSE(plugins);
  EXPECT_EQ(plugins.error().code, ErrorCode::kNotFound);
  EXPECT_THAT(plugins.error().ToString(), HasSubstr("none"));
}

}  // namespace
}  // namespace stackport
