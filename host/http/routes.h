// The handlers of the API, one for each path. Private to host/http.
#ifndef STACKPORT_HOST_HTTP_ROUTES_H_
#define STACKPORT_HOST_HTTP_ROUTES_H_

#include <string>
#include <vector>

#include "host/http/api.h"
#include "host/http/query.h"

namespace stackport::http {

// A request whose path matched. `arguments` are the path's variable parts, in order.
struct RouteCall {
  const ApiRequest& request;
  std::vector<std::string> arguments;
  Query query;
};

// routes_components.cc
ApiResponse ListComponents(const ApiContext& context, const RouteCall& call);
ApiResponse GetComponent(const ApiContext& context, const RouteCall& call);

// routes_catalog.cc
ApiResponse ListVendors(const ApiContext& context, const RouteCall& call);
ApiResponse ListSnapshots(const ApiContext& context, const RouteCall& call);

// routes_plugins.cc
ApiResponse ListPlugins(const ApiContext& context, const RouteCall& call);
ApiResponse GetPlugin(const ApiContext& context, const RouteCall& call);
ApiResponse PostReload(const ApiContext& context, const RouteCall& call);
ApiResponse PostRelease(const ApiContext& context, const RouteCall& call);
// routes_answers.cc
ApiResponse ListAnswers(const ApiContext& context, const RouteCall& call);

// routes_countries.cc
ApiResponse ListCountries(const ApiContext& context, const RouteCall& call);
ApiResponse GetCountry(const ApiContext& context, const RouteCall& call);

// routes_matches.cc
ApiResponse PostMatch(const ApiContext& context, const RouteCall& call);
ApiResponse PostExplain(const ApiContext& context, const RouteCall& call);

// routes_sweeps.cc
ApiResponse PostSweep(const ApiContext& context, const RouteCall& call);
ApiResponse GetSweep(const ApiContext& context, const RouteCall& call);
ApiResponse PostSweepCancel(const ApiContext& context, const RouteCall& call);

// routes_service.cc
ApiResponse GetLandingPage(const ApiContext& context, const RouteCall& call);
ApiResponse GetOpenApi(const ApiContext& context, const RouteCall& call);
ApiResponse GetProblemType(const ApiContext& context, const RouteCall& call);
ApiResponse GetHealth(const ApiContext& context, const RouteCall& call);
ApiResponse GetReadiness(const ApiContext& context, const RouteCall& call);

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_ROUTES_H_
