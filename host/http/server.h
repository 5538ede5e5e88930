// The HTTP server: binds a port, answers the API (host/http/openapi.json), stops when told.
//
//   accept (cpp-httplib) -> ConnectionFront: one thread reads whole requests under limits
//     -> WorkerPool -> LibraryExchange (cpp-httplib parses and writes in memory) -> Api
//     -> ConnectionFront writes the answer
//
// Wiring `stackport serve`:
//
//   auto source = http::MakeStoreCatalogSource(*store, CountryIndex::Builtin());
//   auto matching = http::MakeMatchService(Registry::Builtin(), CountryIndex::Builtin());
//   auto server = http::HttpServer::Bind({.port = 8425}, *source, *matching, plugins);
//   if (!server) return server.error();      // kConflict: the port is taken
//   fmt::print("http://{}:{}/\n", "127.0.0.1", (*server)->port());
//   Status done = (*server)->Run();          // until another thread calls Stop()
#ifndef STACKPORT_HOST_HTTP_SERVER_H_
#define STACKPORT_HOST_HTTP_SERVER_H_

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "catalog/base/result.h"
#include "host/http/catalog_source.h"
#include "host/http/limits.h"
#include "host/http/match_service.h"
#include "host/http/plugin_control.h"

namespace stackport::http {

struct HttpServerOptions {
  // A loopback address ("127.0.0.1", "::1", "localhost"). Others are refused while the API has no
  // keys: put a reverse proxy in front, and name its host in `allowed_hosts`.
  std::string host = "127.0.0.1";
  int port = kDefaultPort;  // 0: any free port, see HttpServer::port()
  // Threads for GET requests, and threads for matches: a long match never delays a look-up.
  // Each at least 1.
  std::size_t readers = 2;
  std::size_t matchers = 2;
  // Longest search; see MatchLimits.
  std::chrono::milliseconds max_deadline{30'000};
  // Values of the Host header that are answered, beside those of the loopback interface: a page
  // that rebinds its name to 127.0.0.1 must not read the catalog.
  std::vector<std::string> allowed_hosts;
  ConnectionLimits connections;
  // One line for each fault of ours (never text of a client); may be empty. Called from any thread.
  std::function<void(const std::string&)> log;
};

class HttpServer {
 public:
  using Options = HttpServerOptions;

  // Binds and listens; connections queue until Run. `source`, `matching` and `plugins` must outlive
  // the server. Errors: Conflict (the port is in use), InvalidArgument (no loopback address, bad
  // options), Unavailable (the system refused).
  static Result<std::unique_ptr<HttpServer>> Bind(Options options, CatalogSource& source,
                                                  MatchService& matching, PluginControl& plugins);

  HttpServer(const HttpServer&) = delete;
  HttpServer& operator=(const HttpServer&) = delete;
  // Requires: Run is not running.
  ~HttpServer();

  // The bound port.
  int port() const;

  // Serves until Stop. At most one call. Matches under way when Stop comes are cancelled; answers
  // that are ready are still sent for up to kStopGrace.
  Status Run();

  // Makes Run return, now or when it is called. Thread-safe, any number of times; not for use
  // inside a signal handler.
  void Stop();

 private:
  class Parts;
  explicit HttpServer(std::unique_ptr<Parts> parts);

  std::unique_ptr<Parts> parts_;
};

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_SERVER_H_
