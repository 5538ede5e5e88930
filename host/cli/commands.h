// The commands. Each function adds one to the program; its file holds the whole of it.
//
// A command registers its flags and, when it is the one that was asked for, leaves its body in
// `invocation`; nothing runs while the command line is still being read.
#ifndef STACKPORT_HOST_CLI_COMMANDS_H_
#define STACKPORT_HOST_CLI_COMMANDS_H_

#include <CLI/CLI.hpp>
#include <functional>
#include <string>

#include "catalog/base/result.h"
#include "host/cli/session.h"

namespace stackport::cli {

struct Invocation {
  // The exit code, or the error that prevented the command.
  std::function<Result<int>(Session&)> body;
  bool json = false;  // the command was asked for JSON, so an error is given as JSON as well
};

void AddServeCommand(CLI::App& app, Invocation& invocation);
void AddMatchCommand(CLI::App& app, Invocation& invocation);
void AddSweepCommand(CLI::App& app, Invocation& invocation);
void AddExplainCommand(CLI::App& app, Invocation& invocation);
void AddComponentsCommand(CLI::App& app, Invocation& invocation);
void AddCountriesCommand(CLI::App& app, Invocation& invocation);
void AddVendorsCommand(CLI::App& app, Invocation& invocation);
void AddPluginCommand(CLI::App& app, Invocation& invocation);
void AddCatalogCommand(CLI::App& app, Invocation& invocation);
void AddSolveCommand(CLI::App& app, Invocation& invocation);
void AddTrustCommand(CLI::App& app, Invocation& invocation);
void AddVerifyCommand(CLI::App& app, Invocation& invocation);
void AddDoctorCommand(CLI::App& app, Invocation& invocation);

// A subcommand whose help ends in `example`.
CLI::App* AddCommand(CLI::App& parent, const std::string& name, const std::string& summary,
                     const std::string& example);
// The flag --json, "the whole result as JSON on standard output".
void AddJsonFlag(CLI::App& command, Invocation& invocation);

}  // namespace stackport::cli

#endif  // STACKPORT_HOST_CLI_COMMANDS_H_
