// How answers, lists and tables say whose word a plugin's components are.
#ifndef STACKPORT_CATALOG_MODEL_TRUST_LABEL_H_
#define STACKPORT_CATALOG_MODEL_TRUST_LABEL_H_

#include <string>

#include "catalog/base/json.h"
#include "catalog/model/snapshot.h"

namespace stackport {

// Adds "trust" (TrustName), and "key_id" for a signed plugin or "unverified_key_id" for one that
// only names a key.
void SetTrust(json::Value& object, const PluginRecord& plugin, json::Allocator& allocator);

// For people: "signed by acme, key 0123456789ABCDEF", "unsigned, trusted folder".
std::string TrustText(const PluginRecord& plugin);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_TRUST_LABEL_H_
