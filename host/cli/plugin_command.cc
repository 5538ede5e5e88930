// stackport plugin: the commands about plugins.
#include "host/cli/plugin_commands.h"

namespace stackport::cli {

void AddPluginCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command =
      AddCommand(app, "plugin", "Start, pack, sign, check, list, admit, reload and release plugins",
                 "stackport plugin check build/plugins/example-servers.stackport");
  AddPluginNewCommand(*command, invocation);
  AddPluginPackCommand(*command, invocation);
  AddPluginListCommand(*command, invocation);
  AddPluginCheckCommand(*command, invocation);
  AddPluginAdmitCommand(*command, invocation);
  AddPluginReloadCommand(*command, invocation);
  AddPluginQuarantineCommand(*command, invocation);
  AddPluginSignCommand(*command, invocation);
  AddPluginKeygenCommand(*command, invocation);
}

}  // namespace stackport::cli
