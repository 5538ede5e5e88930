// The head of an HTTP/1.1 message, judged before anything else of the request is read.
//
// Stricter than the protocol where leniency is what attacks live on: one Content-Length, no
// transfer codings, no line folding, no bare line feeds, Host required.
#ifndef STACKPORT_HOST_HTTP_REQUEST_HEAD_H_
#define STACKPORT_HOST_HTTP_REQUEST_HEAD_H_

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "host/http/problem_details.h"

namespace stackport::http {

struct RequestHead {
  std::string method;
  std::string target;  // starts with '/'
  bool http_1_0 = false;
  std::vector<std::pair<std::string, std::string>> headers;  // names in lower case
  std::size_t content_length = 0;
  bool keep_alive = true;  // never with HTTP/1.0
  bool expects_continue = false;

  // All values of a header, joined by ", "; empty when there is none.
  std::string Header(std::string_view lower_case_name) const;
  // The target up to '?', not decoded.
  std::string_view RawPath() const;
};

struct HeadFault {
  ProblemType type;
  std::string detail;
};

// Bytes of the first head in `bytes`, the empty line included; nothing while it is incomplete.
// Empty lines before a request line are skipped, as RFC 9112 section 2.2 asks for: they count as
// part of the head.
std::optional<std::size_t> FindHeadEnd(std::string_view bytes);

// `head` ends with the empty line. Sizes are limited by limits.h.
std::variant<RequestHead, HeadFault> ParseHead(std::string_view head);

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_REQUEST_HEAD_H_
