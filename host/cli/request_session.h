// From flags to a judged request against an opened catalog: the common start of match and explain.
#ifndef STACKPORT_HOST_CLI_REQUEST_SESSION_H_
#define STACKPORT_HOST_CLI_REQUEST_SESSION_H_

#include <memory>
#include <optional>

#include "catalog/match/matcher.h"
#include "catalog/match/request.h"
#include "host/app/application.h"
#include "host/cli/request_flags.h"
#include "host/cli/session.h"

namespace stackport::cli {

struct AskedRequest {
  std::optional<match::Request> request;  // absent: its findings were printed
  std::unique_ptr<Application> application;
  std::unique_ptr<match::Matcher> matcher;
};

// Builds and judges the request first, so that a wrong one costs nothing; then opens the catalog.
// Findings are printed to standard error, and as JSON to standard output when `as_json`.
Result<AskedRequest> AskRequest(Session& session, const RequestFlags& flags, bool as_json);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_REQUEST_SESSION_H_
