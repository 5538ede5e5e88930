#include "host/app/paths.h"

#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "catalog/base/text.h"

namespace stackport {
namespace {

namespace fs = std::filesystem;

// A path is the operator's own, and worth reading in full.
constexpr std::size_t kMaxPathText = 400;

std::vector<std::string> FolderList(const std::string& text) {
  std::vector<std::string> folders;
  for (std::string& folder : Split(text, ':')) {
    if (!folder.empty()) folders.push_back(std::move(folder));
  }
  return folders;
}

}  // namespace

std::optional<std::string> ReadProcessVariable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  if (value == nullptr || *value == '\0') return std::nullopt;
  return std::string(value);
}

std::string ExecutableFolder() {
  std::error_code error;
  const fs::path program = fs::read_symlink("/proc/self/exe", error);
  return error ? std::string() : program.parent_path().string();
}

Result<std::string> ChooseCatalogPath(const std::string& flag, const VariableReader& variable) {
  if (!flag.empty()) return flag;
  if (auto named = variable("STACKPORT_CATALOG")) return *std::move(named);
  fs::path base;
  if (const auto data = variable("XDG_DATA_HOME")) {
    base = *data;
  } else if (const auto home = variable("HOME")) {
    base = fs::path(*home) / ".local" / "share";
  } else {
    return InvalidArgument(
        "no catalog is named, and neither XDG_DATA_HOME nor HOME says where one would be; pass "
        "--catalog FILE or set STACKPORT_CATALOG");
  }
  const fs::path folder = base / "stackport";
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    return Unavailable("the folder " + Printable(folder.string(), kMaxPathText) +
                       " for the catalog cannot be made: " + error.message() +
                       "; pass --catalog FILE in a folder you may write to");
  }
  return (folder / "catalog.db").string();
}

std::vector<std::string> ChoosePluginFolders(const std::vector<std::string>& flags,
                                             const VariableReader& variable,
                                             const std::string& executable_folder) {
  if (!flags.empty()) return flags;
  if (const auto named = variable("STACKPORT_PLUGINS")) return FolderList(*named);
  std::vector<std::string> folders;
  if (executable_folder.empty()) return folders;
  const fs::path beside = fs::path(executable_folder).parent_path() / "plugins";
  std::error_code error;
  if (fs::is_directory(beside, error)) folders.push_back(beside.string());
  return folders;
}

std::vector<std::string> ChooseSignedPluginFolders(const std::vector<std::string>& flags,
                                                   const VariableReader& variable) {
  if (!flags.empty()) return flags;
  const auto named = variable("STACKPORT_SIGNED_PLUGINS");
  return named ? FolderList(*named) : std::vector<std::string>();
}

std::string TrustFolderPath(const std::string& flag, const VariableReader& variable) {
  if (!flag.empty()) return flag;
  if (auto named = variable("STACKPORT_TRUST")) return *std::move(named);
  fs::path base;
  if (const auto config = variable("XDG_CONFIG_HOME")) {
    base = *config;
  } else if (const auto home = variable("HOME")) {
    base = fs::path(*home) / ".config";
  } else {
    return {};
  }
  return (base / "stackport" / "trust").string();
}

std::string ChooseTrustFolder(const std::string& flag, const VariableReader& variable) {
  const bool named = !flag.empty() || variable("STACKPORT_TRUST");
  std::string path = TrustFolderPath(flag, variable);
  std::error_code error;
  return named || fs::is_directory(path, error) ? path : std::string();
}

}  // namespace stackport
