// Writes plugin folders for tests, with a manifest that fits or is made not to fit.
#ifndef STACKPORT_TESTS_SUPPORT_PLUGIN_FOLDER_BUILDER_H_
#define STACKPORT_TESTS_SUPPORT_PLUGIN_FOLDER_BUILDER_H_

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/hash.h"
#include "catalog/base/json.h"
#include "tests/support/temp_folder.h"

namespace stackport {

// A component document without faults. `summary` tells versions apart.
inline std::string ServerDocument(const std::string& id, const std::string& summary = "A server.") {
  return R"({"schema":"stackport.component/1","id":")" + id +
         R"(","name":"A server","kind":"server","summary":")" + summary +
         R"(","facts":{"rack_units":{"value":6,"unit":"U","source":"https://example.com/a",)" +
         R"("as_of":"2026-03"}}})";
}

class PluginFolderBuilder {
 public:
  explicit PluginFolderBuilder(std::string id, std::string vendor = "example")
      : id_(std::move(id)), vendor_(std::move(vendor)) {}

  PluginFolderBuilder& Version(std::string version) {
    version_ = std::move(version);
    return *this;
  }
  PluginFolderBuilder& Document(const std::string& name, std::string bytes) {
    files_["documents/" + name] = std::move(bytes);
    documents_.push_back("documents/" + name);
    return *this;
  }
  PluginFolderBuilder& Library(std::string bytes) {
    library_ = id_ + ".so";
    files_[library_] = std::move(bytes);
    return *this;
  }
  // Changes the manifest before it is written.
  PluginFolderBuilder& Edit(std::function<void(json::Document&)> edit) {
    edit_ = std::move(edit);
    return *this;
  }

  std::string ManifestText() const {
    json::Document manifest(rapidjson::kObjectType);
    auto& allocator = manifest.GetAllocator();
    json::Set(manifest, "schema", "stackport.manifest/1", allocator);
    json::Set(manifest, "id", id_, allocator);
    json::Set(manifest, "version", version_, allocator);
    json::Set(manifest, "abi", 1, allocator);
    json::Value vendor(rapidjson::kObjectType);
    json::Set(vendor, "id", vendor_, allocator);
    json::Set(vendor, "name", "Example Systems", allocator);
    json::Set(manifest, "vendor", std::move(vendor), allocator);
    if (!documents_.empty()) {
      json::Set(manifest, "documents", json::StringArray(documents_, allocator), allocator);
    }
    if (!library_.empty()) json::Set(manifest, "library", library_, allocator);
    json::Value files(rapidjson::kArrayType);
    for (const auto& [path, bytes] : files_) {
      json::Value file(rapidjson::kObjectType);
      json::Set(file, "path", path, allocator);
      json::Set(file, "sha256", Sha256Hex(bytes), allocator);
      json::Set(file, "bytes", bytes.size(), allocator);
      files.PushBack(file, allocator);
    }
    json::Set(manifest, "files", std::move(files), allocator);
    if (edit_) edit_(manifest);
    return json::WritePretty(manifest);
  }

  // Writes `parent`/ID.stackport and returns its path.
  std::string WriteTo(const std::string& parent) const { return WriteAs(parent, id_); }
  std::string WriteAs(const std::string& parent, const std::string& name) const {
    const std::string folder = parent + "/" + name + ".stackport";
    std::filesystem::remove_all(folder);
    for (const auto& [path, bytes] : files_) WriteFile(folder + "/" + path, bytes);
    WriteFile(folder + "/manifest.json", ManifestText());
    return folder;
  }

 private:
  std::string id_;
  std::string vendor_;
  std::string version_ = "1.0.0";
  std::string library_;
  std::map<std::string, std::string> files_;
  std::vector<std::string> documents_;
  std::function<void(json::Document&)> edit_;
};

}  // namespace stackport

#endif  // STACKPORT_TESTS_SUPPORT_PLUGIN_FOLDER_BUILDER_H_
