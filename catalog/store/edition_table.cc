#include "catalog/store/edition_table.h"

#include <algorithm>

#include "catalog/base/hash.h"
#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "catalog/model/component_parser.h"
#include "catalog/model/registry.h"

namespace stackport {
namespace {

std::string WriteVendor(const Vendor& vendor) {
  json::Document document(rapidjson::kObjectType);
  json::Allocator& allocator = document.GetAllocator();
  json::Set(document, "id", std::string_view(vendor.id), allocator);
  json::Set(document, "name", std::string_view(vendor.name), allocator);
  json::Set(document, "headquarters", std::string_view(vendor.headquarters), allocator);
  json::Set(document, "ultimate_parent_headquarters",
            std::string_view(vendor.ultimate_parent_headquarters), allocator);
  json::Set(document, "community_project", vendor.community_project, allocator);
  json::Set(document, "source", std::string_view(vendor.provenance.source), allocator);
  json::Set(document, "as_of", std::string_view(vendor.provenance.as_of), allocator);
  json::Set(document, "note", std::string_view(vendor.provenance.note), allocator);
  return json::WriteCanonical(document);
}

Result<Vendor> ReadVendor(const std::string& text, const std::string& plugin_id) {
  const Result<json::Document> document = json::Parse(text, "vendor of plugin " + plugin_id);
  if (!document) return DataCorrupt(document.error().message, document.error().context);
  const auto field = [&](std::string_view name) {
    return std::string(json::StringOr(*document, name, ""));
  };
  Vendor vendor;
  vendor.id = field("id");
  vendor.name = field("name");
  vendor.headquarters = field("headquarters");
  vendor.ultimate_parent_headquarters = field("ultimate_parent_headquarters");
  vendor.community_project = json::BoolOr(*document, "community_project", false);
  vendor.provenance = {field("source"), field("as_of"), field("note")};
  return vendor;
}

}  // namespace

std::string EditionHash(const AdmittedPlugin& plugin) {
  json::Document document(rapidjson::kObjectType);
  json::Allocator& allocator = document.GetAllocator();
  const PluginRecord& record = plugin.record;
  json::Set(document, "id", std::string_view(record.id), allocator);
  json::Set(document, "version", std::string_view(record.version), allocator);
  json::Set(document, "content_hash", std::string_view(record.content_hash), allocator);
  json::Set(document, "trust", TrustName(record.trust), allocator);
  if (!record.key_id.empty()) {
    json::Set(document, "key_id", std::string_view(record.key_id), allocator);
  }
  json::Set(document, "form", std::string_view(record.form), allocator);
  json::Set(document, "vendor", std::string_view(WriteVendor(record.vendor)), allocator);
  const auto hashes = [&](const std::vector<Component>& list) {
    json::Value object(rapidjson::kObjectType);
    for (const Component& component : list) {
      json::Set(object, component.id, std::string_view(Sha256Hex(component.document)), allocator);
    }
    return object;
  };
  json::Set(document, "components", hashes(plugin.components), allocator);
  if (!plugin.withheld.empty()) {
    json::Set(document, "withheld", hashes(plugin.withheld), allocator);
  }
  return Sha256Hex(json::WriteCanonical(document));
}

void InsertEdition(SQLite::Database& database, const AdmittedPlugin& plugin,
                   const std::string& edition_hash) {
  const PluginRecord& record = plugin.record;
  SQLite::Statement edition(database,
                            "INSERT OR IGNORE INTO edition (hash, plugin_id, version, content_hash,"
                            " trust, form, vendor, key_id) VALUES (?,?,?,?,?,?,?,?)");
  edition.bind(1, edition_hash);
  edition.bind(2, record.id);
  edition.bind(3, record.version);
  edition.bind(4, record.content_hash);
  edition.bind(5, std::string(TrustName(record.trust)));
  edition.bind(6, record.form);
  edition.bind(7, WriteVendor(record.vendor));
  edition.bind(8, record.key_id);
  if (edition.exec() == 0) return;  // known from an earlier snapshot, documents included
  SQLite::Statement document(database, "INSERT OR IGNORE INTO document (hash, body) VALUES (?,?)");
  SQLite::Statement member(database,
                           "INSERT INTO edition_component (edition_hash, component_id,"
                           " document_hash, withheld) VALUES (?,?,?,?)");
  const auto insert = [&](const std::vector<Component>& components, bool withheld) {
    for (const Component& component : components) {
      const std::string hash = Sha256Hex(component.document);
      document.bind(1, hash);
      document.bind(2, component.document);
      document.exec();
      document.reset();
      member.bind(1, edition_hash);
      member.bind(2, component.id);
      member.bind(3, hash);
      member.bind(4, withheld ? 1 : 0);
      member.exec();
      member.reset();
    }
  };
  insert(plugin.components, false);
  insert(plugin.withheld, true);
}

Result<Component> ParseStored(const std::string& component_id, const std::string& document_hash,
                              const std::string& body) {
  if (Sha256Hex(body) != document_hash) {
    return DataCorrupt("the stored document does not match its hash; restore a backup",
                       component_id);
  }
  const std::string vendor_id = component_id.substr(0, component_id.find('/'));
  ParsedComponent parsed = ParseComponent(body, vendor_id, Registry::Builtin());
  if (parsed.component && parsed.component->id == component_id) {
    return *std::move(parsed.component);
  }
  std::string problem = "it describes another component";
  for (const Finding& finding : parsed.findings) {
    if (finding.severity != Severity::kError) continue;
    problem = ToText(finding);
    break;
  }
  return DataCorrupt("the stored document is not valid for this program (" + problem +
                         "); upgrade the program, or reload every plugin into a new catalog",
                     component_id);
}

Result<AdmittedPlugin> ReadEdition(SQLite::Database& database, const std::string& edition_hash) {
  SQLite::Statement edition(database,
                            "SELECT plugin_id, version, content_hash, trust, form, vendor, key_id"
                            " FROM edition WHERE hash = ?");
  edition.bind(1, edition_hash);
  if (!edition.executeStep()) return NotFound("no edition " + edition_hash);
  AdmittedPlugin plugin;
  PluginRecord& record = plugin.record;
  record.id = edition.getColumn(0).getString();
  record.version = edition.getColumn(1).getString();
  record.content_hash = edition.getColumn(2).getString();
  record.trust = edition.getColumn(3).getString() == TrustName(PluginTrust::kSigned)
                     ? PluginTrust::kSigned
                     : PluginTrust::kUnsignedTrustedFolder;
  record.form = edition.getColumn(4).getString();
  Result<Vendor> vendor = ReadVendor(edition.getColumn(5).getString(), record.id);
  if (!vendor) return vendor.error();
  record.vendor = *std::move(vendor);
  record.key_id = edition.getColumn(6).getString();

  SQLite::Statement members(database,
                            "SELECT m.component_id, m.document_hash, d.body, m.withheld"
                            " FROM edition_component m JOIN document d ON d.hash = m.document_hash"
                            " WHERE m.edition_hash = ? ORDER BY m.component_id");
  members.bind(1, edition_hash);
  while (members.executeStep()) {
    Result<Component> component =
        ParseStored(members.getColumn(0).getString(), members.getColumn(1).getString(),
                    members.getColumn(2).getString());
    if (!component) return component.error();
    const bool withheld = members.getColumn(3).getInt() != 0;
    (withheld ? plugin.withheld : plugin.components).push_back(*std::move(component));
  }
  return plugin;
}

std::optional<std::string> FindEdition(SQLite::Database& database, std::string_view plugin_id,
                                       std::string_view content_hash) {
  SQLite::Statement query(database,
                          "SELECT hash FROM edition WHERE plugin_id = ? AND content_hash = ?"
                          " ORDER BY rowid DESC LIMIT 1");
  query.bind(1, std::string(plugin_id));
  query.bind(2, std::string(content_hash));
  if (!query.executeStep()) return std::nullopt;
  return query.getColumn(0).getString();
}

}  // namespace stackport
