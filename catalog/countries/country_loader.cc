#include "catalog/countries/country_loader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "catalog/base/json.h"

namespace stackport {
namespace {

constexpr double kBasisPointsPerPercent = 100;
constexpr double kHundredths = 100;
constexpr double kMicro = 1e6;

using Sources = std::map<std::string, std::string, std::less<>>;
using Columns = std::map<std::string, Provenance, std::less<>>;

std::string TextOf(const json::Value& object, std::string_view name) {
  return std::string(json::StringOr(object, name, ""));
}

// "@key" stands for a text of the file's sources table.
std::string ExpandSource(std::string_view source, const Sources& sources) {
  if (!source.starts_with('@')) return std::string(source);
  const auto found = sources.find(source.substr(1));
  return found == sources.end() ? std::string() : found->second;
}

template <typename Integer>
std::optional<Integer> Scaled(const json::Value& row, std::string_view name, double factor) {
  const json::Value* value = json::Find(row, name);
  if (value == nullptr || !value->IsNumber()) return std::nullopt;
  return static_cast<Integer>(std::llround(value->GetDouble() * factor));
}

std::vector<int> Integers(const json::Value& row, std::string_view name) {
  std::vector<int> result;
  const json::Value* list = json::Find(row, name);
  if (list == nullptr || !list->IsArray()) return result;
  for (const json::Value& value : list->GetArray()) {
    if (value.IsInt()) result.push_back(value.GetInt());
  }
  return result;
}

std::vector<std::string> Texts(const json::Value& row, std::string_view name) {
  const json::Value* list = json::Find(row, name);
  return list == nullptr ? std::vector<std::string>() : json::Strings(*list);
}

void ReadLanguages(const json::Value& row, Country& country) {
  country.official_languages = Texts(row, "official_languages");
  country.de_facto_official_languages = Texts(row, "de_facto_official_languages");
  country.regional_official_languages = Texts(row, "regional_official_languages");
  const json::Value* spoken = json::Find(row, "widely_spoken_languages");
  if (spoken == nullptr || !spoken->IsObject()) return;
  for (const auto& member : spoken->GetObject()) {
    if (!member.value.IsNumber()) continue;
    country.widely_spoken_languages.push_back(
        {member.name.GetString(),
         static_cast<int>(std::lround(member.value.GetDouble() * kBasisPointsPerPercent))});
  }
}

void ReadFigures(const json::Value& row, Country& country) {
  country.currencies = Texts(row, "currency");
  country.population = Scaled<std::int64_t>(row, "population", 1);
  country.gdp_ppp_usd = Scaled<std::int64_t>(row, "gdp_ppp_usd", 1);
  country.gdp_ppp_per_capita_usd = Scaled<std::int64_t>(row, "gdp_ppp_per_capita_usd", 1);
  country.literacy_basis_points = Scaled<int>(row, "literacy_percent", kBasisPointsPerPercent);
  country.mains_voltage_v = Integers(row, "mains_voltage_v");
  country.mains_frequency_hz = Integers(row, "mains_frequency_hz");
  country.mains_three_phase_v = Integers(row, "mains_three_phase_v");
  country.internet_users_basis_points =
      Scaled<int>(row, "internet_users_percent", kBasisPointsPerPercent);
  country.electricity_access_basis_points =
      Scaled<int>(row, "electricity_access_percent", kBasisPointsPerPercent);
  country.electricity_price_micro_usd_per_kwh =
      Scaled<std::int64_t>(row, "electricity_price_usd_kwh", kMicro);
  country.electricity_price_quality = TextOf(row, "electricity_price_quality");
  country.annual_mean_centi_celsius = Scaled<int>(row, "temp_annual_mean_c", kHundredths);
  country.peak_month_mean_centi_celsius = Scaled<int>(row, "temp_peak_month_mean_c", kHundredths);
}

void ReadPolicies(const json::Value& row, Country& country) {
  if (const json::Value* regions = json::Find(row, "cloud_regions");
      regions != nullptr && regions->IsObject()) {
    for (const auto& member : regions->GetObject()) {
      country.cloud_regions[member.name.GetString()] = json::Strings(member.value);
    }
  }
  if (const json::Value* law = json::Find(row, "data_protection_law"); law != nullptr) {
    country.data_protection_law =
        DataProtectionLaw{TextOf(*law, "status"), TextOf(*law, "name"), TextOf(*law, "name_source"),
                          json::BoolOr(*law, "disputed", false)};
  }
  country.eu_adequacy = TextOf(row, "eu_adequacy");
  country.data_localization = TextOf(row, "data_localization");
  if (const json::Value* strategy = json::Find(row, "ai_strategy"); strategy != nullptr) {
    country.ai_strategy = AiStrategy{TextOf(*strategy, "status"), TextOf(*strategy, "name")};
  }
}

// The column's provenance, overridden by what the row states of its own.
Status ReadProvenance(const json::Value& row, const Columns& columns, const Sources& sources,
                      Country& country) {
  const json::Value* overrides = json::Find(row, "provenance");
  for (const CountryFact& fact : CountryFacts()) {
    const std::string name(fact.name);
    if (json::Find(row, fact.name) == nullptr) {
      country.unknown.push_back(name);
      continue;
    }
    const auto column = columns.find(fact.name);
    if (column == columns.end()) {
      return InvalidArgument("the column " + name + " is not described under \"columns\"",
                             country.code);
    }
    Provenance provenance = column->second;
    const json::Value* own = overrides == nullptr ? nullptr : json::Find(*overrides, fact.name);
    if (own != nullptr) {
      if (const json::Value* source = json::Find(*own, "source"); source != nullptr) {
        provenance.source = ExpandSource(json::StringOr(*own, "source", ""), sources);
      }
      provenance.as_of = json::StringOr(*own, "as_of", provenance.as_of);
      provenance.note = json::StringOr(*own, "note", provenance.note);
    }
    if (provenance.source.empty() || provenance.as_of.empty()) {
      return InvalidArgument("the fact " + name + " has no source or no date", country.code);
    }
    country.provenance.emplace(name, std::move(provenance));
  }
  return {};
}

Result<Country> ReadCountry(const json::Value& row, const Columns& columns,
                            const Sources& sources) {
  Country country;
  country.code = TextOf(row, "code");
  country.alpha3 = TextOf(row, "alpha3");
  country.name = TextOf(row, "name");
  country.iso_name = json::StringOr(row, "iso_name", country.name);
  country.region = TextOf(row, "region");
  country.subregion = TextOf(row, "subregion");
  country.un_member = json::BoolOr(row, "un_member", false);
  if (country.code.size() != 2 || country.alpha3.size() != 3 || country.name.empty()) {
    return InvalidArgument("a country needs a code of two letters, one of three and a name",
                           country.code);
  }
  ReadLanguages(row, country);
  ReadFigures(row, country);
  ReadPolicies(row, country);
  if (Status status = ReadProvenance(row, columns, sources, country); !status) {
    return status.error();
  }
  return country;
}

Result<Bloc> ReadBloc(std::string name, const json::Value& value, const Sources& sources) {
  Bloc bloc;
  bloc.name = std::move(name);
  bloc.regional = json::BoolOr(value, "regional", false);
  bloc.about = TextOf(value, "about");
  bloc.members = Texts(value, "members");
  std::sort(bloc.members.begin(), bloc.members.end());
  bloc.provenance = {ExpandSource(json::StringOr(value, "source", ""), sources),
                     TextOf(value, "as_of"), TextOf(value, "note")};
  if (bloc.members.empty() || bloc.about.empty() || bloc.provenance.source.empty()) {
    return InvalidArgument("a bloc needs members, a source and a line about it", bloc.name);
  }
  return bloc;
}

Status JoinBlocs(CountryData& data) {
  for (const Bloc& bloc : data.blocs) {
    for (const std::string& code : bloc.members) {
      const auto found = std::lower_bound(
          data.countries.begin(), data.countries.end(), code,
          [](const Country& country, const std::string& key) { return country.code < key; });
      if (found == data.countries.end() || found->code != code) {
        return InvalidArgument("the bloc lists " + code + ", which is no country of the file",
                               bloc.name);
      }
      found->blocs.push_back(bloc.name);
      if (bloc.regional) found->regional_blocs.push_back(bloc.name);
      found->provenance.emplace("blocs/" + bloc.name, bloc.provenance);
    }
  }
  return {};
}

}  // namespace

Result<CountryData> LoadCountries(std::string_view text, std::string_view origin) {
  const Result<json::Document> document = json::Parse(text, origin);
  if (!document) return document.error();
  const std::string where(origin);
  if (json::StringOr(*document, "schema", "") != "stackport.countries/1") {
    return InvalidArgument("the schema must be stackport.countries/1", where);
  }
  const json::Value* source_texts = json::Find(*document, "sources");
  const json::Value* column_values = json::Find(*document, "columns");
  const json::Value* bloc_values = json::Find(*document, "blocs");
  const json::Value* rows = json::Find(*document, "countries");
  if (source_texts == nullptr || !source_texts->IsObject() || column_values == nullptr ||
      !column_values->IsObject() || bloc_values == nullptr || !bloc_values->IsObject() ||
      rows == nullptr || !rows->IsArray()) {
    return InvalidArgument("sources, columns, blocs and countries are needed", where);
  }
  Sources sources;
  for (const auto& member : source_texts->GetObject()) {
    if (member.value.IsString()) sources[member.name.GetString()] = member.value.GetString();
  }
  Columns columns;
  for (const auto& member : column_values->GetObject()) {
    columns[member.name.GetString()] = {
        ExpandSource(json::StringOr(member.value, "source", ""), sources),
        TextOf(member.value, "as_of"), TextOf(member.value, "note")};
  }
  CountryData data;
  for (const json::Value& row : rows->GetArray()) {
    Result<Country> country = ReadCountry(row, columns, sources);
    if (!country) return country.error();
    data.countries.push_back(*std::move(country));
  }
  std::sort(data.countries.begin(), data.countries.end(),
            [](const Country& a, const Country& b) { return a.code < b.code; });
  const auto twice =
      std::adjacent_find(data.countries.begin(), data.countries.end(),
                         [](const Country& a, const Country& b) { return a.code == b.code; });
  if (twice != data.countries.end()) {
    return InvalidArgument("the code " + twice->code + " appears twice", where);
  }
  for (const auto& member : bloc_values->GetObject()) {
    Result<Bloc> bloc = ReadBloc(member.name.GetString(), member.value, sources);
    if (!bloc) return bloc.error();
    data.blocs.push_back(*std::move(bloc));
  }
  std::sort(data.blocs.begin(), data.blocs.end(),
            [](const Bloc& a, const Bloc& b) { return a.name < b.name; });
  if (Status status = JoinBlocs(data); !status) return status.error();
  return data;
}

}  // namespace stackport
