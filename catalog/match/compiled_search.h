// A request compiled and searched: what matches, explanations, relaxations and sweeps share.
#ifndef STACKPORT_CATALOG_MATCH_COMPILED_SEARCH_H_
#define STACKPORT_CATALOG_MATCH_COMPILED_SEARCH_H_

#include <atomic>
#include <set>
#include <string>
#include <vector>

#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/compiled.h"
#include "catalog/match/engine.h"
#include "catalog/match/prepared_catalog.h"
#include "catalog/match/request.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// Compile and Validate. A demand that nothing answers is no error: SolveCompiled says so.
Result<CompiledMatch> CompileChecked(const PreparedCatalog& catalog, const CountryIndex& countries,
                                     const Request& request);

// CompileAt and Validate, likewise.
Result<CompiledMatch> CompileAtChecked(const PreparedCatalog& catalog,
                                       const CountryIndex& countries, const Request& request,
                                       const std::set<std::string>& site_ids);

// Demands, and bits of cover lists, that no candidate answers, in the problem's order.
std::vector<std::string> EmptyDemands(const Problem& problem);

// Solve, with the answer "nothing fits" when a demand has no candidate.
Solution SolveCompiled(const CompiledMatch& compiled, const SearchOptions& options);

// FindAny, likewise.
AnyPackage FindAnyCompiled(const CompiledMatch& compiled, const SearchOptions& options);

// The candidates of the slot that `best_per` names, in classes, with the classes' names in
// alphabetical order. Requires: best_per is one that ParseRequest accepts, other than "none".
struct NamedClasses {
  SlotClasses classes;
  std::vector<std::string> names;  // by number
};
NamedClasses ClassesFor(const CatalogSnapshot& snapshot, const CompiledMatch& compiled,
                        const std::string& best_per);

// Deadline of the request, or the default, and the cancel flag, which may be null.
SearchOptions OptionsOf(const Request& request, const std::atomic<bool>* cancel);

// Longest a request may search when it states no deadline_ms; then the answer carries the proven
// bound instead of the proof.
inline constexpr int kDefaultDeadlineMs = 30'000;

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_COMPILED_SEARCH_H_
