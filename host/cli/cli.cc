#include "host/cli/cli.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

#include "catalog/base/text.h"
#include "host/cli/commands.h"
#include "host/cli/exit_codes.h"
#include "host/cli/version.h"

namespace stackport::cli {
namespace {

constexpr const char* kDescription =
    "Stackport composes full-stack AI packages from vendors' components for a country.";

constexpr const char* kFooter =
    "\nExample:\n"
    "  stackport match --country KE --use-case agriculture.farmer_advice:sw,en --users 30000\n";

void AddGlobalOptions(CLI::App& app, GlobalOptions& options) {
  app.add_option("--catalog", options.catalog,
                 "Catalog database (default: STACKPORT_CATALOG, else the user's data folder)")
      ->type_name("FILE");
  app.add_option("--plugins", options.plugin_folders,
                 "Folder of plugins that you vouch for: unsigned ones are admitted, and labelled; "
                 "repeatable (default: STACKPORT_PLUGINS, else 'plugins' beside the program's)")
      ->type_name("DIR")
      ->allow_extra_args(false);
  app.add_option("--signed-plugins", options.signed_plugin_folders,
                 "Folder of plugins that have to be signed by a key of the trust folder, "
                 "repeatable (default: STACKPORT_SIGNED_PLUGINS)")
      ->type_name("DIR")
      ->allow_extra_args(false);
  app.add_option("--trust", options.trust_folder,
                 "Trust folder: keys of vendors, revocations (default: STACKPORT_TRUST, else the "
                 "user's configuration folder)")
      ->type_name("DIR");
}

void AddCommands(CLI::App& app, Invocation& invocation) {
  AddMatchCommand(app, invocation);
  AddExplainCommand(app, invocation);
  AddSweepCommand(app, invocation);
  AddComponentsCommand(app, invocation);
  AddVendorsCommand(app, invocation);
  AddCountriesCommand(app, invocation);
  AddServeCommand(app, invocation);
  AddPluginCommand(app, invocation);
  AddTrustCommand(app, invocation);
  AddCatalogCommand(app, invocation);
  AddSolveCommand(app, invocation);
  AddVerifyCommand(app, invocation);
  AddDoctorCommand(app, invocation);
}

// The command that the arguments reached, for help and for "did you mean".
const CLI::App* DeepestParsed(const CLI::App& app) {
  const CLI::App* deepest = &app;
  while (!deepest->get_subcommands().empty()) deepest = deepest->get_subcommands().front();
  return deepest;
}

std::string FullName(const CLI::App& app) {
  return app.get_parent() == nullptr ? app.get_name()
                                     : FullName(*app.get_parent()) + " " + app.get_name();
}

std::string HelpOf(const CLI::App& command) {
  // CLI11 puts the command's own name behind what it is given.
  return command.help(command.get_parent() == nullptr ? std::string()
                                                      : FullName(*command.get_parent()));
}

std::vector<std::string> KnownNames(const CLI::App& command, bool flags) {
  std::vector<std::string> names;
  if (!flags) {
    for (const CLI::App* sub : command.get_subcommands(
             static_cast<bool (*)(const CLI::App*)>([](const CLI::App*) { return true; }))) {
      names.push_back(sub->get_name());
    }
    return names;
  }
  for (const CLI::App* level = &command; level != nullptr; level = level->get_parent()) {
    for (const CLI::Option* option : level->get_options()) {
      for (const std::string& name : option->get_lnames()) names.push_back("--" + name);
    }
  }
  return names;
}

std::string UnknownArgument(const CLI::App& app, const std::string& argument) {
  const CLI::App* command = DeepestParsed(app);
  const bool flag = argument.starts_with('-');
  const std::vector<std::string> known = KnownNames(*command, flag);
  const bool takes_commands = !flag && !known.empty();
  const std::string name = flag ? argument.substr(0, argument.find('=')) : argument;
  const std::string near = NearestName(name, known);
  std::string text = fmt::format("{} {} {}", FullName(*command),
                                 flag             ? "has no flag"
                                 : takes_commands ? "has no command"
                                                  : "takes no further argument",
                                 Quoted(name));
  if (!near.empty()) {
    text += "; did you mean '" + near + "'?";
  } else if (takes_commands) {
    text += "; it has " + Join(known, ", ");
  }
  return text + fmt::format(" (see `{} --help`)", FullName(*command));
}

int ReportError(const Error& error, bool as_json, Environment& environment) {
  environment.err << "stackport: " << error.ToString() << "\n";
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Value value(rapidjson::kObjectType);
    json::Set(value, "code", ErrorCodeName(error.code), allocator);
    json::Set(value, "message", error.message, allocator);
    if (!error.context.empty()) json::Set(value, "context", error.context, allocator);
    json::Set(document, "error", std::move(value), allocator);
    environment.out << json::WritePretty(document) << "\n";
  }
  return ExitCodeOf(error.code);
}

// Parses; nothing when the arguments are fine, else the exit code.
std::optional<int> Parse(CLI::App& app, std::vector<std::string> arguments,
                         Environment& environment) {
  std::reverse(arguments.begin(), arguments.end());  // as CLI11 wants them
  try {
    app.parse(arguments);
    return std::nullopt;
  } catch (const CLI::CallForHelp&) {
    environment.out << HelpOf(*DeepestParsed(app));
    return kExitOk;
  } catch (const CLI::CallForVersion&) {
    environment.out << "stackport " << kVersion << "\n";
    return kExitOk;
  } catch (const CLI::ParseError& error) {
    const std::vector<std::string> extra = app.remaining(true);
    environment.err << "stackport: "
                    << (extra.empty()
                            ? Printable(error.what(), 400) +
                                  fmt::format(" (see `{} --help`)", FullName(*DeepestParsed(app)))
                            : UnknownArgument(app, extra.front()))
                    << "\n";
    return kExitUsage;
  }
}

int RunUnguarded(std::vector<std::string> arguments, Environment& environment) {
  CLI::App app(kDescription, "stackport");
  app.fallthrough();
  app.require_subcommand(0, 1);
  app.set_version_flag("--version", std::string(kVersion), "Print the version");
  app.get_formatter()->column_width(32);
  app.footer("\n" + std::string(kExitCodesHelp) + "\n" + kFooter);
  GlobalOptions options;
  Invocation invocation;
  AddGlobalOptions(app, options);
  AddCommands(app, invocation);
  if (const auto code = Parse(app, std::move(arguments), environment)) return *code;
  if (!invocation.body) {  // a command that only groups others, or none at all
    environment.err << HelpOf(*DeepestParsed(app));
    return kExitUsage;
  }
  Session session(environment, options);
  const Result<int> result = invocation.body(session);
  return result ? *result : ReportError(result.error(), invocation.json, environment);
}

}  // namespace

CLI::App* AddCommand(CLI::App& parent, const std::string& name, const std::string& summary,
                     const std::string& example) {
  CLI::App* command = parent.add_subcommand(name, summary);
  command->require_subcommand(0, 1);
  command->footer("\nAlso: --catalog FILE, --plugins DIR (see `stackport --help`)\n\nExample:\n  " +
                  example + "\n");
  return command;
}

void AddJsonFlag(CLI::App& command, Invocation& invocation) {
  command.add_flag("--json", invocation.json, "The whole result as JSON on standard output");
}

int Run(std::vector<std::string> arguments, Environment& environment) {
  try {
    return RunUnguarded(std::move(arguments), environment);
  } catch (const std::exception& error) {
    return ReportError(Internal(std::string("unexpected failure: ") + Printable(error.what())),
                       false, environment);
  }
}

}  // namespace stackport::cli
