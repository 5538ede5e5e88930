#include "host/http/api.h"

#include <fmt/format.h>

#include <exception>
#include <optional>
#include <string_view>
#include <vector>

#include "catalog/base/hash.h"
#include "catalog/base/text.h"
#include "host/http/problem_details.h"
#include "host/http/routes.h"

namespace stackport::http {

namespace {

using Handler = ApiResponse (*)(const ApiContext&, const RouteCall&);

// "{}" in a pattern stands for one part of the path.
struct RouteDefinition {
  std::string_view pattern;
  std::string_view method;  // GET answers HEAD too
  Handler handler;
  std::vector<std::string> parameters;
};

const std::vector<RouteDefinition>& Routes() {
  static const std::vector<RouteDefinition> routes = {
      {"/", "GET", GetLandingPage, {}},
      {"/openapi.json", "GET", GetOpenApi, {}},
      {"/problems/{}", "GET", GetProblemType, {}},
      {"/healthz", "GET", GetHealth, {}},
      {"/readyz", "GET", GetReadiness, {}},
      {"/v1/components",
       "GET",
       ListComponents,
       {"kind", "layer", "vendor", "q", "fields", "limit", "cursor", "snapshot"}},
      {"/v1/components/{}/{}", "GET", GetComponent, {"snapshot"}},
      {"/v1/vendors", "GET", ListVendors, {"limit", "cursor", "snapshot"}},
      {"/v1/plugins", "GET", ListPlugins, {}},
      {"/v1/plugins/reload", "POST", PostReload, {}},
      {"/v1/plugins/{}", "GET", GetPlugin, {}},
      {"/v1/plugins/{}/release", "POST", PostRelease, {}},
      {"/v1/snapshots", "GET", ListSnapshots, {"limit"}},
      {"/v1/answers", "GET", ListAnswers, {"limit", "affected"}},
      {"/v1/countries", "GET", ListCountries, {}},
      {"/v1/countries/{}", "GET", GetCountry, {}},
      {"/v1/matches", "POST", PostMatch, {"snapshot"}},
      {"/v1/explain", "POST", PostExplain, {"snapshot"}},
      {"/v1/sweeps", "POST", PostSweep, {"snapshot"}},
      {"/v1/sweeps/{}", "GET", GetSweep, {}},
      {"/v1/sweeps/{}/cancel", "POST", PostSweepCancel, {}},
  };
  return routes;
}

// The variable parts when the path matches.
std::optional<std::vector<std::string>> MatchPath(std::string_view pattern,
                                                  const std::vector<std::string>& parts) {
  const std::vector<std::string> expected = Split(pattern, '/');
  if (expected.size() != parts.size()) return std::nullopt;
  std::vector<std::string> arguments;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (expected[i] == "{}" && !parts[i].empty()) {
      arguments.push_back(parts[i]);
    } else if (expected[i] != parts[i]) {
      return std::nullopt;
    }
  }
  return arguments;
}

// Whether If-None-Match lists the tag, by weak comparison (RFC 9110, section 13.1.2).
bool ListsTag(std::string_view if_none_match, std::string_view tag) {
  for (const std::string& item : Split(if_none_match, ',')) {
    std::string_view candidate = item;
    while (candidate.starts_with(' ')) candidate.remove_prefix(1);
    while (candidate.ends_with(' ')) candidate.remove_suffix(1);
    if (candidate.starts_with("W/")) candidate.remove_prefix(2);
    if (candidate == "*" || candidate == tag) return true;
  }
  return false;
}

// Tags an answer by its bytes unless its handler did, and turns it into 304 when the client has it.
void ApplyValidators(const ApiRequest& request, ApiResponse& response) {
  if (response.status != 200) return;
  std::string tag;
  for (const auto& [name, value] : response.headers) {
    if (name == "ETag") tag = value;
  }
  if (tag.empty()) {
    tag = "\"" + Sha256Hex(response.body).substr(0, 16) + "\"";
    response.headers.emplace_back("ETag", tag);
  }
  response.headers.emplace_back("Cache-Control", "no-cache");
  if (ListsTag(request.if_none_match, tag)) {
    response.status = 304;
    response.body.clear();
  }
}

}  // namespace

ApiResponse Api::Answer(const ApiRequest& request) const {
  try {
    ApiResponse response = Route(request);
    if (request.method == "GET" || request.method == "HEAD") {
      ApplyValidators(request, response);
    } else {
      response.headers.emplace_back("Cache-Control", "no-store");
    }
    return response;
  } catch (const std::exception& exception) {
    if (context_.log) {
      context_.log(fmt::format("{} {} failed: {}", request.method, Printable(request.path),
                               Printable(exception.what())));
    }
    return Problem(ProblemType::kInternalError, "the request could not be answered");
  }
}

ApiResponse Api::Route(const ApiRequest& request) const {
  const std::vector<std::string> parts = Split(request.path, '/');
  const std::string_view method =
      request.method == "HEAD" ? "GET" : std::string_view(request.method);
  std::string allowed;
  for (const RouteDefinition& route : Routes()) {
    auto arguments = MatchPath(route.pattern, parts);
    if (!arguments) continue;
    if (route.method != method) {
      allowed = route.method == "GET" ? "GET, HEAD" : std::string(route.method);
      continue;
    }
    auto query = ReadQuery(request, route.parameters);
    if (auto* problem = std::get_if<ApiResponse>(&query)) return std::move(*problem);
    return route.handler(context_, {request, *std::move(arguments), std::get<Query>(query)});
  }
  if (allowed.empty()) {
    return Problem(ProblemType::kUnknownPath,
                   "there is nothing at " + Quoted(request.path) + "; see /openapi.json");
  }
  ApiResponse response =
      Problem(ProblemType::kMethodNotAllowed,
              fmt::format("{} answers {}, not {}", Quoted(request.path), allowed, request.method));
  response.headers.emplace_back("Allow", allowed);
  return response;
}

}  // namespace stackport::http
