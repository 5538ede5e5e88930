#include "host/http/limits.h"
#include "host/http/request_head.h"
#include "tests/fuzz/targets.h"

namespace stackport::fuzz {

void JudgeHttpHead(std::string_view bytes) {
  const auto end = http::FindHeadEnd(bytes);
  if (!end) return;
  Promise(*end <= bytes.size(), "a head ends within its bytes");
  // The server judges a head at its first complete form; more bytes after it change nothing.
  Promise(http::FindHeadEnd(bytes.substr(0, *end)) == end, "what follows a head does not move it");
  const auto parsed = http::ParseHead(bytes.substr(0, *end));
  if (const auto* fault = std::get_if<http::HeadFault>(&parsed)) {
    PromiseShowable(fault->detail);
    return;
  }
  const auto& head = std::get<http::RequestHead>(parsed);
  Promise(!head.method.empty(), "a request has a method");
  Promise(head.target.starts_with('/'), "a target starts with a slash");
  Promise(!head.Header("host").empty() || head.http_1_0, "HTTP/1.1 names the host");
  for (const auto& [name, value] : head.headers) {
    Promise(name.find_first_of("ABCDEFGHIJKLMNOPQRSTUVWXYZ \r\n:") == std::string::npos,
            "a header's name is in lower case and a token");
    Promise(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos,
            "a header's value is one line");
  }
}

}  // namespace stackport::fuzz
