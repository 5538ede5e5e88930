// The commands below `stackport plugin`, one for each file plugin_NAME_command.cc.
#ifndef STACKPORT_HOST_CLI_PLUGIN_COMMANDS_H_
#define STACKPORT_HOST_CLI_PLUGIN_COMMANDS_H_

#include "host/cli/commands.h"

namespace stackport::cli {

void AddPluginListCommand(CLI::App& plugin, Invocation& invocation);
void AddPluginNewCommand(CLI::App& plugin, Invocation& invocation);
void AddPluginPackCommand(CLI::App& plugin, Invocation& invocation);
void AddPluginCheckCommand(CLI::App& plugin, Invocation& invocation);
void AddPluginAdmitCommand(CLI::App& plugin, Invocation& invocation);
void AddPluginReloadCommand(CLI::App& plugin, Invocation& invocation);
void AddPluginQuarantineCommand(CLI::App& plugin, Invocation& invocation);
// plugin_sign_command.cc
void AddPluginSignCommand(CLI::App& plugin, Invocation& invocation);
void AddPluginKeygenCommand(CLI::App& plugin, Invocation& invocation);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_PLUGIN_COMMANDS_H_
