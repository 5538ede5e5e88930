// stackport plugin reload: asks the running server to bring its catalog in line with its folders.
#include <fmt/format.h>

#include <chrono>
#include <memory>
#include <utility>

#include "catalog/base/text.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/plugin_commands.h"
#include "host/http/api_client.h"
#include "host/http/limits.h"

namespace stackport::cli {
namespace {

// A reload of many new plugins takes its time; each of them has limits of its own.
constexpr std::chrono::seconds kPatience = std::chrono::hours(1);

struct ReloadOptions {
  std::string host = "127.0.0.1";
  int port = http::kDefaultPort;
  bool again = false;
};

std::string TextOf(const json::Value& object, const char* name) {
  return Shown(std::string(json::StringOr(object, name, "")));
}

// What the server read in its trust folder: a new list of revocations, files that do not fit.
void PrintTrust(Session& session, const json::Value& report) {
  if (const json::Value* findings = json::Find(report, "trust_findings");
      findings && findings->IsArray()) {
    for (const json::Value& finding : findings->GetArray()) {
      session.out() << "trust folder: " << TextOf(finding, "pointer") << ": "
                    << TextOf(finding, "message") << "\n";
    }
  }
  const json::Value* effect = json::Find(report, "revocations");
  if (!effect) return;
  session.out() << "revocations with the serial " << json::IntOr(*effect, "serial", 0)
                << " applied\n";
  for (const auto& [name, what] : {std::pair("removed_plugins", "out of service"),
                                   std::pair("withheld_components", "withheld"),
                                   std::pair("restored_components", "returned")}) {
    const json::Value* names = json::Find(*effect, name);
    if (!names || json::Strings(*names).empty()) continue;
    session.out() << "  " << what << ": " << Shown(Join(json::Strings(*names), ", ")) << "\n";
  }
  if (const std::int64_t flagged = json::IntOr(*effect, "flagged_answers", 0); flagged > 0) {
    session.out() << "  " << Count(flagged, "given answer")
                  << " used what is revoked; `stackport trust affected` lists them\n";
  }
}

void PrintReport(Session& session, const json::Value& report) {
  PrintTrust(session, report);
  if (const json::Value* plugins = json::Find(report, "plugins"); plugins && plugins->IsArray()) {
    for (const json::Value& plugin : plugins->GetArray()) {
      const std::string id = TextOf(plugin, "plugin");
      session.out() << (id.empty() ? TextOf(plugin, "folder")
                                   : id + " " + TextOf(plugin, "version"))
                    << ": " << TextOf(plugin, "outcome");
      const std::string stale = TextOf(plugin, "stale_version");
      if (!stale.empty()) session.out() << "; version " << stale << " stays in service";
      const std::string reason = TextOf(plugin, "reason");
      if (!reason.empty()) session.out() << "\n  " << reason;
      session.out() << "\n";
    }
  }
  const json::Value* difference = json::Find(report, "difference");
  const json::Value* changes = difference ? json::Find(*difference, "changes") : nullptr;
  if (changes && changes->IsArray()) {
    for (const json::Value& change : changes->GetArray()) {
      session.out() << "  " << TextOf(change, "component") << ": " << TextOf(change, "aspect");
      const std::string name = TextOf(change, "name");
      if (!name.empty()) session.out() << " " << name;
      session.out() << " " << TextOf(change, "kind");
      const std::string before = TextOf(change, "before");
      const std::string after = TextOf(change, "after");
      if (!before.empty() && !after.empty()) {
        session.out() << " from " << before << " to " << after;
      }
      session.out() << "\n";
    }
  }
  session.out() << TextOf(report, "summary") << "; snapshot " << TextOf(report, "snapshot") << "\n";
}

Result<int> RunReload(Session& session, const ReloadOptions& options, bool as_json) {
  auto report = http::PostJson(options.host, options.port, "/v1/plugins/reload",
                               options.again ? R"({"again":true})" : "{}", kPatience);
  if (!report) {
    Error error = report.error();
    if (error.code == ErrorCode::kUnavailable) {
      error.message +=
          "; start one with `stackport serve` or name its port with --port; without a server, "
          "`stackport plugin admit` brings the catalog in line";
    }
    return error;
  }
  if (as_json) {
    session.PrintJson(*report);
  } else {
    PrintReport(session, *report);
  }
  const json::Value* counts = json::Find(*report, "counts");
  const bool refused = counts && (json::IntOr(*counts, "refused", 0) > 0 ||
                                  json::IntOr(*counts, "quarantined", 0) > 0);
  return refused ? kExitNegative : kExitOk;
}

}  // namespace

void AddPluginReloadCommand(CLI::App& plugin, Invocation& invocation) {
  CLI::App* reload =
      AddCommand(plugin, "reload", "Have the running server reload its plugin folders",
                 "stackport plugin reload --port 8425");
  const auto options = std::make_shared<ReloadOptions>();
  reload->add_option("--host", options->host, "Address of the server (default 127.0.0.1)")
      ->type_name("ADDRESS");
  reload
      ->add_option("--port", options->port,
                   fmt::format("Port of the server (default {})", http::kDefaultPort))
      ->type_name("PORT")
      ->check(CLI::Range(1, 65535).description(""));
  reload->add_flag("--again", options->again,
                   "Judge unchanged plugins that were refused again (quarantined ones wait for "
                   "their release)");
  AddJsonFlag(*reload, invocation);
  reload->callback([options, &invocation] {
    invocation.body = [options, &invocation](Session& session) {
      return RunReload(session, *options, invocation.json);
    };
  });
}

}  // namespace stackport::cli
