// Lists of countries as a command line names them.
#ifndef STACKPORT_HOST_CLI_COUNTRY_LIST_H_
#define STACKPORT_HOST_CLI_COUNTRY_LIST_H_

#include <string>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"

namespace stackport::cli {

// Codes of what is named: "all", a bloc, or a country by code or name; sorted, each once. NotFound
// with the nearest name for anything else.
Result<std::vector<std::string>> CodesOf(const std::vector<std::string>& names,
                                         const CountryIndex& countries);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_COUNTRY_LIST_H_
