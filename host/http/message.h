// Requests and answers as the API sees them: no sockets, no library types.
#ifndef STACKPORT_HOST_HTTP_MESSAGE_H_
#define STACKPORT_HOST_HTTP_MESSAGE_H_

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stackport::http {

struct ApiRequest {
  std::string method;  // "HEAD" counts as "GET" for the API; the body is dropped on the way out
  std::string path;    // percent-decoded, without the query
  std::multimap<std::string, std::string> query;  // decoded
  std::string host;  // as the client names this server: "localhost:8425"; empty in HTTP/1.0
  std::string content_type;
  std::string if_none_match;
  std::string body;
};

struct ApiResponse {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

// Now as an HTTP date: "Mon, 23 Nov 2026 01:12:05 GMT".
std::string HttpDate();

// The reason phrase of the statuses that this server sends.
std::string_view ReasonPhrase(int status);

// The bytes of an answer that closes its connection; for what is answered before a request is
// whole.
std::string WriteClosingResponse(const ApiResponse& response);

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_MESSAGE_H_
