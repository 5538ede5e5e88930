// The bytes of a plugin, checked against its manifest and then used as they are.
#ifndef STACKPORT_HOST_ADMISSION_PLUGIN_FILES_H_
#define STACKPORT_HOST_ADMISSION_PLUGIN_FILES_H_

#include <map>
#include <string>
#include <vector>

#include "catalog/base/findings.h"
#include "host/admission/manifest.h"
#include "host/admission/plugin_folder.h"

namespace stackport {

struct PluginFiles {
  std::map<std::string, std::string> bytes_by_path;  // what was hashed; never read again
  std::vector<Finding> findings;                     // with pointers into manifest.json
};

// Reads each file that the manifest lists, once, and compares size and SHA-256.
PluginFiles ReadPluginFiles(const PluginFolder& folder, const Manifest& manifest);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_PLUGIN_FILES_H_
