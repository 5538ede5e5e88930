// A small world for the command line: a temporary catalog, plugin folders on disk, captured output.
#ifndef STACKPORT_TESTS_HOST_CLI_CLI_WORLD_H_
#define STACKPORT_TESTS_HOST_CLI_CLI_WORLD_H_

#include <map>
#include <optional>
#include <sstream>
#include <string>
#include <vector>

#include "host/cli/cli.h"
#include "tests/support/fake_clock.h"
#include "tests/support/plugin_folder_builder.h"
#include "tests/support/small_catalog.h"
#include "tests/support/temp_folder.h"

namespace stackport::cli {

struct Outcome {
  int code = 0;
  std::string out, err;
};

class CliWorld {
 public:
  // The plugins of `catalog`, one for each vendor, and an empty database.
  explicit CliWorld(const testing::SmallCatalog& catalog = {}) {
    std::filesystem::create_directories(plugins());
    WritePlugins(catalog);
  }

  std::string plugins() const { return folder_.path() + "/plugins"; }
  std::string File(const std::string& name) const { return folder_.path() + "/" + name; }

  void WritePlugins(const testing::SmallCatalog& catalog) const {
    std::map<std::string, PluginFolderBuilder> builders;
    const SnapshotPtr snapshot = catalog.Build();
    for (const Component& component : snapshot->components) {
      const std::string& vendor = component.vendor_id;
      auto [builder, is_new] = builders.try_emplace(vendor, vendor + "-parts", vendor);
      if (is_new) {
        builder->second.Edit([](json::Document& manifest) {
          json::Value& declared = manifest["vendor"];
          json::Set(declared, "headquarters", "US", manifest.GetAllocator());
          json::Set(declared, "source", "test", manifest.GetAllocator());
          json::Set(declared, "as_of", "2026", manifest.GetAllocator());
        });
      }
      builder->second.Document(component.id.substr(vendor.size() + 1) + ".json",
                               component.document);
    }
    for (const auto& [vendor, builder] : builders) builder.WriteTo(plugins());
  }

  // Runs with --catalog and --plugins of this world.
  Outcome Run(std::vector<std::string> arguments, const std::string& input = {}) {
    arguments.insert(arguments.end(), {"--catalog", File("catalog.db"), "--plugins", plugins()});
    return RunBare(std::move(arguments), input);
  }
  // Runs with exactly these arguments.
  Outcome RunBare(std::vector<std::string> arguments, const std::string& input = {}) {
    std::istringstream in(input);
    std::ostringstream out, err;
    Environment environment{
        .in = in,
        .out = out,
        .err = err_terminal == nullptr ? err : *err_terminal,
        .clock = clock_,
        .variable =
            [this](const std::string& name) {
              const auto found = variables.find(name);
              return found == variables.end() ? std::nullopt : std::optional(found->second);
            },
        .executable_folder = folder_.path() + "/bin",
        .out_is_terminal = terminal,
        .err_is_terminal = err_terminal != nullptr,
        .terminal_columns = terminal ? columns : 0,
    };
    const int code = cli::Run(std::move(arguments), environment);
    return {code, out.str(), err.str()};
  }

  // The same answered as JSON; a null document when the output is none.
  json::Document RunJson(std::vector<std::string> arguments) {
    arguments.emplace_back("--json");
    auto parsed = json::Parse(Run(std::move(arguments)).out, "output");
    return parsed ? *std::move(parsed) : json::Document();
  }

  std::map<std::string, std::string> variables;
  bool terminal = false;
  std::ostream* err_terminal =
      nullptr;  // where set, the standard error instead of what is captured
  std::size_t columns = 80;

 private:
  TempFolder folder_;
  FakeClock clock_;
};

// A request that the small catalog answers.
inline std::vector<std::string> KenyaMatch(std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {
      "match",        "--country",  "KE", "--use-case", "agriculture.farmer_advice:sw,en:30000",
      "--deployment", "on_premises"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

}  // namespace stackport::cli

#endif  // STACKPORT_TESTS_HOST_CLI_CLI_WORLD_H_
