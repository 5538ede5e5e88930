// stackport plugin new: starts a vendor's plugin.
#include <fmt/format.h>

#include <memory>

#include "catalog/base/text.h"
#include "host/authoring/new_project.h"
#include "host/cli/exit_codes.h"
#include "host/cli/layout.h"
#include "host/cli/plugin_commands.h"

namespace stackport::cli {
namespace {

struct NewFlags {
  NewProject project;
  bool json = false;
};

// "acme-systems" -> "Acme Systems"
std::string NameOf(const std::string& vendor) {
  std::string name;
  bool first = true;
  for (const char c : vendor) {
    const bool letter = c >= 'a' && c <= 'z';
    name += c == '-' ? ' ' : first && letter ? static_cast<char>(c - 'a' + 'A') : c;
    first = c == '-';
  }
  return name;
}

// The commands of the template's README, for the form.
std::string NextSteps(const NewProject& project) {
  std::string text = "  cd " + Shown(project.folder) + "\n";
  if (project.form != "data") text += "  (build: the commands are in README.md)\n";
  return text + "  stackport plugin pack\n  stackport plugin check " + project.plugin +
         ".stackport\n";
}

Result<int> RunNew(Session& session, NewFlags flags) {
  NewProject& project = flags.project;
  if (project.plugin.empty()) project.plugin = project.vendor;
  if (project.name.empty()) project.name = NameOf(project.vendor);
  if (project.folder.empty()) project.folder = project.plugin;
  constexpr std::size_t kDateLength = 10;
  project.today = session.environment().clock.NowUtc().substr(0, kDateLength);
  const auto written = WriteNewProject(project);
  if (!written) return written.error();
  if (flags.json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "folder", project.folder, allocator);
    json::Set(document, "plugin", project.plugin, allocator);
    json::Set(document, "form", project.form, allocator);
    json::Set(document, "files", json::StringArray(*written, allocator), allocator);
    session.PrintJson(document);
    return kExitOk;
  }
  session.out() << "Wrote " << Shown(project.folder) << " (" << written->size() << " files):\n";
  for (const std::string& file : *written) {
    if (!file.starts_with("stackport-sdk/")) session.out() << "  " << file << "\n";
  }
  session.out() << "  stackport-sdk/   registry of words, schema"
                << (project.form == "c" || project.form == "cpp" ? ", headers, CMake module" : "")
                << "\nNext:\n"
                << NextSteps(project);
  return kExitOk;
}

}  // namespace

void AddPluginNewCommand(CLI::App& plugin, Invocation& invocation) {
  CLI::App* command =
      AddCommand(plugin, "new", "Start a plugin: a folder that builds and is admitted as it stands",
                 "stackport plugin new --vendor acme --form data acme-servers");
  const auto flags = std::make_shared<NewFlags>();
  command->add_option("--vendor", flags->project.vendor, "Vendor id: a-z, 0-9 and '-'")
      ->type_name("ID")
      ->required();
  command->add_option("--form", flags->project.form, "data, c, cpp or rust")
      ->type_name("FORM")
      ->required();
  command->add_option("--name", flags->project.name, "The vendor's name for people")
      ->type_name("TEXT");
  command->add_option("--id", flags->project.plugin, "Plugin id (default: the vendor id)")
      ->type_name("ID");
  command->add_option("FOLDER", flags->project.folder, "Folder to make (default: the plugin id)")
      ->type_name("");
  AddJsonFlag(*command, invocation);
  command->callback([flags, &invocation] {
    invocation.body = [flags, &invocation](Session& session) {
      flags->json = invocation.json;
      return RunNew(session, *flags);
    };
  });
}

}  // namespace stackport::cli
