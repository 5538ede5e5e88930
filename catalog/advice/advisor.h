// Reads a plugin's components as a careful colleague would: what is admitted and still looks wrong.
#ifndef STACKPORT_CATALOG_ADVICE_ADVISOR_H_
#define STACKPORT_CATALOG_ADVICE_ADVISOR_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/advice/advice_rules.h"
#include "catalog/base/findings.h"
#include "catalog/model/component.h"
#include "catalog/model/snapshot.h"

namespace stackport {

// What advice is about; each is a check of its own in `stackport plugin check`.
enum class AdviceTopic {
  kMagnitudes,   // values far from what is usual: slips of the unit
  kConsistency,  // facts that contradict each other
  kSources,      // statements without a source that a reader could follow, and dates
  kTexts,        // names, summaries, languages
  kNeeds,        // what nothing provides, and components that nobody knows
  kCompleteness  // facts whose absence leaves questions open
};
inline constexpr AdviceTopic kAdviceTopics[] = {
    AdviceTopic::kMagnitudes, AdviceTopic::kConsistency, AdviceTopic::kSources,
    AdviceTopic::kTexts,      AdviceTopic::kNeeds,       AdviceTopic::kCompleteness};
std::string_view AdviceTopicName(AdviceTopic topic);  // "magnitudes", ...

struct Advice {
  AdviceTopic topic = AdviceTopic::kMagnitudes;
  std::string component;  // its id
  // A warning: probably a mistake. A note: right as it is, and worth knowing.
  bool note = false;
  Finding finding;  // severity kWarning; the pointer leads into the component's document
};

// Most advice about one plugin: more than a person reads.
inline constexpr std::size_t kMaxAdvice = 2000;

// `today`: YYYY-MM-DD. `catalog`: what else there is to meet a need with; null: needs are not
// looked at. Advice comes in the order of the components. Thread-safe.
std::vector<Advice> Advise(const std::vector<Component>& components, const CatalogSnapshot* catalog,
                           std::string_view today, const Registry& registry = Registry::Builtin(),
                           const AdviceRules& rules = AdviceRules::Builtin());

}  // namespace stackport

#endif  // STACKPORT_CATALOG_ADVICE_ADVISOR_H_
