#include "catalog/countries/country_json.h"

#include <algorithm>
#include <utility>

namespace stackport {
namespace {

using json::Allocator;
using json::Value;

constexpr double kPerPercent = 100;      // basis points
constexpr double kCentiPerDegree = 100;  // hundredths of a degree
constexpr double kMicroPerUsd = 1e6;     // millionths of a US dollar

void SetProvenance(Value& object, const Provenance& provenance, Allocator& allocator) {
  json::Set(object, "source", std::string_view(provenance.source), allocator);
  json::Set(object, "as_of", std::string_view(provenance.as_of), allocator);
  if (!provenance.note.empty()) {
    json::Set(object, "note", std::string_view(provenance.note), allocator);
  }
}

Value Integers(const std::vector<int>& numbers, Allocator& allocator) {
  Value array(rapidjson::kArrayType);
  for (const int number : numbers) array.PushBack(number, allocator);
  return array;
}

template <typename Integer>
Value Number(const std::optional<Integer>& number) {
  return number ? Value(*number) : Value();
}

// An integer of Country in the unit people use.
template <typename Integer>
Value Decimal(const std::optional<Integer>& number, double per_unit) {
  return number ? Value(static_cast<double>(*number) / per_unit) : Value();
}

Value Spoken(const Country& country, Allocator& allocator) {
  Value object(rapidjson::kObjectType);
  for (const LanguageShare& share : country.widely_spoken_languages) {
    json::Set(object, share.language, share.basis_points / kPerPercent, allocator);
  }
  return object;
}

Value Regions(const Country& country, Allocator& allocator) {
  Value object(rapidjson::kObjectType);
  for (const auto& [provider, regions] : country.cloud_regions) {
    json::Set(object, provider, json::StringArray(regions, allocator), allocator);
  }
  return object;
}

Value Law(const DataProtectionLaw& law, Allocator& allocator) {
  Value object(rapidjson::kObjectType);
  json::Set(object, "status", std::string_view(law.status), allocator);
  if (!law.name.empty()) json::Set(object, "name", std::string_view(law.name), allocator);
  if (!law.name_source.empty()) {
    json::Set(object, "name_source", std::string_view(law.name_source), allocator);
  }
  if (law.disputed) json::Set(object, "disputed", true, allocator);
  return object;
}

Value Strategy(const AiStrategy& strategy, Allocator& allocator) {
  Value object(rapidjson::kObjectType);
  json::Set(object, "status", std::string_view(strategy.status), allocator);
  if (!strategy.name.empty()) {
    json::Set(object, "name", std::string_view(strategy.name), allocator);
  }
  return object;
}

Value FactValue(const Country& country, std::string_view fact, Allocator& allocator) {
  if (fact == "official_languages") {
    return json::StringArray(country.official_languages, allocator);
  }
  if (fact == "widely_spoken_languages") return Spoken(country, allocator);
  if (fact == "currency") return json::StringArray(country.currencies, allocator);
  if (fact == "population") return Number(country.population);
  if (fact == "gdp_ppp_usd") return Number(country.gdp_ppp_usd);
  if (fact == "gdp_ppp_per_capita_usd") return Number(country.gdp_ppp_per_capita_usd);
  if (fact == "literacy_percent") return Decimal(country.literacy_basis_points, kPerPercent);
  if (fact == "mains_voltage_v") return Integers(country.mains_voltage_v, allocator);
  if (fact == "mains_frequency_hz") return Integers(country.mains_frequency_hz, allocator);
  if (fact == "mains_three_phase_v") return Integers(country.mains_three_phase_v, allocator);
  if (fact == "internet_users_percent")
    return Decimal(country.internet_users_basis_points, kPerPercent);
  if (fact == "electricity_access_percent")
    return Decimal(country.electricity_access_basis_points, kPerPercent);
  if (fact == "electricity_price_usd_kwh") {
    return Decimal(country.electricity_price_micro_usd_per_kwh, kMicroPerUsd);
  }
  if (fact == "temp_annual_mean_c")
    return Decimal(country.annual_mean_centi_celsius, kCentiPerDegree);
  if (fact == "temp_peak_month_mean_c")
    return Decimal(country.peak_month_mean_centi_celsius, kCentiPerDegree);
  if (fact == "cloud_regions") return Regions(country, allocator);
  if (fact == "data_protection_law" && country.data_protection_law) {
    return Law(*country.data_protection_law, allocator);
  }
  if (fact == "eu_adequacy") return json::String(country.eu_adequacy, allocator);
  if (fact == "data_localization") return json::String(country.data_localization, allocator);
  if (fact == "ai_strategy" && country.ai_strategy) {
    return Strategy(*country.ai_strategy, allocator);
  }
  return Value();
}

Value Facts(const Country& country, Allocator& allocator) {
  Value facts(rapidjson::kObjectType);
  for (const CountryFact& fact : CountryFacts()) {
    const Provenance* provenance = country.FindProvenance(fact.name);
    if (provenance == nullptr) continue;
    Value entry(rapidjson::kObjectType);
    json::Set(entry, "value", FactValue(country, fact.name, allocator), allocator);
    if (!fact.unit.empty()) json::Set(entry, "unit", fact.unit, allocator);
    if (fact.name == "official_languages") {
      json::Set(entry, "de_facto",
                json::StringArray(country.de_facto_official_languages, allocator), allocator);
      json::Set(entry, "regional",
                json::StringArray(country.regional_official_languages, allocator), allocator);
    }
    if (fact.name == "electricity_price_usd_kwh") {
      json::Set(entry, "quality", std::string_view(country.electricity_price_quality), allocator);
    }
    SetProvenance(entry, *provenance, allocator);
    json::Set(facts, fact.name, std::move(entry), allocator);
  }
  return facts;
}

Value Blocs(const Country& country, Allocator& allocator) {
  Value blocs(rapidjson::kArrayType);
  for (const std::string& name : country.blocs) {
    Value entry(rapidjson::kObjectType);
    json::Set(entry, "name", std::string_view(name), allocator);
    json::Set(
        entry, "regional",
        std::binary_search(country.regional_blocs.begin(), country.regional_blocs.end(), name),
        allocator);
    if (const Provenance* provenance = country.FindProvenance("blocs/" + name);
        provenance != nullptr) {
      SetProvenance(entry, *provenance, allocator);
    }
    blocs.PushBack(std::move(entry), allocator);
  }
  return blocs;
}

}  // namespace

Value CountryToJson(const Country& country, Allocator& allocator) {
  Value profile(rapidjson::kObjectType);
  json::Set(profile, "code", std::string_view(country.code), allocator);
  json::Set(profile, "alpha3", std::string_view(country.alpha3), allocator);
  json::Set(profile, "name", std::string_view(country.name), allocator);
  json::Set(profile, "iso_name", std::string_view(country.iso_name), allocator);
  json::Set(profile, "region", std::string_view(country.region), allocator);
  json::Set(profile, "subregion", std::string_view(country.subregion), allocator);
  json::Set(profile, "un_member", country.un_member, allocator);
  json::Set(profile, "facts", Facts(country, allocator), allocator);
  json::Set(profile, "blocs", Blocs(country, allocator), allocator);
  Value groups(rapidjson::kObjectType);
  json::Set(groups, "value",
            json::StringArray({country.ear_groups.begin(), country.ear_groups.end()}, allocator),
            allocator);
  if (const Provenance* provenance = country.FindProvenance("ear_groups"); provenance != nullptr) {
    SetProvenance(groups, *provenance, allocator);
  }
  json::Set(profile, "export_control_groups", std::move(groups), allocator);
  Value unknown(rapidjson::kArrayType);
  for (const CountryFact& fact : CountryFacts()) {
    if (country.FindProvenance(fact.name) != nullptr) continue;
    Value entry(rapidjson::kObjectType);
    json::Set(entry, "fact", fact.name, allocator);
    json::Set(entry, "meaning", fact.meaning, allocator);
    unknown.PushBack(std::move(entry), allocator);
  }
  json::Set(profile, "unknown", std::move(unknown), allocator);
  return profile;
}

}  // namespace stackport
