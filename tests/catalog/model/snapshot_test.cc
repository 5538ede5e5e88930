#include "catalog/model/snapshot.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

namespace stackport {
namespace {

using ::testing::MatchesRegex;

Component Part(const std::string& id) {
  Component component;
  component.id = id;
  component.vendor_id = id.substr(0, id.find('/'));
  component.document = R"({"id":")" + id + "\"}";
  return component;
}

PluginRecord Plugin(const std::string& id, const std::string& vendor) {
  PluginRecord plugin;
  plugin.id = id;
  plugin.version = "1.0.0";
  plugin.content_hash = "hash of " + id;
  plugin.vendor.id = vendor;
  plugin.vendor.name = vendor + ", Inc.";
  plugin.form = "data";
  return plugin;
}

struct Content {
  std::vector<PluginRecord> plugins = {Plugin("acme-chips", "acme"), Plugin("acme-more", "acme"),
                                       Plugin("zeta-cloud", "zeta")};
  std::vector<std::pair<std::string, Component>> components = {{"acme-chips", Part("acme/one")},
                                                               {"acme-more", Part("acme/two")},
                                                               {"zeta-cloud", Part("zeta/one")}};
};

SnapshotPtr Make(const Content& content, std::string created_at = "2026-01-01T00:00:00Z") {
  return MakeSnapshot(content.plugins, content.components, std::move(created_at));
}

TEST(Snapshot, FindsComponentsVendorsAndPlugins) {
  const SnapshotPtr snapshot = Make(Content());
  ASSERT_NE(snapshot->Find("acme/two"), nullptr);
  EXPECT_EQ(snapshot->Find("acme/two")->id, "acme/two");
  EXPECT_EQ(snapshot->Find("acme/three"), nullptr);
  ASSERT_NE(snapshot->FindVendor("zeta"), nullptr);
  EXPECT_EQ(snapshot->FindVendor("zeta")->name, "zeta, Inc.");
  EXPECT_EQ(snapshot->FindVendor("nobody"), nullptr);
  EXPECT_EQ(snapshot->plugin_of.find("acme/two")->second, "acme-more");
  EXPECT_THAT(snapshot->id, MatchesRegex("s-[0-9a-f]{16}"));
}

// Metamorphic: neither the order of insertion nor the hour names a state.
TEST(Snapshot, IdDependsOnContentAlone) {
  Content shuffled;
  std::reverse(shuffled.plugins.begin(), shuffled.plugins.end());
  std::rotate(shuffled.components.begin(), shuffled.components.begin() + 1,
              shuffled.components.end());
  const SnapshotPtr one = Make(Content());
  const SnapshotPtr two = Make(shuffled, "2026-07-01T00:00:00Z");
  EXPECT_EQ(one->id, two->id);
  for (std::size_t i = 0; i < one->components.size(); ++i) {
    EXPECT_EQ(one->components[i].id, two->components[i].id);
  }
}

TEST(Snapshot, EveryPartOfTheContentChangesTheId) {
  const std::string original = Make(Content())->id;
  const auto changed = [&](auto change) {
    Content content;
    change(content);
    return Make(content)->id != original;
  };
  EXPECT_TRUE(changed([](Content& c) { c.plugins[0].version = "1.0.1"; }));
  EXPECT_TRUE(changed([](Content& c) { c.plugins[0].content_hash = "other"; }));
  EXPECT_TRUE(changed([](Content& c) { c.plugins[0].trust = PluginTrust::kSigned; }));
  EXPECT_TRUE(changed([](Content& c) { c.plugins[0].key_id = "0123456789ABCDEF"; }));
  EXPECT_TRUE(changed([](Content& c) { c.plugins[0].vendor.headquarters = "US"; }));
  EXPECT_TRUE(changed([](Content& c) { c.plugins[0].vendor.provenance.source = "register"; }));
  EXPECT_TRUE(changed([](Content& c) { c.components[0].second.document = "{}"; }));
  EXPECT_TRUE(changed([](Content& c) { c.components[0].first = "acme-more"; }));
  EXPECT_TRUE(changed([](Content& c) { c.components.pop_back(); }));
  EXPECT_TRUE(changed([](Content& c) {
    c.plugins.pop_back();
    c.components.pop_back();
  }));
}

TEST(Snapshot, AnEmptyCatalogHasANameToo) {
  const SnapshotPtr empty = MakeSnapshot({}, {}, "2026-01-01T00:00:00Z");
  EXPECT_THAT(empty->id, MatchesRegex("s-[0-9a-f]{16}"));
  EXPECT_EQ(empty->Find("acme/one"), nullptr);
}

}  // namespace
}  // namespace stackport
