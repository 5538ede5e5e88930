#include "catalog/countries/country_index.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/countries/country_loader.h"

extern "C" {
extern const unsigned char stackport_countries_data_begin[];
extern const unsigned char stackport_countries_data_end[];
extern const unsigned char stackport_export_groups_data_begin[];
extern const unsigned char stackport_export_groups_data_end[];
}

namespace stackport {
namespace {

std::string_view Embedded(const unsigned char* begin, const unsigned char* end) {
  return {reinterpret_cast<const char*>(begin), static_cast<std::size_t>(end - begin)};
}

// Letters with marks that occur in the English names of countries, and what people type instead.
constexpr std::array<std::pair<std::string_view, char>, 8> kPlainLetters = {{
    {"\u00c5", 'a'},
    {"\u00e5", 'a'},
    {"\u00e3", 'a'},
    {"\u00e7", 'c'},
    {"\u00e9", 'e'},
    {"\u00ed", 'i'},
    {"\u00f4", 'o'},
    {"\u00fc", 'u'},
}};

// Lower case, without marks, punctuation and spaces; "&" reads as "and" and "St." as "Saint".
std::string Fold(std::string_view text) {
  std::string words;
  for (std::size_t i = 0; i < text.size();) {
    const char c = text[i];
    if (c >= 'A' && c <= 'Z') {
      words += static_cast<char>(c - 'A' + 'a');
    } else if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
      words += c;
    } else if (c == '&') {
      words += " and ";
    } else if (c == '.' && words.ends_with("st") &&
               (words.size() == 2 || words[words.size() - 3] == ' ')) {
      words.replace(words.size() - 2, 2, "saint");
    } else if (static_cast<unsigned char>(c) < 0x80) {
      words += ' ';
    } else {
      const auto plain =
          std::find_if(kPlainLetters.begin(), kPlainLetters.end(),
                       [&](const auto& entry) { return text.substr(i).starts_with(entry.first); });
      if (plain != kPlainLetters.end()) {
        words += plain->second;
        i += plain->first.size();
        continue;
      }
    }
    ++i;
  }
  std::erase(words, ' ');
  return words;
}

std::vector<std::string> Common(const std::vector<std::string>& a,
                                const std::vector<std::string>& b) {
  std::vector<std::string> result;
  std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(result));
  return result;
}

}  // namespace

const CountryIndex& CountryIndex::Builtin() {
  static const CountryIndex index = [] {
    Result<CountryIndex> loaded =
        Load(Embedded(stackport_countries_data_begin, stackport_countries_data_end),
             Embedded(stackport_export_groups_data_begin, stackport_export_groups_data_end));
    if (!loaded) {
      // The bytes are part of the program, so nobody but us can mend this.
      std::fprintf(stderr, "stackport: built-in country data: %s\n",
                   loaded.error().ToString().c_str());
      std::abort();
    }
    return *std::move(loaded);
  }();
  return index;
}

Result<CountryIndex> CountryIndex::Load(std::string_view countries, std::string_view groups) {
  Result<CountryData> data = LoadCountries(countries, "countries.json");
  if (!data) return data.error();
  Result<ExportControlGroups> controls =
      ExportControlGroups::Load(groups, "export_control_groups.json");
  if (!controls) return controls.error();
  CountryIndex index;
  index.countries_ = std::move(data->countries);
  index.blocs_ = std::move(data->blocs);
  index.groups_ = *std::move(controls);
  for (Country& country : index.countries_) {
    country.ear_groups = index.groups_.GroupsOf(country.code);
    Provenance provenance = index.groups_.provenance();
    provenance.note = index.groups_.NoteOn(country.code);
    if (const auto* substitute = index.groups_.FindSubstitute(country.code)) {
      provenance.note = substitute->note;
    }
    country.provenance.emplace("ear_groups", std::move(provenance));
    for (const std::string& name : {country.code, country.alpha3, country.name, country.iso_name}) {
      index.code_by_folded_name_.emplace(Fold(name), country.code);
    }
    index.names_.push_back(country.name);
  }
  return index;
}

const Country* CountryIndex::Find(std::string_view code) const {
  const auto found = std::lower_bound(
      countries_.begin(), countries_.end(), code,
      [](const Country& country, std::string_view key) { return country.code < key; });
  return found == countries_.end() || found->code != code ? nullptr : &*found;
}

Result<std::string> CountryIndex::Resolve(std::string_view text) const {
  const auto found = code_by_folded_name_.find(Fold(text));
  if (found != code_by_folded_name_.end()) return found->second;
  std::string message = Quoted(text) + " is no country of ISO 3166-1";
  const std::string nearest = NearestName(text, names_);
  if (nearest.empty()) {
    message += "; give a two-letter code such as KE, or an English name";
  } else {
    message += "; did you mean " + nearest + "?";
  }
  return InvalidArgument(std::move(message));
}

std::vector<const Bloc*> CountryIndex::RegionalBlocs() const {
  std::vector<const Bloc*> result;
  for (const Bloc& bloc : blocs_) {
    if (bloc.regional) result.push_back(&bloc);
  }
  return result;
}

const Bloc* CountryIndex::FindBloc(std::string_view name) const {
  const std::string folded = Fold(name);
  const auto found = std::find_if(blocs_.begin(), blocs_.end(),
                                  [&](const Bloc& bloc) { return Fold(bloc.name) == folded; });
  return found == blocs_.end() ? nullptr : &*found;
}

std::vector<std::string> CountryIndex::ShareBloc(std::string_view a, std::string_view b) const {
  const Country* first = Find(a);
  const Country* second = Find(b);
  if (first == nullptr || second == nullptr) return {};
  return Common(first->blocs, second->blocs);
}

std::vector<std::string> CountryIndex::ShareRegionalBloc(std::string_view a,
                                                         std::string_view b) const {
  const Country* first = Find(a);
  const Country* second = Find(b);
  if (first == nullptr || second == nullptr) return {};
  return Common(first->regional_blocs, second->regional_blocs);
}

}  // namespace stackport
