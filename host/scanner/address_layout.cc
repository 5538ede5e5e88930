#include "host/scanner/address_layout.h"

#include <sys/personality.h>
#include <unistd.h>

namespace stackport::scanner {

void EnsureRandomAddressLayout(char** argv) {
  constexpr unsigned long kAsk = 0xffffffff;
  const int persona = personality(kAsk);
  if (persona < 0 || (persona & ADDR_NO_RANDOMIZE) == 0) return;
  // Checked once more by the kernel's answer: a layout that stays fixed must not start us for ever.
  if (personality(static_cast<unsigned long>(persona & ~ADDR_NO_RANDOMIZE)) < 0) return;
  if ((personality(kAsk) & ADDR_NO_RANDOMIZE) != 0) return;
  execve("/proc/self/exe", argv, environ);
}

}  // namespace stackport::scanner
