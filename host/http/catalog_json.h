// Pieces of the catalog as the API writes them.
#ifndef STACKPORT_HOST_HTTP_CATALOG_JSON_H_
#define STACKPORT_HOST_HTTP_CATALOG_JSON_H_

#include <string_view>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/model/snapshot.h"

namespace stackport::http {

// {"id", "version", "form", "trust", "key_id"? or "unverified_key_id"?, "content_hash"}
json::Value PluginJson(const PluginRecord& plugin, json::Allocator& allocator);

// {"id", "name", "headquarters"?, "ultimate_parent_headquarters"?, "community_project", "source"?,
//  "as_of"?}
json::Value VendorJson(const Vendor& vendor, json::Allocator& allocator);

// A stored JSON text as a value; DataCorrupt when it does not parse.
Result<json::Value> StoredJson(std::string_view text, json::Allocator& allocator);

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_CATALOG_JSON_H_
