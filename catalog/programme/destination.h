// Which destinations the programme cannot serve.
#ifndef STACKPORT_CATALOG_PROGRAMME_DESTINATION_H_
#define STACKPORT_CATALOG_PROGRAMME_DESTINATION_H_

#include <string_view>

#include "catalog/countries/country_index.h"
#include "catalog/programme/verdict.h"

namespace stackport {

// Rule "blocked_destination": EAR country groups E:1 and E:2, and the Treasury's comprehensive
// programmes (Cuba, Iran, North Korea). Their programmes for single regions are mentioned where the
// country has such a region. kUnknown for a code that is no country.
RuleVerdict JudgeDestination(const CountryIndex& countries, std::string_view destination);

// Rule "market": China, Hong Kong and Macau are countries of concern and no markets of the
// programme, although exports there are possible under a licence reviewed case by case.
RuleVerdict JudgeMarket(const CountryIndex& countries, std::string_view destination);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_PROGRAMME_DESTINATION_H_
