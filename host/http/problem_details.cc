#include "host/http/problem_details.h"

#include <fmt/format.h>

#include <array>

namespace stackport::http {

namespace {

using json::Set;
using json::Value;

constexpr std::array kDefinitions = {
    ProblemDefinition{ProblemType::kMalformedRequest, "malformed-request", 400,
                      "The request is not well-formed HTTP/1.1", "Send it with an HTTP client."},
    ProblemDefinition{ProblemType::kMalformedJson, "malformed-json", 400,
                      "The body is not one JSON value",
                      "Correct the text at the line and column that detail names."},
    ProblemDefinition{ProblemType::kInvalidParameter, "invalid-parameter", 400,
                      "A query parameter is unknown or has a wrong value",
                      "Correct it; /openapi.json lists the parameters of each path."},
    ProblemDefinition{ProblemType::kInvalidCursor, "invalid-cursor", 400,
                      "The cursor does not belong to this list",
                      "Follow the Link header of the former page unchanged."},
    ProblemDefinition{ProblemType::kUnknownPath, "unknown-path", 404, "Nothing is at this path",
                      "See /openapi.json for the paths there are."},
    ProblemDefinition{ProblemType::kUnknownComponent, "unknown-component", 404,
                      "The snapshot has no such component", "Look it up with /v1/components?q=…"},
    ProblemDefinition{ProblemType::kUnknownCountry, "unknown-country", 404,
                      "No country has this code", "Use an ISO 3166-1 code of /v1/countries."},
    ProblemDefinition{ProblemType::kUnknownSnapshot, "unknown-snapshot", 404,
                      "The catalog never had this snapshot", "Use an id of /v1/snapshots."},
    ProblemDefinition{ProblemType::kUnknownPlugin, "unknown-plugin", 404, "No plugin has this id",
                      "Use an id of /v1/plugins."},
    ProblemDefinition{ProblemType::kUnknownSweep, "unknown-sweep", 404,
                      "No sweep that is kept has this id", "Start it again with POST /v1/sweeps."},
    ProblemDefinition{ProblemType::kUnknownProblem, "unknown-problem", 404,
                      "No problem type has this name", "Use the type of an answer unchanged."},
    ProblemDefinition{ProblemType::kMethodNotAllowed, "method-not-allowed", 405,
                      "The path does not answer this method", "Use a method of the Allow header."},
    ProblemDefinition{ProblemType::kRequestTimeout, "request-timeout", 408,
                      "The request did not arrive in time", "Send it again, faster."},
    ProblemDefinition{ProblemType::kNotQuarantined, "not-quarantined", 409,
                      "The plugin is not quarantined",
                      "Look at its state and reason under /v1/plugins."},
    ProblemDefinition{ProblemType::kReloadUnderWay, "reload-under-way", 409,
                      "Plugins are being reloaded", "Wait for its end, then send it again."},
    ProblemDefinition{ProblemType::kCursorExpired, "cursor-expired", 410,
                      "The catalog changed since the search began", "Start at the first page."},
    ProblemDefinition{ProblemType::kLengthRequired, "length-required", 411,
                      "The body has no Content-Length",
                      "Send the body whole, with Content-Length, not in chunks."},
    ProblemDefinition{ProblemType::kBodyTooLarge, "body-too-large", 413,
                      "The body is larger than the path accepts", "Send a smaller request."},
    ProblemDefinition{ProblemType::kTargetTooLong, "target-too-long", 414,
                      "The address is too long", "Shorten the query."},
    ProblemDefinition{ProblemType::kUnsupportedMediaType, "unsupported-media-type", 415,
                      "The body is not plain JSON",
                      "Send UTF-8 JSON with Content-Type: application/json, not compressed."},
    ProblemDefinition{ProblemType::kExpectationFailed, "expectation-failed", 417,
                      "The Expect header asks for something else than 100-continue",
                      "Leave the header out."},
    ProblemDefinition{ProblemType::kMisdirectedRequest, "misdirected-request", 421,
                      "The Host header names another host",
                      "Use the address the server printed when it started, or have the operator "
                      "allow the name."},
    ProblemDefinition{ProblemType::kInvalidRequest, "invalid-request", 422,
                      "The request cannot be answered as it is",
                      "Mend what errors lists; each entry has a JSON pointer into the body."},
    ProblemDefinition{ProblemType::kHeadTooLarge, "head-too-large", 431,
                      "The request's headers are too large", "Send fewer or shorter headers."},
    ProblemDefinition{ProblemType::kInternalError, "internal-error", 500,
                      "The server made a mistake", "Report it to the operator, with the time."},
    ProblemDefinition{ProblemType::kMethodNotImplemented, "method-not-implemented", 501,
                      "The server does not know this method", "Use GET, HEAD or POST."},
    ProblemDefinition{ProblemType::kOverloaded, "overloaded", 503, "The server is busy",
                      "Send it again after the seconds of the Retry-After header."},
    ProblemDefinition{ProblemType::kCatalogUnavailable, "catalog-unavailable", 503,
                      "The catalog cannot be read",
                      "Ask the operator to run `stackport catalog check`."},
    ProblemDefinition{ProblemType::kReloadFailed, "reload-failed", 503,
                      "The plugins could not be reloaded, and the catalog is as it was",
                      "Have the operator look at the server's log."},
    ProblemDefinition{ProblemType::kVersionNotSupported, "version-not-supported", 505,
                      "The server speaks HTTP/1.1", "Use HTTP/1.1 or HTTP/1.0."},
};

json::Document ProblemDocument(const ProblemDefinition& definition, std::string_view detail) {
  json::Document document(rapidjson::kObjectType);
  auto& allocator = document.GetAllocator();
  Set(document, "type", fmt::format("/problems/{}", definition.name), allocator);
  Set(document, "title", definition.title, allocator);
  Set(document, "status", definition.status, allocator);
  Set(document, "detail", detail, allocator);
  return document;
}

ApiResponse Respond(const ProblemDefinition& definition, const json::Document& document) {
  ApiResponse response;
  response.status = definition.status;
  response.content_type = "application/problem+json";
  response.body = json::Write(document);
  if (definition.status == 503) response.headers.emplace_back("Retry-After", "1");
  return response;
}

}  // namespace

std::span<const ProblemDefinition> ProblemDefinitions() {
  return kDefinitions;
}

const ProblemDefinition& Definition(ProblemType type) {
  return kDefinitions[static_cast<std::size_t>(type)];
}

ApiResponse Problem(ProblemType type, std::string_view detail, std::string_view nearest) {
  const ProblemDefinition& definition = Definition(type);
  json::Document document = ProblemDocument(definition, detail);
  if (!nearest.empty()) Set(document, "nearest", nearest, document.GetAllocator());
  return Respond(definition, document);
}

ApiResponse FindingsProblem(const std::vector<Finding>& findings, std::string_view pointer_prefix) {
  const ProblemDefinition& definition = Definition(ProblemType::kInvalidRequest);
  std::size_t count = 0;
  for (const Finding& finding : findings) count += finding.severity == Severity::kError ? 1 : 0;
  json::Document document = ProblemDocument(
      definition, count == 1 ? "1 error; errors says where, what was expected and how to mend it"
                             : fmt::format("{} errors; errors says where, what was expected and "
                                           "how to mend each",
                                           count));
  auto& allocator = document.GetAllocator();
  Value errors(rapidjson::kArrayType);
  for (const Finding& finding : findings) {
    if (finding.severity != Severity::kError) continue;
    Value error(rapidjson::kObjectType);
    Set(error, "pointer", std::string(pointer_prefix) + finding.pointer, allocator);
    Set(error, "code", finding.code, allocator);
    Set(error, "detail", finding.message, allocator);
    Set(error, "expected", finding.expected, allocator);
    Set(error, "remedy", finding.remedy, allocator);
    errors.PushBack(error, allocator);
  }
  Set(document, "errors", std::move(errors), allocator);
  return Respond(definition, document);
}

ApiResponse ProblemOf(const Error& error) {
  switch (error.code) {
    case ErrorCode::kInvalidArgument:
      return Problem(ProblemType::kInvalidParameter, error.message);
    case ErrorCode::kNotFound:
      return Problem(ProblemType::kUnknownPath, error.message);
    case ErrorCode::kResourceLimit:
      return Problem(ProblemType::kBodyTooLarge, error.message);
    case ErrorCode::kConflict:
    case ErrorCode::kUnavailable:
      return Problem(ProblemType::kCatalogUnavailable, "the catalog is busy or out of reach");
    case ErrorCode::kDataCorrupt:
    case ErrorCode::kInternal:
      break;
  }
  return Problem(ProblemType::kInternalError, "the request could not be answered");
}

}  // namespace stackport::http
