// The commands below `stackport trust` that have files of their own.
#ifndef STACKPORT_HOST_CLI_TRUST_COMMANDS_H_
#define STACKPORT_HOST_CLI_TRUST_COMMANDS_H_

#include "host/cli/commands.h"

namespace stackport::cli {

// revocations show, apply and sign
void AddTrustRevocationsCommand(CLI::App& trust, Invocation& invocation);
void AddTrustAffectedCommand(CLI::App& trust, Invocation& invocation);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_TRUST_COMMANDS_H_
