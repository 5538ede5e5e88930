// stackport components: what the catalog holds, as a list or one of them in full.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "catalog/base/text.h"
#include "catalog/model/registry.h"
#include "host/cli/commands.h"
#include "host/cli/component_text.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

struct ComponentsOptions {
  std::string id, kind, vendor, search;
  std::size_t limit = 50;
};

// A search reads this many before other filters apply.
constexpr std::size_t kMaxSearchResults = 1000;

// An error naming the nearest known name when a filter names nothing that exists.
Status CheckFilter(const std::string& value, const std::vector<std::string>& known,
                   const char* what) {
  if (value.empty() || std::find(known.begin(), known.end(), value) != known.end()) return {};
  const std::string near = NearestName(value, known);
  return NotFound(fmt::format(
      "there is no {} {}{}", what, Quoted(value),
      near.empty() ? "; known: " + Join(known, ", ") : "; did you mean '" + near + "'?"));
}

Result<std::vector<const Component*>> Select(Application& application,
                                             const CatalogSnapshot& snapshot,
                                             const ComponentsOptions& options) {
  std::vector<std::string> vendors;
  for (const auto& [id, vendor] : snapshot.vendors) vendors.push_back(id);
  if (Status ok = CheckFilter(options.kind, Registry::Builtin().KindNames(), "kind"); !ok) {
    return ok.error();
  }
  if (Status ok = CheckFilter(options.vendor, vendors, "vendor"); !ok) return ok.error();
  std::vector<const Component*> pool;
  if (options.search.empty()) {
    for (const Component& component : snapshot.components) pool.push_back(&component);
  } else {
    auto found = application.store().Search(options.search, kMaxSearchResults);
    if (!found) return found.error();
    for (const std::string& id : *found) {
      if (const Component* component = snapshot.Find(id)) pool.push_back(component);
    }
  }
  std::erase_if(pool, [&](const Component* component) {
    return (!options.kind.empty() && component->kind != options.kind) ||
           (!options.vendor.empty() && component->vendor_id != options.vendor);
  });
  return pool;
}

// Open facts make a package conditional: their number tells how much is known.
std::string PriceText(const Component& component) {
  for (const Offer& offer : component.offers) {
    for (const Price& price : offer.prices) {
      if (price.quantity.to) continue;  // of small lots; the column holds one price
      constexpr std::int64_t kMicroPerCent = 10'000;
      return MoneyRange(price.micro_usd.low / kMicroPerCent, price.micro_usd.high / kMicroPerCent) +
             " per " + std::string(PricePerName(price.per));
    }
  }
  return "unknown";
}

void PrintList(Session& session, const std::vector<const Component*>& list, std::size_t limit) {
  Table table({{"component", Align::kLeft, 20},
               {"kind"},
               {"layer"},
               {"name", Align::kLeft, 16},
               {"facts", Align::kRight},
               {"first price", Align::kLeft, 12}});
  for (std::size_t i = 0; i < std::min(list.size(), limit); ++i) {
    const Component& component = *list[i];
    table.AddRow({component.id, component.kind, std::string(1, component.layer), component.name,
                  std::to_string(component.facts.size()), PriceText(component)});
  }
  session.out() << table.ToText(session.table_width(), session.style());
  if (list.size() > limit) {
    session.out() << fmt::format("{} of {} shown; --limit {} shows all\n", limit, list.size(),
                                 list.size());
  } else {
    session.out() << Count(static_cast<std::int64_t>(list.size()), "component") << "\n";
  }
}

json::Document ListJson(const CatalogSnapshot& snapshot, const std::vector<const Component*>& list,
                        std::size_t limit) {
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  json::Set(document, "snapshot", snapshot.id, allocator);
  json::Set(document, "total", list.size(), allocator);
  json::Value items(rapidjson::kArrayType);
  for (std::size_t i = 0; i < std::min(list.size(), limit); ++i) {
    const Component& component = *list[i];
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "id", component.id, allocator);
    json::Set(item, "name", component.name, allocator);
    json::Set(item, "vendor", component.vendor_id, allocator);
    json::Set(item, "kind", component.kind, allocator);
    json::Set(item, "layer", std::string(1, component.layer), allocator);
    json::Set(item, "revision", component.revision, allocator);
    json::Set(item, "summary", component.summary, allocator);
    items.PushBack(item, allocator);
  }
  json::Set(document, "components", std::move(items), allocator);
  return document;
}

Result<int> ShowOne(Session& session, const CatalogSnapshot& snapshot, const std::string& id,
                    bool as_json) {
  const Component* component = snapshot.Find(id);
  if (component == nullptr) {
    std::vector<std::string> known;
    for (const Component& other : snapshot.components) known.push_back(other.id);
    const std::string near = NearestName(id, known);
    return NotFound(fmt::format("the catalog has no component {}{}", Quoted(id),
                                near.empty()
                                    ? "; `stackport components --search TEXT` looks for one"
                                    : "; did you mean '" + near + "'?"));
  }
  if (!as_json) {
    if (Status printed = PrintComponent(session, snapshot, *component); !printed) {
      return printed.error();
    }
    return kExitOk;
  }
  auto document = ComponentJson(snapshot, *component);
  if (!document) return document.error();
  session.PrintJson(*document);
  return kExitOk;
}

Result<int> RunComponents(Session& session, const ComponentsOptions& options, bool as_json) {
  auto application = session.OpenCatalog();
  if (!application) return application.error();
  const SnapshotPtr snapshot = (*application)->snapshot();
  if (!options.id.empty()) return ShowOne(session, *snapshot, options.id, as_json);
  auto list = Select(**application, *snapshot, options);
  if (!list) return list.error();
  if (as_json) {
    session.PrintJson(ListJson(*snapshot, *list, options.limit));
  } else {
    PrintList(session, *list, options.limit);
  }
  return kExitOk;
}

}  // namespace

void AddComponentsCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = AddCommand(app, "components", "List components, or show one with its sources",
                                 "stackport components --kind server --search 'liquid cooling'\n"
                                 "  stackport components nvidia/h200-sxm");
  const auto options = std::make_shared<ComponentsOptions>();
  command->add_option("ID", options->id, "Component id, vendor/name")->type_name("");
  command->add_option("--kind", options->kind, "Only this kind")->type_name("KIND");
  command->add_option("--vendor", options->vendor, "Only this vendor's")->type_name("VENDOR");
  command->add_option("--search", options->search, "Words in name, summary, capabilities")
      ->type_name("TEXT");
  command->add_option("--limit", options->limit, "Most to list (default 50)")->type_name("N");
  AddJsonFlag(*command, invocation);
  command->callback([options, &invocation] {
    invocation.body = [options, &invocation](Session& session) {
      return RunComponents(session, *options, invocation.json);
    };
  });
}

}  // namespace stackport::cli
