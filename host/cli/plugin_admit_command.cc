// stackport plugin admit: brings the catalog in line with the plugin folders.
#include <fmt/format.h>

#include <algorithm>
#include <memory>

#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/plugin_commands.h"

namespace stackport::cli {
namespace {

Result<int> RunAdmit(Session& session, bool again, bool as_json) {
  auto application = session.OpenCatalogAsIs(OpenMode::kCreateIfMissing);
  if (!application) return application.error();
  const ApplicationSettings& settings = (*application)->settings();
  if (settings.plugin_folders.empty() && settings.signed_plugin_folders.empty()) {
    return NotFound(
        "there is no folder of plugins to admit from; name one with --plugins DIR or "
        "--signed-plugins DIR");
  }
  AdmitOptions options;
  options.again = again;
  auto report = session.Admit(**application, /*verbose=*/true, options);
  if (!report) return report.error();
  if (as_json) {
    json::Document document;
    session.PrintJson(ToJson(*report, document.GetAllocator()));
  } else {
    session.out() << ToText(report->difference) << report->Summary()
                  << fmt::format(
                         "; snapshot {} has {}\n", report->snapshot->id,
                         Count(static_cast<std::int64_t>(report->snapshot->components.size()),
                               "component"));
  }
  const bool refused = std::any_of(report->plugins.begin(), report->plugins.end(),
                                   [](const AdmissionReport& plugin) { return plugin.refused(); });
  return refused ? kExitNegative : kExitOk;
}

}  // namespace

void AddPluginAdmitCommand(CLI::App& plugin, Invocation& invocation) {
  CLI::App* admit = AddCommand(plugin, "admit", "Bring the catalog in line with the plugin folders",
                               "stackport plugin admit --plugins /opt/stackport/plugins");
  const auto again = std::make_shared<bool>(false);
  admit->add_flag(
      "--again", *again,
      "Judge unchanged plugins that were refused again (quarantined ones wait for their "
      "release)");
  AddJsonFlag(*admit, invocation);
  admit->callback([again, &invocation] {
    invocation.body = [again, &invocation](Session& session) {
      return RunAdmit(session, *again, invocation.json);
    };
  });
}

}  // namespace stackport::cli
