// manifest.json: what a plugin is, and which bytes belong to it.
#ifndef STACKPORT_HOST_ADMISSION_MANIFEST_H_
#define STACKPORT_HOST_ADMISSION_MANIFEST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/model/component.h"

namespace stackport {

// Largest manifest, in bytes: 5,001 files with the longest path the schema allows.
inline constexpr std::size_t kMaxManifestBytes = std::size_t{2} << 20;
// Component documents of one plugin, and its files: the documents and a library.
inline constexpr std::size_t kMaxDocuments = 5000;
inline constexpr std::size_t kMaxFiles = kMaxDocuments + 1;
// All files of one plugin together. They are held in memory while the plugin is judged.
inline constexpr std::uint64_t kMaxPluginBytes = std::uint64_t{256} << 20;

struct ManifestFile {
  std::string path;  // relative, below the folder
  std::string sha256;
  std::uint64_t bytes = 0;
};

struct Manifest {
  std::string id;
  std::string version;
  Vendor vendor;
  int abi = 1;
  std::string library;                 // a path of `files`; empty: data alone
  std::vector<std::string> documents;  // paths of `files`
  std::vector<ManifestFile> files;
  std::string homepage;
  std::string summary;
  // SHA-256 of the manifest's bytes. Names every file by its own hash, so it names the content.
  std::string content_hash;

  // "library" or "data".
  std::string_view form() const { return library.empty() ? "data" : "library"; }
};

struct ParsedManifest {
  std::optional<Manifest> manifest;  // absent when any finding is an error
  std::vector<Finding> findings;
};

// Judges `text` against sdk/schema/manifest.schema.json and the rules between its members. Looks at
// no file. Never throws; safe on hostile text.
ParsedManifest ParseManifest(std::string_view text);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_MANIFEST_H_
