// stackport plugin admit: brings the catalog in line with the plugin folders.
#include <fmt/format.h>

#include <algorithm>

#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/plugin_commands.h"

namespace stackport::cli {
namespace {

using json::Value;

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

void AddPluginAdmitCommand(CLI::App& plugin, Invocation& invocation) {
  CLI::App* admit = AddCommand(plugin, "admit", "Bring the catalog in line with the plugin folders",
                               "stackport plugin admit --plugins /opt/stackport/plugins");
  AddJsonFlag(*admit, invocation);
  admit->callback([&invocation] {
    invocation.body = [&invocation](Session& session) {
      return RunAdmit(session, invocation.json);
    };
  });
}

}  // namespace stackport::cli
