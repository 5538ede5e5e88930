// Folders of plugins beside a catalog, for tests of whole rounds of admission.
#ifndef STACKPORT_TESTS_HOST_ADMISSION_ADMIT_ALL_FIXTURE_H_
#define STACKPORT_TESTS_HOST_ADMISSION_ADMIT_ALL_FIXTURE_H_

#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <stdexcept>
#include <string>
#include <vector>

#include "host/admission/admit_all.h"
#include "tests/support/fake_clock.h"
#include "tests/support/plugin_folder_builder.h"

namespace stackport {

class AdmitAllTest : public ::testing::Test {
 protected:
  AdmitAllTest() {
    std::filesystem::create_directory(plugins_);
    auto store = CatalogStore::Open(temp_ / "catalog.db", OpenMode::kCreateIfMissing, clock_);
    if (!store) throw std::runtime_error(store.error().ToString());
    store_ = *std::move(store);
    settings_.scan.scanner_path = DefaultScannerPath();
    settings_.clock = &clock_;
  }

  void WriteServer(const std::string& plugin, const std::string& component,
                   const std::string& summary = "A server.") {
    PluginFolderBuilder(plugin)
        .Document("a.json", ServerDocument(component, summary))
        .WriteTo(plugins_);
  }
  // A folder whose document no longer fits its manifest.
  void Spoil(const std::string& plugin) {
    const std::string folder = plugins_ + "/" + plugin + ".stackport";
    WriteFile(folder + "/manifest.json", ReadFile(folder + "/manifest.json") + " ");
    WriteFile(folder + "/documents/a.json", "spoilt");
  }
  void CopyFixture(const std::string& name) {
    std::filesystem::copy(std::string(STACKPORT_TEST_PLUGINS) + "/" + name + ".stackport",
                          plugins_ + "/" + name + ".stackport",
                          std::filesystem::copy_options::recursive);
  }
  void Remove(const std::string& plugin) {
    std::filesystem::remove_all(plugins_ + "/" + plugin + ".stackport");
  }

  AdmitAllReport Admit() {
    const std::vector<PluginSource> sources = {{plugins_, TrustPolicy{true}}};
    auto report = AdmitAll(sources, *store_, settings_);
    if (!report) throw std::runtime_error(report.error().ToString());
    return *std::move(report);
  }
  std::vector<AdmissionOutcome> Outcomes() {
    std::vector<AdmissionOutcome> outcomes;
    for (const AdmissionReport& report : Admit().plugins) outcomes.push_back(report.outcome);
    return outcomes;
  }
  std::vector<std::string> Components() {
    std::vector<std::string> ids;
    for (const Component& component : (*store_->Current())->components) ids.push_back(component.id);
    return ids;
  }
  std::size_t Steps() { return store_->ListSnapshots(100)->size(); }

  TempFolder temp_;
  std::string plugins_ = temp_ / "plugins";
  FakeClock clock_;
  std::unique_ptr<CatalogStore> store_;
  AdmitAllSettings settings_;
};

}  // namespace stackport

#endif  // STACKPORT_TESTS_HOST_ADMISSION_ADMIT_ALL_FIXTURE_H_
