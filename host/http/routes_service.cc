// What the server says about itself: landing page, API description, problem types, health.
#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "catalog/base/text.h"
#include "host/http/limits.h"
#include "host/http/problem_details.h"
#include "host/http/query.h"
#include "host/http/routes.h"

extern "C" {
extern const unsigned char stackport_openapi_begin[];
extern const unsigned char stackport_openapi_end[];
extern const unsigned char stackport_landing_begin[];
extern const unsigned char stackport_landing_end[];
}

namespace stackport::http {

namespace {

std::string Embedded(const unsigned char* begin, const unsigned char* end) {
  return std::string(reinterpret_cast<const char*>(begin), static_cast<std::size_t>(end - begin));
}

// Nothing that a shell or a page reads as more than an address.
bool IsPlainAddress(std::string_view host) {
  return !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    return letter || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == ':' || c == '[' ||
           c == ']';
  });
}

}  // namespace

ApiResponse GetLandingPage(const ApiContext&, const RouteCall& call) {
  ApiResponse response;
  response.content_type = "text/html; charset=utf-8";
  response.body = Embedded(stackport_landing_begin, stackport_landing_end);
  // The example is for the server that the reader has reached.
  const std::string written = fmt::format("127.0.0.1:{}", kDefaultPort);
  if (const std::size_t at = response.body.find(written);
      at != std::string::npos && IsPlainAddress(call.request.host)) {
    response.body.replace(at, written.size(), call.request.host);
  }
  response.headers.emplace_back(
      "Content-Security-Policy",
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
      "frame-ancestors 'none'");
  response.headers.emplace_back("Referrer-Policy", "no-referrer");
  return response;
}

ApiResponse GetOpenApi(const ApiContext&, const RouteCall&) {
  ApiResponse response;
  response.body = Embedded(stackport_openapi_begin, stackport_openapi_end);
  return response;
}

ApiResponse GetProblemType(const ApiContext&, const RouteCall& call) {
  std::vector<std::string> known;
  for (const ProblemDefinition& definition : ProblemDefinitions()) {
    known.emplace_back(definition.name);
    if (definition.name != call.arguments[0]) continue;
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "type", fmt::format("/problems/{}", definition.name), allocator);
    json::Set(document, "title", definition.title, allocator);
    json::Set(document, "status", definition.status, allocator);
    json::Set(document, "remedy", definition.remedy, allocator);
    return JsonResponse(document);
  }
  return Problem(ProblemType::kUnknownProblem,
                 Quoted(call.arguments[0]) + " is not a problem type of this API",
                 NearestName(call.arguments[0], known));
}

ApiResponse GetHealth(const ApiContext&, const RouteCall&) {
  json::Document document(rapidjson::kObjectType);
  json::Set(document, "status", "ok", document.GetAllocator());
  return JsonResponse(document);
}

ApiResponse GetReadiness(const ApiContext& context, const RouteCall&) {
  auto current = context.source.Current();
  if (!current) {
    if (context.log) context.log("not ready: " + current.error().ToString());
    return Problem(ProblemType::kCatalogUnavailable, "the catalog cannot be read");
  }
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  json::Set(document, "status", "ready", allocator);
  json::Set(document, "snapshot", (*current)->id, allocator);
  json::Set(document, "plugins", (*current)->plugins.size(), allocator);
  json::Set(document, "components", (*current)->components.size(), allocator);
  return JsonResponse(document);
}

}  // namespace stackport::http
