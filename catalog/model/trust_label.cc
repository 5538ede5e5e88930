#include "catalog/model/trust_label.h"

namespace stackport {

void SetTrust(json::Value& object, const PluginRecord& plugin, json::Allocator& allocator) {
  json::Set(object, "trust", TrustName(plugin.trust), allocator);
  if (plugin.key_id.empty()) return;
  json::Set(object, plugin.trust == PluginTrust::kSigned ? "key_id" : "unverified_key_id",
            plugin.key_id, allocator);
}

std::string TrustText(const PluginRecord& plugin) {
  switch (plugin.trust) {
    case PluginTrust::kSigned:
      return "signed by " + plugin.vendor.id + ", key " + plugin.key_id;
    case PluginTrust::kUnsignedTrustedFolder:
      return plugin.key_id.empty()
                 ? "unsigned, trusted folder"
                 : "unsigned, trusted folder (names the unknown key " + plugin.key_id + ")";
  }
  return "unsigned, trusted folder";
}

}  // namespace stackport
