#include "host/authoring/new_project.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <set>
#include <system_error>

#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "host/authoring/template_archive.h"

namespace stackport {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kTemplates = "template/";
constexpr std::string_view kSdkFolder = "stackport-sdk/";
// A path is the vendor's own, and worth reading in full.
constexpr std::size_t kMaxPathText = 400;
// Longest ids and name: manifest.schema.json.
constexpr std::size_t kMaxVendor = 60, kMaxPlugin = 80, kMaxName = 120;

bool IsId(std::string_view id, std::size_t longest) {
  const auto alphanumeric = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); };
  return !id.empty() && id.size() <= longest && alphanumeric(id.front()) &&
         std::all_of(id.begin(), id.end(), [&](char c) { return alphanumeric(c) || c == '-'; });
}

Status Check(const NewProject& project) {
  const std::vector<std::string> forms = ProjectForms();
  if (std::find(forms.begin(), forms.end(), project.form) == forms.end()) {
    const std::string near = NearestName(project.form, forms);
    return InvalidArgument("there is no form " + Quoted(project.form) +
                           (near.empty() ? "" : "; did you mean '" + near + "'") +
                           "; the forms are " + Join(forms, ", "));
  }
  if (!IsId(project.vendor, kMaxVendor)) {
    return InvalidArgument("the vendor id " + Quoted(project.vendor) +
                           " is not made of a-z, 0-9 and '-' (it starts every component id: "
                           "acme/x8); write the name for people with --name");
  }
  if (!IsId(project.plugin, kMaxPlugin) ||
      (project.plugin != project.vendor && !project.plugin.starts_with(project.vendor + "-"))) {
    return InvalidArgument("the plugin id " + Quoted(project.plugin) + " is not " +
                           Quoted(project.vendor) + " or " + Quoted(project.vendor + "-...") +
                           "; a plugin belongs to one vendor");
  }
  if (project.name.empty() || project.name.size() > kMaxName || !IsUtf8(project.name) ||
      Printable(project.name, kMaxName) != project.name) {
    return InvalidArgument("the name " + Quoted(project.name) + " is not a text of 1 to " +
                           std::to_string(kMaxName) + " bytes without control characters");
  }
  return {};
}

void Replace(std::string& text, std::string_view mark, std::string_view value) {
  for (auto at = text.find(mark); at != std::string::npos;
       at = text.find(mark, at + value.size())) {
    text.replace(at, mark.size(), value);
  }
}

// The name as it stands between the quotes of a JSON text.
std::string InJson(const std::string& name) {
  json::Document document;
  const std::string quoted = json::Write(json::String(name, document.GetAllocator()));
  return quoted.substr(1, quoted.size() - 2);
}

std::string FilledIn(const NewProject& project, const std::string& path, std::string text) {
  Replace(text, "@PLUGIN@", project.plugin);
  Replace(text, "@VENDOR@", project.vendor);
  Replace(text, "@TODAY@", project.today);
  Replace(text, "@NAME@", path.ends_with(".json") ? InJson(project.name) : project.name);
  return text;
}

// Where a carried file goes in a project of this form; nothing when it has no use for it.
std::optional<std::string> PlaceOf(const std::string& path, const std::string& form) {
  const std::string mine = std::string(kTemplates) + form + "/";
  if (path.starts_with(mine)) return path.substr(mine.size());
  const std::string sdk(kSdkFolder);
  if (path == "registry/registry.json") return sdk + "registry.json";
  if (path == "schema/component.schema.json") return sdk + "component.schema.json";
  const bool compiled = form == "c" || form == "cpp";
  if (compiled && (path.starts_with("include/") || path.starts_with("cmake/"))) return sdk + path;
  return std::nullopt;
}

Status WriteFile(const fs::path& path, std::string_view text) {
  std::error_code error;
  fs::create_directories(path.parent_path(), error);
  std::ofstream file(path, std::ios::binary);
  file.write(text.data(), static_cast<std::streamsize>(text.size()));
  file.close();
  if (!error && file) return {};
  return Unavailable("the file cannot be written; name a folder in which you may write",
                     Printable(path.string(), kMaxPathText));
}

}  // namespace

std::vector<std::string> ProjectForms() {
  std::set<std::string> forms;
  for (const CarriedFile& file : CarriedSdk()) {
    if (!file.path.starts_with(kTemplates)) continue;
    const std::string below = file.path.substr(kTemplates.size());
    forms.insert(below.substr(0, below.find('/')));
  }
  return {forms.begin(), forms.end()};
}

Result<std::vector<std::string>> WriteNewProject(const NewProject& project) {
  if (const Status checked = Check(project); !checked) return checked.error();
  std::error_code error;
  if (fs::exists(fs::symlink_status(project.folder, error)) &&
      (!fs::is_directory(project.folder, error) || !fs::is_empty(project.folder, error))) {
    return Conflict(
        "something is there already; name a folder that does not exist, or an empty one",
        Printable(project.folder, kMaxPathText));
  }
  std::vector<std::string> written;
  for (const CarriedFile& file : CarriedSdk()) {
    const auto place = PlaceOf(file.path, project.form);
    if (!place) continue;
    const bool own = !place->starts_with(kSdkFolder);
    const Status wrote =
        WriteFile(fs::path(project.folder) / *place,
                  own ? FilledIn(project, *place, std::string(file.text)) : std::string(file.text));
    if (!wrote) return wrote.error();
    written.push_back(*place);
  }
  std::sort(written.begin(), written.end());
  return written;
}

}  // namespace stackport
