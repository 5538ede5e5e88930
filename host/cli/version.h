// The program's version, set by the build from the project's.
#ifndef STACKPORT_HOST_CLI_VERSION_H_
#define STACKPORT_HOST_CLI_VERSION_H_

#include <string_view>

namespace stackport::cli {

inline constexpr std::string_view kVersion = STACKPORT_VERSION;

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_VERSION_H_
