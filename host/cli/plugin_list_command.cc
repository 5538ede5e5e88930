// stackport plugin list: every plugin with its state.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "catalog/base/text.h"
#include "catalog/model/trust_label.h"
#include "catalog/store/plugin_state.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/plugin_commands.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

using json::Value;

// One row of `plugin list`: a plugin in service, or a folder that never got there.
struct PluginRow {
  const PluginRecord* record = nullptr;
  const PluginProblem* problem = nullptr;
  std::vector<std::string> withheld;
  std::int64_t components = 0;

  std::string_view State() const { return PluginStateName(StateOf(record != nullptr, problem)); }
  // "in service"
  std::string StateText() const {
    std::string text(State());
    std::replace(text.begin(), text.end(), '_', ' ');
    return withheld.empty() ? text : text + ", " + std::to_string(withheld.size()) + " withheld";
  }
};

std::map<std::string, PluginRow> Rows(const CatalogSnapshot& snapshot,
                                      const std::vector<PluginProblem>& problems,
                                      const std::vector<WithheldComponent>& withheld) {
  std::map<std::string, PluginRow> rows;
  for (const PluginRecord& record : snapshot.plugins) rows[record.id].record = &record;
  for (const auto& [component, plugin] : snapshot.plugin_of) ++rows[plugin].components;
  for (const PluginProblem& problem : problems) rows[problem.plugin].problem = &problem;
  for (const WithheldComponent& entry : withheld) {
    rows[entry.plugin_id].withheld.push_back(entry.component_id);
  }
  return rows;
}

Value RowJson(const std::string& id, const PluginRow& row, json::Allocator& allocator) {
  Value item(rapidjson::kObjectType);
  json::Set(item, "plugin", id, allocator);
  json::Set(item, "state", row.State(), allocator);
  json::Set(item, "components", row.components, allocator);
  if (!row.withheld.empty()) {
    json::Set(item, "withheld", json::StringArray(row.withheld, allocator), allocator);
  }
  if (row.record != nullptr) {
    json::Set(item, "version", row.record->version, allocator);
    json::Set(item, "vendor", row.record->vendor.id, allocator);
    json::Set(item, "form", row.record->form, allocator);
    SetTrust(item, *row.record, allocator);
    json::Set(item, "content_hash", row.record->content_hash, allocator);
  }
  if (row.problem != nullptr) {
    json::Set(item, "problem", ToJson(*row.problem, allocator), allocator);
  }
  return item;
}

Result<int> RunList(Session& session, bool as_json) {
  auto application = session.OpenCatalog();
  if (!application) return application.error();
  const auto problems = (*application)->store().Problems();
  if (!problems) return problems.error();
  const auto withheld = (*application)->store().Withheld();
  if (!withheld) return withheld.error();
  const SnapshotPtr snapshot = (*application)->snapshot();
  const std::map<std::string, PluginRow> rows = Rows(*snapshot, *problems, *withheld);
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    Value list(rapidjson::kArrayType);
    for (const auto& [id, row] : rows) list.PushBack(RowJson(id, row, allocator), allocator);
    json::Set(document, "snapshot", snapshot->id, allocator);
    json::Set(document, "plugins", std::move(list), allocator);
    session.PrintJson(document);
    return kExitOk;
  }
  Table table({{"plugin"},
               {"state"},
               {"version"},
               {"form"},
               {"trust", Align::kLeft, 10},
               {"components", Align::kRight}});
  for (const auto& [id, row] : rows) {
    const bool well = row.record != nullptr && row.problem == nullptr && row.withheld.empty();
    table.AddRow({id, Cell(row.StateText(), well ? Tone::kGood : Tone::kWarn),
                  row.record == nullptr ? std::string("–") : row.record->version,
                  row.record == nullptr ? std::string("–") : row.record->form,
                  row.record == nullptr ? std::string("–") : TrustText(*row.record),
                  std::to_string(row.components)});
    if (!row.withheld.empty()) {
      table.AddNote("withheld, because revoked: " + Join(row.withheld, ", "));
    }
    if (row.problem != nullptr) {
      std::string note =
          fmt::format("{} ({}, {})", row.problem->reason, row.problem->stage, row.problem->at);
      if (const auto& quarantine = row.problem->quarantine) {
        note += quarantine->released
                    ? "; released, judged at the next reload"
                    : fmt::format(
                          "; quarantined until {}, see `stackport plugin quarantine show "
                          "{}`",
                          quarantine->next_retry, id);
      }
      table.AddNote(note);
    }
  }
  session.out() << table.ToText(session.table_width(), session.style())
                << Count(static_cast<std::int64_t>(snapshot->plugins.size()), "plugin")
                << " in service, " << Count(static_cast<std::int64_t>(problems->size()), "problem")
                << "\n";
  return kExitOk;
}

}  // namespace

void AddPluginListCommand(CLI::App& plugin, Invocation& invocation) {
  CLI::App* list = AddCommand(plugin, "list", "Every plugin with state, version and trust",
                              "stackport plugin list");
  AddJsonFlag(*list, invocation);
  list->callback([&invocation] {
    invocation.body = [&invocation](Session& session) { return RunList(session, invocation.json); };
  });
}

}  // namespace stackport::cli
