// One request in several variations, each put to many countries.
#ifndef STACKPORT_CATALOG_MATCH_SCENARIOS_H_
#define STACKPORT_CATALOG_MATCH_SCENARIOS_H_

#include <string>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/sweep.h"
#include "catalog/model/registry.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// More are a study to be split up.
inline constexpr std::size_t kMaxScenarios = 16;
inline constexpr std::size_t kMaxScenarioNameBytes = 80;

// A variation: what a JSON merge patch (RFC 7396) makes of the request. {"limits": {"capex": null}}
// takes a limit away.
struct Scenario {
  std::string name;
  json::Document patch;
};

// `patch` applied to `target`, as RFC 7396 says.
void MergePatch(json::Value& target, const json::Value& patch, json::Allocator& allocator);

struct ScenarioSweep {
  std::string name;  // empty: the request as it is
  Sweep sweep;
};

// Sweeps the request in each scenario, in their order; the request as it is when there is none.
// Progress counts the countries of all of them. Errors name the scenario whose request is wrong;
// InvalidArgument for two of one name.
Result<std::vector<ScenarioSweep>> RunScenarios(
    const SnapshotPtr& snapshot, const CountryIndex& countries, const Registry& registry,
    const json::Value& request, const std::vector<Scenario>& scenarios,
    const std::vector<std::string>& codes, const SweepOptions& options);

// One sweep without a name in the form stackport.sweep/1; otherwise {"schema":
// "stackport.scenarios/1", "snapshot", "scenarios": [{"name", "sweep"}…]}.
json::Document ScenariosJson(const std::vector<ScenarioSweep>& sweeps,
                             const CountryIndex& countries);

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_SCENARIOS_H_
