#include "host/http/message.h"

#include <fmt/format.h>

#include <ctime>

namespace stackport::http {

std::string HttpDate() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  gmtime_r(&now, &parts);
  char text[sizeof "Mon, 23 Nov 2026 01:12:05 GMT"] = {};
  const std::size_t length = std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return std::string(text, length);
}

std::string_view ReasonPhrase(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 202:
      return "Accepted";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 408:
      return "Request Timeout";
    case 410:
      return "Gone";
    case 411:
      return "Length Required";
    case 413:
      return "Content Too Large";
    case 414:
      return "URI Too Long";
    case 415:
      return "Unsupported Media Type";
    case 417:
      return "Expectation Failed";
    case 421:
      return "Misdirected Request";
    case 422:
      return "Unprocessable Content";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    case 505:
      return "HTTP Version Not Supported";
  }
  return "Unknown";
}

std::string WriteClosingResponse(const ApiResponse& response) {
  std::string text = fmt::format(
      "HTTP/1.1 {} {}\r\nDate: {}\r\nConnection: close\r\nX-Content-Type-Options: nosniff\r\n"
      "Content-Type: {}\r\nContent-Length: {}\r\n",
      response.status, ReasonPhrase(response.status), HttpDate(), response.content_type,
      response.body.size());
  for (const auto& [name, value] : response.headers) {
    text += fmt::format("{}: {}\r\n", name, value);
  }
  return text + "\r\n" + response.body;
}

}  // namespace stackport::http
