#include "catalog/model/snapshot.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "catalog/base/hash.h"
#include "catalog/base/json.h"

namespace stackport {
namespace {

json::Value ToJson(const Vendor& vendor, json::Allocator& allocator) {
  json::Value object(rapidjson::kObjectType);
  json::Set(object, "id", vendor.id, allocator);
  json::Set(object, "name", vendor.name, allocator);
  json::Set(object, "headquarters", vendor.headquarters, allocator);
  json::Set(object, "ultimate_parent_headquarters", vendor.ultimate_parent_headquarters, allocator);
  json::Set(object, "community_project", vendor.community_project, allocator);
  json::Set(object, "source", vendor.provenance.source, allocator);
  json::Set(object, "as_of", vendor.provenance.as_of, allocator);
  json::Set(object, "note", vendor.provenance.note, allocator);
  return object;
}

std::string CanonicalText(const PluginRecord& plugin) {
  json::Document document(rapidjson::kObjectType);
  json::Allocator& allocator = document.GetAllocator();
  json::Set(document, "id", plugin.id, allocator);
  json::Set(document, "version", plugin.version, allocator);
  json::Set(document, "content_hash", plugin.content_hash, allocator);
  json::Set(document, "form", plugin.form, allocator);
  json::Set(document, "trust", TrustName(plugin.trust), allocator);
  // Left out when empty, so that a catalog without signatures keeps its snapshots' ids.
  if (!plugin.key_id.empty()) json::Set(document, "key_id", plugin.key_id, allocator);
  json::Set(document, "vendor", ToJson(plugin.vendor, allocator), allocator);
  return json::WriteCanonical(document);
}

// One line for each plugin and two for each component. Canonical JSON has no line break inside,
// and neither has a plugin id, so the lines cannot run into each other.
std::string ContentText(const CatalogSnapshot& snapshot) {
  std::string text;
  for (const PluginRecord& plugin : snapshot.plugins) text += CanonicalText(plugin) + '\n';
  for (const Component& component : snapshot.components) {
    text += snapshot.plugin_of.find(component.id)->second + '\n';
    text += component.document + '\n';
  }
  return text;
}

}  // namespace

std::string_view TrustName(PluginTrust trust) {
  switch (trust) {
    case PluginTrust::kSigned:
      return "signed";
    case PluginTrust::kUnsignedTrustedFolder:
      return "unsigned_trusted_folder";
  }
  return "unsigned_trusted_folder";
}

const Component* CatalogSnapshot::Find(std::string_view component_id) const {
  const auto it = index_by_id.find(component_id);
  return it == index_by_id.end() ? nullptr : &components[it->second];
}

const PluginRecord* CatalogSnapshot::PluginOf(std::string_view component_id) const {
  const auto found = plugin_of.find(component_id);
  if (found == plugin_of.end()) return nullptr;
  const auto plugin = std::lower_bound(
      plugins.begin(), plugins.end(), found->second,
      [](const PluginRecord& a, const std::string& wanted) { return a.id < wanted; });
  return plugin == plugins.end() || plugin->id != found->second ? nullptr : &*plugin;
}

const Vendor* CatalogSnapshot::FindVendor(std::string_view vendor_id) const {
  const auto it = vendors.find(vendor_id);
  return it == vendors.end() ? nullptr : &it->second;
}

SnapshotPtr MakeSnapshot(std::vector<PluginRecord> plugins,
                         std::vector<std::pair<std::string, Component>> components_by_plugin,
                         std::string created_at) {
  auto snapshot = std::make_shared<CatalogSnapshot>();
  snapshot->created_at = std::move(created_at);
  snapshot->plugins = std::move(plugins);
  std::sort(snapshot->plugins.begin(), snapshot->plugins.end(),
            [](const PluginRecord& a, const PluginRecord& b) { return a.id < b.id; });
  // Several plugins of one vendor say the same of it; the first by id speaks.
  for (const PluginRecord& plugin : snapshot->plugins) {
    snapshot->vendors.emplace(plugin.vendor.id, plugin.vendor);
  }
  std::sort(components_by_plugin.begin(), components_by_plugin.end(),
            [](const auto& a, const auto& b) { return a.second.id < b.second.id; });
  snapshot->components.reserve(components_by_plugin.size());
  for (auto& [plugin_id, component] : components_by_plugin) {
    [[maybe_unused]] const bool is_new =
        snapshot->index_by_id.emplace(component.id, snapshot->components.size()).second;
    assert(is_new && "component ids are unique");
    snapshot->plugin_of.emplace(component.id, std::move(plugin_id));
    snapshot->components.push_back(std::move(component));
  }
  snapshot->id = "s-" + Sha256Hex(ContentText(*snapshot)).substr(0, 16);
  return snapshot;
}

}  // namespace stackport
