// Values far from what is usual, and facts that contradict each other. Private to catalog/advice.
#ifndef STACKPORT_CATALOG_ADVICE_MAGNITUDES_H_
#define STACKPORT_CATALOG_ADVICE_MAGNITUDES_H_

#include "catalog/advice/advice_rules.h"
#include "catalog/advice/advice_sink.h"
#include "catalog/model/component.h"
#include "catalog/model/registry.h"

namespace stackport {

void AdviseOnMagnitudes(const Component& component, const Registry& registry,
                        const AdviceRules& rules, AdviceSink& sink);
void AdviseOnConsistency(const Component& component, AdviceSink& sink);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_ADVICE_MAGNITUDES_H_
