// One request put to one country, as part of a sweep.
#ifndef STACKPORT_CATALOG_MATCH_SWEEP_COUNTRY_H_
#define STACKPORT_CATALOG_MATCH_SWEEP_COUNTRY_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"
#include "catalog/match/site_forms.h"
#include "catalog/match/sweep.h"

namespace stackport::match {

// Finds the rows of a sweep. What a site gives is compiled and searched for once for all countries
// for which the rules read nothing different there, and searched for once for all to which it then
// looks the same. Thread-safe; holds references to what it is given.
class CountrySweeper {
 public:
  CountrySweeper(const PreparedCatalog& catalog, const CountryIndex& countries,
                 const SweepOptions& options)
      : catalog_(catalog),
        countries_(countries),
        cancel_(options.cancel),
        unlocks_(options.unlocks) {}

  // Requires: the requests of all calls differ in their country alone, and in assumptions that
  // follow from it; `top` is 1.
  Result<SweepRow> RowOf(const Request& request);

  // Requests for which RowOf gives the same row, but for the country's name, have the same key.
  std::string KeyOf(const Request& request) const;

 private:
  // The sites of a request, and what decides about each.
  struct Sites {
    std::vector<Site> list;
    std::vector<std::string> keys;
  };
  Sites SitesOf(const Request& request);

  // The first package at one site, if there is any.
  struct SiteBest {
    bool stopped = false;  // before the search was through
    std::optional<SweepPackage> package;
    std::vector<std::int64_t> level_values;
    std::vector<std::string> ids;  // CanonicalIds
  };
  using SiteBestPtr = std::shared_ptr<const SiteBest>;  // shared by the countries it holds for

  // By site. An error is the compiler's.
  Result<std::vector<SiteBestPtr>> BestOfSites(const Request& request, const Sites& all);
  // Of these sites of the request, by their numbers.
  Result<std::vector<SiteBestPtr>> BestAt(const Request& request, const Sites& all,
                                          const std::vector<std::size_t>& sites);
  // By site. Searches no longer than `left`, and takes off it what the search took. Requires: the
  // sites are ascending, and there is one.
  std::vector<SiteBestPtr> Search(const Request& request, const CompiledMatch& compiled,
                                  const SiteForms& forms, const std::vector<std::size_t>& sites,
                                  std::chrono::milliseconds* left) const;

  const PreparedCatalog& catalog_;
  const CountryIndex& countries_;
  const std::atomic<bool>* const cancel_;
  const bool unlocks_;
  FormNumbers numbers_;
  std::mutex mutex_;  // of what follows
  std::unordered_map<std::string, SiteBestPtr> best_of_key_;
  // By what the search would see. One that is under way is waited for.
  std::unordered_map<std::string, std::shared_future<SiteBestPtr>> best_of_text_;
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SWEEP_COUNTRY_H_
