#include "catalog/match/used_components.h"

#include <set>
#include <utility>

namespace stackport::match {
namespace {

using json::Value;

// The elements of the array `name`; none when there is no such array.
template <typename Visit>
void ForEach(const Value* object, std::string_view name, Visit visit) {
  const Value* array = object == nullptr ? nullptr : json::Find(*object, name);
  if (array == nullptr || !array->IsArray()) return;
  for (const Value& element : array->GetArray()) visit(element);
}

void AddParts(const Value* candidate, std::set<std::string>& ids) {
  ForEach(candidate, "parts", [&](const Value& part) {
    const std::string_view id = json::StringOr(part, "component", "");
    if (!id.empty()) ids.emplace(id);
  });
}

}  // namespace

std::vector<std::string> UsedComponents(const Value& answer) {
  std::set<std::string> ids;
  ForEach(&answer, "candidates", [&](const Value& candidate) { AddParts(&candidate, ids); });
  const auto add_nested = [&](const Value& entry) {
    AddParts(json::Find(entry, "candidate"), ids);
  };
  ForEach(&answer, "best_per", add_nested);
  ForEach(json::Find(answer, "pareto"), "points", add_nested);
  const std::string_view explained = json::StringOr(answer, "component", "");
  if (!explained.empty()) ids.emplace(explained);
  AddParts(json::Find(answer, "best"), ids);
  AddParts(json::Find(answer, "with_it"), ids);
  ForEach(&answer, "packages", [&](const Value& package) {
    const Value* components = json::Find(package, "components");
    if (components == nullptr) return;
    for (std::string& id : json::Strings(*components)) ids.insert(std::move(id));
  });
  return {ids.begin(), ids.end()};
}

}  // namespace stackport::match
