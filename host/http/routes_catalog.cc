// GET /v1/vendors, /v1/plugins and /v1/snapshots.
#include <map>
#include <set>

#include "host/http/catalog_json.h"
#include "host/http/limits.h"
#include "host/http/problem_details.h"
#include "host/http/routes.h"

namespace stackport::http {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

// {"stage", "reason", "content_hash"?, "at", "evidence"}
Value ProblemJson(const PluginProblem& problem, Allocator& allocator) {
  Value value(rapidjson::kObjectType);
  Set(value, "stage", problem.stage, allocator);
  Set(value, "reason", problem.reason, allocator);
  if (!problem.content_hash.empty()) Set(value, "content_hash", problem.content_hash, allocator);
  Set(value, "at", problem.at, allocator);
  // Evidence that is no JSON is shown as the text it is.
  auto evidence = StoredJson(problem.evidence, allocator);
  Set(value, "evidence",
      evidence ? *std::move(evidence) : json::String(problem.evidence, allocator), allocator);
  return value;
}

std::map<std::string, std::size_t> ComponentsByPlugin(const CatalogSnapshot& snapshot) {
  std::map<std::string, std::size_t> counts;
  for (const auto& [component, plugin] : snapshot.plugin_of) ++counts[plugin];
  return counts;
}

}  // namespace

ApiResponse ListVendors(const ApiContext& context, const RouteCall& call) {
  auto paged = PageOf(context.source, call.request, call.query);
  if (auto* problem = std::get_if<ApiResponse>(&paged)) return std::move(*problem);
  const Page& page = std::get<Page>(paged);
  const CatalogSnapshot& snapshot = *page.snapshot;
  std::map<std::string, std::size_t> counts;
  for (const Component& component : snapshot.components) ++counts[component.vendor_id];

  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  Value items(rapidjson::kArrayType);
  const auto [begin, end] = Bounds(page, snapshot.vendors.size());
  auto vendor = std::next(snapshot.vendors.begin(), static_cast<std::ptrdiff_t>(begin));
  for (std::size_t i = begin; i < end; ++i, ++vendor) {
    Value item = VendorJson(vendor->second, allocator);
    Set(item, "components", counts[vendor->first], allocator);
    items.PushBack(item, allocator);
  }
  ApiResponse response = PageResponse(call.request, call.query, page, snapshot.vendors.size(),
                                      std::move(document), std::move(items));
  TagWithSnapshot(response, snapshot);
  return response;
}

ApiResponse ListPlugins(const ApiContext& context, const RouteCall&) {
  auto current = context.source.Current();
  if (!current) return ProblemOf(current.error());
  auto problems = context.source.PluginProblems();
  if (!problems) return ProblemOf(problems.error());
  std::map<std::string, const PluginProblem*> problem_of;
  for (const PluginProblem& problem : *problems) problem_of[problem.plugin] = &problem;
  const auto counts = ComponentsByPlugin(**current);

  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  Value items(rapidjson::kArrayType);
  for (const PluginRecord& plugin : (*current)->plugins) {
    Value item = PluginJson(plugin, allocator);
    const auto problem = problem_of.find(plugin.id);
    Set(item, "state", problem == problem_of.end() ? "in_service" : "stale", allocator);
    Set(item, "vendor", plugin.vendor.id, allocator);
    const auto count = counts.find(plugin.id);
    Set(item, "components", count == counts.end() ? std::size_t{0} : count->second, allocator);
    if (problem != problem_of.end()) {
      Set(item, "problem", ProblemJson(*problem->second, allocator), allocator);
      problem_of.erase(problem);
    }
    items.PushBack(item, allocator);
  }
  // What is left never had a good version.
  for (const auto& [plugin, problem] : problem_of) {
    Value item(rapidjson::kObjectType);
    Set(item, "id", plugin, allocator);
    Set(item, "state", "not_in_service", allocator);
    Set(item, "components", 0, allocator);
    Set(item, "problem", ProblemJson(*problem, allocator), allocator);
    items.PushBack(item, allocator);
  }
  Set(document, "snapshot", (*current)->id, allocator);
  Set(document, "items", std::move(items), allocator);
  return JsonResponse(document);
}

ApiResponse ListSnapshots(const ApiContext& context, const RouteCall& call) {
  auto limit = IntegerParameter(call.query, "limit", 1, kMaxPageSize, kDefaultPageSize);
  if (auto* problem = std::get_if<ApiResponse>(&limit)) return std::move(*problem);
  auto steps = context.source.ListSnapshots(std::get<std::size_t>(limit));
  if (!steps) return ProblemOf(steps.error());
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  Value items(rapidjson::kArrayType);
  for (const SnapshotStep& step : *steps) {
    Value item(rapidjson::kObjectType);
    Set(item, "sequence", step.sequence, allocator);
    Set(item, "snapshot", step.snapshot_id, allocator);
    if (!step.parent_id.empty()) Set(item, "parent", step.parent_id, allocator);
    Set(item, "at", step.at, allocator);
    Set(item, "reason", step.reason, allocator);
    items.PushBack(item, allocator);
  }
  Set(document, "items", std::move(items), allocator);
  return JsonResponse(document);
}

}  // namespace stackport::http
