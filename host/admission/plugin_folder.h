// Reads files of a plugin's folder, which somebody else may be changing at this moment.
#ifndef STACKPORT_HOST_ADMISSION_PLUGIN_FOLDER_H_
#define STACKPORT_HOST_ADMISSION_PLUGIN_FOLDER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/result.h"
#include "host/scanner/unique_fd.h"

namespace stackport {

// Ending of a plugin folder's name: "example-servers.stackport".
inline constexpr std::string_view kPluginFolderSuffix = ".stackport";
inline constexpr std::string_view kManifestName = "manifest.json";
inline constexpr std::string_view kSignatureName = "manifest.json.minisig";

// Whether `path` is relative, stays in the folder, and has only names of letters, digits, '.', '_'
// and '-' that do not start with a dot.
bool IsSafeRelativePath(std::string_view path);

// An open plugin folder. Paths are followed from its descriptor, one name at a time and never
// through a symbolic link, so renaming a folder above changes nothing.
class PluginFolder {
 public:
  // Errors: not_found, or invalid_argument when it is not a folder (a symbolic link to one is not).
  static Result<PluginFolder> Open(const std::string& path);

  // All bytes of a regular file. Errors: invalid_argument for an unsafe path and for anything but a
  // regular file (a symbolic link, a FIFO, a device); not_found; resource_limit when it is larger
  // than `max_bytes`; unavailable when it cannot be read or changes its size meanwhile.
  Result<std::string> ReadFile(std::string_view path, std::uint64_t max_bytes) const;

  // A text that differs once any of the files was written, replaced or removed: made of what the
  // file system says, without reading a byte. While a file is so new that another write could bear
  // the same time, the text is like no other.
  std::string StateOf(const std::vector<std::string>& paths) const;

  // Whether there is an entry of that name, of whatever type.
  bool Has(std::string_view path) const;

  const std::string& path() const { return path_; }

 private:
  PluginFolder(std::string path, UniqueFd fd) : path_(std::move(path)), fd_(std::move(fd)) {}

  std::string path_;
  UniqueFd fd_;
};

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_PLUGIN_FOLDER_H_
