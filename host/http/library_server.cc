#include "host/http/library_server.h"

#include <fmt/format.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>
#include <exception>
#include <memory>
#include <utility>

#include "catalog/base/text.h"
#include "host/http/problem_details.h"

namespace stackport::http {

namespace {

// A request to read from and an answer to collect, in memory.
class MemoryStream final : public httplib::Stream {
 public:
  explicit MemoryStream(std::string input) : input_(std::move(input)) {}

  bool is_readable() const override { return position_ < input_.size(); }
  bool is_writable() const override { return true; }
  ssize_t read(char* bytes, size_t size) override {
    const size_t count = std::min(size, input_.size() - position_);
    std::memcpy(bytes, input_.data() + position_, count);
    position_ += count;
    return static_cast<ssize_t>(count);
  }
  ssize_t write(const char* bytes, size_t size) override {
    output_.append(bytes, size);
    return static_cast<ssize_t>(size);
  }
  void get_remote_ip_and_port(std::string& ip, int& port) const override { Forget(ip, port); }
  void get_local_ip_and_port(std::string& ip, int& port) const override { Forget(ip, port); }
  socket_t socket() const override { return INVALID_SOCKET; }

  std::string TakeOutput() { return std::move(output_); }

 private:
  static void Forget(std::string& ip, int& port) {
    ip.clear();
    port = 0;
  }

  const std::string input_;
  size_t position_ = 0;
  std::string output_;
};

// Runs each job where it is queued: handing a socket over takes microseconds.
class InlineTaskQueue final : public httplib::TaskQueue {
 public:
  void enqueue(std::function<void()> job) override { job(); }
  void shutdown() override {}
};

// The library sees the headers that handlers read and no others: not Range, whose handling is
// unbounded; not Accept-Encoding, which costs 96 ms of brotli an answer; not Content-Length, since
// the body is handed over whole; and none of the names it uses for its own notes.
constexpr std::array<std::string_view, 3> kForwarded = {"content-type", "host", "if-none-match"};

std::string ForwardedHead(const RequestHead& head) {
  std::string text = fmt::format("{} {} HTTP/1.1\r\n", head.method, head.target);
  for (const std::string_view name : kForwarded) {
    const std::string value = head.Header(name);
    if (!value.empty()) text += fmt::format("{}: {}\r\n", name, value);
  }
  return text + "\r\n";
}

ApiRequest ToApiRequest(const httplib::Request& request) {
  ApiRequest api;
  api.method = request.method;
  api.path = request.path;
  api.query = request.params;
  api.host = request.get_header_value("host");
  api.content_type = request.get_header_value("content-type");
  api.if_none_match = request.get_header_value("if-none-match");
  api.body = request.body;
  return api;
}

void FillResponse(const ApiResponse& api, httplib::Response& response) {
  response.status = api.status;
  for (const auto& [name, value] : api.headers) response.set_header(name, value);
  if (!api.body.empty()) response.set_content(api.body, api.content_type);
}

// What the library gets wrong or leaves out, once its own headers are set.
void FinishHeaders(const httplib::Request&, httplib::Response& response) {
  response.set_header("Date", HttpDate());
  response.set_header("X-Content-Type-Options", "nosniff");
  response.headers.erase("Accept-Ranges");  // ranges are not served
  // A 304 may name only the length that the 200 would have (RFC 9110, section 8.6).
  if (response.status == 304) response.headers.erase("Content-Length");
}

}  // namespace

LibraryServer::LibraryServer(OnSocket on_socket, Handler handler)
    : on_socket_(std::move(on_socket)), handler_(std::move(handler)) {
  new_task_queue = [] { return new InlineTaskQueue; };
  // The library's default shares a busy port silently (SO_REUSEPORT).
  set_socket_options([](socket_t socket) {
    const int on = 1;
    ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  });
  set_keep_alive_max_count(kMaxKeepAliveRequests);
  set_post_routing_handler(FinishHeaders);
  set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
    FillResponse(handler_(ToApiRequest(request)), response);
    return HandlerResponse::Handled;
  });
}

Result<int> LibraryServer::Bind(const std::string& host, int port) {
  errno = 0;
  const int bound = port == 0 ? bind_to_any_port(host) : bind_to_port(host, port) ? port : -1;
  const int reason = errno;
  if (bound >= 0) {
    // Again on the same socket: the library compiles in a queue of 5.
    ::listen(svr_sock_, kListenBacklog);
    return bound;
  }
  const std::string address = fmt::format("{} port {}", Printable(host), port);
  if (reason == EADDRINUSE) {
    return Conflict(
        fmt::format("{} is in use by another program; stop that program (`ss -ltnp` "
                    "names it) or choose another port",
                    address));
  }
  if (reason == EACCES) {
    return Unavailable(fmt::format(
        "the system does not allow this user to listen on {}; choose a port above 1023", address));
  }
  return Unavailable(fmt::format("cannot listen on {}: {}; check the address", address,
                                 reason == 0 ? "unknown address" : std::strerror(reason)));
}

Status LibraryServer::Serve() {
  try {
    if (listen_after_bind()) return {};
  } catch (const std::exception&) {
    return Internal("the listener failed");
  }
  return Unavailable("the listening socket failed; start the server again");
}

void LibraryServer::Unlisten() {
  const socket_t socket = svr_sock_.exchange(INVALID_SOCKET);
  if (socket == INVALID_SOCKET) return;
  // Closed later: another descriptor with the same number must not meet the accepting thread.
  unlistened_ = socket;
  ::shutdown(socket, SHUT_RDWR);  // wakes the thread that accepts
}

LibraryServer::~LibraryServer() {
  Unlisten();
  if (unlistened_ != INVALID_SOCKET) ::close(unlistened_);
}

std::string LibraryServer::Answer(IncomingRequest request) {
  try {
    MemoryStream stream(ForwardedHead(request.head));
    bool closed = false;
    process_request(stream, request.close, closed, [&](httplib::Request& parsed) {
      parsed.body = std::move(request.body);
      parsed.ranges.clear();
    });
    std::string bytes = stream.TakeOutput();
    if (!bytes.empty()) return bytes;
  } catch (const std::exception&) {
    // Answered below; what() may hold text of the client.
  }
  return WriteClosingResponse(
      Problem(ProblemType::kInternalError, "the request could not be answered"));
}

bool LibraryServer::process_and_close_socket(socket_t socket) {
  on_socket_(socket);
  return true;
}

}  // namespace stackport::http
