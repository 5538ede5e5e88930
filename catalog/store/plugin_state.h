// How a plugin stands, in one word: for the command line and the API alike.
#ifndef STACKPORT_CATALOG_STORE_PLUGIN_STATE_H_
#define STACKPORT_CATALOG_STORE_PLUGIN_STATE_H_

#include <string_view>

#include "catalog/base/json.h"
#include "catalog/store/catalog_store.h"

namespace stackport {

enum class PluginState {
  kInService,
  kStale,        // its last good version is in service; a newer one failed
  kRefused,      // never was in service, and fails
  kQuarantined,  // likewise, and its code is not run before a stated time
  kReleased,     // was quarantined; the next reload judges it
};
std::string_view PluginStateName(PluginState state);  // "in_service", "stale", ...

// `problem` may be null. Requires: one of the two says that the plugin exists.
PluginState StateOf(bool in_service, const PluginProblem* problem);

// {"stage", "reason", "at", "content_hash"?, "quarantine"?: {"failures", "next_retry", "released"},
// "evidence"}; evidence that is no JSON is given as text.
json::Value ToJson(const PluginProblem& problem, json::Allocator& allocator);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_STORE_PLUGIN_STATE_H_
