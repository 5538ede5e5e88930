// Pieces of the catalog as the API writes them.
#ifndef STACKPORT_HOST_HTTP_CATALOG_JSON_H_
#define STACKPORT_HOST_HTTP_CATALOG_JSON_H_

#include <string_view>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/model/snapshot.h"

namespace stackport::http {

// "signed" or "unsigned_trusted_folder".
std::string_view TrustName(PluginTrust trust);

// The plugin a component of the snapshot came from, or null.
const PluginRecord* PluginOf(const CatalogSnapshot& snapshot, std::string_view component_id);

// {"id", "version", "form", "trust", "content_hash"}
json::Value PluginJson(const PluginRecord& plugin, json::Allocator& allocator);

// {"id", "name", "headquarters"?, "ultimate_parent_headquarters"?, "community_project", "source"?,
//  "as_of"?}
json::Value VendorJson(const Vendor& vendor, json::Allocator& allocator);

// A stored JSON text as a value; DataCorrupt when it does not parse.
Result<json::Value> StoredJson(std::string_view text, json::Allocator& allocator);

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_CATALOG_JSON_H_
