// Asks a running server something, over its own API.
#ifndef STACKPORT_HOST_HTTP_API_CLIENT_H_
#define STACKPORT_HOST_HTTP_API_CLIENT_H_

#include <chrono>
#include <string>

#include "catalog/base/json.h"
#include "catalog/base/result.h"

namespace stackport::http {

// Sends `body` as JSON and waits for the answer, at most `patience`. Errors: Unavailable when
// nobody answers, else by the status of the answer, with its detail: NotFound (404), Conflict
// (409), InvalidArgument (other 4xx), Unavailable (5xx).
Result<json::Document> PostJson(const std::string& host, int port, const std::string& path,
                                const std::string& body, std::chrono::seconds patience);

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_API_CLIENT_H_
