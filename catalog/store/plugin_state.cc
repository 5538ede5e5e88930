#include "catalog/store/plugin_state.h"

#include <utility>

namespace stackport {

std::string_view PluginStateName(PluginState state) {
  switch (state) {
    case PluginState::kInService:
      return "in_service";
    case PluginState::kStale:
      return "stale";
    case PluginState::kRefused:
      return "refused";
    case PluginState::kQuarantined:
      return "quarantined";
    case PluginState::kReleased:
      return "released";
  }
  return "refused";
}

PluginState StateOf(bool in_service, const PluginProblem* problem) {
  if (in_service) {
    return problem && problem->stale ? PluginState::kStale : PluginState::kInService;
  }
  if (!problem || !problem->quarantine) return PluginState::kRefused;
  return problem->quarantine->released ? PluginState::kReleased : PluginState::kQuarantined;
}

json::Value ToJson(const PluginProblem& problem, json::Allocator& allocator) {
  json::Value value(rapidjson::kObjectType);
  json::Set(value, "stage", problem.stage, allocator);
  json::Set(value, "reason", problem.reason, allocator);
  json::Set(value, "at", problem.at, allocator);
  if (!problem.content_hash.empty()) {
    json::Set(value, "content_hash", problem.content_hash, allocator);
  }
  if (problem.quarantine) {
    json::Value quarantine(rapidjson::kObjectType);
    json::Set(quarantine, "failures", problem.quarantine->failures, allocator);
    json::Set(quarantine, "next_retry", problem.quarantine->next_retry, allocator);
    json::Set(quarantine, "released", problem.quarantine->released, allocator);
    json::Set(value, "quarantine", std::move(quarantine), allocator);
  }
  if (const auto evidence = json::Parse(problem.evidence, "evidence")) {
    json::Set(value, "evidence", json::Value(*evidence, allocator), allocator);
  } else {
    json::Set(value, "evidence", problem.evidence, allocator);
  }
  return value;
}

}  // namespace stackport
