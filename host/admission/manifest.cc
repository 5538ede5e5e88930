#include "host/admission/manifest.h"

#include <algorithm>
#include <exception>
#include <map>
#include <set>
#include <utility>

#include "catalog/base/hash.h"
#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "catalog/model/identifiers.h"
#include "catalog/model/json_schema.h"
#include "host/admission/plugin_folder.h"
#include "stackport/plugin.h"

extern "C" {
extern const char stackport_manifest_schema_begin[];
extern const char stackport_manifest_schema_end[];
}

namespace stackport {
namespace {

// A manifest has three levels; a little more lets the schema say what is wrong.
constexpr std::size_t kMaxManifestDepth = 8;
// Errors reported about one manifest: more than a person mends in one go.
constexpr std::size_t kMaxManifestFindings = 50;

Result<JsonSchema> CompileSchema() {
  return JsonSchema::Compile({stackport_manifest_schema_begin, stackport_manifest_schema_end},
                             "manifest.schema.json");
}

class ManifestReader {
 public:
  explicit ManifestReader(std::string_view text) : text_(text) {}

  ParsedManifest Read() {
    const json::Limits limits{kMaxManifestBytes, kMaxManifestDepth, 8 * kMaxFiles};
    const auto document = json::Parse(text_, kManifestName, limits);
    if (!document) {
      Add("json", "", document.error().message, "a JSON document of the form stackport.manifest/1",
          "run `stackport plugin pack`, which writes the manifest");
      return Finish();
    }
    CheckShape(*document);
    if (!HasErrors(findings_)) Fill(*document);
    return Finish();
  }

 private:
  void Add(std::string code, std::string pointer, std::string message, std::string expected,
           std::string remedy) {
    if (findings_.size() >= kMaxManifestFindings) return;
    findings_.push_back({Severity::kError, std::move(code), std::move(pointer), std::move(message),
                         std::move(expected), std::move(remedy)});
  }

  ParsedManifest Finish() {
    ParsedManifest parsed;
    if (!HasErrors(findings_)) parsed.manifest = std::move(manifest_);
    parsed.findings = std::move(findings_);
    return parsed;
  }

  // The two lists may be five times as long as the schema validator takes of any list. They are
  // judged entry by entry here, and the schema sees one entry of the one and none of the other.
  void CheckShape(const json::Document& document) {
    const json::Value* files = json::Find(document, "files");
    const json::Value* documents = json::Find(document, "documents");
    json::Document reduced;
    reduced.CopyFrom(document, reduced.GetAllocator());
    if (files && files->IsArray()) {
      CheckCount(*files, "/files", kMaxFiles);
      json::Value& kept = reduced["files"];
      if (kept.Size() > 1) kept.Erase(kept.Begin() + 1, kept.End());
    }
    if (documents && documents->IsArray()) {
      CheckCount(*documents, "/documents", kMaxDocuments);
      reduced["documents"].Clear();
    }
    static const Result<JsonSchema> kSchema = CompileSchema();
    if (!kSchema) {
      Add("internal", "", kSchema.error().message, "a schema that compiles", "report this fault");
      return;
    }
    for (Finding& finding : kSchema->Check(reduced)) findings_.push_back(std::move(finding));
    if (files && files->IsArray()) CheckFiles(*files);
    if (documents && documents->IsArray()) CheckDocuments(*documents);
  }

  void CheckCount(const json::Value& list, const char* pointer, std::size_t most) {
    if (list.Size() <= most) return;
    Add("limit", pointer, "there are " + std::to_string(list.Size()) + " entries",
        "at most " + std::to_string(most), "split the plugin into several");
  }

  void CheckFiles(const json::Value& files) {
    // The first was judged by the schema.
    for (rapidjson::SizeType i = 1; i < files.Size(); ++i) {
      const json::Value& file = files[i];
      const std::string pointer = json::PointerPush("/files", i);
      const json::Value* bytes = json::Find(file, "bytes");
      const std::string_view hash = json::StringOr(file, "sha256", "");
      const bool hash_fits =
          hash.size() == 64 && hash.find_first_not_of("0123456789abcdef") == std::string_view::npos;
      if (!file.IsObject() || file.MemberCount() != 3 || !bytes || !bytes->IsUint64() ||
          bytes->GetUint64() == 0 || !hash_fits || json::StringOr(file, "path", "").empty()) {
        Add("schema", pointer, "the entry is not of the expected form",
            "an object with path, sha256 (64 hexadecimal digits) and bytes (at least 1)",
            "run `stackport plugin pack` on the folder again");
      }
    }
  }

  void CheckDocuments(const json::Value& documents) {
    for (rapidjson::SizeType i = 0; i < documents.Size(); ++i) {
      if (documents[i].IsString() &&
          std::string_view(documents[i].GetString(), documents[i].GetStringLength())
              .ends_with(".json")) {
        continue;
      }
      Add("schema", json::PointerPush("/documents", i), "the entry is not the path of a document",
          "a path that ends with .json", "name the document's path below the plugin's folder");
    }
  }

  // Requires: the shape fits.
  void Fill(const json::Value& document) {
    manifest_.id = json::StringOr(document, "id", "");
    manifest_.version = json::StringOr(document, "version", "");
    manifest_.abi = static_cast<int>(json::IntOr(document, "abi", 1));
    manifest_.library = json::StringOr(document, "library", "");
    manifest_.homepage = json::StringOr(document, "homepage", "");
    manifest_.summary = json::StringOr(document, "summary", "");
    manifest_.content_hash = Sha256Hex(text_);
    FillVendor(*json::Find(document, "vendor"));
    FillFiles(*json::Find(document, "files"));
    if (const json::Value* documents = json::Find(document, "documents")) {
      manifest_.documents = json::Strings(*documents);
    }
    CheckContent();
    CheckAbi();
  }

  void FillVendor(const json::Value& vendor) {
    Vendor& to = manifest_.vendor;
    to.id = json::StringOr(vendor, "id", "");
    to.name = json::StringOr(vendor, "name", "");
    to.headquarters = json::StringOr(vendor, "headquarters", "");
    to.ultimate_parent_headquarters = json::StringOr(vendor, "ultimate_parent_headquarters", "");
    to.community_project = json::BoolOr(vendor, "community_project", false);
    to.provenance.source = json::StringOr(vendor, "source", "");
    to.provenance.as_of = json::StringOr(vendor, "as_of", "");
    to.provenance.note = json::StringOr(vendor, "note", "");

    if (manifest_.id != to.id && !manifest_.id.starts_with(to.id + "-")) {
      Add("foreign_plugin_id", "/id",
          "the plugin id " + Quoted(manifest_.id) + " does not start with the vendor id " +
              Quoted(to.id),
          "'" + Printable(to.id) + "' or '" + Printable(to.id) + "-...'",
          "rename the plugin, or correct the vendor id");
    }
    for (const auto& [member, country] :
         {std::pair("headquarters", &to.headquarters),
          std::pair("ultimate_parent_headquarters", &to.ultimate_parent_headquarters)}) {
      if (country->empty() || IsCountryCode(*country)) continue;
      Add("country", json::PointerPush("/vendor", member),
          "there is no country " + Quoted(*country), "an ISO 3166-1 alpha-2 code, such as US",
          "correct the code, or leave it out if unknown");
    }
  }

  void FillFiles(const json::Value& files) {
    std::uint64_t total = 0;
    for (rapidjson::SizeType i = 0; i < files.Size(); ++i) {
      ManifestFile file;
      file.path = json::StringOr(files[i], "path", "");
      file.sha256 = json::StringOr(files[i], "sha256", "");
      file.bytes = json::Find(files[i], "bytes")->GetUint64();
      const std::string pointer = json::PointerPush(json::PointerPush("/files", i), "path");
      if (!IsSafeRelativePath(file.path)) {
        Add("unsafe_path", pointer, "the path " + Quoted(file.path) + " is not safe",
            "a relative path below the folder, of letters, digits, '.', '_', '-' and '/', no name "
            "starting with a dot",
            "move or rename the file");
      } else if (file.path == kManifestName || file.path == kSignatureName) {
        Add("unsafe_path", pointer, Quoted(file.path) + " lists itself or the signature",
            "documents and the library", "remove the entry");
      } else if (!paths_.insert(file.path).second) {
        Add("duplicate_file", pointer, Quoted(file.path) + " is listed twice", "each file once",
            "remove one of the entries");
      }
      if (file.bytes > kMaxPluginBytes || total + file.bytes > kMaxPluginBytes) {
        Add("limit", pointer,
            "with " + Quoted(file.path) + " the plugin has more than " +
                std::to_string(kMaxPluginBytes) + " bytes",
            "at most that for all files together", "split the plugin into several");
        return;
      }
      total += file.bytes;
      manifest_.files.push_back(std::move(file));
    }
  }

  void CheckContent() {
    if (manifest_.library.empty() && manifest_.documents.empty()) {
      Add("empty_plugin", "", "the plugin has neither a library nor documents",
          "at least one of 'library' and 'documents'", "add what describes the components");
    }
    if (!manifest_.library.empty() && !paths_.contains(manifest_.library)) {
      Add("unlisted_file", "/library",
          "the library " + Quoted(manifest_.library) + " is not in 'files'",
          "an entry with its size and SHA-256", "run `stackport plugin pack` on the folder again");
    }
    std::set<std::string> seen;
    for (std::size_t i = 0; i < manifest_.documents.size(); ++i) {
      const std::string& document = manifest_.documents[i];
      const std::string pointer = json::PointerPush("/documents", i);
      if (!seen.insert(document).second) {
        Add("duplicate_file", pointer, Quoted(document) + " is listed twice", "each document once",
            "remove one of the entries");
      } else if (!paths_.contains(document)) {
        Add("unlisted_file", pointer, "the document " + Quoted(document) + " is not in 'files'",
            "an entry with its size and SHA-256",
            "run `stackport plugin pack` on the folder again");
      }
    }
  }

  // A plugin without code works with every ABI.
  void CheckAbi() {
    if (manifest_.library.empty() || manifest_.abi == STACKPORT_ABI_VERSION) return;
    Add("abi", "/abi",
        "the library was built for ABI " + std::to_string(manifest_.abi) +
            ", this host offers 1 to " + std::to_string(STACKPORT_ABI_VERSION),
        "an ABI version that this host offers",
        "rebuild the plugin with this host's SDK, or upgrade the host");
  }

  std::string_view text_;
  Manifest manifest_;
  std::set<std::string> paths_;
  std::vector<Finding> findings_;
};

}  // namespace

ParsedManifest ParseManifest(std::string_view text) {
  try {
    return ManifestReader(text).Read();
  } catch (const std::exception& error) {
    ParsedManifest parsed;
    parsed.findings.push_back(
        {Severity::kError, "internal", "",
         std::string("the manifest could not be judged: ") + Printable(error.what()),
         "a manifest of the form stackport.manifest/1", "report this fault with the manifest"});
    return parsed;
  }
}

}  // namespace stackport
