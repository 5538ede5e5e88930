// GET /v1/vendors and /v1/snapshots.
#include <map>

#include "host/http/catalog_json.h"
#include "host/http/limits.h"
#include "host/http/problem_details.h"
#include "host/http/routes.h"

namespace stackport::http {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

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
