#include "catalog/model/revocation.h"

#include <algorithm>

#include "catalog/base/text.h"

namespace stackport {
namespace {

template <typename Predicate>
const Revocation* First(const std::vector<Revocation>& entries, Predicate predicate) {
  const auto found = std::find_if(entries.begin(), entries.end(), predicate);
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace

std::string_view RevocationGrainName(RevocationGrain grain) {
  switch (grain) {
    case RevocationGrain::kKey:
      return "key";
    case RevocationGrain::kPluginVersion:
      return "plugin_version";
    case RevocationGrain::kComponent:
      return "component";
  }
  return "key";
}

std::string Revocation::Subject() const {
  switch (grain) {
    case RevocationGrain::kKey:
      return "key " + key_id;
    case RevocationGrain::kPluginVersion:
      return "plugin " + plugin_id + (version.empty() ? std::string() : " " + version) +
             (content_hash.empty() ? std::string() : " with content " + content_hash);
    case RevocationGrain::kComponent:
      return "component " + component_id;
  }
  return {};
}

std::string Revocation::Text() const {
  return "the " + Printable(Subject()) + " was revoked on " + since + ": " +
         Printable(reason, kMaxReasonBytes);
}

bool Revocation::Covers(const PluginRecord& plugin) const {
  switch (grain) {
    case RevocationGrain::kKey:
      return plugin.key_id == key_id;
    case RevocationGrain::kPluginVersion:
      return plugin.id == plugin_id && (version.empty() || plugin.version == version) &&
             (content_hash.empty() || plugin.content_hash == content_hash);
    case RevocationGrain::kComponent:
      return false;
  }
  return false;
}

const Revocation* RevocationList::FindFor(const PluginRecord& plugin) const {
  return First(entries, [&](const Revocation& entry) { return entry.Covers(plugin); });
}

const Revocation* RevocationList::FindComponent(std::string_view component_id) const {
  return First(entries, [&](const Revocation& entry) {
    return entry.grain == RevocationGrain::kComponent && entry.component_id == component_id;
  });
}

const Revocation* RevocationList::FindKey(std::string_view id) const {
  return First(entries, [&](const Revocation& entry) {
    return entry.grain == RevocationGrain::kKey && entry.key_id == id;
  });
}

}  // namespace stackport
