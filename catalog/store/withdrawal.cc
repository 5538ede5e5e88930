#include "catalog/store/withdrawal.h"

#include <fmt/format.h>

#include <iterator>
#include <utility>

#include "catalog/base/text.h"

namespace stackport {

AdmittedPlugin Parted(AdmittedPlugin plugin, const RevocationList& list) {
  std::vector<Component> all = std::move(plugin.components);
  all.insert(all.end(), std::make_move_iterator(plugin.withheld.begin()),
             std::make_move_iterator(plugin.withheld.end()));
  plugin.components.clear();
  plugin.withheld.clear();
  for (Component& component : all) {
    const bool revoked = list.FindComponent(component.id) != nullptr;
    (revoked ? plugin.withheld : plugin.components).push_back(std::move(component));
  }
  return plugin;
}

CatalogChange WithdrawalOf(const std::vector<AdmittedPlugin>& in_service,
                           const RevocationList& list, RevocationEffect& effect) {
  CatalogChange change;
  for (const AdmittedPlugin& plugin : in_service) {
    if (list.FindFor(plugin.record) != nullptr) {
      change.remove_plugin_ids.push_back(plugin.record.id);
      effect.removed_plugins.push_back(plugin.record.id);
      continue;
    }
    bool changed = false;
    for (const Component& component : plugin.components) {
      if (list.FindComponent(component.id) == nullptr) continue;
      effect.withheld_components.push_back(component.id);
      changed = true;
    }
    for (const Component& component : plugin.withheld) {
      if (list.FindComponent(component.id) != nullptr) continue;
      effect.restored_components.push_back(component.id);
      changed = true;
    }
    if (changed) change.put.push_back(Parted(plugin, list));
  }
  change.reason =
      fmt::format("revocations, serial {}: {} plugins removed, {} components withheld, {} restored",
                  list.serial, effect.removed_plugins.size(), effect.withheld_components.size(),
                  effect.restored_components.size());
  return change;
}

Status JudgePut(const CatalogChange& change, const RevocationList& list) {
  const auto refuse = [&](const Revocation& revocation) {
    return Conflict(fmt::format("the {} is revoked by the list with the serial {}; admit again",
                                Printable(revocation.Subject()), list.serial));
  };
  for (const AdmittedPlugin& plugin : change.put) {
    if (const Revocation* found = list.FindFor(plugin.record)) return refuse(*found);
    for (const Component& component : plugin.components) {
      if (const Revocation* found = list.FindComponent(component.id)) return refuse(*found);
    }
  }
  return {};
}

}  // namespace stackport
