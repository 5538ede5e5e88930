// What is known about one country, each fact with its source and date.
//
// Filled by CountryIndex from data/countries.json and data/export_control_groups.json; immutable
// afterwards. Numbers are integers in the unit their name states, so that no rank hangs on
// rounding.
#ifndef STACKPORT_CATALOG_COUNTRIES_COUNTRY_H_
#define STACKPORT_CATALOG_COUNTRIES_COUNTRY_H_

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/model/component.h"

namespace stackport {

struct LanguageShare {
  std::string language;  // BCP 47
  int basis_points = 0;  // of the population, second languages included
};

struct DataProtectionLaw {
  std::string status;       // "comprehensive", "draft" or "none" (rules for single sectors at most)
  std::string name;         // empty: unknown
  std::string name_source;  // where the name was read; empty when there is none
  bool disputed = false;    // the two sources of the status disagree
};

struct AiStrategy {
  std::string status;  // "published", "draft" or "in_development"
  std::string name;    // empty: unknown
};

struct Country {
  std::string code;  // ISO 3166-1 alpha-2
  std::string alpha3;
  std::string name;      // short English name
  std::string iso_name;  // in ISO order, "Korea, Republic of"
  std::string region;
  std::string subregion;
  bool un_member = false;

  // BCP 47, most widely used first; empty: unknown (or none, for the last two).
  std::vector<std::string> official_languages;
  std::vector<std::string> de_facto_official_languages;
  std::vector<std::string> regional_official_languages;
  std::vector<LanguageShare> widely_spoken_languages;

  std::vector<std::string> currencies;  // ISO 4217; empty: unknown or none
  std::optional<std::int64_t> population;
  std::optional<std::int64_t> gdp_ppp_usd;
  std::optional<std::int64_t> gdp_ppp_per_capita_usd;
  std::optional<int> literacy_basis_points;  // of adults
  std::vector<int> mains_voltage_v;          // single-phase; empty: unknown
  std::vector<int> mains_frequency_hz;
  std::vector<int> mains_three_phase_v;
  std::optional<int> internet_users_basis_points;      // of the population
  std::optional<int> electricity_access_basis_points;  // of the population
  std::optional<std::int64_t> electricity_price_micro_usd_per_kwh;
  std::string electricity_price_quality;  // "official_statistics" or "compiled"
  std::optional<int> annual_mean_centi_celsius;
  std::optional<int> peak_month_mean_centi_celsius;

  // Region codes by provider ("aws", "azure", "gcp"). Incomplete: absence proves nothing.
  std::map<std::string, std::vector<std::string>> cloud_regions;

  std::optional<DataProtectionLaw> data_protection_law;
  std::string eu_adequacy;        // "eu_eea", "adequate", "partial", "none"; empty: unknown
  std::string data_localization;  // "broad", "sectoral", "none"; empty: unknown, which is not none
  std::optional<AiStrategy> ai_strategy;

  std::vector<std::string> blocs;           // sorted
  std::vector<std::string> regional_blocs;  // those that are regional unions, sorted
  std::set<std::string> ear_groups;         // "A:5", "D:1", ... as the table lists the code

  // By fact name (CountryFacts), "blocs/NAME" for each bloc, and "ear_groups": only for what is
  // known.
  std::map<std::string, Provenance, std::less<>> provenance;
  // Names of facts that are not known, in the order of CountryFacts.
  std::vector<std::string> unknown;

  // Where a fact comes from, or null when it is unknown.
  const Provenance* FindProvenance(std::string_view fact) const;
  // Official nationally, de facto or in a region, and all widely spoken ones; sorted, unique.
  std::vector<std::string> Languages() const;
};

// One fact of a country: its name in the data, in `unknown` and in JSON.
struct CountryFact {
  std::string_view name;
  std::string_view unit;  // in JSON; empty for text
  std::string_view meaning;
};

// Every fact a profile can hold, in the order it is shown.
const std::vector<CountryFact>& CountryFacts();

}  // namespace stackport

#endif  // STACKPORT_CATALOG_COUNTRIES_COUNTRY_H_
