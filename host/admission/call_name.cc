#include "host/admission/call_name.h"

#include <seccomp.h>

#include <cstdlib>

namespace stackport {

std::string CallName(std::uint32_t number) {
  char* name = seccomp_syscall_resolve_num_arch(SCMP_ARCH_NATIVE, static_cast<int>(number));
  std::string text = name ? name : "system call " + std::to_string(number);
  std::free(name);
  return text;
}

}  // namespace stackport
