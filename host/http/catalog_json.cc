#include "host/http/catalog_json.h"

namespace stackport::http {

using json::Allocator;
using json::Set;
using json::Value;

std::string_view TrustName(PluginTrust trust) {
  switch (trust) {
    case PluginTrust::kSigned:
      return "signed";
    case PluginTrust::kUnsignedTrustedFolder:
      return "unsigned_trusted_folder";
  }
  return "";
}

const PluginRecord* PluginOf(const CatalogSnapshot& snapshot, std::string_view component_id) {
  const auto found = snapshot.plugin_of.find(component_id);
  if (found == snapshot.plugin_of.end()) return nullptr;
  for (const PluginRecord& plugin : snapshot.plugins) {
    if (plugin.id == found->second) return &plugin;
  }
  return nullptr;
}

Value PluginJson(const PluginRecord& plugin, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "id", plugin.id, allocator);
  Set(value, "version", plugin.version, allocator);
  Set(value, "form", plugin.form, allocator);
  Set(value, "trust", TrustName(plugin.trust), allocator);
  Set(value, "content_hash", plugin.content_hash, allocator);
  return value;
}

Value VendorJson(const Vendor& vendor, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "id", vendor.id, allocator);
  Set(value, "name", vendor.name, allocator);
  if (!vendor.headquarters.empty()) Set(value, "headquarters", vendor.headquarters, allocator);
  if (!vendor.ultimate_parent_headquarters.empty()) {
    Set(value, "ultimate_parent_headquarters", vendor.ultimate_parent_headquarters, allocator);
  }
  Set(value, "community_project", vendor.community_project, allocator);
  if (!vendor.provenance.source.empty()) {
    Set(value, "source", vendor.provenance.source, allocator);
    Set(value, "as_of", vendor.provenance.as_of, allocator);
  }
  return value;
}

Result<Value> StoredJson(std::string_view text, Allocator& allocator) {
  auto document = json::Parse(text, "stored document");
  if (!document) return DataCorrupt("a stored document is not JSON: " + document.error().message);
  return Value(*document, allocator);
}

}  // namespace stackport::http
