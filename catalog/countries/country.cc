#include "catalog/countries/country.h"

#include <algorithm>

namespace stackport {

const Provenance* Country::FindProvenance(std::string_view fact) const {
  const auto found = provenance.find(fact);
  return found == provenance.end() ? nullptr : &found->second;
}

std::vector<std::string> Country::Languages() const {
  std::set<std::string> languages;
  languages.insert(official_languages.begin(), official_languages.end());
  languages.insert(de_facto_official_languages.begin(), de_facto_official_languages.end());
  languages.insert(regional_official_languages.begin(), regional_official_languages.end());
  for (const LanguageShare& share : widely_spoken_languages) languages.insert(share.language);
  return {languages.begin(), languages.end()};
}

const std::vector<CountryFact>& CountryFacts() {
  static const std::vector<CountryFact> facts = {
      {"official_languages", "", "National official languages (BCP 47)"},
      {"widely_spoken_languages", "percent of the population",
       "Languages known by at least 1 percent of the population"},
      {"currency", "", "Legal tender (ISO 4217)"},
      {"population", "persons", "People"},
      {"gdp_ppp_usd", "international dollars", "GDP at purchasing-power parity"},
      {"gdp_ppp_per_capita_usd", "international dollars per person",
       "GDP per person at purchasing-power parity"},
      {"literacy_percent", "percent of adults", "Literate adults"},
      {"mains_voltage_v", "V", "Nominal single-phase voltages"},
      {"mains_frequency_hz", "Hz", "Nominal mains frequencies"},
      {"mains_three_phase_v", "V", "Nominal three-phase voltages"},
      {"internet_users_percent", "percent of the population", "People who use the internet"},
      {"electricity_access_percent", "percent of the population", "People with electricity"},
      {"electricity_price_usd_kwh", "USD/kWh", "Price for large industrial users"},
      {"temp_annual_mean_c", "degrees Celsius", "Annual mean air temperature"},
      {"temp_peak_month_mean_c", "degrees Celsius", "Mean of the warmest month"},
      {"cloud_regions", "", "Known cloud regions by provider; absence proves nothing"},
      {"data_protection_law", "", "Data-protection law"},
      {"eu_adequacy", "", "Whether personal data may go there from the EU without more"},
      {"data_localization", "", "How far data must be kept in the country"},
      {"ai_strategy", "", "National AI strategy"},
  };
  return facts;
}

}  // namespace stackport
