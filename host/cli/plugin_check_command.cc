// stackport plugin check: the host's own judgement of one folder, changing nothing.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "catalog/base/text.h"
#include "host/admission/admission.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/findings_text.h"
#include "host/cli/layout.h"
#include "host/cli/plugin_commands.h"

namespace stackport::cli {
namespace {

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

}  // namespace

void AddPluginCheckCommand(CLI::App& plugin, Invocation& invocation) {
  CLI::App* check =
      AddCommand(plugin, "check", "Judge a plugin folder as the host would, changing nothing",
                 "stackport plugin check example-servers.stackport");
  const auto folder = std::make_shared<std::string>();
  check->add_option("FOLDER", *folder, "NAME.stackport folder")->type_name("")->required();
  AddJsonFlag(*check, invocation);
  check->callback([folder, &invocation] {
    invocation.body = [folder, &invocation](Session& session) {
      return RunCheck(session, *folder, invocation.json);
    };
  });
}

}  // namespace stackport::cli
