#include "host/cli/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "catalog/base/text.h"
#include "host/admission/admission.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"

namespace stackport::cli {
namespace {

// A line that is longer is hard to read even where the terminal has room for it.
constexpr std::size_t kMaxTextWidth = 110;
constexpr std::size_t kDefaultTextWidth = 100;
constexpr std::size_t kMinTextWidth = 40;

// A command that only asks must not take a whole catalog out of service because it was pointed at a
// folder without plugins: one that was mistyped, or not built yet.
bool HoldNone(const std::vector<std::string>& folders) {
  return std::all_of(folders.begin(), folders.end(), [](const std::string& folder) {
    const auto plugins = DiscoverPlugins(folder);
    return plugins && plugins->empty();
  });
}

}  // namespace

Style Session::style() const {
  return Style(environment_.out_is_terminal && !environment_.variable("NO_COLOR"));
}

Style Session::error_style() const {
  return Style(environment_.err_is_terminal && !environment_.variable("NO_COLOR"));
}

std::size_t Session::table_width() const {
  return environment_.out_is_terminal ? environment_.terminal_columns : 0;
}

std::size_t Session::text_width() const {
  if (!environment_.out_is_terminal || environment_.terminal_columns == 0) return kDefaultTextWidth;
  return std::clamp(environment_.terminal_columns, kMinTextWidth, kMaxTextWidth);
}

void Session::PrintJson(const json::Value& value) {
  out() << json::WritePretty(value) << "\n";
}

Result<ApplicationSettings> Session::Settings(OpenMode mode) const {
  auto path = ChooseCatalogPath(options_.catalog, environment_.variable);
  if (!path) return path.error();
  ApplicationSettings settings;
  settings.catalog_path = *std::move(path);
  settings.open_mode = mode;
  settings.plugin_folders = ChoosePluginFolders(options_.plugin_folders, environment_.variable,
                                                environment_.executable_folder);
  settings.signed_plugin_folders =
      ChooseSignedPluginFolders(options_.signed_plugin_folders, environment_.variable);
  settings.trust_folder = ChooseTrustFolder(options_.trust_folder, environment_.variable);
  return settings;
}

std::string Session::TrustFolderPath() const {
  return stackport::TrustFolderPath(options_.trust_folder, environment_.variable);
}

Result<std::unique_ptr<Application>> Session::OpenCatalogAsIs(OpenMode mode) {
  auto settings = Settings(mode);
  if (!settings) return settings.error();
  return Application::Open(*std::move(settings), environment_.clock);
}

Result<std::unique_ptr<Application>> Session::OpenCatalog() {
  auto settings = Settings(OpenMode::kCreateIfMissing);
  if (!settings) return settings.error();
  std::vector<std::string> folders = settings->plugin_folders;
  folders.insert(folders.end(), settings->signed_plugin_folders.begin(),
                 settings->signed_plugin_folders.end());
  auto application = Application::Open(*std::move(settings), environment_.clock);
  if (!application) return application;
  AdmitOptions options;
  const std::size_t plugins = (*application)->snapshot()->plugins.size();
  if (plugins > 0 && !folders.empty() && HoldNone(folders)) {
    err() << fmt::format(
        "stackport: no plugin lies in {}; the catalog stays as it is, with {} plugins. To empty "
        "it, run stackport plugin admit\n",
        Shown(Join(folders, ", ")), plugins);
    options.revocations_only = true;
  }
  auto report = Admit(**application, /*verbose=*/false, options);
  if (!report) return report.error();
  if (report->snapshot->components.empty()) {
    err() << "stackport: the catalog has no components; name a folder of plugins with --plugins "
             "DIR or STACKPORT_PLUGINS\n";
  }
  return application;
}

void Session::PrintTrust(const AdmitAllReport& report) {
  for (const Finding& finding : report.trust_findings) {
    err() << error_style().Paint(Tone::kWarn, "trust folder: " + ToText(finding)) << "\n";
  }
  if (!report.revocations.applied) return;
  err() << error_style().Paint(Tone::kWarn, ToText(report.revocations)) << "\n";
}

Result<AdmitAllReport> Session::Admit(Application& application, bool verbose,
                                      const AdmitOptions& options) {
  const bool live = environment_.err_is_terminal && !verbose;
  const Style paint = error_style();
  std::set<std::string> passed;  // folders whose plugin was in order by itself
  auto report = application.Admit(
      [&](const AdmissionProgress& progress) {
        const AdmissionReport& plugin = progress.report;
        if (verbose) {
          err() << fmt::format("[{}/{}] ", progress.done, progress.total) << ToText(plugin);
          if (!plugin.refused()) passed.insert(plugin.folder);
        } else if (live && plugin.outcome != AdmissionOutcome::kUnchanged) {
          err() << "\r\x1b[K"
                << fmt::format("admitting plugins {}/{}: {}", progress.done, progress.total,
                               Shown(plugin.plugin.id))
                << std::flush;
        }
      },
      options);
  if (live) err() << "\r\x1b[K" << std::flush;
  if (!report) return report;
  PrintTrust(*report);
  if (verbose) {
    // Conflicts between plugins show once all are judged.
    for (const AdmissionReport& plugin : report->plugins) {
      if (plugin.refused() && passed.contains(plugin.folder)) err() << ToText(plugin);
    }
    return report;
  }

  std::size_t admitted = 0, refused = 0;
  for (const AdmissionReport& plugin : report->plugins) {
    if (plugin.outcome == AdmissionOutcome::kAdmitted) ++admitted;
    if (plugin.refused()) ++refused;
  }
  if (admitted > 0 || !report->removed.empty()) {
    err() << paint.Paint(Tone::kDim,
                         fmt::format("catalog updated: {} admitted, {} removed, {} refused; "
                                     "{}; snapshot {}",
                                     Count(static_cast<std::int64_t>(admitted), "plugin"),
                                     report->removed.size(), refused, report->difference.Summary(),
                                     report->snapshot->id))
          << "\n";
  }
  if (refused > 0) {
    err() << paint.Paint(Tone::kWarn, Count(static_cast<std::int64_t>(refused), "plugin") +
                                          " refused; `stackport plugin list` says why")
          << "\n";
  }
  return report;
}

void Session::Record(Application& application, const std::vector<MatchAudit>& answers) {
  if (Status recorded = application.store().RecordMatches(answers); !recorded) {
    err() << "stackport: the answer was not recorded: " << recorded.error().ToString() << "\n";
  }
}

}  // namespace stackport::cli
