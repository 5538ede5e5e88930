// stackport serve: a busy port, and an orderly end.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <csignal>
#include <thread>

#include "tests/host/cli/cli_world.h"

namespace stackport::cli {
namespace {

using ::testing::AllOf;
using ::testing::HasSubstr;

// A port that somebody else listens on for as long as this lives.
class BusyPort {
 public:
  BusyPort() : fd_(socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    bind(fd_, reinterpret_cast<sockaddr*>(&address), size);
    listen(fd_, 1);
    getsockname(fd_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
  }
  ~BusyPort() { close(fd_); }
  BusyPort(const BusyPort&) = delete;
  BusyPort& operator=(const BusyPort&) = delete;

  std::string port() const { return std::to_string(port_); }

 private:
  int fd_;
  int port_ = 0;
};

TEST(ServeCommand, ABusyPortIsNamedWithANextStep) {
  CliWorld world;
  const BusyPort busy;
  const Outcome outcome = world.Run({"serve", "--port", busy.port()});
  EXPECT_EQ(outcome.code, 4);
  EXPECT_THAT(outcome.err, AllOf(HasSubstr(busy.port()), HasSubstr("another port")));
}

TEST(ServeCommand, StopsWhenItIsToldTo) {
  CliWorld world;
  // Blocked here, the signal waits until the server, in this thread, watches for it.
  sigset_t terminate, former;
  sigemptyset(&terminate);
  sigaddset(&terminate, SIGTERM);
  pthread_sigmask(SIG_BLOCK, &terminate, &former);
  kill(getpid(), SIGTERM);
  const Outcome outcome = world.Run({"serve", "--port", "0"});
  pthread_sigmask(SIG_SETMASK, &former, nullptr);
  EXPECT_EQ(outcome.code, 0) << outcome.err;
  EXPECT_THAT(outcome.out, AllOf(HasSubstr("serving http://127.0.0.1:"), HasSubstr("stopped")));
}

}  // namespace
}  // namespace stackport::cli
