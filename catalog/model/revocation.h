// What somebody who may say so has taken back: keys, plugin versions, single components.
#ifndef STACKPORT_CATALOG_MODEL_REVOCATION_H_
#define STACKPORT_CATALOG_MODEL_REVOCATION_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/model/snapshot.h"

namespace stackport {

// Of the sentence that says why: enough to tell those who used it, little enough to repeat with
// every refusal.
inline constexpr std::size_t kMaxReasonBytes = 500;

enum class RevocationGrain { kKey, kPluginVersion, kComponent };
std::string_view RevocationGrainName(RevocationGrain grain);  // "key", "plugin_version", ...

// One entry. The members that its grain does not use are empty.
struct Revocation {
  RevocationGrain grain = RevocationGrain::kKey;
  std::string key_id;        // kKey: 16 upper-case hexadecimal digits
  std::string plugin_id;     // kPluginVersion, with at least one of the next two
  std::string version;       // empty: every version with that content
  std::string content_hash;  // of the manifest; empty: every content with that version
  std::string component_id;  // kComponent
  std::string reason;        // for people, one sentence
  std::string since;         // YYYY-MM-DD

  // "key 0123456789ABCDEF", "plugin acme-servers 1.4.0", "component acme/x8".
  std::string Subject() const;
  // "the key 0123456789ABCDEF was revoked on 2026-11-19: The key was stolen."
  std::string Text() const;
  // Whether a plugin as a whole is revoked by it: by key or by version.
  bool Covers(const PluginRecord& plugin) const;
};

// A list as its issuer published it. A newer one replaces an older one as a whole.
struct RevocationList {
  std::int64_t serial = 0;  // rises with every list; 0: no list was ever applied
  std::string issued;       // YYYY-MM-DD
  std::vector<Revocation> entries;
  std::string document;   // the bytes that were signed
  std::string signature;  // minisign's text beside them
  std::string key_id;     // that signed
  std::string at;         // when it was applied, filled by the store

  // The first entry that covers the plugin, or null.
  const Revocation* FindFor(const PluginRecord& plugin) const;
  const Revocation* FindComponent(std::string_view component_id) const;
  const Revocation* FindKey(std::string_view id) const;
};

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_REVOCATION_H_
