// What a system call is called.
#ifndef STACKPORT_HOST_ADMISSION_CALL_NAME_H_
#define STACKPORT_HOST_ADMISSION_CALL_NAME_H_

#include <cstdint>
#include <string>

namespace stackport {

// "socket" for its number on this machine, "system call 9999" for a number without a name.
std::string CallName(std::uint32_t number);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_CALL_NAME_H_
