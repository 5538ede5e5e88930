// Reads data/countries.json. For country_index.cc only.
#ifndef STACKPORT_CATALOG_COUNTRIES_COUNTRY_LOADER_H_
#define STACKPORT_CATALOG_COUNTRIES_COUNTRY_LOADER_H_

#include <string_view>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/countries/country.h"
#include "catalog/countries/country_index.h"

namespace stackport {

struct CountryData {
  std::vector<Country> countries;  // sorted by code; export-control groups not filled yet
  std::vector<Bloc> blocs;         // sorted by name
};

// The error's context says which row and column is wrong.
Result<CountryData> LoadCountries(std::string_view text, std::string_view origin);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_COUNTRIES_COUNTRY_LOADER_H_
