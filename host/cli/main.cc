// The program `stackport`.
#include <sys/ioctl.h>
#include <unistd.h>

#include <iostream>
#include <string>
#include <vector>

#include "host/cli/cli.h"

namespace {

std::size_t ColumnsOf(int fd) {
  winsize size{};
  return ioctl(fd, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

}  // namespace

int main(int argc, char** argv) {
  const stackport::SystemClock clock;
  stackport::cli::Environment environment{
      .in = std::cin,
      .out = std::cout,
      .err = std::cerr,
      .clock = clock,
      .variable = stackport::ReadProcessVariable,
      .executable_folder = stackport::ExecutableFolder(),
      .out_is_terminal = isatty(STDOUT_FILENO) == 1,
      .err_is_terminal = isatty(STDERR_FILENO) == 1,
      .terminal_columns = ColumnsOf(STDOUT_FILENO),
  };
  return stackport::cli::Run(std::vector<std::string>(argv + (argc > 0 ? 1 : 0), argv + argc),
                             environment);
}
