#include "host/http/request_head.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>

#include "catalog/base/text.h"
#include "host/http/limits.h"

namespace stackport::http {

namespace {

constexpr std::string_view kLineEnd = "\r\n";
// Methods the library beneath can parse; of these the API answers three.
constexpr std::array<std::string_view, 7> kMethods = {"GET",    "HEAD",    "POST", "PUT",
                                                      "DELETE", "OPTIONS", "PATCH"};

bool IsTokenCharacter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         std::string_view("!#$%&'*+-.^_`|~").find(c) != std::string_view::npos;
}

bool IsToken(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsTokenCharacter);
}

std::string Lower(std::string_view text) {
  std::string lower(text);
  for (char& c : lower) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return lower;
}

std::string_view Trim(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const std::size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

// Visible characters, blanks and bytes above ASCII.
bool IsHeaderValue(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return c == '\t' || (byte >= 0x20 && byte != 0x7f);
  });
}

bool IsTarget(std::string_view text) {
  return text.starts_with('/') && std::all_of(text.begin(), text.end(), [](char c) {
           return c > ' ' && c < '\x7f' && c != '#';
         });
}

HeadFault Malformed(std::string detail) {
  return {ProblemType::kMalformedRequest, std::move(detail)};
}

std::optional<HeadFault> ParseRequestLine(std::string_view line, RequestHead& head) {
  const std::size_t first = line.find(' ');
  const std::size_t last = line.rfind(' ');
  if (first == std::string_view::npos || first == last) {
    return Malformed("the first line is not METHOD TARGET VERSION");
  }
  head.method = line.substr(0, first);
  head.target = line.substr(first + 1, last - first - 1);
  const std::string_view version = line.substr(last + 1);
  if (!IsToken(head.method)) return Malformed("the method is not a token");
  if (!IsTarget(head.target)) return Malformed("the target is not a path that starts with '/'");
  if (version != "HTTP/1.1" && version != "HTTP/1.0") {
    const bool other = version.starts_with("HTTP/");
    return other ? HeadFault{ProblemType::kVersionNotSupported,
                             "the request is in " + Quoted(version)}
                 : Malformed("the first line does not end with the HTTP version");
  }
  head.http_1_0 = version == "HTTP/1.0";
  if (std::find(kMethods.begin(), kMethods.end(), head.method) == kMethods.end()) {
    return HeadFault{ProblemType::kMethodNotImplemented, "the method is " + Quoted(head.method)};
  }
  return std::nullopt;
}

std::optional<HeadFault> ParseHeaderLine(std::string_view line, RequestHead& head) {
  const std::size_t colon = line.find(':');
  if (colon == std::string_view::npos || !IsToken(line.substr(0, colon))) {
    return Malformed("a header line is not NAME: VALUE");
  }
  const std::string_view value = Trim(line.substr(colon + 1));
  if (!IsHeaderValue(value)) return Malformed("a header's value has control characters");
  head.headers.emplace_back(Lower(line.substr(0, colon)), value);
  return std::nullopt;
}

std::size_t Count(const RequestHead& head, std::string_view name) {
  return static_cast<std::size_t>(
      std::count_if(head.headers.begin(), head.headers.end(),
                    [&](const auto& header) { return header.first == name; }));
}

// Whether a comma-separated header lists the token, whatever the case.
bool Lists(const RequestHead& head, std::string_view name, std::string_view token) {
  for (const std::string& item : Split(head.Header(name), ',')) {
    if (Lower(Trim(item)) == token) return true;
  }
  return false;
}

// How the body is framed: the part of a head that decides where the next request begins.
std::optional<HeadFault> JudgeFraming(RequestHead& head) {
  if (Count(head, "transfer-encoding") > 0) {
    return HeadFault{ProblemType::kLengthRequired,
                     "the body comes in a transfer coding; this server reads a Content-Length"};
  }
  const std::size_t lengths = Count(head, "content-length");
  if (lengths > 1) return Malformed("the request has more than one Content-Length");
  if (lengths == 1) {
    const std::string text = head.Header("content-length");
    const bool digits = !text.empty() && std::all_of(text.begin(), text.end(),
                                                     [](char c) { return c >= '0' && c <= '9'; });
    const auto [end, code] =
        std::from_chars(text.data(), text.data() + text.size(), head.content_length);
    if (!digits || code != std::errc() || end != text.data() + text.size()) {
      return Malformed("the Content-Length is not a number of bytes");
    }
  } else if (head.method == "POST" || head.method == "PUT" || head.method == "PATCH") {
    return HeadFault{ProblemType::kLengthRequired, "the request has no Content-Length"};
  }
  if (Count(head, "content-encoding") > 0) {
    return HeadFault{ProblemType::kUnsupportedMediaType,
                     "the body is compressed; this server reads plain JSON"};
  }
  return std::nullopt;
}

std::optional<HeadFault> JudgeHeaders(RequestHead& head) {
  const std::size_t hosts = Count(head, "host");
  if (hosts > 1) return Malformed("the request has more than one Host");
  // An empty value is what a client sends for a target that has no host, which none of ours is
  // (RFC 9112, section 3.2; RFC 9110, section 4.2.1).
  if (head.Header("host").empty() && (hosts > 0 || !head.http_1_0)) {
    return Malformed("the request has no Host header, or an empty one");
  }
  if (auto fault = JudgeFraming(head)) return fault;
  if (const std::string expect = head.Header("expect"); !expect.empty()) {
    if (Lower(expect) != "100-continue") {
      return HeadFault{ProblemType::kExpectationFailed, "the request expects " + Quoted(expect)};
    }
    head.expects_continue = !head.http_1_0;
  }
  head.keep_alive = !head.http_1_0 && !Lists(head, "connection", "close");
  return std::nullopt;
}

}  // namespace

std::string RequestHead::Header(std::string_view lower_case_name) const {
  std::string joined;
  bool found = false;
  for (const auto& [name, value] : headers) {
    if (name != lower_case_name) continue;
    if (found) joined += ", ";
    joined += value;
    found = true;
  }
  return joined;
}

std::string_view RequestHead::RawPath() const {
  return std::string_view(target).substr(0, target.find('?'));
}

std::optional<std::size_t> FindHeadEnd(std::string_view bytes) {
  std::size_t start = 0;
  while (bytes.substr(start).starts_with(kLineEnd)) start += kLineEnd.size();
  const std::size_t end = bytes.find("\r\n\r\n", start);
  if (end == std::string_view::npos) return std::nullopt;
  return end + 2 * kLineEnd.size();
}

std::variant<RequestHead, HeadFault> ParseHead(std::string_view head) {
  if (head.size() > kMaxHeadBytes) {
    return HeadFault{ProblemType::kHeadTooLarge,
                     fmt::format("the head has more than {} bytes", kMaxHeadBytes)};
  }
  while (head.starts_with(kLineEnd)) head.remove_prefix(kLineEnd.size());
  RequestHead parsed;
  for (bool first = true;; first = false) {
    const std::size_t end = head.find(kLineEnd);
    if (end == std::string_view::npos) return Malformed("the head does not end with an empty line");
    const std::string_view line = head.substr(0, end);
    head.remove_prefix(end + kLineEnd.size());
    if (line.empty()) break;
    if (line.size() > kMaxLineBytes) {
      return HeadFault{first ? ProblemType::kTargetTooLong : ProblemType::kHeadTooLarge,
                       fmt::format("a line of the head has more than {} bytes", kMaxLineBytes)};
    }
    if (first) {
      if (auto fault = ParseRequestLine(line, parsed)) return *std::move(fault);
      continue;
    }
    if (parsed.headers.size() == kMaxHeaderLines) {
      return HeadFault{ProblemType::kHeadTooLarge,
                       fmt::format("the head has more than {} header lines", kMaxHeaderLines)};
    }
    if (auto fault = ParseHeaderLine(line, parsed)) return *std::move(fault);
  }
  if (auto fault = JudgeHeaders(parsed)) return *std::move(fault);
  return parsed;
}

}  // namespace stackport::http
