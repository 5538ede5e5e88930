// GET /v1/plugins and /v1/plugins/{id}; POST /v1/plugins/reload and /v1/plugins/{id}/release.
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/text.h"
#include "catalog/store/plugin_state.h"
#include "host/http/catalog_json.h"
#include "host/http/problem_details.h"
#include "host/http/request_body.h"
#include "host/http/routes.h"

namespace stackport::http {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

// The plugins in service and those that have a problem, by id.
class PluginTable {
 public:
  PluginTable(PluginTable&&) = default;  // a copy's rows would point into the original
  // An error is the source's.
  static Result<PluginTable> Read(CatalogSource& source) {
    PluginTable table;
    auto current = source.Current();
    if (!current) return current.error();
    auto problems = source.PluginProblems();
    if (!problems) return problems.error();
    auto withheld = source.Withheld();
    if (!withheld) return withheld.error();
    table.snapshot_ = *std::move(current);
    table.problems_ = *std::move(problems);
    for (const PluginRecord& plugin : table.snapshot_->plugins)
      table.rows_[plugin.id].record = &plugin;
    for (const PluginProblem& problem : table.problems_)
      table.rows_[problem.plugin].problem = &problem;
    for (const auto& [component, plugin] : table.snapshot_->plugin_of) {
      ++table.rows_[plugin].components;
    }
    for (const WithheldComponent& entry : *withheld) {
      table.rows_[entry.plugin_id].withheld.push_back(entry.component_id);
    }
    return table;
  }

  std::vector<std::string> Ids() const {
    std::vector<std::string> ids;
    for (const auto& [id, row] : rows_) ids.push_back(id);
    return ids;
  }
  const std::string& snapshot_id() const { return snapshot_->id; }
  bool Has(const std::string& id) const { return rows_.contains(id); }

  // Requires: Has(id).
  Value ToJson(const std::string& id, Allocator& allocator) const {
    const Row& row = rows_.at(id);
    Value item = row.record ? PluginJson(*row.record, allocator) : Value(rapidjson::kObjectType);
    if (!row.record) Set(item, "id", id, allocator);
    Set(item, "state", PluginStateName(StateOf(row.record != nullptr, row.problem)), allocator);
    if (row.record) Set(item, "vendor", row.record->vendor.id, allocator);
    Set(item, "components", row.components, allocator);
    if (!row.withheld.empty()) {
      Set(item, "withheld", json::StringArray(row.withheld, allocator), allocator);
    }
    if (row.problem) Set(item, "problem", stackport::ToJson(*row.problem, allocator), allocator);
    return item;
  }

 private:
  PluginTable() = default;

  struct Row {
    const PluginRecord* record = nullptr;
    const PluginProblem* problem = nullptr;
    std::size_t components = 0;
    std::vector<std::string> withheld;  // ids of revoked components
  };

  SnapshotPtr snapshot_;
  std::vector<PluginProblem> problems_;
  std::map<std::string, Row> rows_;
};

ApiResponse UnknownPlugin(const PluginTable& table, const std::string& id) {
  return Problem(ProblemType::kUnknownPlugin,
                 "no plugin is in service or has a problem under the id " + Quoted(id),
                 NearestName(id, table.Ids()));
}

ApiResponse PluginResponse(const PluginTable& table, const std::string& id) {
  json::Document document(rapidjson::kObjectType);
  static_cast<Value&>(document) = table.ToJson(id, document.GetAllocator());
  return JsonResponse(document);
}

bool OnlyKnowsAgain(const Value& object) {
  for (const auto& member : object.GetObject()) {
    if (member.name != "again" || !member.value.IsBool()) return false;
  }
  return true;
}

}  // namespace

ApiResponse ListPlugins(const ApiContext& context, const RouteCall&) {
  const auto table = PluginTable::Read(context.source);
  if (!table) return ProblemOf(table.error());
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  Set(document, "snapshot", table->snapshot_id(), allocator);
  Value items(rapidjson::kArrayType);
  for (const std::string& id : table->Ids()) {
    items.PushBack(table->ToJson(id, allocator), allocator);
  }
  Set(document, "items", std::move(items), allocator);
  return JsonResponse(document);
}

ApiResponse GetPlugin(const ApiContext& context, const RouteCall& call) {
  const auto table = PluginTable::Read(context.source);
  if (!table) return ProblemOf(table.error());
  const std::string& id = call.arguments[0];
  return table->Has(id) ? PluginResponse(*table, id) : UnknownPlugin(*table, id);
}

ApiResponse PostReload(const ApiContext& context, const RouteCall& call) {
  auto body = ReadBody(call.request);
  if (auto* problem = std::get_if<ApiResponse>(&body)) return std::move(*problem);
  const json::Document& options = std::get<json::Document>(body);
  if (!options.IsObject() || !OnlyKnowsAgain(options)) {
    return FindingsProblem(
        {{Severity::kError, "invalid_body", "",
          "the body is neither {} nor {\"again\": true or false}", "{} for an ordinary reload",
          "send {\"again\": true} to judge unchanged refused plugins again"}},
        "");
  }
  auto report = context.plugins.Reload(json::BoolOr(options, "again", false));
  if (report) return JsonResponse(*report);
  const Error& error = report.error();
  if (error.code == ErrorCode::kConflict) {
    return Problem(ProblemType::kReloadUnderWay, error.message);
  }
  if (context.log) context.log("reload failed: " + error.ToString());
  return Problem(ProblemType::kReloadFailed, "the reload failed, and the catalog is as it was");
}

ApiResponse PostRelease(const ApiContext& context, const RouteCall& call) {
  auto body = ReadBody(call.request);
  if (auto* problem = std::get_if<ApiResponse>(&body)) return std::move(*problem);
  const std::string& id = call.arguments[0];
  const auto before = PluginTable::Read(context.source);
  if (!before) return ProblemOf(before.error());
  if (!before->Has(id)) return UnknownPlugin(*before, id);
  const Status released = context.plugins.Release(id);
  if (!released) {
    // A plugin in service without a problem has nothing to be released from either.
    if (released.error().code == ErrorCode::kConflict ||
        released.error().code == ErrorCode::kNotFound) {
      return Problem(ProblemType::kNotQuarantined, released.error().message);
    }
    return ProblemOf(released.error());
  }
  const auto after = PluginTable::Read(context.source);
  if (!after) return ProblemOf(after.error());
  return after->Has(id) ? PluginResponse(*after, id) : UnknownPlugin(*after, id);
}

}  // namespace stackport::http
