#include "catalog/match/scenarios.h"

#include <algorithm>
#include <set>
#include <utility>

#include "catalog/base/text.h"

namespace stackport::match {

namespace {

using json::Set;
using json::Value;

Result<Sweep> RunOne(const SnapshotPtr& snapshot, const CountryIndex& countries,
                     const Registry& registry, const Value& request, const Scenario& scenario,
                     const std::vector<std::string>& codes, const SweepOptions& options) {
  json::Document varied(rapidjson::kObjectType);
  varied.CopyFrom(request, varied.GetAllocator());
  MergePatch(varied, scenario.patch, varied.GetAllocator());
  auto sweep = RunSweep(snapshot, countries, registry, varied, codes, options);
  if (sweep) return sweep;
  Error error = sweep.error();
  error.message = "scenario " + Quoted(scenario.name) + ": " + error.message;
  return error;
}

}  // namespace

void MergePatch(Value& target, const Value& patch, json::Allocator& allocator) {
  if (!patch.IsObject()) {
    target.CopyFrom(patch, allocator);
    return;
  }
  if (!target.IsObject()) target.SetObject();
  for (const auto& member : patch.GetObject()) {
    const auto found = target.FindMember(member.name);
    if (member.value.IsNull()) {
      if (found != target.MemberEnd()) target.RemoveMember(found);
      continue;
    }
    if (found != target.MemberEnd()) {
      MergePatch(found->value, member.value, allocator);
      continue;
    }
    Value name(member.name, allocator), value;
    MergePatch(value, member.value, allocator);
    target.AddMember(name, value, allocator);
  }
}

Result<std::vector<ScenarioSweep>> RunScenarios(const SnapshotPtr& snapshot,
                                                const CountryIndex& countries,
                                                const Registry& registry, const Value& request,
                                                const std::vector<Scenario>& scenarios,
                                                const std::vector<std::string>& codes,
                                                const SweepOptions& options) {
  std::vector<ScenarioSweep> sweeps;
  if (scenarios.empty()) {
    auto sweep = RunSweep(snapshot, countries, registry, request, codes, options);
    if (!sweep) return sweep.error();
    sweeps.push_back({"", *std::move(sweep)});
    return sweeps;
  }
  std::set<std::string> names;
  for (const Scenario& scenario : scenarios) {
    if (!names.insert(scenario.name).second) {
      return InvalidArgument("two scenarios are named " + Quoted(scenario.name) +
                             "; give each a name of its own");
    }
  }
  for (std::size_t i = 0; i < scenarios.size(); ++i) {
    SweepOptions one = options;
    if (options.progress) {
      one.progress = [&, i](std::size_t done, std::size_t total) {
        options.progress(i * total + done, scenarios.size() * total);
      };
    }
    auto sweep = RunOne(snapshot, countries, registry, request, scenarios[i], codes, one);
    if (!sweep) return sweep.error();
    sweeps.push_back({scenarios[i].name, *std::move(sweep)});
    if (sweeps.back().sweep.cancelled) break;
  }
  return sweeps;
}

json::Document ScenariosJson(const std::vector<ScenarioSweep>& sweeps,
                             const CountryIndex& countries) {
  if (sweeps.size() == 1 && sweeps.front().name.empty()) {
    return SweepJson(sweeps.front().sweep, countries);
  }
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  Set(document, "schema", "stackport.scenarios/1", allocator);
  Set(document, "snapshot", sweeps.front().sweep.snapshot, allocator);
  Value list(rapidjson::kArrayType);
  for (const ScenarioSweep& each : sweeps) {
    Value entry(rapidjson::kObjectType);
    Set(entry, "name", each.name, allocator);
    Value sweep;
    sweep.CopyFrom(SweepJson(each.sweep, countries), allocator);
    Set(entry, "sweep", std::move(sweep), allocator);
    list.PushBack(entry, allocator);
  }
  Set(document, "scenarios", std::move(list), allocator);
  return document;
}

}  // namespace stackport::match
