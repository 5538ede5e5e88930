// Small plugins and a temporary folder for the tests of the store.
#ifndef STACKPORT_TESTS_CATALOG_STORE_SAMPLE_PLUGINS_H_
#define STACKPORT_TESTS_CATALOG_STORE_SAMPLE_PLUGINS_H_

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/hash.h"
#include "catalog/model/component_parser.h"
#include "catalog/model/registry.h"
#include "catalog/store/catalog_store.h"
#include "tests/support/fake_clock.h"

namespace stackport {

// A folder that goes away with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "store-XXXXXX").string();
    path_ = ::mkdtemp(pattern.data()) == nullptr ? std::string() : pattern;
  }
  ~TemporaryFolder() {
    std::error_code ignored;
    if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;

  std::string File(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline Component SampleComponent(const std::string& id, const std::string& summary = "A server.",
                                 const std::string& name = "Sample") {
  const std::string document = R"({"schema":"stackport.component/1","id":")" + id +
                               R"(","name":")" + name + R"(","kind":"server","summary":")" +
                               summary + R"("})";
  ParsedComponent parsed = ParseComponent(document, "", Registry::Builtin());
  for (const Finding& finding : parsed.findings) {
    EXPECT_NE(finding.severity, Severity::kError) << ToText(finding);
  }
  return parsed.component ? *std::move(parsed.component) : Component{};
}

inline AdmittedPlugin SamplePlugin(const std::string& id, const std::string& version,
                                   std::vector<Component> components) {
  AdmittedPlugin plugin;
  plugin.record.id = id;
  plugin.record.version = version;
  plugin.record.content_hash = Sha256Hex(id + version);
  plugin.record.form = "data";
  plugin.record.vendor.id = "acme";
  plugin.record.vendor.name = "Acme Computing";
  plugin.record.vendor.headquarters = "US";
  plugin.record.vendor.provenance = {"https://example.org/acme", "2026", ""};
  plugin.components = std::move(components);
  return plugin;
}

// A plugin "acme-servers" with one server whose summary names the version.
inline AdmittedPlugin Servers(const std::string& version) {
  return SamplePlugin("acme-servers", version,
                      {SampleComponent("acme/server", "Server of version " + version + ".")});
}

inline CatalogChange Put(AdmittedPlugin plugin, std::string reason = "test") {
  CatalogChange change;
  change.put.push_back(std::move(plugin));
  change.reason = std::move(reason);
  return change;
}

// A round that found out one thing only.
inline AdmissionRound Attempt(AdmissionAttempt attempt) {
  AdmissionRound round;
  round.attempts.push_back(std::move(attempt));
  return round;
}
inline AdmissionRound Problem(PluginProblem problem) {
  AdmissionRound round;
  round.problems.push_back(std::move(problem));
  return round;
}
inline AdmissionRound Verdict(ContentVerdict verdict) {
  AdmissionRound round;
  round.verdicts.push_back(std::move(verdict));
  return round;
}

inline CatalogChange Remove(std::string plugin_id) {
  return {{}, {std::move(plugin_id)}, "removed"};
}

// A store in a temporary folder, with a clock that stands still.
class StoreTest : public testing::Test {
 protected:
  void SetUp() override { Reopen(); }

  void Reopen(OpenMode mode = OpenMode::kCreateIfMissing) {
    store_.reset();
    Result<std::unique_ptr<CatalogStore>> opened = CatalogStore::Open(path_, mode, clock_);
    ASSERT_TRUE(opened.ok()) << opened.error().ToString();
    store_ = *std::move(opened);
  }

  SnapshotPtr Apply(const CatalogChange& change) {
    Result<SnapshotPtr> applied = store_->ApplyChange(change);
    EXPECT_TRUE(applied.ok()) << applied.error().ToString();
    return applied.ok() ? *applied : nullptr;
  }

  TemporaryFolder folder_;
  std::string path_ = folder_.File("catalog.db");
  FakeClock clock_;
  std::unique_ptr<CatalogStore> store_;
};

}  // namespace stackport

#endif  // STACKPORT_TESTS_CATALOG_STORE_SAMPLE_PLUGINS_H_
