// A country's profile as JSON, for the API and the command line.
#ifndef STACKPORT_CATALOG_COUNTRIES_COUNTRY_JSON_H_
#define STACKPORT_CATALOG_COUNTRIES_COUNTRY_JSON_H_

#include "catalog/base/json.h"
#include "catalog/countries/country.h"

namespace stackport {

// {"code","alpha3","name","iso_name","region","subregion","un_member",
//  "facts": {NAME: {"value", "unit"?, "source", "as_of", "note"?}},
//  "blocs": [{"name", "regional", "source", "as_of", "note"?}],
//  "export_control_groups": {"value": [...], "source", "as_of", "note"?},
//  "unknown": [{"fact", "meaning"}]}
// Values are in the units people use, which "unit" names: percent, USD/kWh, degrees Celsius.
json::Value CountryToJson(const Country& country, json::Allocator& allocator);

}  // namespace stackport

#endif  // STACKPORT_CATALOG_COUNTRIES_COUNTRY_JSON_H_
