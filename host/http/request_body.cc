#include "host/http/request_body.h"

#include <string>
#include <string_view>

#include "catalog/base/text.h"
#include "host/http/problem_details.h"

namespace stackport::http {

namespace {

// "application/json", with no charset but UTF-8.
bool IsJsonType(std::string_view content_type) {
  std::string type;
  for (const char c : content_type) {
    if (c == ' ' || c == '\t' || c == '"') continue;
    type += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  }
  return type == "application/json" || type == "application/json;charset=utf-8";
}

}  // namespace

OrResponse<json::Document> ReadBody(const ApiRequest& request) {
  if (!IsJsonType(request.content_type)) {
    return Problem(
        ProblemType::kUnsupportedMediaType,
        request.content_type.empty()
            ? "the request has no Content-Type; send application/json"
            : "the Content-Type is " + Quoted(request.content_type) + "; send application/json");
  }
  auto document = json::Parse(request.body, "request body");
  if (!document) return Problem(ProblemType::kMalformedJson, document.error().message);
  return *std::move(document);
}

}  // namespace stackport::http
