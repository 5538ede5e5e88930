#include "host/http/catalog_json.h"

#include "catalog/model/trust_label.h"

namespace stackport::http {

using json::Allocator;
using json::Set;
using json::Value;

Value PluginJson(const PluginRecord& plugin, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "id", plugin.id, allocator);
  Set(value, "version", plugin.version, allocator);
  Set(value, "form", plugin.form, allocator);
  SetTrust(value, plugin, allocator);
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
