// Given answers as the API and the command line write them.
#ifndef STACKPORT_CATALOG_STORE_ANSWER_JSON_H_
#define STACKPORT_CATALOG_STORE_ANSWER_JSON_H_

#include "catalog/base/json.h"
#include "catalog/store/catalog_store.h"

namespace stackport {

// {"id", "snapshot", "country"?, "at", "affected": [{"component", "plugin", "plugin_version",
//  "key_id"?, "grain", "revoked", "serial", "reason", "since", "flagged_at"}]}
json::Value ToJson(const GivenAnswer& answer, json::Allocator& allocator);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_ANSWER_JSON_H_
