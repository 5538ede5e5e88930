// The API: from a request to an answer, without sockets. Each path's handler is in routes_*.cc.
#ifndef STACKPORT_HOST_HTTP_API_H_
#define STACKPORT_HOST_HTTP_API_H_

#include <chrono>
#include <functional>
#include <string>

#include "host/http/cancel_timer.h"
#include "host/http/catalog_source.h"
#include "host/http/match_service.h"
#include "host/http/message.h"
#include "host/http/plugin_control.h"
#include "host/http/sweep_jobs.h"

namespace stackport::http {

// What handlers work with. The references outlive the API.
struct ApiContext {
  CatalogSource& source;
  MatchService& matching;
  PluginControl& plugins;
  SweepJobs& sweeps;
  CancelTimer& timer;
  std::chrono::milliseconds max_deadline;
  std::function<void(const std::string&)> log;  // may be empty
};

// Thread-safe.
class Api {
 public:
  explicit Api(ApiContext context) : context_(std::move(context)) {}

  // Never throws.
  ApiResponse Answer(const ApiRequest& request) const;

 private:
  ApiResponse Route(const ApiRequest& request) const;

  const ApiContext context_;
};

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_API_H_
