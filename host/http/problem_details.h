// Problem details (RFC 9457): how every error leaves the server.
#ifndef STACKPORT_HOST_HTTP_PROBLEM_DETAILS_H_
#define STACKPORT_HOST_HTTP_PROBLEM_DETAILS_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "host/http/message.h"

namespace stackport::http {

// Every kind of problem the API answers with. Its name is its address, /problems/NAME, and stays.
enum class ProblemType {
  kMalformedRequest,
  kMalformedJson,
  kInvalidParameter,
  kInvalidCursor,
  kUnknownPath,
  kUnknownComponent,
  kUnknownCountry,
  kUnknownSnapshot,
  kUnknownPlugin,
  kUnknownSweep,
  kUnknownProblem,
  kMethodNotAllowed,
  kRequestTimeout,
  kNotQuarantined,
  kReloadUnderWay,
  kCursorExpired,
  kLengthRequired,
  kBodyTooLarge,
  kTargetTooLong,
  kUnsupportedMediaType,
  kExpectationFailed,
  kMisdirectedRequest,
  kInvalidRequest,
  kHeadTooLarge,
  kInternalError,
  kMethodNotImplemented,
  kOverloaded,
  kCatalogUnavailable,
  kReloadFailed,
  kVersionNotSupported,
};

struct ProblemDefinition {
  ProblemType type;
  std::string_view name;  // "unknown-country"
  int status;
  std::string_view title;   // the same for every occurrence
  std::string_view remedy;  // what the client can do
};

// In the order of the enumeration.
std::span<const ProblemDefinition> ProblemDefinitions();
const ProblemDefinition& Definition(ProblemType type);

// {"type", "title", "status", "detail"} as application/problem+json, and "nearest" when there is a
// known name close to an unknown one. Both texts are printable.
ApiResponse Problem(ProblemType type, std::string_view detail, std::string_view nearest = {});

// The same with "errors": [{"pointer", "code", "detail", "expected", "remedy"}], as 422.
ApiResponse FindingsProblem(const std::vector<Finding>& findings, std::string_view pointer_prefix);

// What a failed call below the API amounts to. Faults of ours are not described to the client.
ApiResponse ProblemOf(const Error& error);

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_PROBLEM_DETAILS_H_
