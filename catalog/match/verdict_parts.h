// Parts of a verdict as the rules of eligibility write them.
#ifndef STACKPORT_CATALOG_MATCH_VERDICT_PARTS_H_
#define STACKPORT_CATALOG_MATCH_VERDICT_PARTS_H_

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/match/eligibility.h"

namespace stackport::match {

inline bool Contains(const std::vector<std::string>& list, const std::string& item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

// What is bought and stands somewhere.
inline bool IsHardware(const Component& component) {
  return component.kind == "accelerator" || component.kind == "server" ||
         component.kind == "network_switch" || component.kind == "storage_system";
}

inline Verdict Excluded(const Component& component, std::string reason, std::string text) {
  Verdict verdict;
  verdict.exclusion = Exclusion{component.id, std::move(reason), std::move(text), {}, {}};
  return verdict;
}

inline UsedFact Used(const Component& component, std::string_view name, const Fact& fact) {
  return {component.id, std::string(name), FactText(fact, name), fact.provenance};
}

inline OpenQuestion Ask(const Component& component, std::string fact, std::string rule,
                        std::string text) {
  return {component.id, std::move(fact), std::move(rule), std::move(text), true};
}

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_VERDICT_PARTS_H_
