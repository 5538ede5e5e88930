// One immutable state of the catalog, in memory.
#ifndef STACKPORT_CATALOG_MODEL_SNAPSHOT_H_
#define STACKPORT_CATALOG_MODEL_SNAPSHOT_H_

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/model/component.h"

namespace stackport {

// How far a plugin's word is trusted; said in every answer that uses it.
enum class PluginTrust { kSigned, kUnsignedTrustedFolder };
// "signed", "unsigned_trusted_folder": as stored, and as every JSON form names it.
std::string_view TrustName(PluginTrust trust);

struct PluginRecord {
  std::string id;  // "dell-servers"
  std::string version;
  std::string content_hash;  // of the manifest, which binds every file
  PluginTrust trust = PluginTrust::kUnsignedTrustedFolder;
  // The key that signed the manifest, as minisign prints it (16 hexadecimal digits). A signed
  // plugin always has one; it belongs to the vendor. Of an unsigned plugin it is empty, or the key
  // that a signature names which nobody here can verify.
  std::string key_id;
  Vendor vendor;
  std::string form;  // "library" or "data"
};

// The content of a snapshot: sorted by id, so that equal content has equal bytes whatever the
// order of insertion. Shared by every thread that answers from it; dies with its last reader.
struct CatalogSnapshot {
  std::string id;                     // "s-" + 16 hex digits of the content's SHA-256
  std::string created_at;             // RFC 3339, UTC; not part of the id
  std::vector<PluginRecord> plugins;  // sorted by id
  std::vector<Component> components;  // sorted by id
  std::map<std::string, std::size_t, std::less<>> index_by_id;  // component id -> position
  std::map<std::string, Vendor, std::less<>> vendors;           // by vendor id
  std::map<std::string, std::string, std::less<>> plugin_of;    // component id -> plugin id

  const Component* Find(std::string_view component_id) const;
  // The plugin that described the component, or null.
  const PluginRecord* PluginOf(std::string_view component_id) const;
  const Vendor* FindVendor(std::string_view vendor_id) const;
};

using SnapshotPtr = std::shared_ptr<const CatalogSnapshot>;

// Sorts, indexes and names the content. Requires: component ids are unique.
SnapshotPtr MakeSnapshot(std::vector<PluginRecord> plugins,
                         std::vector<std::pair<std::string, Component>> components_by_plugin,
                         std::string created_at);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_SNAPSHOT_H_
