// stackport serve: the local HTTP API.
#include <fmt/format.h>

#include <csignal>
#include <ctime>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>

#include "catalog/base/text.h"
#include "catalog/countries/country_index.h"
#include "catalog/model/registry.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/plugin_reloader.h"
#include "host/http/server.h"

namespace stackport::cli {
namespace {

struct ServeOptions {
  std::string host = "127.0.0.1";
  int port = http::kDefaultPort;
};

// While it lives, SIGINT and SIGTERM stop the server instead of ending the process, and SIGHUP
// reloads the plugins. Made before any other thread starts, so that every thread inherits the
// blocked signals.
class SignalWatch {
 public:
  SignalWatch() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, SIGHUP);
    pthread_sigmask(SIG_BLOCK, &signals_, &former_);
  }
  ~SignalWatch() {
    watcher_ = {};  // joined before the signals are let through again
    pthread_sigmask(SIG_SETMASK, &former_, nullptr);
  }
  SignalWatch(const SignalWatch&) = delete;
  SignalWatch& operator=(const SignalWatch&) = delete;

  // Both must outlive this object.
  void Watch(http::HttpServer& server, PluginReloader& reloader) {
    watcher_ = std::jthread([this, &server, &reloader](const std::stop_token& done) {
      // Short enough that nobody waits for the end of the program.
      constexpr timespec kPoll{.tv_sec = 0, .tv_nsec = 100'000'000};
      while (!done.stop_requested()) {
        const int signal = sigtimedwait(&signals_, nullptr, &kPoll);
        if (signal == SIGHUP) {
          reloader.ReloadSoon();
        } else if (signal > 0) {
          reloader.Stop();
          server.Stop();
        }
      }
    });
  }

 private:
  sigset_t signals_{}, former_{};
  std::jthread watcher_;
};

Result<int> RunServe(Session& session, const ServeOptions& options) {
  // A log line is written whole, whichever thread it comes from.
  std::mutex logging;
  const auto log = [&](const std::string& line) {
    const std::lock_guard lock(logging);
    session.err() << line + "\n" << std::flush;
  };
  std::optional<SignalWatch> signals(std::in_place);
  auto application = session.OpenCatalog();
  if (!application) return application.error();
  const CountryIndex& countries = CountryIndex::Builtin();
  const auto source = http::MakeStoreCatalogSource((*application)->store(), countries);
  const auto matching = http::MakeMatchService(Registry::Builtin(), countries);
  http::HttpServer::Options settings;
  settings.host = options.host;
  settings.port = options.port;
  settings.log = log;
  PluginReloader reloader(**application, log);
  auto server = http::HttpServer::Bind(std::move(settings), *source, *matching, reloader);
  if (!server) return server.error();
  signals->Watch(**server, reloader);
  const SnapshotPtr snapshot = (*application)->snapshot();
  session.out() << fmt::format(
                       "serving http://{}:{}/ (snapshot {}, {}, {}); Ctrl-C stops it, "
                       "SIGHUP reloads the plugins\n",
                       options.host, (*server)->port(), snapshot->id,
                       Count(static_cast<std::int64_t>(snapshot->components.size()), "component"),
                       Count(static_cast<std::int64_t>(snapshot->plugins.size()), "plugin"))
                << std::flush;
  const Status served = (*server)->Run();
  reloader.Stop();
  signals.reset();  // it refers to what ends now
  if (!served) return served.error();
  session.out() << "stopped\n";
  return kExitOk;
}

}  // namespace

void AddServeCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = AddCommand(app, "serve", "Serve the HTTP API on the loopback interface",
                                 "stackport serve --port 8425");
  const auto options = std::make_shared<ServeOptions>();
  command->add_option("--host", options->host, "Loopback address (default 127.0.0.1)")
      ->type_name("ADDRESS");
  command
      ->add_option("--port", options->port,
                   fmt::format("TCP port (default {}; 0 takes a free one)", http::kDefaultPort))
      ->type_name("PORT")
      ->check(CLI::Range(0, 65535).description(""));
  command->callback([options, &invocation] {
    invocation.body = [options](Session& session) { return RunServe(session, *options); };
  });
}

}  // namespace stackport::cli
