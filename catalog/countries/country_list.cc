#include "catalog/countries/country_list.h"

#include <set>
#include <utility>

namespace stackport {

Result<std::vector<std::string>> CountryCodes(const std::vector<std::string>& names,
                                              const CountryIndex& countries) {
  std::set<std::string> codes;
  for (const std::string& name : names) {
    if (name == "all") {
      for (const Country& country : countries.All()) codes.insert(country.code);
    } else if (const Bloc* bloc = countries.FindBloc(name)) {
      codes.insert(bloc->members.begin(), bloc->members.end());
    } else {
      auto code = countries.Resolve(name);
      if (!code) return code.error();
      codes.insert(*std::move(code));
    }
  }
  return std::vector<std::string>(codes.begin(), codes.end());
}

}  // namespace stackport
