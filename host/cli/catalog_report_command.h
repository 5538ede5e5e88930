// The reports among the subcommands of `stackport catalog`.
#ifndef STACKPORT_HOST_CLI_CATALOG_REPORT_COMMAND_H_
#define STACKPORT_HOST_CLI_CATALOG_REPORT_COMMAND_H_

#include "host/cli/commands.h"

namespace stackport::cli {

void AddCatalogReportCommands(CLI::App& catalog, Invocation& invocation);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_CATALOG_REPORT_COMMAND_H_
