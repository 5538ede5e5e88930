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

inline bool Contains(const std::vector<std::string>& list, std::string_view item) {
  return std::find(list.begin(), list.end(), item) != list.end();
}

inline Exclusion Excluded(const ComponentTraits& traits, std::string_view reason,
                          std::string text) {
  return {traits.component->id, std::string(reason), std::move(text), {}, {}};
}

inline UsedFact Used(const ComponentTraits& traits, std::string_view name, const Fact& fact) {
  return {traits.component->id, std::string(name), FactText(fact, name), fact.provenance};
}

inline Exclusion Excluded(const ComponentTraits& traits, std::string_view reason, std::string text,
                          std::string_view name, const Fact& fact) {
  Exclusion exclusion = Excluded(traits, reason, std::move(text));
  exclusion.facts.push_back(Used(traits, name, fact));
  return exclusion;
}

inline OpenQuestion Question(const ComponentTraits& traits, Asked what, std::string rule,
                             std::string text, bool decisive = true) {
  return {traits.component->id, std::string(FactAsked(what)), std::move(rule), std::move(text),
          decisive};
}

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_VERDICT_PARTS_H_
