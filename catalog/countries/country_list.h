// Lists of countries as people name them.
#ifndef STACKPORT_CATALOG_COUNTRIES_COUNTRY_LIST_H_
#define STACKPORT_CATALOG_COUNTRIES_COUNTRY_LIST_H_

#include <string>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"

namespace stackport {

// Codes of what is named: "all", a bloc, or a country by code or name; sorted, each once.
// InvalidArgument with the nearest known name for anything else.
Result<std::vector<std::string>> CountryCodes(const std::vector<std::string>& names,
                                              const CountryIndex& countries);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_COUNTRIES_COUNTRY_LIST_H_
