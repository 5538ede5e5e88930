#include "host/admission/plugin_files.h"

#include <utility>

#include "catalog/base/hash.h"
#include "catalog/base/text.h"

namespace stackport {
namespace {

constexpr const char* kRebuild =
    "run `stackport plugin pack` on the folder again, or restore the file that the manifest means";

Finding Wrong(const char* code, std::size_t index, std::string message, std::string expected) {
  return {Severity::kError,    code,    json::PointerPush("/files", index), std::move(message),
          std::move(expected), kRebuild};
}

}  // namespace

PluginFiles ReadPluginFiles(const PluginFolder& folder, const Manifest& manifest) {
  PluginFiles files;
  for (std::size_t i = 0; i < manifest.files.size(); ++i) {
    const ManifestFile& file = manifest.files[i];
    auto bytes = folder.ReadFile(file.path, file.bytes);
    if (!bytes) {
      const bool missing = bytes.error().code == ErrorCode::kNotFound;
      const bool larger = bytes.error().code == ErrorCode::kResourceLimit;
      files.findings.push_back(Wrong(missing  ? "missing_file"
                                     : larger ? "file_size"
                                              : "file_type",
                                     i, bytes.error().message,
                                     "a regular file of " + std::to_string(file.bytes) + " bytes"));
      continue;
    }
    if (bytes->size() != file.bytes) {
      files.findings.push_back(Wrong("file_size", i,
                                     Quoted(file.path) + " has " + std::to_string(bytes->size()) +
                                         " bytes, the manifest says " + std::to_string(file.bytes),
                                     "the size that the manifest names"));
      continue;
    }
    const std::string hash = Sha256Hex(*bytes);
    if (hash != file.sha256) {
      files.findings.push_back(Wrong("file_hash", i,
                                     "the SHA-256 of " + Quoted(file.path) + " is " + hash +
                                         ", the manifest says " + file.sha256,
                                     "the hash that the manifest names"));
      continue;
    }
    files.bytes_by_path.emplace(file.path, *std::move(bytes));
  }
  return files;
}

}  // namespace stackport
