#include "host/admission/revocation_list.h"

#include <algorithm>
#include <exception>
#include <set>
#include <string>
#include <utility>

#include "catalog/base/json.h"
#include "catalog/base/text.h"
#include "catalog/model/identifiers.h"

namespace stackport {
namespace {

using json::Value;

// The document has three levels; one more lets the reader say what is wrong.
constexpr std::size_t kMaxDepth = 4;
constexpr std::size_t kMaxFindings = 50;
constexpr std::size_t kMaxIdBytes = 200;
constexpr std::size_t kDateBytes = 10;  // YYYY-MM-DD

bool IsHex(std::string_view text, std::size_t length, std::string_view digits) {
  return text.size() == length && text.find_first_not_of(digits) == std::string_view::npos;
}

class ListReader {
 public:
  ParsedRevocations Read(std::string_view text) {
    const json::Limits limits{kMaxRevocationBytes, kMaxDepth, 8 * kMaxRevocations};
    const auto document = json::Parse(text, "list of revocations", limits);
    if (!document) {
      Add("json", "", document.error().message, "a document of the form stackport.revocations/1");
    } else if (document->IsObject()) {
      list_.document = text;
      Fill(*document);
    } else {
      Add("schema", "", "the document is no object", "an object");
    }
    ParsedRevocations parsed;
    if (!HasErrors(findings_)) parsed.list = std::move(list_);
    parsed.findings = std::move(findings_);
    return parsed;
  }

 private:
  void Add(std::string code, std::string pointer, std::string message, std::string expected) {
    if (findings_.size() >= kMaxFindings) return;
    findings_.push_back({Severity::kError, std::move(code), std::move(pointer), std::move(message),
                         std::move(expected),
                         "correct the list and sign it again; see revocations.schema.json"});
  }

  // Members that nobody knows might be conditions, so a list that has one is not understood.
  void CheckMembers(const Value& object, const std::string& pointer,
                    const std::set<std::string_view>& known) {
    for (const auto& member : object.GetObject()) {
      const std::string_view name(member.name.GetString(), member.name.GetStringLength());
      if (known.contains(name)) continue;
      Add("unknown_member", json::PointerPush(pointer, Printable(name)),
          "unknown member " + Quoted(name), "the members that the schema names");
    }
  }

  std::string Date(const Value& object, std::string_view name, const std::string& pointer) {
    const std::string date(json::StringOr(object, name, ""));
    if (date.size() != kDateBytes || !IsAsOfDate(date)) {
      Add("date", json::PointerPush(pointer, name), Quoted(date) + " is no date", "YYYY-MM-DD");
    }
    return date;
  }

  void Fill(const Value& document) {
    CheckMembers(document, "", {"schema", "serial", "issued", "revocations"});
    if (json::StringOr(document, "schema", "") != "stackport.revocations/1") {
      Add("schema", "/schema", "the schema is " + Quoted(json::StringOr(document, "schema", "")),
          "'stackport.revocations/1'");
    }
    const Value* serial = json::Find(document, "serial");
    if (serial && serial->IsInt64() && serial->GetInt64() >= 1 &&
        serial->GetInt64() <= kMaxSerial) {
      list_.serial = serial->GetInt64();
    } else {
      Add("serial", "/serial", "there is no usable serial",
          "a whole number from 1, higher than that of the list before");
    }
    list_.issued = Date(document, "issued", "");
    const Value* entries = json::Find(document, "revocations");
    if (!entries || !entries->IsArray()) {
      return Add("schema", "/revocations", "there is no list", "an array, which may be empty");
    }
    if (entries->Size() > kMaxRevocations) {
      return Add("limit", "/revocations",
                 "there are " + std::to_string(entries->Size()) + " entries",
                 "at most " + std::to_string(kMaxRevocations));
    }
    for (rapidjson::SizeType i = 0; i < entries->Size(); ++i) {
      ReadEntry((*entries)[i], json::PointerPush("/revocations", i));
    }
  }

  void ReadEntry(const Value& value, const std::string& pointer) {
    if (!value.IsObject()) return Add("schema", pointer, "the entry is no object", "an object");
    Revocation entry;
    const bool key = json::Find(value, "key") != nullptr;
    const bool plugin = json::Find(value, "plugin") != nullptr;
    const bool component = json::Find(value, "component") != nullptr;
    if (key + plugin + component != 1) {
      return Add("schema", pointer,
                 "the entry names " + std::to_string(key + plugin + component) +
                     " of key, plugin and component",
                 "exactly one of them");
    }
    if (key) ReadKeyEntry(value, pointer, entry);
    if (plugin) ReadPluginEntry(value, pointer, entry);
    if (component) ReadComponentEntry(value, pointer, entry);
    entry.reason = json::StringOr(value, "reason", "");
    if (entry.reason.empty() || entry.reason.size() > kMaxReasonBytes ||
        Printable(entry.reason, kMaxReasonBytes) != entry.reason) {
      Add("reason", json::PointerPush(pointer, "reason"), "there is no usable reason",
          "a sentence for those who used it, at most " + std::to_string(kMaxReasonBytes) +
              " bytes of plain text");
    }
    entry.since = Date(value, "since", pointer);
    const std::string subject = entry.Subject();
    if (!subjects_.insert(subject).second) {
      Add("duplicate", pointer, "the " + Printable(subject) + " is revoked twice",
          "each subject once");
    }
    list_.entries.push_back(std::move(entry));
  }

  void ReadKeyEntry(const Value& value, const std::string& pointer, Revocation& entry) {
    CheckMembers(value, pointer, {"key", "reason", "since"});
    entry.grain = RevocationGrain::kKey;
    entry.key_id = json::StringOr(value, "key", "");
    if (IsHex(entry.key_id, 16, "0123456789ABCDEF")) return;
    Add("key", json::PointerPush(pointer, "key"), Quoted(entry.key_id) + " is no key id",
        "16 upper-case hexadecimal digits, as minisign prints them");
  }

  void ReadPluginEntry(const Value& value, const std::string& pointer, Revocation& entry) {
    CheckMembers(value, pointer, {"plugin", "version", "content_hash", "reason", "since"});
    entry.grain = RevocationGrain::kPluginVersion;
    entry.plugin_id = json::StringOr(value, "plugin", "");
    entry.version = json::StringOr(value, "version", "");
    entry.content_hash = json::StringOr(value, "content_hash", "");
    const auto plain = [](std::string_view text) {
      return text.size() <= kMaxIdBytes &&
             std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
    };
    if (entry.plugin_id.empty() || !plain(entry.plugin_id)) {
      Add("plugin", json::PointerPush(pointer, "plugin"),
          Quoted(entry.plugin_id) + " is no plugin id", "the id that its manifest has");
    }
    if ((entry.version.empty() && entry.content_hash.empty()) || !plain(entry.version)) {
      Add("version", pointer, "the entry does not say which version of the plugin",
          "a version, a content_hash, or both");
    }
    if (!entry.content_hash.empty() && !IsHex(entry.content_hash, 64, "0123456789abcdef")) {
      Add("content_hash", json::PointerPush(pointer, "content_hash"),
          Quoted(entry.content_hash) + " is no SHA-256",
          "64 lower-case hexadecimal digits, as `stackport plugin list --json` prints them");
    }
  }

  void ReadComponentEntry(const Value& value, const std::string& pointer, Revocation& entry) {
    CheckMembers(value, pointer, {"component", "reason", "since"});
    entry.grain = RevocationGrain::kComponent;
    entry.component_id = json::StringOr(value, "component", "");
    if (entry.component_id.size() <= kMaxIdBytes && IsComponentId(entry.component_id)) return;
    Add("component", json::PointerPush(pointer, "component"),
        Quoted(entry.component_id) + " is no component id", "vendor/name");
  }

  RevocationList list_;
  std::set<std::string> subjects_;
  std::vector<Finding> findings_;
};

}  // namespace

ParsedRevocations ParseRevocations(std::string_view text) {
  try {
    return ListReader().Read(text);
  } catch (const std::exception& error) {
    ParsedRevocations parsed;
    parsed.findings.push_back(
        {Severity::kError, "internal", "",
         std::string("the list could not be judged: ") + Printable(error.what()),
         "a list of the form stackport.revocations/1", "report this fault with the list"});
    return parsed;
  }
}

Result<RevocationList> VerifyRevocations(std::string_view text, std::string_view signature,
                                         const MinisignPublicKey& key,
                                         const RevocationList& in_force) {
  // The signature comes first: what nobody signed is not worth parsing.
  if (const auto verified = VerifyMinisign(text, signature, key); !verified) {
    return InvalidArgument("the list of revocations is not signed by the key " + KeyIdText(key.id) +
                           " that may revoke here: " + verified.error().message);
  }
  if (const Revocation* revoked = in_force.FindKey(KeyIdText(key.id))) {
    return InvalidArgument(
        "the key " + revoked->key_id + " that signed the list is itself revoked (" +
        Printable(revoked->reason) +
        "); designate another with `stackport trust add --revocations FILE.pub`");
  }
  ParsedRevocations parsed = ParseRevocations(text);
  if (!parsed.list) {
    return InvalidArgument("the list of revocations is not usable: " +
                           ToText(parsed.findings.front()));
  }
  parsed.list->signature = signature;
  parsed.list->key_id = KeyIdText(key.id);
  return *std::move(parsed.list);
}

}  // namespace stackport
