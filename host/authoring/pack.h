// Makes a plugin folder from a vendor's project, or brings the manifest of one up to date: nobody
// computes a size or a SHA-256 by hand.
#ifndef STACKPORT_HOST_AUTHORING_PACK_H_
#define STACKPORT_HOST_AUTHORING_PACK_H_

#include <string>
#include <vector>

#include "catalog/base/result.h"

namespace stackport {

struct PackSettings {
  // A project (a folder with manifest.in.json), or a plugin folder (with manifest.json).
  std::string folder;
  // The built library; empty: PLUGIN.so in the project, if there is one. For a project only.
  std::string library;
  // Where PLUGIN.stackport/ goes; empty: into the project. For a project only.
  std::string output;
};

struct Packed {
  std::string folder;              // PLUGIN.stackport
  std::vector<std::string> files;  // below it, sorted, without the manifest
  bool signature_removed = false;  // an old signature does not fit a changed manifest
  bool changed = false;            // the manifest is another than before
};

// Takes every documents/*.json and the library. A project's plugin folder is written beside its
// place and then put there in one step, so that a host never meets half of it. Errors name what is
// missing in manifest.in.json, an empty file, two libraries, or what cannot be read or written.
// What the host would say about the content is not looked at: `stackport plugin check` does.
Result<Packed> PackPlugin(const PackSettings& settings);

}  // namespace stackport

#endif  // STACKPORT_HOST_AUTHORING_PACK_H_
