// The server's limits on what one client may use, each with its reason.
#ifndef STACKPORT_HOST_HTTP_LIMITS_H_
#define STACKPORT_HOST_HTTP_LIMITS_H_

#include <chrono>
#include <cstddef>

namespace stackport::http {

inline constexpr int kDefaultPort = 8425;

// Of a request's first line and headers together. A browser sends about 1 KiB.
inline constexpr std::size_t kMaxHeadBytes = std::size_t{16} << 10;
inline constexpr std::size_t kMaxHeaderLines = 100;
// Of one line, the request target included; below cpp-httplib's own limit of 8,192.
inline constexpr std::size_t kMaxLineBytes = 8000;
// Of a body that no route reads.
inline constexpr std::size_t kMaxBodyBytes = std::size_t{1} << 20;
// Of the body of a match or an explanation: as match::kMaxRequestBytes.
inline constexpr std::size_t kMaxMatchBodyBytes = std::size_t{256} << 10;

// A burst of clients waits in the kernel instead of being turned away; the library's own 5 made
// one burst in three of 200 connections slow.
inline constexpr int kListenBacklog = 511;
// Requests of one connection before it is closed.
inline constexpr int kMaxKeepAliveRequests = 1000;
// Requests that wait for a worker; more are answered 503 at once.
inline constexpr std::size_t kMaxWaitingRequests = 128;
// After an early answer the rest of the request is read and dropped for at most this long and this
// much, or the kernel's reset could overtake the answer.
inline constexpr std::chrono::milliseconds kDrainTime{1000};
inline constexpr std::size_t kMaxDrainBytes = std::size_t{1} << 20;
// How long Stop waits for answers that are being computed or written.
inline constexpr std::chrono::milliseconds kStopGrace{2000};

// Items of one page.
inline constexpr std::size_t kDefaultPageSize = 50;
inline constexpr std::size_t kMaxPageSize = 200;
// Components that one full-text search considers.
inline constexpr std::size_t kMaxSearchResults = 1000;

// What a connection may cost. Separate from the constants above, since tests shorten the times.
struct ConnectionLimits {
  std::size_t max_connections = 512;  // more are answered 503; each holds at most a body of memory
  std::chrono::milliseconds keep_alive{15'000};  // between two requests
  std::chrono::milliseconds head_time{10'000};   // from a head's first byte to its last
  std::chrono::milliseconds body_time{20'000};   // from the head's end to the body's
  std::chrono::milliseconds write_time{30'000};  // for a whole answer
};

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_LIMITS_H_
