// A server as `stackport serve` runs it, in this process, over a catalog that it opened by itself.
#ifndef STACKPORT_TESTS_HOST_CLI_RUNNING_SERVER_H_
#define STACKPORT_TESTS_HOST_CLI_RUNNING_SERVER_H_

#include <gtest/gtest.h>
#include <httplib.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <utility>

#include "host/app/application.h"
#include "host/cli/plugin_reloader.h"
#include "host/http/server.h"
#include "tests/support/fake_clock.h"

namespace stackport::cli {

class RunningServer {
 public:
  explicit RunningServer(ApplicationSettings settings) {
    application_ = *Application::Open(std::move(settings), clock_);
    if (auto admitted = application_->Admit(); !admitted) {
      throw std::runtime_error(admitted.error().ToString());
    }
    source_ = http::MakeStoreCatalogSource(application_->store(), CountryIndex::Builtin());
    matching_ = http::MakeMatchService(Registry::Builtin(), CountryIndex::Builtin());
    reloader_ = std::make_unique<PluginReloader>(*application_, [](const std::string&) {});
    http::HttpServer::Options options;
    options.port = 0;
    server_ = *http::HttpServer::Bind(std::move(options), *source_, *matching_, *reloader_);
    thread_ = std::jthread([this] { EXPECT_TRUE(server_->Run().ok()); });
    client_ = std::make_unique<httplib::Client>("127.0.0.1", server_->port());
    client_->set_read_timeout(60);
  }
  ~RunningServer() { server_->Stop(); }
  RunningServer(const RunningServer&) = delete;
  RunningServer& operator=(const RunningServer&) = delete;

  std::string port() const { return std::to_string(server_->port()); }
  // The body of an answer 200; anything else throws.
  json::Document Get(const std::string& path) { return Body(client_->Get(path.c_str())); }
  json::Document Post(const std::string& path, const std::string& body) {
    return Body(client_->Post(path.c_str(), body, "application/json"));
  }
  int StatusOfPost(const std::string& path, const std::string& body) {
    const auto response = client_->Post(path.c_str(), body, "application/json");
    return response ? response->status : 0;
  }

 private:
  static json::Document Body(const httplib::Result& response) {
    if (!response) throw std::runtime_error("no response");
    auto document = json::Parse(response->body, "response");
    if (response->status != 200 || !document) throw std::runtime_error(response->body);
    return *std::move(document);
  }

  FakeClock clock_;
  std::unique_ptr<Application> application_;
  std::unique_ptr<http::CatalogSource> source_;
  std::unique_ptr<http::MatchService> matching_;
  std::unique_ptr<PluginReloader> reloader_;
  std::unique_ptr<http::HttpServer> server_;
  std::unique_ptr<httplib::Client> client_;
  std::jthread thread_;  // last: ends before what it uses
};

}  // namespace stackport::cli

#endif  // STACKPORT_TESTS_HOST_CLI_RUNNING_SERVER_H_
