#include "host/authoring/pack.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <optional>
#include <system_error>
#include <utility>

#include "catalog/base/hash.h"
#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "host/admission/manifest.h"
#include "host/admission/plugin_folder.h"
#include "stackport/plugin.h"

namespace stackport {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kSource = "manifest.in.json";
constexpr std::string_view kDocuments = "documents";
constexpr std::size_t kMaxPathText = 400;  // a path is the vendor's own

std::string Shown(const fs::path& path) {
  return Printable(path.string(), kMaxPathText);
}

Error NotWritten(const fs::path& path, const std::error_code& why) {
  return Unavailable("it cannot be written: " + (why ? why.message() : "the disk refused") +
                         "; name a folder in which you may write",
                     Shown(path));
}

// One file of the plugin: its place in the plugin folder and its bytes.
struct Content {
  std::string path;
  std::string bytes;
};

Result<std::string> ReadWhole(const fs::path& path) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    return NotFound("there is no such file; build it, or correct the path", Shown(path));
  }
  if (fs::file_size(path, error) > kMaxPluginBytes) {
    return ResourceLimit("the file has more than " + std::to_string(kMaxPluginBytes) +
                             " bytes, all that a plugin may have; split the plugin",
                         Shown(path));
  }
  std::ifstream file(path, std::ios::binary);
  std::string bytes{std::istreambuf_iterator<char>(file), {}};
  if (!file) return Unavailable("the file cannot be read", Shown(path));
  if (bytes.empty()) return InvalidArgument("the file is empty; fill or remove it", Shown(path));
  return bytes;
}

Status AddFile(const fs::path& from, std::string to, std::vector<Content>& contents) {
  if (!IsSafeRelativePath(to)) {
    return InvalidArgument("the file name " + Quoted(to) +
                               " has other characters than letters, digits, '.', '_' and '-'; "
                               "rename the file",
                           Shown(from));
  }
  auto bytes = ReadWhole(from);
  if (!bytes) return bytes.error();
  contents.push_back({std::move(to), *std::move(bytes)});
  return {};
}

Status AddDocuments(const fs::path& folder, std::vector<Content>& contents) {
  std::error_code error;
  if (!fs::is_directory(folder / kDocuments, error)) return {};
  for (const auto& entry : fs::directory_iterator(folder / kDocuments, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".json")) continue;
    const Status added = AddFile(entry.path(), std::string(kDocuments) + "/" + name, contents);
    if (!added) return added;
  }
  if (error) return Unavailable("the folder cannot be read: " + error.message(), Shown(folder));
  return {};
}

// The one library of a plugin folder; empty when there is none.
Result<std::string> LibraryIn(const fs::path& folder) {
  std::string found;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    if (!name.ends_with(".so")) continue;
    if (!found.empty()) {
      return InvalidArgument("there are two libraries, " + Quoted(std::min(found, name)) + " and " +
                                 Quoted(std::max(found, name)) + "; a plugin has one",
                             Shown(folder));
    }
    found = name;
  }
  return found;
}

Result<json::Document> ReadManifest(const fs::path& path) {
  auto document = json::ParseFile(path.string(), {kMaxManifestBytes});
  if (!document) return document.error();
  if (!document->IsObject()) return InvalidArgument("it is not a JSON object", Shown(path));
  return document;
}

// Sets what the files decide. Members that a person wrote keep their order: EraseMember, other than
// RemoveMember, does not put the last member into the gap.
std::string ManifestText(const json::Document& stated, std::vector<Content>& contents) {
  json::Document manifest;
  auto& allocator = manifest.GetAllocator();
  manifest.CopyFrom(stated, allocator);
  const auto set = [&](const char* name, json::Value value) {
    manifest.EraseMember(name);
    json::Set(manifest, name, std::move(value), allocator);
  };
  std::sort(contents.begin(), contents.end(),
            [](const Content& a, const Content& b) { return a.path < b.path; });
  std::vector<std::string> documents;
  json::Value files(rapidjson::kArrayType);
  manifest.EraseMember("library");
  for (const Content& content : contents) {
    if (content.path.ends_with(".json")) documents.push_back(content.path);
    if (content.path.ends_with(".so")) json::Set(manifest, "library", content.path, allocator);
    json::Value file(rapidjson::kObjectType);
    json::Set(file, "path", content.path, allocator);
    json::Set(file, "sha256", Sha256Hex(content.bytes), allocator);
    json::Set(file, "bytes", content.bytes.size(), allocator);
    files.PushBack(file, allocator);
  }
  set("schema", json::String("stackport.manifest/1", allocator));
  set("abi", json::Value(STACKPORT_ABI_VERSION));
  manifest.EraseMember("documents");
  if (!documents.empty()) set("documents", json::StringArray(documents, allocator));
  set("files", std::move(files));
  return json::WritePretty(manifest) + "\n";
}

Status WriteWhole(const fs::path& path, std::string_view bytes) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  if (error) return NotWritten(path.parent_path(), error);
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  file.close();
  return file ? Status() : Status(NotWritten(path, {}));
}

std::string Existing(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

Packed Summary(const fs::path& folder, const std::vector<Content>& contents) {
  Packed packed;
  packed.folder = folder.string();
  for (const Content& content : contents) packed.files.push_back(content.path);
  return packed;
}

Status NeedContent(const std::vector<Content>& contents, const fs::path& folder) {
  if (!contents.empty()) return {};
  return NotFound(
      "there is neither a document in documents/ nor a library; write one, or name the built "
      "library with --library",
      Shown(folder));
}

// A plugin folder in place: the manifest, last and in one step.
Result<Packed> Refresh(const fs::path& folder) {
  auto stated = ReadManifest(folder / kManifestName);
  if (!stated) return stated.error();
  std::vector<Content> contents;
  if (const Status added = AddDocuments(folder, contents); !added) return added.error();
  const auto library = LibraryIn(folder);
  if (!library) return library.error();
  if (!library->empty()) {
    if (const Status added = AddFile(folder / *library, *library, contents); !added) {
      return added.error();
    }
  }
  if (const Status any = NeedContent(contents, folder); !any) return any.error();
  const std::string text = ManifestText(*stated, contents);
  Packed packed = Summary(folder, contents);
  packed.changed = Existing(folder / kManifestName) != text;
  if (!packed.changed) return packed;
  const fs::path part = folder / "manifest.json.part";
  if (const Status wrote = WriteWhole(part, text); !wrote) return wrote.error();
  std::error_code error;
  packed.signature_removed = fs::remove(folder / kSignatureName, error);
  fs::rename(part, folder / kManifestName, error);
  if (error) return NotWritten(folder / kManifestName, error);
  return packed;
}

Result<std::string> PluginId(const json::Document& stated, const fs::path& source) {
  for (const char* member : {"id", "version"}) {
    if (!json::StringOr(stated, member, "").empty()) continue;
    return InvalidArgument(std::string("\"") + member +
                               "\" is missing; a manifest.in.json has \"id\", \"version\" and "
                               "\"vendor\"",
                           Shown(source));
  }
  const std::string id(json::StringOr(stated, "id", ""));
  if (!IsSafeRelativePath(id) || id.find('/') != std::string::npos) {
    return InvalidArgument("the id " + Quoted(id) + " is not made of a-z, 0-9 and '-'",
                           Shown(source));
  }
  return id;
}

// Puts `made` at `place`, whatever was there before.
Status Replace(const fs::path& made, const fs::path& place) {
  std::error_code error;
  const fs::path old = place.string() + ".old";
  fs::remove_all(old, error);
  if (fs::exists(place, error)) {
    fs::rename(place, old, error);
    if (error) return NotWritten(place, error);
  }
  fs::rename(made, place, error);
  if (error) return NotWritten(place, error);
  fs::remove_all(old, error);
  return {};
}

Result<Packed> Bundle(const PackSettings& settings) {
  const fs::path project(settings.folder);
  auto stated = ReadManifest(project / kSource);
  if (!stated) return stated.error();
  const auto id = PluginId(*stated, project / kSource);
  if (!id) return id.error();
  std::vector<Content> contents;
  if (const Status added = AddDocuments(project, contents); !added) return added.error();
  std::error_code error;
  fs::path library = settings.library;
  if (library.empty() && fs::exists(project / (*id + ".so"), error))
    library = project / (*id + ".so");
  if (!library.empty()) {
    if (const Status added = AddFile(library, *id + ".so", contents); !added) return added.error();
  }
  if (const Status any = NeedContent(contents, project); !any) return any.error();

  const std::string text = ManifestText(*stated, contents);
  const fs::path place = fs::path(settings.output.empty() ? settings.folder : settings.output) /
                         (*id + std::string(kPluginFolderSuffix));
  if (fs::exists(place, error) && !fs::exists(place / kManifestName, error) &&
      !fs::is_empty(place, error)) {
    return Conflict("this folder is there and is no plugin folder; move it away", Shown(place));
  }
  Packed packed = Summary(place, contents);
  packed.changed = Existing(place / kManifestName) != text;
  if (!packed.changed) {
    // The same content: a signature still fits. Files that somebody changed in the plugin folder
    // are put right.
    for (const Content& content : contents) {
      if (Existing(place / content.path) == content.bytes) continue;
      if (const Status wrote = WriteWhole(place / content.path, content.bytes); !wrote) {
        return wrote.error();
      }
    }
    return packed;
  }
  const fs::path made = place.string() + ".part";
  fs::remove_all(made, error);
  for (const Content& content : contents) {
    if (const Status wrote = WriteWhole(made / content.path, content.bytes); !wrote) {
      return wrote.error();
    }
  }
  if (const Status wrote = WriteWhole(made / kManifestName, text); !wrote) return wrote.error();
  packed.signature_removed = fs::exists(place / kSignatureName, error);
  if (const Status put = Replace(made, place); !put) return put.error();
  return packed;
}

}  // namespace

Result<Packed> PackPlugin(const PackSettings& settings) {
  try {
    const fs::path folder(settings.folder);
    std::error_code error;
    if (fs::exists(folder / kSource, error)) return Bundle(settings);
    if (!fs::exists(folder / kManifestName, error)) {
      return NotFound(
          "there is neither manifest.in.json (a project) nor manifest.json (a plugin folder); "
          "start one with `stackport plugin new`",
          Shown(folder));
    }
    if (!settings.library.empty() || !settings.output.empty()) {
      return InvalidArgument(
          "--library and --output are for a project with manifest.in.json; a plugin folder is "
          "brought up to date in place",
          Shown(folder));
    }
    return Refresh(folder);
  } catch (const std::exception& failure) {
    return Unavailable("the plugin could not be packed: " + Printable(failure.what()));
  }
}

}  // namespace stackport
