// Where the program looks when nobody says where: catalog file and plugin folders.
#ifndef STACKPORT_HOST_APP_PATHS_H_
#define STACKPORT_HOST_APP_PATHS_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "catalog/base/result.h"

namespace stackport {

// Reads one environment variable; nothing when it is unset or empty.
using VariableReader = std::function<std::optional<std::string>(const std::string& name)>;

std::optional<std::string> ReadProcessVariable(const std::string& name);

// The folder that holds the running program, or empty when the kernel does not say.
std::string ExecutableFolder();

// The catalog file: `flag` when given, else STACKPORT_CATALOG, else stackport/catalog.db below
// $XDG_DATA_HOME or ~/.local/share. Only the last is nobody's choice, so only its folder is made
// when it is missing. Errors: none of them is set, or the folder cannot be made.
Result<std::string> ChooseCatalogPath(const std::string& flag, const VariableReader& variable);

// The plugin folders: `flags` when given, else STACKPORT_PLUGINS (parted by ':'), else the folder
// "plugins" beside the program's own if it exists; a folder somebody named is listed even if it
// does not exist, so that admission can say so.
std::vector<std::string> ChoosePluginFolders(const std::vector<std::string>& flags,
                                             const VariableReader& variable,
                                             const std::string& executable_folder);

// The folders whose plugins have to be signed: `flags`, else STACKPORT_SIGNED_PLUGINS (parted by
// ':'), else none.
std::vector<std::string> ChooseSignedPluginFolders(const std::vector<std::string>& flags,
                                                   const VariableReader& variable);

// The trust folder: `flag` when given, else STACKPORT_TRUST, else stackport/trust below
// $XDG_CONFIG_HOME or ~/.config. Empty when nobody names one and there is no home.
std::string TrustFolderPath(const std::string& flag, const VariableReader& variable);
// The same for readers: empty as well when nobody named it and it does not exist.
std::string ChooseTrustFolder(const std::string& flag, const VariableReader& variable);

}  // namespace stackport

#endif  // STACKPORT_HOST_APP_PATHS_H_
