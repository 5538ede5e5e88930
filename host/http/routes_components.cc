// GET /v1/components and /v1/components/{vendor}/{name}.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "catalog/base/text.h"
#include "catalog/model/registry.h"
#include "catalog/model/trust_label.h"
#include "host/http/catalog_json.h"
#include "host/http/limits.h"
#include "host/http/problem_details.h"
#include "host/http/routes.h"

namespace stackport::http {

namespace {

using json::Allocator;
using json::Set;
using json::Value;

const std::vector<std::string>& FieldNames() {
  static const std::vector<std::string> names = {"id",     "name",     "kind",    "layer",
                                                 "vendor", "revision", "summary", "plugin",
                                                 "trust",  "document"};
  return names;
}

// The fields of ?fields=, or all but the document.
OrResponse<std::vector<std::string>> FieldsOf(const Query& query) {
  const std::vector<std::string>& known = FieldNames();
  const std::string_view text = Parameter(query, "fields");
  if (text.empty()) return std::vector<std::string>(known.begin(), known.end() - 1);
  std::vector<std::string> fields;
  for (const std::string& name : Split(text, ',')) {
    if (std::find(known.begin(), known.end(), name) == known.end()) {
      return Problem(
          ProblemType::kInvalidParameter,
          fmt::format("'fields' names {}; known are {}", Quoted(name), Join(known, ", ")),
          NearestName(name, known));
    }
    if (std::find(fields.begin(), fields.end(), name) == fields.end()) fields.push_back(name);
  }
  return fields;
}

struct Filter {
  std::string_view kind, vendor;
  char layer = 0;  // 0: all

  bool Accepts(const Component& component) const {
    return (kind.empty() || component.kind == kind) &&
           (vendor.empty() || component.vendor_id == vendor) &&
           (layer == 0 || component.layer == layer);
  }
};

OrResponse<Filter> FilterOf(const Query& query) {
  Filter filter;
  filter.kind = Parameter(query, "kind");
  filter.vendor = Parameter(query, "vendor");
  const Registry& registry = Registry::Builtin();
  if (!filter.kind.empty() && registry.FindKind(filter.kind) == nullptr) {
    const std::vector<std::string> known = registry.KindNames();
    return Problem(
        ProblemType::kInvalidParameter,
        fmt::format("'kind' is {}; known are {}", Quoted(filter.kind), Join(known, ", ")),
        NearestName(filter.kind, known));
  }
  if (const std::string_view layer = Parameter(query, "layer"); !layer.empty()) {
    if (layer.size() != 1 || layer.front() < 'A' || layer.front() > 'E') {
      return Problem(ProblemType::kInvalidParameter,
                     fmt::format("'layer' is {}, and not one of A, B, C, D, E", Quoted(layer)));
    }
    filter.layer = layer.front();
  }
  return filter;
}

// Everything that passes the filter, in the order it is listed: by id, or best match first.
OrResponse<std::vector<const Component*>> Select(const ApiContext& context, const Page& page,
                                                 const Filter& filter, const Query& query) {
  std::vector<const Component*> selected;
  const std::string_view text = Parameter(query, "q");
  if (text.empty()) {
    for (const Component& component : page.snapshot->components) {
      if (filter.Accepts(component)) selected.push_back(&component);
    }
    return selected;
  }
  auto current = context.source.Current();
  if (!current) return ProblemOf(current.error());
  if ((*current)->id != page.snapshot->id) {
    return page.continued ? Problem(ProblemType::kCursorExpired,
                                    "the search began in snapshot " + page.snapshot->id +
                                        ", and now it is " + (*current)->id)
                          : Problem(ProblemType::kInvalidParameter,
                                    "'q' searches the newest snapshot alone; leave 'snapshot' out");
  }
  auto found = context.source.Search(text, kMaxSearchResults);
  if (!found) return ProblemOf(found.error());
  for (const std::string& id : *found) {
    const Component* component = page.snapshot->Find(id);
    if (component != nullptr && filter.Accepts(*component)) selected.push_back(component);
  }
  return selected;
}

Result<Value> ItemJson(const CatalogSnapshot& snapshot, const Component& component,
                       const std::vector<std::string>& fields, Allocator& allocator) {
  const PluginRecord* plugin = snapshot.PluginOf(component.id);
  Value item(rapidjson::kObjectType);
  for (const std::string& field : fields) {
    if (field == "id") Set(item, field, component.id, allocator);
    if (field == "name") Set(item, field, component.name, allocator);
    if (field == "kind") Set(item, field, component.kind, allocator);
    if (field == "layer") Set(item, field, std::string(1, component.layer), allocator);
    if (field == "vendor") Set(item, field, component.vendor_id, allocator);
    if (field == "revision") Set(item, field, component.revision, allocator);
    if (field == "summary") Set(item, field, component.summary, allocator);
    if (field == "plugin" && plugin != nullptr) Set(item, field, plugin->id, allocator);
    if (field == "trust" && plugin != nullptr) SetTrust(item, *plugin, allocator);
    if (field == "document") {
      auto document = StoredJson(component.document, allocator);
      if (!document) return document.error();
      Set(item, field, *std::move(document), allocator);
    }
  }
  return item;
}

}  // namespace

ApiResponse ListComponents(const ApiContext& context, const RouteCall& call) {
  auto fields = FieldsOf(call.query);
  if (auto* problem = std::get_if<ApiResponse>(&fields)) return std::move(*problem);
  auto filter = FilterOf(call.query);
  if (auto* problem = std::get_if<ApiResponse>(&filter)) return std::move(*problem);
  auto paged = PageOf(context.source, call.request, call.query);
  if (auto* problem = std::get_if<ApiResponse>(&paged)) return std::move(*problem);
  const Page& page = std::get<Page>(paged);
  auto selected = Select(context, page, std::get<Filter>(filter), call.query);
  if (auto* problem = std::get_if<ApiResponse>(&selected)) return std::move(*problem);
  const auto& components = std::get<std::vector<const Component*>>(selected);

  json::Document document(rapidjson::kObjectType);
  Value items(rapidjson::kArrayType);
  const auto [begin, end] = Bounds(page, components.size());
  for (std::size_t i = begin; i < end; ++i) {
    auto item = ItemJson(*page.snapshot, *components[i], std::get<std::vector<std::string>>(fields),
                         document.GetAllocator());
    if (!item) return ProblemOf(item.error());
    items.PushBack(*item, document.GetAllocator());
  }
  ApiResponse response = PageResponse(call.request, call.query, page, components.size(),
                                      std::move(document), std::move(items));
  TagWithSnapshot(response, *page.snapshot);
  return response;
}

ApiResponse GetComponent(const ApiContext& context, const RouteCall& call) {
  auto read = SnapshotOf(context.source, call.query);
  if (auto* problem = std::get_if<ApiResponse>(&read)) return std::move(*problem);
  const CatalogSnapshot& snapshot = *std::get<SnapshotPtr>(read);
  const std::string id = call.arguments[0] + "/" + call.arguments[1];
  const Component* component = snapshot.Find(id);
  if (component == nullptr) {
    std::vector<std::string> known;
    for (const Component& other : snapshot.components) known.push_back(other.id);
    const std::string near = NearestName(id, known);
    return Problem(ProblemType::kUnknownComponent,
                   fmt::format("snapshot {} has no component {}{}", snapshot.id, Quoted(id),
                               near.empty() ? "" : "; did you mean '" + near + "'?"),
                   near);
  }
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  auto content = StoredJson(component->document, allocator);
  if (!content) return ProblemOf(content.error());
  Set(document, "snapshot", snapshot.id, allocator);
  Set(document, "id", component->id, allocator);
  Set(document, "layer", std::string(1, component->layer), allocator);
  if (const PluginRecord* plugin = snapshot.PluginOf(id)) {
    Set(document, "plugin", PluginJson(*plugin, allocator), allocator);
  }
  if (const Vendor* vendor = snapshot.FindVendor(component->vendor_id)) {
    Set(document, "vendor", VendorJson(*vendor, allocator), allocator);
  }
  Set(document, "document", *std::move(content), allocator);
  ApiResponse response = JsonResponse(document);
  TagWithSnapshot(response, snapshot);
  return response;
}

}  // namespace stackport::http
