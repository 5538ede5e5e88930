#include <algorithm>
#include <set>

#include "host/admission/manifest.h"
#include "host/admission/plugin_folder.h"
#include "tests/fuzz/targets.h"

namespace stackport::fuzz {

void JudgeManifest(std::string_view bytes) {
  const ParsedManifest parsed = ParseManifest(bytes);
  PromiseFindings(parsed.findings);
  Promise(parsed.manifest.has_value() != HasErrors(parsed.findings),
          "a manifest is there when no finding is an error, and only then");
  if (!parsed.manifest) return;

  const Manifest& manifest = *parsed.manifest;
  Promise(manifest.id.starts_with(manifest.vendor.id), "a plugin's id starts with its vendor's");
  std::set<std::string> paths;
  std::uint64_t total = 0;
  for (const ManifestFile& file : manifest.files) {
    Promise(IsSafeRelativePath(file.path), "no path leaves the folder");
    Promise(file.sha256.size() == 64, "every file has a hash");
    Promise(paths.insert(file.path).second, "no path stands twice");
    total += file.bytes;
    Promise(total <= kMaxPluginBytes, "the files stay within the limit together");
  }
  Promise(manifest.library.empty() || paths.contains(manifest.library), "the library is a file");
  Promise(std::all_of(manifest.documents.begin(), manifest.documents.end(),
                      [&](const std::string& path) { return paths.contains(path); }),
          "every document is a file");
}

}  // namespace stackport::fuzz
