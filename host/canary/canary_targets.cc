#include "host/canary/canary_targets.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>

namespace stackport {
namespace {

Error Failed(const char* what) {
  return Unavailable(std::string("the canary's target cannot be set up: ") + what + ": " +
                     std::strerror(errno));
}

// Bound to a free port of the loopback interface.
Result<int> BindLoopback(const UniqueFd& fd) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t length = sizeof address;
  auto* generic = reinterpret_cast<sockaddr*>(&address);
  if (bind(fd.get(), generic, length) != 0 || getsockname(fd.get(), generic, &length) != 0) {
    return Failed("bind");
  }
  return int{ntohs(address.sin_port)};
}

bool SomethingArrived(const UniqueFd& fd) {
  pollfd waiting{fd.get(), POLLIN, 0};
  return poll(&waiting, 1, 0) > 0 && (waiting.revents & POLLIN) != 0;
}

}  // namespace

Result<CanaryTargets> CanaryTargets::Open() {
  CanaryTargets targets;
  targets.tcp_ = UniqueFd(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  targets.udp_ = UniqueFd(socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0));
  targets.unix_ = UniqueFd(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  if (!targets.tcp_.valid() || !targets.udp_.valid() || !targets.unix_.valid()) {
    return Failed("socket");
  }
  const auto tcp_port = BindLoopback(targets.tcp_);
  if (!tcp_port) return tcp_port.error();
  targets.tcp_port_ = *tcp_port;
  const auto udp_port = BindLoopback(targets.udp_);
  if (!udp_port) return udp_port.error();
  targets.udp_port_ = *udp_port;

  // The port is ours alone at this moment, so names made of it are too.
  const std::string name =
      "stackport-canary-" + std::to_string(getpid()) + "-" + std::to_string(targets.tcp_port_);
  targets.unix_name_ = name;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  std::memcpy(address.sun_path + 1, name.data(), name.size());
  const auto* generic = reinterpret_cast<const sockaddr*>(&address);
  // The canary's name is padded with zeros to the whole length, so this one is too.
  if (bind(targets.unix_.get(), generic, sizeof address) != 0) return Failed("bind");
  if (listen(targets.tcp_.get(), 1) != 0 || listen(targets.unix_.get(), 1) != 0) {
    return Failed("listen");
  }
  std::error_code ignored;
  targets.file_ = (std::filesystem::temp_directory_path(ignored) / name).string();
  return targets;
}

std::vector<std::string> CanaryTargets::Environment() const {
  return {"STACKPORT_CANARY_TCP=" + std::to_string(tcp_port_),
          "STACKPORT_CANARY_UDP=" + std::to_string(udp_port_),
          "STACKPORT_CANARY_UNIX=" + unix_name_, "STACKPORT_CANARY_FILE=" + file_};
}

bool CanaryTargets::Reached(std::string_view attempt) const {
  if (attempt == "connect-tcp") return SomethingArrived(tcp_);
  if (attempt == "connect-udp") return SomethingArrived(udp_);
  if (attempt == "connect-unix") return SomethingArrived(unix_);
  if (attempt != "write-file") return false;
  std::error_code ignored;
  return std::filesystem::remove(file_, ignored);
}

}  // namespace stackport
