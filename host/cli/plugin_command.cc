// stackport plugin: list, check and admit plugins.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>

#include "catalog/base/text.h"
#include "host/admission/admission.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/findings_text.h"
#include "host/cli/layout.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

using json::Value;

std::string_view TrustText(PluginTrust trust) {
  switch (trust) {
    case PluginTrust::kSigned:
      return "signed";
    case PluginTrust::kUnsignedTrustedFolder:
      return "unsigned, trusted folder";
  }
  return "unsigned, trusted folder";
}

// One row of `plugin list`: a plugin in service, or a folder that never got there.
struct PluginRow {
  const PluginRecord* record = nullptr;
  const PluginProblem* problem = nullptr;
  std::int64_t components = 0;

  std::string_view State() const {
    if (record == nullptr) return "failed";
    return problem == nullptr ? "in service" : problem->stale ? "stale" : "in service, see reason";
  }
};

std::map<std::string, PluginRow> Rows(const CatalogSnapshot& snapshot,
                                      const std::vector<PluginProblem>& problems) {
  std::map<std::string, PluginRow> rows;
  for (const PluginRecord& record : snapshot.plugins) rows[record.id].record = &record;
  for (const auto& [component, plugin] : snapshot.plugin_of) ++rows[plugin].components;
  for (const PluginProblem& problem : problems) rows[problem.plugin].problem = &problem;
  return rows;
}

Value RowJson(const std::string& id, const PluginRow& row, json::Allocator& allocator) {
  Value item(rapidjson::kObjectType);
  json::Set(item, "plugin", id, allocator);
  json::Set(item, "state", row.State(), allocator);
  json::Set(item, "components", row.components, allocator);
  if (row.record != nullptr) {
    json::Set(item, "version", row.record->version, allocator);
    json::Set(item, "vendor", row.record->vendor.id, allocator);
    json::Set(item, "form", row.record->form, allocator);
    json::Set(item, "trust", TrustText(row.record->trust), allocator);
    json::Set(item, "content_hash", row.record->content_hash, allocator);
  }
  if (row.problem != nullptr) {
    Value problem(rapidjson::kObjectType);
    json::Set(problem, "stage", row.problem->stage, allocator);
    json::Set(problem, "reason", row.problem->reason, allocator);
    json::Set(problem, "at", row.problem->at, allocator);
    json::Set(problem, "content_hash", row.problem->content_hash, allocator);
    if (const auto evidence = json::Parse(row.problem->evidence, "evidence")) {
      json::Set(problem, "evidence", Value(*evidence, allocator), allocator);
    }
    json::Set(item, "problem", std::move(problem), allocator);
  }
  return item;
}

Result<int> RunList(Session& session, bool as_json) {
  auto application = session.OpenCatalog();
  if (!application) return application.error();
  const auto problems = (*application)->store().Problems();
  if (!problems) return problems.error();
  const SnapshotPtr snapshot = (*application)->snapshot();
  const std::map<std::string, PluginRow> rows = Rows(*snapshot, *problems);
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
    const bool well = row.record != nullptr && row.problem == nullptr;
    table.AddRow(
        {id, Cell(std::string(row.State()), well ? Tone::kGood : Tone::kWarn),
         row.record == nullptr ? std::string("–") : row.record->version,
         row.record == nullptr ? std::string("–") : row.record->form,
         row.record == nullptr ? std::string("–") : std::string(TrustText(row.record->trust)),
         std::to_string(row.components)});
    if (row.problem != nullptr) {
      table.AddNote(
          fmt::format("{} ({}, {})", row.problem->reason, row.problem->stage, row.problem->at));
    }
  }
  session.out() << table.ToText(session.table_width(), session.style())
                << Count(static_cast<std::int64_t>(snapshot->plugins.size()), "plugin")
                << " in service, " << Count(static_cast<std::int64_t>(problems->size()), "problem")
                << "\n";
  return kExitOk;
}

std::int64_t CountFindings(const AdmissionReport& report, Severity severity) {
  std::int64_t count = 0;
  for (const DocumentFindings& document : report.documents) {
    count += std::count_if(document.findings.begin(), document.findings.end(),
                           [&](const Finding& finding) { return finding.severity == severity; });
  }
  return count;
}

void PrintCheck(Session& session, const AdmissionReport& report) {
  const Style style = session.style();
  const bool admitted = report.outcome != AdmissionOutcome::kRefused;
  session.out() << style.Paint(Tone::kStrong, report.plugin.id.empty()
                                                  ? Shown(report.folder)
                                                  : report.plugin.id + " " + report.plugin.version)
                << ": "
                << style.Paint(admitted ? Tone::kGood : Tone::kBad,
                               admitted ? "would be admitted" : "would be refused")
                << ", " << Count(static_cast<std::int64_t>(report.components.size()), "component")
                << ", " << Count(CountFindings(report, Severity::kError), "error") << ", "
                << Count(CountFindings(report, Severity::kWarning), "warning") << "\n";
  for (const DocumentFindings& document : report.documents) {
    if (document.findings.empty()) continue;
    session.out() << Shown(document.origin) << "\n";
    PrintFindings(session.out(), style, document.findings);
  }
  if (!report.evidence) return;
  const ScanEvidence& scan = *report.evidence;
  session.out() << fmt::format("scan: {}, {} ms CPU, {} ms in all\n", ScanOutcomeName(scan.outcome),
                               scan.cpu_ms, scan.wall_ms);
  if (scan.outcome == ScanOutcome::kDescribed) return;
  if (!scan.output_tail.empty())
    session.out() << "  it printed: " << Shown(scan.output_tail) << "\n";
}

Result<int> RunCheck(Session& session, const std::string& folder, bool as_json) {
  AdmissionSettings settings;
  // Whoever checks a folder vouches for it, as a vendor does for the own build.
  settings.trust.unsigned_allowed = true;
  settings.scan.scanner_path = DefaultScannerPath();
  const AdmissionReport report = AdmitFolder(folder, settings);
  if (as_json) {
    json::Document document;
    session.PrintJson(ToJson(report, document.GetAllocator()));
  } else {
    PrintCheck(session, report);
  }
  return report.outcome == AdmissionOutcome::kRefused ? kExitNegative : kExitOk;
}

Result<int> RunAdmit(Session& session, bool as_json) {
  auto application = session.OpenCatalogAsIs(OpenMode::kCreateIfMissing);
  if (!application) return application.error();
  const std::vector<std::string>& folders = (*application)->settings().plugin_folders;
  if (folders.empty()) {
    return NotFound(
        "there is no folder of plugins to admit from; name one with --plugins DIR or "
        "STACKPORT_PLUGINS");
  }
  auto report = session.Admit(**application, /*verbose=*/true);
  if (!report) return report.error();
  const auto count = [&](AdmissionOutcome outcome) {
    return std::count_if(report->plugins.begin(), report->plugins.end(),
                         [&](const AdmissionReport& plugin) { return plugin.outcome == outcome; });
  };
  const std::int64_t refused = count(AdmissionOutcome::kRefused);
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    Value plugins(rapidjson::kArrayType);
    for (const AdmissionReport& plugin : report->plugins) {
      plugins.PushBack(ToJson(plugin, allocator), allocator);
    }
    json::Set(document, "snapshot", report->snapshot->id, allocator);
    json::Set(document, "plugins", std::move(plugins), allocator);
    json::Set(document, "removed", json::StringArray(report->removed, allocator), allocator);
    session.PrintJson(document);
  } else {
    session.out() << fmt::format(
        "{} admitted, {} unchanged, {} refused, {} removed; snapshot {} has {}\n",
        count(AdmissionOutcome::kAdmitted), count(AdmissionOutcome::kUnchanged), refused,
        report->removed.size(), report->snapshot->id,
        Count(static_cast<std::int64_t>(report->snapshot->components.size()), "component"));
  }
  return refused == 0 ? kExitOk : kExitNegative;
}

}  // namespace

void AddPluginCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = AddCommand(app, "plugin", "List, check and admit plugins",
                                 "stackport plugin check build/plugins/example-servers.stackport");
  CLI::App* list = AddCommand(*command, "list", "Every plugin with state, version and trust",
                              "stackport plugin list");
  AddJsonFlag(*list, invocation);
  list->callback([&invocation] {
    invocation.body = [&invocation](Session& session) { return RunList(session, invocation.json); };
  });

  CLI::App* check =
      AddCommand(*command, "check", "Judge a plugin folder as the host would, changing nothing",
                 "stackport plugin check example-servers.stackport");
  const auto folder = std::make_shared<std::string>();
  check->add_option("FOLDER", *folder, "NAME.stackport folder")->type_name("")->required();
  AddJsonFlag(*check, invocation);
  check->callback([folder, &invocation] {
    invocation.body = [folder, &invocation](Session& session) {
      return RunCheck(session, *folder, invocation.json);
    };
  });

  CLI::App* admit =
      AddCommand(*command, "admit", "Bring the catalog in line with the plugin folders",
                 "stackport plugin admit --plugins /opt/stackport/plugins");
  AddJsonFlag(*admit, invocation);
  admit->callback([&invocation] {
    invocation.body = [&invocation](Session& session) {
      return RunAdmit(session, invocation.json);
    };
  });
}

}  // namespace stackport::cli
