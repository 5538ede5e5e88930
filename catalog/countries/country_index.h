// All countries by code and by name, the blocs they form, and the export-control groups.
//
// Immutable and thread-safe after Load.
#ifndef STACKPORT_CATALOG_COUNTRIES_COUNTRY_INDEX_H_
#define STACKPORT_CATALOG_COUNTRIES_COUNTRY_INDEX_H_

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/countries/country.h"
#include "catalog/countries/export_control_groups.h"

namespace stackport {

struct Bloc {
  std::string name;
  // Whether it is a regional union in the sense of Executive Order 14320 section 3(b)(ii), and so
  // counts for data that may be held "in the bloc". Clubs, alliances, declarations and export
  // regimes are not; `about` says why. The grading is ours.
  bool regional = false;
  std::string about;
  std::vector<std::string> members;  // ISO 3166-1 alpha-2, sorted
  Provenance provenance;
};

class CountryIndex {
 public:
  // The data compiled into the program. The reference lives as long as the process.
  static const CountryIndex& Builtin();
  // For tests: other data, from their JSON texts.
  static Result<CountryIndex> Load(std::string_view countries, std::string_view groups);

  // By exact ISO 3166-1 alpha-2 code ("KE"), or null.
  const Country* Find(std::string_view code) const;
  // Alpha-2, alpha-3, English short name or ISO name, whatever the case, accents and punctuation
  // -> alpha-2. The error names the nearest known name.
  Result<std::string> Resolve(std::string_view text) const;
  // Sorted by code.
  const std::vector<Country>& All() const { return countries_; }

  // Every bloc, sorted by name; and those that are regional unions.
  const std::vector<Bloc>& Blocs() const { return blocs_; }
  std::vector<const Bloc*> RegionalBlocs() const;
  // By name, whatever the case, or null.
  const Bloc* FindBloc(std::string_view name) const;

  // Names of the blocs that both countries belong to; empty when either code is unknown.
  std::vector<std::string> ShareBloc(std::string_view a, std::string_view b) const;
  // The same, regional unions only: where data "in the bloc" of one may be held in the other.
  std::vector<std::string> ShareRegionalBloc(std::string_view a, std::string_view b) const;

  const ExportControlGroups& ExportControls() const { return groups_; }
  // Whether the EAR table lists the code in a group: InGroup("KP", "E:1").
  bool InGroup(std::string_view code, std::string_view group) const {
    return groups_.InGroup(code, group);
  }

 private:
  std::vector<Country> countries_;
  std::vector<Bloc> blocs_;
  std::map<std::string, std::string, std::less<>> code_by_folded_name_;
  std::vector<std::string> names_;  // for "did you mean"
  ExportControlGroups groups_;
};

}  // namespace stackport

#endif  // STACKPORT_CATALOG_COUNTRIES_COUNTRY_INDEX_H_
