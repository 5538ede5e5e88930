// The bundled vendors' component documents, judged as the host will: each parses without an error,
// they name each other rightly, and every statement says where it comes from.
#include <dlfcn.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stackport/plugin.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"
#include "catalog/model/component_parser.h"
#include "catalog/model/registry.h"

namespace stackport {
namespace {

namespace fs = std::filesystem;

struct Document {
  std::string vendor;  // the folder's name
  std::string origin;
  std::string text;
};

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::vector<fs::path> VendorFolders() {
  std::vector<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(STACKPORT_PLUGINS_FOLDER)) {
    if (entry.is_directory()) folders.push_back(entry.path());
  }
  std::sort(folders.begin(), folders.end());
  return folders;
}

// What a plugin written in code emits. These are built by this tree, so they are loaded here
// without the confinement that a vendor's library gets.
void Describe(const std::string& vendor, const char* library, std::vector<Document>& documents) {
  struct Context {
    std::string vendor;
    std::vector<Document>* documents;
  };
  void* handle = dlopen(library, RTLD_NOW | RTLD_LOCAL);
  ASSERT_NE(handle, nullptr) << dlerror();
  const auto* entry = static_cast<const stackport_entry*>(dlsym(handle, "stackport_plugin_entry"));
  ASSERT_NE(entry, nullptr) << dlerror();
  const auto* core = static_cast<const stackport_core_table*>(
      entry->get_table(STACKPORT_CORE_TABLE, STACKPORT_CORE_REVISION));
  ASSERT_NE(core, nullptr);
  Context context{vendor, &documents};
  stackport_sink sink{};
  sink.size = sizeof(sink);
  sink.context = &context;
  sink.component = [](void* opaque, const char* json, std::uint64_t length) -> stackport_status {
    auto* to = static_cast<Context*>(opaque);
    to->documents->push_back({to->vendor, to->vendor + " library", std::string(json, length)});
    return STACKPORT_OK;
  };
  sink.error = [](void*, const char* message, std::uint64_t length) -> stackport_status {
    ADD_FAILURE() << std::string(message, length);
    return STACKPORT_OK;
  };
  sink.progress = [](void*, std::uint64_t, std::uint64_t) -> stackport_status {
    return STACKPORT_OK;
  };
  EXPECT_EQ(core->describe(&sink), STACKPORT_OK);
}

const std::vector<Document>& Documents() {
  static const std::vector<Document>* const documents = [] {
    auto* all = new std::vector<Document>;
    for (const fs::path& vendor : VendorFolders()) {
      if (!fs::exists(vendor / "documents")) continue;
      for (const auto& entry : fs::directory_iterator(vendor / "documents")) {
        all->push_back({vendor.filename(), entry.path(), ReadFile(entry.path())});
      }
    }
    Describe("supermicro", STACKPORT_SUPERMICRO_LIBRARY, *all);
    Describe("cisco", STACKPORT_CISCO_LIBRARY, *all);
    Describe("tabbyml", STACKPORT_TABBYML_LIBRARY, *all);
    return all;
  }();
  return *documents;
}

// Parsed once, in the order of Documents().
const std::vector<ParsedComponent>& Parsed() {
  static const std::vector<ParsedComponent>* const parsed = [] {
    auto* all = new std::vector<ParsedComponent>;
    for (const Document& document : Documents()) {
      all->push_back(ParseComponent(document.text, document.vendor, Registry::Builtin()));
    }
    return all;
  }();
  return *parsed;
}

const std::map<std::string, Component>& Components() {
  static const std::map<std::string, Component>* const components = [] {
    auto* all = new std::map<std::string, Component>;
    for (const ParsedComponent& parsed : Parsed()) {
      if (parsed.component) all->emplace(parsed.component->id, *parsed.component);
    }
    return all;
  }();
  return *components;
}

TEST(BundledDocuments, ParseWithoutErrorsAndWarnings) {
  // Warnings that are right as they are, by code and component. None today.
  const std::set<std::string> allowed = {};
  ASSERT_GT(Documents().size(), 400U);
  for (std::size_t i = 0; i < Documents().size(); ++i) {
    const Document& document = Documents()[i];
    const ParsedComponent& parsed = Parsed()[i];
    EXPECT_TRUE(parsed.component.has_value()) << document.origin;
    for (const Finding& finding : parsed.findings) {
      const std::string id = parsed.component ? parsed.component->id : document.origin;
      if (finding.severity == Severity::kWarning && allowed.contains(finding.code + " " + id)) {
        continue;
      }
      ADD_FAILURE() << document.origin << ": " << ToText(finding);
    }
  }
}

TEST(BundledDocuments, AreNamedOnceAndAfterTheirComponent) {
  EXPECT_EQ(Components().size(), Documents().size());
  for (const Document& document : Documents()) {
    const fs::path path(document.origin);
    if (path.extension() != ".json") continue;
    EXPECT_TRUE(Components().contains(document.vendor + "/" + path.stem().string()))
        << document.origin;
  }
}

TEST(BundledDocuments, NameOnlyComponentsThatExist) {
  std::size_t references = 0;
  const auto check = [&](const std::string& id, const Component& from) {
    ++references;
    EXPECT_TRUE(Components().contains(id)) << from.id << " names " << id;
  };
  for (const auto& [id, component] : Components()) {
    for (const ProvidedCapability& provided : component.provides) {
      const auto* capability = Registry::Builtin().FindCapability(provided.capability);
      ASSERT_NE(capability, nullptr);
      for (const auto& [name, value] : provided.attributes) {
        const ValueType type = capability->attributes.at(name).type;
        if (type != ValueType::kComponent && type != ValueType::kComponents) continue;
        for (const std::string& named : value.tokens) check(named, component);
      }
    }
    const Fact* throughput = component.FindFact("throughput");
    if (throughput == nullptr) continue;
    auto rows = json::Parse(throughput->value.text, id);
    ASSERT_TRUE(rows.ok());
    for (const json::Value& row : rows->GetArray()) {
      check(std::string(json::StringOr(row, "model", "")), component);
      EXPECT_GT(json::IntOr(row, "accelerators", 0), 0) << id;
      EXPECT_THAT(std::string(json::StringOr(row, "source", "")), testing::HasSubstr("https://"));
    }
  }
  EXPECT_GT(references, 100U);
}

TEST(BundledDocuments, SayWhereEachStatementComesFrom) {
  for (const auto& [id, component] : Components()) {
    for (const auto& [name, fact] : component.facts) {
      EXPECT_FALSE(fact.provenance.source.empty()) << id << " " << name;
      EXPECT_FALSE(fact.provenance.as_of.empty()) << id << " " << name;
    }
    for (const ProvidedCapability& provided : component.provides) {
      EXPECT_FALSE(provided.provenance.source.empty()) << id << " " << provided.capability;
    }
    for (const Offer& offer : component.offers) {
      for (const Price& price : offer.prices) {
        EXPECT_FALSE(price.provenance.source.empty()) << id;
        // What costs nothing must say why, so that a missing price never passes for none.
        if (price.micro_usd.high == 0) {
          EXPECT_TRUE(price.price_kind == "free" || !price.provenance.note.empty()) << id;
        }
      }
    }
  }
}

TEST(BundledDocuments, CoverEveryKind) {
  std::set<std::string> kinds;
  for (const auto& [id, component] : Components()) kinds.insert(component.kind);
  for (const std::string& kind : Registry::Builtin().KindNames()) {
    EXPECT_TRUE(kinds.contains(kind)) << kind;
  }
}

// A used price is not the price of a new unit, and a chip that is only rented is not sold.
TEST(BundledDocuments, KeepUsedAndRentedHardwareApart) {
  const Component& l40s = Components().at("nvidia/l40s");
  ASSERT_EQ(l40s.offers.size(), 1U);
  ASSERT_EQ(l40s.offers[0].prices.size(), 1U);
  EXPECT_EQ(l40s.offers[0].prices[0].price_kind, "used");
  for (const Offer& offer : Components().at("google/tpu-v6e").offers) {
    EXPECT_THAT(offer.deployments, testing::ElementsAre(OfferDeployment::kCloud));
  }
}

TEST(BundledManifests, NameTheVendorOfTheirFolder) {
  for (const fs::path& folder : VendorFolders()) {
    auto manifest = json::ParseFile(folder / "manifest.in.json");
    ASSERT_TRUE(manifest.ok()) << folder;
    const json::Value* vendor = json::Find(*manifest, "vendor");
    ASSERT_NE(vendor, nullptr) << folder;
    EXPECT_EQ(json::StringOr(*vendor, "id", ""), folder.filename().string());
    EXPECT_FALSE(json::StringOr(*vendor, "name", "").empty()) << folder;
  }
}

// The rule on members needs a vendor that it refuses.
TEST(BundledManifests, KeepVendorsThatTheProgrammeBars) {
  auto manifest =
      json::ParseFile((fs::path(STACKPORT_PLUGINS_FOLDER) / "huawei/manifest.in.json").string());
  ASSERT_TRUE(manifest.ok());
  const json::Value* vendor = json::Find(*manifest, "vendor");
  ASSERT_NE(vendor, nullptr);
  EXPECT_EQ(json::StringOr(*vendor, "headquarters", ""), "CN");
  EXPECT_TRUE(Components().contains("huawei/ascend-910c"));
}

}  // namespace
}  // namespace stackport
