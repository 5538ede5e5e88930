// What a vendor does in the first five minutes, for each form: start, build, pack, be admitted.
#include "host/authoring/new_project.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <string>

#include "host/admission/admission.h"
#include "host/authoring/pack.h"
#include "tests/support/temp_folder.h"

namespace stackport {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;

NewProject Project(const TempFolder& temp, const std::string& form) {
  return {"acme", "acme-servers", "Acme \"Fast\" Systems", form, temp / "work", "2026-03-01"};
}

// The command of the project's README that starts with `program`, made to run in this build.
std::string BuildCommand(const std::string& folder, const std::string& starts,
                         const std::string& program) {
  const std::string readme = ReadFile(folder + "/README.md");
  const auto at = readme.find("    " + starts + " ");
  if (at == std::string::npos) return "false  # README.md has no such command";
  const auto end = readme.find('\n', at);
  const auto arguments = at + 4 + starts.size();
  return "cd '" + folder + "' && '" + program + "'" + readme.substr(arguments, end - arguments);
}

void RunShell(const std::string& command, const TempFolder& temp) {
  const std::string log = temp / "log";
  const int status = std::system(("(" + command + ") >'" + log + "' 2>&1").c_str());
  ASSERT_EQ(status, 0) << command << "\n" << ReadFile(log);
}

AdmissionReport Admit(const std::string& folder) {
  AdmissionSettings settings;
  settings.trust.unsigned_allowed = true;
  settings.scan.scanner_path = DefaultScannerPath();
  return AdmitFolder(folder, settings);
}

void ExpectAdmitted(const std::string& folder) {
  const AdmissionReport report = Admit(folder);
  EXPECT_EQ(report.outcome, AdmissionOutcome::kAdmitted) << ToText(report);
  EXPECT_TRUE(report.documents.empty()) << ToText(report);
  ASSERT_FALSE(report.components.empty());
  EXPECT_EQ(report.components[0].vendor_id, "acme");
  EXPECT_EQ(report.plugin.vendor.name, "Acme \"Fast\" Systems");
  // Without these no answer would take the server, and its vendor would look for the reason.
  const ProvidedCapability* host = report.components[0].FindCapability("accelerator-host");
  ASSERT_NE(host, nullptr);
  EXPECT_TRUE(host->attributes.contains("accelerators") && host->attributes.contains("slots"));
}

void PackAndAdmit(const std::string& folder) {
  const auto packed = PackPlugin({folder, "", ""});
  ASSERT_TRUE(packed.ok()) << packed.error().ToString();
  EXPECT_EQ(packed->folder, folder + "/acme-servers.stackport");
  ExpectAdmitted(packed->folder);
}

TEST(NewProject, DataNeedsNoCompiler) {
  TempFolder temp;
  const auto written = WriteNewProject(Project(temp, "data"));
  ASSERT_TRUE(written.ok()) << written.error().ToString();
  EXPECT_THAT(*written,
              ElementsAre("README.md", "documents/x8-server.json", "manifest.in.json",
                          "stackport-sdk/component.schema.json", "stackport-sdk/registry.json"));
  PackAndAdmit(temp / "work");
}

TEST(NewProject, CBuildsWithTheLineOfItsReadme) {
  TempFolder temp;
  ASSERT_TRUE(WriteNewProject(Project(temp, "c")).ok());
  RunShell(BuildCommand(temp / "work", "cc", STACKPORT_CC), temp);
  PackAndAdmit(temp / "work");
}

TEST(NewProject, CppBuildsWithTheLineOfItsReadme) {
  TempFolder temp;
  ASSERT_TRUE(WriteNewProject(Project(temp, "cpp")).ok());
  RunShell(BuildCommand(temp / "work", "c++", STACKPORT_CXX), temp);
  PackAndAdmit(temp / "work");
}

TEST(NewProject, CBuildsAndPacksWithCMake) {
  TempFolder temp;
  ASSERT_TRUE(WriteNewProject(Project(temp, "c")).ok());
  RunShell(BuildCommand(temp / "work", "cmake", STACKPORT_CMAKE), temp);
  RunShell("cd '" + (temp / "work") + "' && '" STACKPORT_CMAKE "' --build build", temp);
  ExpectAdmitted(temp / "work/build/plugins/acme-servers.stackport");
}

TEST(NewProject, RustBuildsWithTheLineOfItsReadme) {
  if (std::string(STACKPORT_RUSTC).empty()) {
    GTEST_SKIP() << "there was no rustc when the tests were configured";
  }
  TempFolder temp;
  ASSERT_TRUE(WriteNewProject(Project(temp, "rust")).ok());
  RunShell(BuildCommand(temp / "work", "rustc", STACKPORT_RUSTC), temp);
  PackAndAdmit(temp / "work");
}

// A panic is an error message to the host, not a crash; and offers work from Rust too.
TEST(NewProject, RustPanicsEndAtTheBorder) {
  if (std::string(STACKPORT_RUSTC).empty()) {
    GTEST_SKIP() << "there was no rustc when the tests were configured";
  }
  TempFolder temp;
  ASSERT_TRUE(WriteNewProject(Project(temp, "rust")).ok());
  WriteFile(temp / "work/src/lib.rs", R"(mod stackport;
use stackport::{quote, Catalog, Offers, Query};
stackport_plugin!("acme-servers", "1.0.0", describe, price);
fn describe(catalog: &mut Catalog) -> Result<(), String> {
    catalog.component(&format!(
        r#"{{"schema":"stackport.component/1","id":"acme/x","name":{},"kind":"server","summary":"A."}}"#,
        quote("X \"8\"")))
}
fn price(query: &Query, _offers: &mut Offers) -> Result<(), String> {
    if query.country == "DE" { panic!("no price for {}", query.country) }
    Ok(())
}
)");
  RunShell(BuildCommand(temp / "work", "rustc", STACKPORT_RUSTC), temp);
  const auto packed = PackPlugin({temp / "work", "", ""});
  ASSERT_TRUE(packed.ok()) << packed.error().ToString();
  EXPECT_THAT(Admit(packed->folder).Reason(), HasSubstr("the plugin panicked: no price for DE"));
}

TEST(NewProject, RefusesWhatCannotBeAPlugin) {
  TempFolder temp;
  const auto refused = [&](auto change) {
    NewProject project = Project(temp, "data");
    change(project);
    const auto written = WriteNewProject(project);
    return written.ok() ? std::string("written") : written.error().ToString();
  };
  EXPECT_THAT(refused([](NewProject& p) { p.form = "rsut"; }),
              HasSubstr("did you mean 'rust'; the forms"));
  EXPECT_THAT(refused([](NewProject& p) { p.vendor = "Acme"; }), HasSubstr("a-z, 0-9 and '-'"));
  EXPECT_THAT(refused([](NewProject& p) { p.vendor = "../x"; }), HasSubstr("a-z, 0-9 and '-'"));
  EXPECT_THAT(refused([](NewProject& p) { p.plugin = "other"; }), HasSubstr("'acme-...'"));
  EXPECT_THAT(refused([](NewProject& p) { p.name = "a\nb"; }), HasSubstr("control characters"));
  EXPECT_FALSE(std::filesystem::exists(temp / "work"));
}

TEST(NewProject, OverwritesNothing) {
  TempFolder temp;
  WriteFile(temp / "work/mine.txt", "mine");
  const auto written = WriteNewProject(Project(temp, "data"));
  ASSERT_FALSE(written.ok());
  EXPECT_EQ(written.error().code, ErrorCode::kConflict);
  EXPECT_FALSE(std::filesystem::exists(temp / "work/manifest.in.json"));
}

TEST(NewProject, KnowsTheFormsThatItCarries) {
  EXPECT_THAT(ProjectForms(), ElementsAre("c", "cpp", "data", "rust"));
}

}  // namespace
}  // namespace stackport
