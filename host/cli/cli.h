// The command line: arguments in, exit code out. `main` brings the real world, tests a small one.
#ifndef STACKPORT_HOST_CLI_CLI_H_
#define STACKPORT_HOST_CLI_CLI_H_

#include <string>
#include <vector>

#include "host/cli/environment.h"

namespace stackport::cli {

// `arguments` without the program's name. Never throws. Answers go to `out`; errors, progress and
// warnings to `err`. See exit_codes.h for the result.
int Run(std::vector<std::string> arguments, Environment& environment);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_CLI_H_
