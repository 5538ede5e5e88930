// What became different between two states of components, one change at a time: data first, text
// second.
#ifndef STACKPORT_CATALOG_MODEL_COMPONENT_DIFF_H_
#define STACKPORT_CATALOG_MODEL_COMPONENT_DIFF_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/model/component.h"

namespace stackport {

// What of a component a change is about.
enum class ChangeAspect {
  kComponent,    // the component itself came or went
  kFact,         // a fact's value, or that it is unknown
  kPrice,        // of an offer that is otherwise the same
  kLeadTime,     // likewise
  kOffer,        // one way of selling it came or went
  kCapability,   // what it provides
  kRequirement,  // what it needs
  kText,         // name, summary, kind, revision
  kSource,       // only sources, dates or notes
};
std::string_view AspectName(ChangeAspect aspect);  // "component", "fact", "lead_time", ...

enum class ChangeKind { kAdded, kRemoved, kChanged };
std::string_view ChangeKindName(ChangeKind kind);  // "added", "removed", "changed"

struct ComponentChange {
  std::string component;  // its id
  ChangeAspect aspect = ChangeAspect::kComponent;
  ChangeKind kind = ChangeKind::kChanged;
  std::string name;    // of the fact, the capability, ...: "max_power", "unit (list)"
  std::string before;  // for people, printable and cut: "9.5 to 11.5 kW"; empty when added
  std::string after;   // likewise; empty when removed
};

struct ComponentDifference {
  // By component id; within one in the order of the aspects, then by name.
  std::vector<ComponentChange> changes;

  bool empty() const { return changes.empty(); }
  // "3 prices changed, 1 component removed, 2 facts added"; "nothing changed".
  std::string Summary() const;
};

// Changes that ToJson and ToText list; the summary counts all of them. More would make a journal
// row of the first admission as large as the catalog.
inline constexpr std::size_t kMaxListedChanges = 200;

// Compares by component id; the order of either list does not matter. Requires: ids are unique
// within each list.
ComponentDifference Compare(const std::vector<const Component*>& before,
                            const std::vector<const Component*>& after);

// {"summary", "counts": {"price_changed": 3, …}, "changes": [{"component", "aspect", "kind",
// "name"?, "before"?, "after"?}], "changes_left_off"?}
json::Value ToJson(const ComponentDifference& difference, json::Allocator& allocator);

// One line for each listed change: "dell/x8: fact max_power changed from 9.5 kW to 11 kW".
std::string ToText(const ComponentDifference& difference);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_MODEL_COMPONENT_DIFF_H_
