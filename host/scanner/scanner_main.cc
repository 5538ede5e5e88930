// stackport-scanner: loads one plugin library inside a sandbox. Started by the host only.
#include <unistd.h>

#include <cstdio>
#include <span>

#include "host/scanner/address_layout.h"
#include "host/scanner/options.h"
#include "host/scanner/scanner.h"

#if defined(__SANITIZE_ADDRESS__)
// A plugin's crash is its own: the signal has to reach the host, as it does in other builds.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() {
  return "handle_segv=0:handle_sigbus=0:handle_abort=0:handle_sigfpe=0:handle_sigill=0:"
         "detect_leaks=0";
}
#endif

int main(int argc, char** argv) {
  stackport::scanner::EnsureRandomAddressLayout(argv);
  const std::span<const char* const> arguments(argv, static_cast<std::size_t>(argc));
  const auto options = stackport::scanner::ParseOptions(arguments.subspan(argc > 0 ? 1 : 0));
  if (!options) {
    std::fprintf(stderr, "%s\n", options.error().message.c_str());
    return 2;
  }
  // Not exit: handlers that the plugin registered must not run.
  _exit(stackport::scanner::RunScanner(*options));
}
