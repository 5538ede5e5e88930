// All of the server's socket work, on one thread.
//
// A connection is read until one request is whole, within limits and deadlines; only then does it
// cost a worker. So clients that are slow, idle or hostile hold a descriptor and a little memory
// each, and nobody else waits for them. Answers are written here too.
//
//   kReading -> kWorking -> kWriting -> kReading | kDraining -> closed
//
// A request that is refused early is answered and its connection closed: what follows an unread
// body must never be taken for a request.
#ifndef STACKPORT_HOST_HTTP_CONNECTION_FRONT_H_
#define STACKPORT_HOST_HTTP_CONNECTION_FRONT_H_

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <unordered_map>
#include <variant>
#include <vector>

#include "catalog/base/result.h"
#include "host/http/limits.h"
#include "host/http/request_head.h"

namespace stackport::http {

// One request, whole.
struct IncomingRequest {
  std::uint64_t connection = 0;  // names the connection in Answer
  RequestHead head;
  std::string body;
  bool close = false;  // the connection ends after the answer, which should say so
};

// Thread-safe.
class ConnectionFront {
 public:
  // How many bytes of body the request may have, or why it is refused. Called on the front's
  // thread, as is Submit; neither may block.
  using JudgeHead = std::function<std::variant<std::size_t, HeadFault>(const RequestHead&)>;
  // Takes the request to a worker, who calls Answer later; false when too many wait.
  using Submit = std::function<bool(IncomingRequest)>;

  // Starts the thread. Unavailable when the system has no descriptors left.
  static Result<std::unique_ptr<ConnectionFront>> Start(const ConnectionLimits& limits,
                                                        JudgeHead judge, Submit submit);
  // Stops, without grace.
  ~ConnectionFront();

  // Takes over a connected socket.
  void Add(int socket);

  // The bytes of a whole HTTP answer to a request that was submitted.
  void Answer(std::uint64_t connection, std::string bytes, bool close);

  // Closes what is idle at once and the rest when it is answered, or after `grace`; returns when
  // all are closed.
  void Stop(std::chrono::milliseconds grace);

 private:
  using Clock = std::chrono::steady_clock;
  enum class State { kReading, kWorking, kWriting, kDraining };
  struct Connection;
  struct Finished {
    std::uint64_t connection;
    std::string bytes;
    bool close;
  };
  using Connections = std::unordered_map<std::uint64_t, std::unique_ptr<Connection>>;

  ConnectionFront(const ConnectionLimits& limits, JudgeHead judge, Submit submit, int epoll,
                  int wakeup);

  void Loop();
  void Wake();
  void TakeInbox();
  void Expire(Clock::time_point now);
  void Open(int socket);
  void Handle(Connection& connection);
  void Read(Connection& connection);
  void Advance(Connection& connection);
  bool AdvanceHead(Connection& connection);
  void Drain(Connection& connection);
  void Write(Connection& connection);
  void Refuse(Connection& connection, ProblemType type, const std::string& detail);
  void StartWriting(Connection& connection, std::string bytes, bool close);
  void AwaitRequest(Connection& connection);
  void Watch(Connection& connection, std::uint32_t events);
  void Close(Connection& connection);

  const ConnectionLimits limits_;
  const JudgeHead judge_;
  const Submit submit_;
  const int epoll_;
  const int wakeup_;  // an eventfd

  // Of the front's thread alone.
  Connections connections_;
  std::uint64_t next_id_ = 1;
  std::vector<std::uint64_t> closed_;  // erased at the end of a turn
  bool stopping_seen_ = false;

  std::mutex mutex_;  // guards the inbox and the two below
  std::vector<int> added_;
  std::vector<Finished> finished_;
  bool stopping_ = false;
  Clock::time_point stop_by_;

  std::thread thread_;
};

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_CONNECTION_FRONT_H_
