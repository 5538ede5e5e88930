#include "host/http/connection_front.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <optional>
#include <utility>

#include "host/http/message.h"

namespace stackport::http {

namespace {

using std::chrono::milliseconds;

// How often deadlines are looked at; they are kept to within this.
constexpr milliseconds kTick{100};
constexpr int kEventsPerTurn = 64;
constexpr std::size_t kReadChunk = std::size_t{16} << 10;
// Of one connection in one turn, so that a fast sender does not starve the others.
constexpr int kChunksPerTurn = 8;
// The event data of the wake-up descriptor; connections count from 1.
constexpr std::uint64_t kWakeupId = 0;

constexpr std::string_view kContinue = "HTTP/1.1 100 Continue\r\n\r\n";

bool WouldBlock() {
  return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR;
}

void SendBestEffort(int socket, std::string_view bytes) {
  // A short or failed write is the peer's loss: it closes, or continues after its own timeout.
  [[maybe_unused]] const ssize_t sent =
      ::send(socket, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
}

}  // namespace

struct ConnectionFront::Connection {
  std::uint64_t id = 0;
  int socket = -1;  // -1: closed, to be erased
  State state = State::kReading;
  Clock::time_point deadline;
  std::uint32_t watched = 0;  // events registered with epoll; 0: none
  std::string in;             // read and not yet used
  std::optional<RequestHead> head;
  std::size_t body_limit = 0;
  std::string out;
  std::size_t sent = 0;
  std::size_t drained = 0;
  bool close_after = false;
  bool peer_closed = false;  // the peer sends no more; it may still read
  int requests = 0;
};

Result<std::unique_ptr<ConnectionFront>> ConnectionFront::Start(const ConnectionLimits& limits,
                                                                JudgeHead judge, Submit submit) {
  const int epoll = ::epoll_create1(EPOLL_CLOEXEC);
  const int wakeup = ::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  epoll_event event{};
  event.events = EPOLLIN;
  event.data.u64 = kWakeupId;
  if (epoll < 0 || wakeup < 0 || ::epoll_ctl(epoll, EPOLL_CTL_ADD, wakeup, &event) != 0) {
    if (epoll >= 0) ::close(epoll);
    if (wakeup >= 0) ::close(wakeup);
    return Unavailable(
        "the system gives the server no descriptors; raise the limit on open files (ulimit -n)");
  }
  std::unique_ptr<ConnectionFront> front(
      new ConnectionFront(limits, std::move(judge), std::move(submit), epoll, wakeup));
  front->thread_ = std::thread([raw = front.get()] { raw->Loop(); });
  return front;
}

ConnectionFront::ConnectionFront(const ConnectionLimits& limits, JudgeHead judge, Submit submit,
                                 int epoll, int wakeup)
    : limits_(limits),
      judge_(std::move(judge)),
      submit_(std::move(submit)),
      epoll_(epoll),
      wakeup_(wakeup) {}

ConnectionFront::~ConnectionFront() {
  Stop(milliseconds(0));
  for (const int socket : added_) ::close(socket);
  ::close(epoll_);
  ::close(wakeup_);
}

void ConnectionFront::Add(int socket) {
  {
    const std::lock_guard lock(mutex_);
    added_.push_back(socket);
  }
  Wake();
}

void ConnectionFront::Answer(std::uint64_t connection, std::string bytes, bool close) {
  {
    const std::lock_guard lock(mutex_);
    finished_.push_back({connection, std::move(bytes), close});
  }
  Wake();
}

void ConnectionFront::Stop(milliseconds grace) {
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_) stop_by_ = Clock::now() + grace;
    stopping_ = true;
  }
  Wake();
  if (thread_.joinable()) thread_.join();
}

void ConnectionFront::Wake() {
  // The only failure is a full counter, and then the thread is awake already.
  [[maybe_unused]] const int result = ::eventfd_write(wakeup_, 1);
}

void ConnectionFront::Loop() {
  std::array<epoll_event, kEventsPerTurn> events;
  Clock::time_point last_tick = Clock::now();
  while (true) {
    const int timeout = connections_.empty() ? -1 : static_cast<int>(kTick.count());
    const int count = ::epoll_wait(epoll_, events.data(), kEventsPerTurn, timeout);
    for (int i = 0; i < count; ++i) {
      const std::uint64_t id = events[static_cast<std::size_t>(i)].data.u64;
      if (id == kWakeupId) {
        eventfd_t ignored = 0;
        ::eventfd_read(wakeup_, &ignored);
      } else if (const auto found = connections_.find(id); found != connections_.end()) {
        Handle(*found->second);
      }
    }
    TakeInbox();
    const Clock::time_point now = Clock::now();
    if (now - last_tick >= kTick || stopping_seen_) {
      last_tick = now;
      Expire(now);
    }
    for (const std::uint64_t id : closed_) connections_.erase(id);
    closed_.clear();
    if (stopping_seen_ && connections_.empty()) return;
  }
}

void ConnectionFront::TakeInbox() {
  std::vector<int> added;
  std::vector<Finished> finished;
  {
    const std::lock_guard lock(mutex_);
    added.swap(added_);
    finished.swap(finished_);
    stopping_seen_ = stopping_;
  }
  for (const int socket : added) Open(socket);
  for (Finished& answer : finished) {
    const auto found = connections_.find(answer.connection);
    if (found == connections_.end() || found->second->state != State::kWorking) continue;
    StartWriting(*found->second, std::move(answer.bytes), answer.close || stopping_seen_);
  }
}

void ConnectionFront::Expire(Clock::time_point now) {
  Clock::time_point stop_by = Clock::time_point::max();
  if (stopping_seen_) {
    const std::lock_guard lock(mutex_);
    stop_by = stop_by_;
  }
  for (auto& [id, connection] : connections_) {
    if (connection->socket < 0) continue;
    const bool busy = connection->state == State::kWorking || connection->state == State::kWriting;
    if (stopping_seen_ && (!busy || now >= stop_by)) {
      Close(*connection);
    } else if (connection->state != State::kWorking && now >= connection->deadline) {
      const bool begun = connection->head.has_value() || !connection->in.empty();
      if (connection->state == State::kReading && begun) {
        Refuse(*connection, ProblemType::kRequestTimeout,
               connection->head ? "the body did not arrive in time"
                                : "the headers did not arrive in time");
      } else {
        Close(*connection);
      }
    }
  }
}

void ConnectionFront::Open(int socket) {
  const int on = 1;
  // Without it a small answer waits up to 40 ms for the acknowledgement of the one before.
  ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (stopping_seen_ || connections_.size() >= limits_.max_connections) {
    SendBestEffort(socket, WriteClosingResponse(
                               Problem(ProblemType::kOverloaded, "too many connections are open")));
    ::close(socket);
    return;
  }
  auto connection = std::make_unique<Connection>();
  connection->id = next_id_++;
  connection->socket = socket;
  Connection& opened = *connection;
  connections_.emplace(opened.id, std::move(connection));
  AwaitRequest(opened);
}

void ConnectionFront::Handle(Connection& connection) {
  if (connection.socket < 0) return;
  switch (connection.state) {
    case State::kReading:
      return Read(connection);
    case State::kWriting:
      return Write(connection);
    case State::kDraining:
      return Drain(connection);
    case State::kWorking:
      return;
  }
}

void ConnectionFront::Read(Connection& connection) {
  std::array<char, kReadChunk> buffer;
  for (int chunk = 0; chunk < kChunksPerTurn && connection.state == State::kReading; ++chunk) {
    const ssize_t got = ::recv(connection.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0) {
      if (!WouldBlock()) Close(connection);
      return;
    }
    if (got == 0) {
      connection.peer_closed = true;
      if (connection.in.empty() && !connection.head) return Close(connection);
      return Refuse(connection, ProblemType::kMalformedRequest,
                    "the connection ended before the request was whole");
    }
    if (connection.in.empty() && !connection.head) {
      connection.deadline = Clock::now() + limits_.head_time;
    }
    connection.in.append(buffer.data(), static_cast<std::size_t>(got));
    Advance(connection);
  }
}

void ConnectionFront::Advance(Connection& connection) {
  if (!connection.head && !AdvanceHead(connection)) return;
  const std::size_t length = connection.head->content_length;
  if (connection.in.size() < length) return;
  IncomingRequest request;
  request.connection = connection.id;
  request.head = *std::move(connection.head);
  request.body = connection.in.substr(0, length);
  connection.head.reset();
  connection.in.erase(0, length);
  ++connection.requests;
  request.close = !request.head.keep_alive || connection.requests >= kMaxKeepAliveRequests;
  connection.state = State::kWorking;
  // A peer that hangs up would otherwise be reported without end while the worker computes.
  Watch(connection, 0);
  if (!submit_(std::move(request))) {
    Refuse(connection, ProblemType::kOverloaded, "too many requests wait for an answer");
  }
}

// Whether the head is there and accepted.
bool ConnectionFront::AdvanceHead(Connection& connection) {
  const auto end = FindHeadEnd(connection.in);
  if (!end && connection.in.size() <= kMaxHeadBytes) return false;
  auto parsed =
      ParseHead(std::string_view(connection.in).substr(0, end.value_or(connection.in.size())));
  if (const auto* fault = std::get_if<HeadFault>(&parsed)) {
    Refuse(connection, fault->type, fault->detail);
    return false;
  }
  auto& head = std::get<RequestHead>(parsed);
  const auto judged = judge_(head);
  if (const auto* fault = std::get_if<HeadFault>(&judged)) {
    Refuse(connection, fault->type, fault->detail);
    return false;
  }
  if (const std::size_t limit = std::get<std::size_t>(judged); head.content_length > limit) {
    Refuse(connection, ProblemType::kBodyTooLarge,
           "the body has " + std::to_string(head.content_length) +
               " bytes, this path reads up to " + std::to_string(limit));
    return false;
  }
  connection.in.erase(0, *end);
  if (head.expects_continue && connection.in.size() < head.content_length) {
    SendBestEffort(connection.socket, kContinue);
  }
  connection.head = std::move(head);
  connection.deadline = Clock::now() + limits_.body_time;
  return true;
}

void ConnectionFront::Refuse(Connection& connection, ProblemType type, const std::string& detail) {
  StartWriting(connection, WriteClosingResponse(Problem(type, detail)), true);
}

void ConnectionFront::StartWriting(Connection& connection, std::string bytes, bool close) {
  connection.state = State::kWriting;
  connection.out = std::move(bytes);
  connection.sent = 0;
  connection.close_after = close;
  connection.deadline = Clock::now() + limits_.write_time;
  Write(connection);
}

void ConnectionFront::Write(Connection& connection) {
  while (connection.sent < connection.out.size()) {
    const ssize_t sent =
        ::send(connection.socket, connection.out.data() + connection.sent,
               connection.out.size() - connection.sent, MSG_NOSIGNAL | MSG_DONTWAIT);
    if (sent < 0) {
      if (!WouldBlock()) return Close(connection);
      return Watch(connection, EPOLLOUT);
    }
    connection.sent += static_cast<std::size_t>(sent);
  }
  connection.out = {};
  if (!connection.close_after) return AwaitRequest(connection);
  ::shutdown(connection.socket, SHUT_WR);
  if (connection.peer_closed) return Close(connection);
  connection.state = State::kDraining;
  connection.in = {};
  connection.deadline = Clock::now() + kDrainTime;
  Watch(connection, EPOLLIN);
}

void ConnectionFront::AwaitRequest(Connection& connection) {
  connection.state = State::kReading;
  const bool begun = !connection.in.empty();
  connection.deadline = Clock::now() + (begun ? limits_.head_time : limits_.keep_alive);
  Watch(connection, EPOLLIN);
  // A pipelined request may be here already, and then no event will tell.
  if (begun) Advance(connection);
}

void ConnectionFront::Drain(Connection& connection) {
  std::array<char, kReadChunk> buffer;
  for (int chunk = 0; chunk < kChunksPerTurn; ++chunk) {
    const ssize_t got = ::recv(connection.socket, buffer.data(), buffer.size(), MSG_DONTWAIT);
    if (got < 0 && WouldBlock()) return;
    connection.drained += got > 0 ? static_cast<std::size_t>(got) : 0;
    if (got <= 0 || connection.drained > kMaxDrainBytes) return Close(connection);
  }
}

void ConnectionFront::Watch(Connection& connection, std::uint32_t events) {
  if (connection.watched == events || connection.socket < 0) return;
  epoll_event event{};
  event.events = events;
  event.data.u64 = connection.id;
  const int operation = events == 0               ? EPOLL_CTL_DEL
                        : connection.watched == 0 ? EPOLL_CTL_ADD
                                                  : EPOLL_CTL_MOD;
  if (::epoll_ctl(epoll_, operation, connection.socket, &event) != 0) return Close(connection);
  connection.watched = events;
}

void ConnectionFront::Close(Connection& connection) {
  if (connection.socket < 0) return;
  ::close(connection.socket);  // leaves the epoll set by itself
  connection.socket = -1;
  closed_.push_back(connection.id);
}

}  // namespace stackport::http
