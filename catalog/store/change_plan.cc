#include "catalog/store/change_plan.h"

#include <algorithm>
#include <functional>
#include <set>
#include <utility>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/store/edition_table.h"

namespace stackport {
namespace {

using Ids = std::set<std::string, std::less<>>;

// The plugins whose present content a change takes away.
Result<Ids> ReplacedPlugins(const CatalogChange& change) {
  Ids replaced(change.remove_plugin_ids.begin(), change.remove_plugin_ids.end());
  if (replaced.size() != change.remove_plugin_ids.size()) {
    return InvalidArgument("the change removes a plugin twice");
  }
  for (const AdmittedPlugin& plugin : change.put) {
    if (plugin.record.id.empty()) return InvalidArgument("a plugin without an id was put");
    if (!replaced.insert(plugin.record.id).second) {
      return InvalidArgument("the change names plugin " + Quoted(plugin.record.id) + " twice");
    }
  }
  return replaced;
}

Status Claim(std::map<std::string, std::string, std::less<>>& owners, const std::string& component,
             const std::string& plugin) {
  const auto [found, is_new] = owners.emplace(component, plugin);
  if (is_new) return {};
  if (found->second == plugin) {
    return InvalidArgument("plugin " + Quoted(plugin) + " describes component " +
                           Quoted(component) + " twice");
  }
  return Conflict("component " + Quoted(component) + " of plugin " + Quoted(plugin) +
                  " belongs to plugin " + Quoted(found->second) +
                  "; rename it, or remove the other plugin first");
}

}  // namespace

Result<ChangePlan> PlanChange(const CatalogChange& change, const CatalogSnapshot& current,
                              const EditionMap& current_editions) {
  const Result<Ids> replaced = ReplacedPlugins(change);
  if (!replaced) return replaced.error();
  std::map<std::string, std::string, std::less<>> owners;
  for (const auto& [component, plugin] : current.plugin_of) {
    if (!replaced->contains(plugin)) owners.emplace(component, plugin);
  }
  ChangePlan plan;
  plan.editions = current_editions;
  for (const std::string& plugin : change.remove_plugin_ids) plan.editions.erase(plugin);
  for (const AdmittedPlugin& plugin : change.put) {
    for (const Component& component : plugin.components) {
      if (Status status = Claim(owners, component.id, plugin.record.id); !status) {
        return status.error();
      }
    }
    const std::string hash = EditionHash(plugin);
    plan.editions[plugin.record.id] = hash;
    plan.edition_of_put.emplace(plugin.record.id, hash);
  }
  return plan;
}

SnapshotPtr BuildSnapshot(const CatalogChange& change, const CatalogSnapshot& current,
                          std::string created_at) {
  Ids replaced(change.remove_plugin_ids.begin(), change.remove_plugin_ids.end());
  std::vector<PluginRecord> plugins;
  std::vector<std::pair<std::string, Component>> components;
  for (const AdmittedPlugin& plugin : change.put) {
    replaced.insert(plugin.record.id);
    plugins.push_back(plugin.record);
    for (const Component& component : plugin.components) {
      components.emplace_back(plugin.record.id, component);
    }
  }
  for (const PluginRecord& plugin : current.plugins) {
    if (!replaced.contains(plugin.id)) plugins.push_back(plugin);
  }
  for (const Component& component : current.components) {
    const std::string& owner = current.plugin_of.find(component.id)->second;
    if (!replaced.contains(owner)) components.emplace_back(owner, component);
  }
  return MakeSnapshot(std::move(plugins), std::move(components), std::move(created_at));
}

}  // namespace stackport
