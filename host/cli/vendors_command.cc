// stackport vendors: who publishes what, and what is known about them.
#include <fmt/format.h>

#include <map>
#include <set>

#include "catalog/base/text.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

struct VendorSummary {
  std::int64_t components = 0;
  std::set<std::string> layers;
};

Result<int> RunVendors(Session& session, bool as_json) {
  auto application = session.OpenCatalog();
  if (!application) return application.error();
  const SnapshotPtr snapshot = (*application)->snapshot();
  std::map<std::string, VendorSummary> summaries;
  for (const Component& component : snapshot->components) {
    VendorSummary& summary = summaries[component.vendor_id];
    ++summary.components;
    summary.layers.insert(std::string(1, component.layer));
  }
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  json::Value list(rapidjson::kArrayType);
  Table table({{"vendor"},
               {"name", Align::kLeft, 16},
               {"headquarters"},
               {"parent's"},
               {"layers"},
               {"components", Align::kRight}});
  for (const auto& [id, vendor] : snapshot->vendors) {
    const VendorSummary& summary = summaries[id];
    const std::vector<std::string> layers(summary.layers.begin(), summary.layers.end());
    const bool none = vendor.community_project && vendor.headquarters.empty();
    table.AddRow({id, vendor.name,
                  none                          ? "community"
                  : vendor.headquarters.empty() ? "unknown"
                                                : vendor.headquarters,
                  vendor.ultimate_parent_headquarters, Join(layers, " "),
                  std::to_string(summary.components)});
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "id", id, allocator);
    json::Set(item, "name", vendor.name, allocator);
    if (!vendor.headquarters.empty()) {
      json::Set(item, "headquarters", vendor.headquarters, allocator);
      json::Set(item, "source", vendor.provenance.source, allocator);
      json::Set(item, "as_of", vendor.provenance.as_of, allocator);
    }
    if (!vendor.ultimate_parent_headquarters.empty()) {
      json::Set(item, "ultimate_parent_headquarters", vendor.ultimate_parent_headquarters,
                allocator);
    }
    json::Set(item, "community_project", vendor.community_project, allocator);
    json::Set(item, "layers", json::StringArray(layers, allocator), allocator);
    json::Set(item, "components", summary.components, allocator);
    list.PushBack(item, allocator);
  }
  json::Set(document, "snapshot", snapshot->id, allocator);
  json::Set(document, "vendors", std::move(list), allocator);
  if (as_json) {
    session.PrintJson(document);
  } else {
    session.out() << table.ToText(session.table_width(), session.style());
  }
  return kExitOk;
}

}  // namespace

void AddVendorsCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = AddCommand(app, "vendors", "List the vendors", "stackport vendors");
  AddJsonFlag(*command, invocation);
  command->callback([&invocation] {
    invocation.body = [&invocation](Session& session) {
      return RunVendors(session, invocation.json);
    };
  });
}

}  // namespace stackport::cli
