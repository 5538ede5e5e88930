// The use that is made of cpp-httplib 0.11.4: its listener, and its request parser and answer
// writer on memory. No byte of a client reaches it before ConnectionFront has judged it.
//
// Private to host/http.
#ifndef STACKPORT_HOST_HTTP_LIBRARY_SERVER_H_
#define STACKPORT_HOST_HTTP_LIBRARY_SERVER_H_

#include <httplib.h>

#include <atomic>
#include <functional>
#include <string>

#include "catalog/base/result.h"
#include "host/http/connection_front.h"
#include "host/http/message.h"

namespace stackport::http {

class LibraryServer final : public httplib::Server {
 public:
  // Called on the thread of Serve; owns the socket from then on.
  using OnSocket = std::function<void(int socket)>;
  // Called from any thread, several at a time.
  using Handler = std::function<ApiResponse(const ApiRequest&)>;

  LibraryServer(OnSocket on_socket, Handler handler);
  // Requires: Serve is not running.
  ~LibraryServer() override;

  // Listens on the address; port 0 takes a free one. Answers with the port.
  Result<int> Bind(const std::string& host, int port);

  // Accepts connections until Unlisten, or until the system refuses.
  Status Serve();
  // Thread-safe; before or during Serve.
  void Unlisten();

  // The bytes of the answer to one request. Thread-safe; never throws.
  std::string Answer(IncomingRequest request);

 private:
  bool process_and_close_socket(socket_t socket) override;

  const OnSocket on_socket_;
  const Handler handler_;
  std::atomic<socket_t> unlistened_ = INVALID_SOCKET;
};

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_LIBRARY_SERVER_H_
