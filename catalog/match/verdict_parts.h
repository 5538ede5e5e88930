// Parts of a verdict as the rules of eligibility write them.
#ifndef STACKPORT_CATALOG_MATCH_VERDICT_PARTS_H_
#define STACKPORT_CATALOG_MATCH_VERDICT_PARTS_H_

#include <string>
#include <string_view>
#include <utility>

#include "catalog/match/eligibility.h"

namespace stackport::match {

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
