// Exit codes: the contract with scripts, printed by `stackport --help`.
#ifndef STACKPORT_HOST_CLI_EXIT_CODES_H_
#define STACKPORT_HOST_CLI_EXIT_CODES_H_

#include <string_view>

#include "catalog/base/result.h"

namespace stackport::cli {

inline constexpr int kExitOk = 0;
// The question was answered, and the answer is no: no package fits, a check found something.
inline constexpr int kExitNegative = 1;
inline constexpr int kExitUsage = 2;
// As shells give for a program that SIGINT ended.
inline constexpr int kExitInterrupted = 130;

constexpr int ExitCodeOf(ErrorCode code) {
  switch (code) {
    case ErrorCode::kInvalidArgument:
      return kExitUsage;
    case ErrorCode::kNotFound:
      return 3;
    case ErrorCode::kConflict:
      return 4;
    case ErrorCode::kResourceLimit:
      return 5;
    case ErrorCode::kDataCorrupt:
      return 6;
    case ErrorCode::kUnavailable:
      return 7;
    case ErrorCode::kInternal:
      return 70;
  }
  return 70;
}

inline constexpr std::string_view kExitCodesHelp =
    "Exit codes:\n"
    "  0  done\n"
    "  1  answered, and the answer is no: no package fits, a check found problems\n"
    "  2  the command line, the request or a file given is wrong\n"
    "  3  the named thing does not exist\n"
    "  4  the state forbids it: port in use, newer database, another writer\n"
    "  5  a stated limit was passed\n"
    "  6  stored bytes contradict themselves\n"
    "  7  disk, process or network failed\n"
    "  70 a fault of stackport\n"
    "  130 interrupted; what was answered until then is printed";

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_EXIT_CODES_H_
