// The world as a command sees it: streams, terminal, variables, clock. Tests bring their own.
#ifndef STACKPORT_HOST_CLI_ENVIRONMENT_H_
#define STACKPORT_HOST_CLI_ENVIRONMENT_H_

#include <cstddef>
#include <istream>
#include <ostream>
#include <string>

#include "catalog/base/clock.h"
#include "host/app/paths.h"

namespace stackport::cli {

struct Environment {
  std::istream& in;
  std::ostream& out;
  std::ostream& err;
  const Clock& clock;
  VariableReader variable;
  std::string executable_folder;  // empty: unknown
  bool out_is_terminal = false;
  bool err_is_terminal = false;
  std::size_t terminal_columns = 0;  // 0: unknown
};

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_ENVIRONMENT_H_
