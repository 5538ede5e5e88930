#include "host/http/server.h"

#include <fmt/format.h>

#include <exception>
#include <utility>

#include "catalog/base/text.h"
#include "host/http/api.h"
#include "host/http/cancel_timer.h"
#include "host/http/connection_front.h"
#include "host/http/host_rules.h"
#include "host/http/library_server.h"
#include "host/http/worker_pool.h"

namespace stackport::http {

class HttpServer::Parts {
 public:
  Parts(const Options& options, CatalogSource& source, MatchService& matching,
        PluginControl& plugins)
      : rules_(options.allowed_hosts),
        api_({source, matching, plugins, sweeps_, timer_, options.max_deadline, options.log}),
        readers_(options.readers, kMaxWaitingRequests),
        matchers_(options.matchers, kMaxWaitingRequests),
        listener_([this](int socket) { front_->Add(socket); },
                  [this](const ApiRequest& request) { return api_.Answer(request); }) {}

  Status Start(const Options& options) {
    auto bound = listener_.Bind(options.host, options.port);
    if (!bound) return bound.error();
    port_ = *bound;
    listener_.set_keep_alive_timeout(
        std::chrono::ceil<std::chrono::seconds>(options.connections.keep_alive).count());
    auto front = ConnectionFront::Start(
        options.connections, [this](const RequestHead& head) { return rules_.Judge(head); },
        [this](IncomingRequest request) { return Submit(std::move(request)); });
    if (!front) return front.error();
    front_ = *std::move(front);
    return {};
  }

  Status Serve() {
    const Status served = listener_.Serve();
    Shutdown();
    return stopping_ ? Status() : served;
  }

  void Stop() {
    stopping_ = true;
    timer_.CancelAll();
    sweeps_.CancelAll();
    listener_.Unlisten();
  }

  ~Parts() { Shutdown(); }

  int port() const { return port_; }

 private:
  void Shutdown() {
    // Matches that still run are cancelled, so the workers end soon; then their answers go out.
    timer_.CancelAll();
    sweeps_.CancelAll();
    readers_.Stop();
    matchers_.Stop();
    if (front_) front_->Stop(kStopGrace);
  }

  bool Submit(IncomingRequest request) {
    WorkerPool& pool = request.head.method == "POST" ? matchers_ : readers_;
    // Shared, since the pool's jobs are copyable functions; one job holds it.
    auto held = std::make_shared<IncomingRequest>(std::move(request));
    return pool.Submit([this, held] {
      const std::uint64_t connection = held->connection;
      const bool close = held->close;
      front_->Answer(connection, listener_.Answer(std::move(*held)), close);
    });
  }

  std::atomic<bool> stopping_ = false;
  int port_ = 0;
  const HostRules rules_;
  CancelTimer timer_;
  SweepJobs sweeps_;
  const Api api_;
  std::unique_ptr<ConnectionFront> front_;
  WorkerPool readers_;
  WorkerPool matchers_;
  LibraryServer listener_;
};

Result<std::unique_ptr<HttpServer>> HttpServer::Bind(Options options, CatalogSource& source,
                                                     MatchService& matching,
                                                     PluginControl& plugins) {
  if (!IsLoopback(options.host)) {
    return InvalidArgument(fmt::format(
        "{} is not a loopback address, and the API has no keys to keep others out; listen on "
        "127.0.0.1 and put a reverse proxy in front",
        Quoted(options.host)));
  }
  if (options.port < 0 || options.port > 65535) {
    return InvalidArgument(fmt::format("port {} is not from 0 to 65535", options.port));
  }
  if (options.readers < 1 || options.matchers < 1 || options.max_deadline.count() < 1) {
    return InvalidArgument("a server needs a reader, a matcher and a deadline above 0");
  }
  try {
    auto parts = std::make_unique<Parts>(options, source, matching, plugins);
    if (Status started = parts->Start(options); !started) return started.error();
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(parts)));
  } catch (const std::exception&) {
    return Unavailable("the system gives the server no threads; raise the limit on processes");
  }
}

HttpServer::HttpServer(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

HttpServer::~HttpServer() = default;

int HttpServer::port() const {
  return parts_->port();
}

Status HttpServer::Run() {
  return parts_->Serve();
}

void HttpServer::Stop() {
  parts_->Stop();
}

}  // namespace stackport::http
