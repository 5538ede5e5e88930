#include "host/http/api_client.h"

#include <fmt/format.h>
#include <httplib.h>

#include "catalog/base/text.h"

namespace stackport::http {
namespace {

// What answers on the port may be another program.
constexpr std::size_t kDetailText = 400;

Error ErrorOf(int status, const std::string& body) {
  std::string detail = fmt::format("the server answered with status {}", status);
  if (const auto problem = json::Parse(body, "answer")) {
    const std::string_view said = json::StringOr(*problem, "detail", "");
    if (!said.empty()) detail = Printable(said, kDetailText);
  }
  if (status == 404) return NotFound(detail);
  if (status == 409) return Conflict(detail);
  return status < 500 ? InvalidArgument(detail) : Unavailable(detail);
}

}  // namespace

Result<json::Document> PostJson(const std::string& host, int port, const std::string& path,
                                const std::string& body, std::chrono::seconds patience) {
  try {
    httplib::Client client(host, port);
    client.set_read_timeout(patience);
    const auto answer = client.Post(path, body, "application/json");
    if (!answer) {
      return Unavailable(fmt::format("no server answers at http://{}:{}/ ({})", Printable(host),
                                     port, httplib::to_string(answer.error())));
    }
    if (answer->status != 200) return ErrorOf(answer->status, answer->body);
    json::Limits limits;
    limits.max_bytes = std::size_t{64} << 20;  // a report names each plugin that changed
    return json::Parse(answer->body, "answer of the server", limits);
  } catch (const std::exception& error) {
    return Internal(std::string("the server could not be asked: ") + Printable(error.what()));
  }
}

}  // namespace stackport::http
