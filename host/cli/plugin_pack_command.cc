// stackport plugin pack: sizes and hashes, so that nobody computes them by hand.
#include <memory>

#include "catalog/base/text.h"
#include "host/authoring/pack.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/plugin_commands.h"

namespace stackport::cli {
namespace {

Result<int> RunPack(Session& session, const PackSettings& settings, bool as_json) {
  const auto packed = PackPlugin(settings);
  if (!packed) return packed.error();
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "folder", packed->folder, allocator);
    json::Set(document, "files", json::StringArray(packed->files, allocator), allocator);
    json::Set(document, "changed", packed->changed, allocator);
    json::Set(document, "signature_removed", packed->signature_removed, allocator);
    session.PrintJson(document);
    return kExitOk;
  }
  session.out() << Shown(packed->folder) << ": "
                << Count(static_cast<std::int64_t>(packed->files.size()), "file")
                << (packed->changed ? " packed" : ", nothing changed") << "\n";
  if (packed->signature_removed) {
    session.out() << "The old signature does not fit any more and was removed; sign again.\n";
  }
  return kExitOk;
}

}  // namespace

void AddPluginPackCommand(CLI::App& plugin, Invocation& invocation) {
  CLI::App* command =
      AddCommand(plugin, "pack", "Make the plugin folder of a project, or renew a manifest",
                 "stackport plugin pack acme-servers --library build/plugin.so");
  const auto settings = std::make_shared<PackSettings>();
  settings->folder = ".";
  command
      ->add_option("FOLDER", settings->folder,
                   "Project with manifest.in.json, or a NAME.stackport folder (default: here)")
      ->type_name("");
  command
      ->add_option("--library", settings->library,
                   "The built library (default: PLUGIN.so in the project)")
      ->type_name("FILE");
  command
      ->add_option("--output", settings->output,
                   "Where PLUGIN.stackport goes (default: into the project)")
      ->type_name("DIR");
  AddJsonFlag(*command, invocation);
  command->callback([settings, &invocation] {
    invocation.body = [settings, &invocation](Session& session) {
      return RunPack(session, *settings, invocation.json);
    };
  });
}

}  // namespace stackport::cli
