// stackport catalog: whether the database is sound, and its history.
#include <fmt/format.h>

#include <memory>

#include "host/cli/catalog_report_command.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/findings_text.h"
#include "host/cli/layout.h"
#include "host/cli/table.h"

namespace stackport::cli {
namespace {

using json::Value;

Result<int> RunCheck(Session& session, bool as_json) {
  auto application = session.OpenCatalogAsIs(OpenMode::kMustExist);
  if (!application) return application.error();
  auto report = (*application)->store().Check();
  if (!report) return report.error();
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "catalog", (*application)->settings().catalog_path, allocator);
    json::Set(document, "sound", report->ok(), allocator);
    json::Set(document, "snapshots", report->snapshots, allocator);
    json::Set(document, "documents", report->documents, allocator);
    json::Set(document, "journal_entries", report->journal_entries, allocator);
    json::Set(document, "journal_head", report->journal_head, allocator);
    Value findings(rapidjson::kArrayType);
    for (const Finding& finding : report->findings) {
      findings.PushBack(ToJson(finding, allocator), allocator);
    }
    json::Set(document, "findings", std::move(findings), allocator);
    session.PrintJson(document);
  } else {
    session.out() << Shown((*application)->settings().catalog_path) << ": "
                  << session.style().Paint(report->ok() ? Tone::kGood : Tone::kBad,
                                           report->ok() ? "sound" : "damaged")
                  << "\n"
                  << fmt::format("  {}, {}, {}\n", Count(report->snapshots, "snapshot"),
                                 Count(report->documents, "document"),
                                 Count(report->journal_entries, "journal entry", "journal entries"))
                  << "  journal head " << report->journal_head
                  << "\n    (note it elsewhere: a cut-off tail shows when it is gone)\n";
    PrintFindings(session.out(), session.style(), report->findings);
  }
  return report->ok() ? kExitOk : kExitNegative;
}

Result<int> RunSnapshots(Session& session, std::size_t limit, bool as_json) {
  auto application = session.OpenCatalogAsIs(OpenMode::kMustExist);
  if (!application) return application.error();
  const auto steps = (*application)->store().ListSnapshots(limit);
  if (!steps) return steps.error();
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  Value list(rapidjson::kArrayType);
  Table table({{"#", Align::kRight}, {"snapshot"}, {"at"}, {"reason", Align::kLeft, 16}});
  for (const SnapshotStep& step : *steps) {
    table.AddRow({std::to_string(step.sequence), step.snapshot_id, step.at, step.reason});
    Value item(rapidjson::kObjectType);
    json::Set(item, "sequence", step.sequence, allocator);
    json::Set(item, "snapshot", step.snapshot_id, allocator);
    if (!step.parent_id.empty()) json::Set(item, "parent", step.parent_id, allocator);
    json::Set(item, "at", step.at, allocator);
    json::Set(item, "reason", step.reason, allocator);
    list.PushBack(item, allocator);
  }
  json::Set(document, "snapshots", std::move(list), allocator);
  if (as_json) {
    session.PrintJson(document);
  } else {
    session.out() << table.ToText(session.table_width(), session.style());
  }
  return kExitOk;
}

}  // namespace

void AddCatalogCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command =
      AddCommand(app, "catalog", "Check the catalog, report what it covers, list its snapshots",
                 "stackport catalog check");
  CLI::App* check = AddCommand(*command, "check", "Read everything and report what does not hold",
                               "stackport catalog check --catalog catalog.db");
  AddJsonFlag(*check, invocation);
  check->callback([&invocation] {
    invocation.body = [&invocation](Session& session) {
      return RunCheck(session, invocation.json);
    };
  });

  AddCatalogReportCommands(*command, invocation);

  CLI::App* snapshots = AddCommand(*command, "snapshots", "The catalog's history, newest first",
                                   "stackport catalog snapshots --limit 5");
  const auto limit = std::make_shared<std::size_t>(20);
  snapshots->add_option("--limit", *limit, "Most to list (default 20)")->type_name("N");
  AddJsonFlag(*snapshots, invocation);
  snapshots->callback([limit, &invocation] {
    invocation.body = [limit, &invocation](Session& session) {
      return RunSnapshots(session, *limit, invocation.json);
    };
  });
}

}  // namespace stackport::cli
