// stackport trust: whose keys may speak for which vendor.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <system_error>

#include "catalog/base/text.h"
#include "host/admission/trust_folder.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/findings_text.h"
#include "host/cli/key_files.h"
#include "host/cli/layout.h"
#include "host/cli/table.h"
#include "host/cli/trust_commands.h"

namespace stackport::cli {
namespace {

namespace fs = std::filesystem;
using json::Value;

struct KeyOptions {
  std::string vendor;
  std::string name;
  std::string file;
  bool revocations = false;
};

constexpr const char* kLayout =
    "\nThe trust folder:\n"
    "  keys/VENDOR/NAME.pub   minisign public keys; each vouches for that vendor's plugins alone\n"
    "  revocation.pub         the key whose lists of revocations count\n"
    "  revocations.json, revocations.json.minisig   a list to apply; optional\n";

Result<std::string> FolderToWrite(Session& session) {
  std::string path = session.TrustFolderPath();
  if (!path.empty()) return path;
  return InvalidArgument(
      "nothing says where the trust folder is: neither --trust, STACKPORT_TRUST, "
      "XDG_CONFIG_HOME nor HOME; pass --trust DIR");
}

// The folder for a command that only reads it. That there is none yet is no error.
Result<TrustFolder> FolderToRead(Session& session) {
  auto settings = session.Settings(OpenMode::kReadOnly);
  if (!settings) return settings.error();
  return ReadTrustFolder(settings->trust_folder);
}

Value KeyJson(const TrustedKey& key, json::Allocator& allocator) {
  Value item(rapidjson::kObjectType);
  json::Set(item, "vendor", key.vendor, allocator);
  json::Set(item, "name", key.name, allocator);
  json::Set(item, "key_id", KeyIdText(key.key.id), allocator);
  json::Set(item, "public_key", key.key.Base64(), allocator);
  return item;
}

void PrintFolder(Session& session, const TrustFolder& folder) {
  if (folder.path.empty()) {
    session.out()
        << "there is no trust folder, so no plugin counts as signed; `stackport trust add "
           "VENDOR FILE.pub` makes one in "
        << Shown(session.TrustFolderPath()) << "\n";
    return;
  }
  session.out() << "trust folder " << Shown(folder.path) << "\n";
  if (!folder.keys->all().empty()) {
    Table table({{"vendor"}, {"name"}, {"key"}});
    for (const TrustedKey& key : folder.keys->all()) {
      table.AddRow({key.vendor, key.name, KeyIdText(key.key.id)});
    }
    session.out() << table.ToText(session.table_width(), session.style());
  }
  session.out() << Count(static_cast<std::int64_t>(folder.keys->all().size()), "vendor key")
                << "; revocations: "
                << (folder.revocation_key ? "key " + KeyIdText(folder.revocation_key->id)
                                          : std::string("no key designated"))
                << "\n";
}

Result<int> RunList(Session& session, bool check, bool as_json) {
  const auto folder = FolderToRead(session);
  if (!folder) return folder.error();
  const bool sound = !HasErrors(folder->findings);
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "folder", folder->path, allocator);
    if (check) json::Set(document, "sound", sound, allocator);
    Value keys(rapidjson::kArrayType);
    for (const TrustedKey& key : folder->keys->all()) {
      keys.PushBack(KeyJson(key, allocator), allocator);
    }
    json::Set(document, "keys", std::move(keys), allocator);
    if (folder->revocation_key) {
      json::Set(document, "revocation_key", KeyIdText(folder->revocation_key->id), allocator);
    }
    Value findings(rapidjson::kArrayType);
    for (const Finding& finding : folder->findings) {
      findings.PushBack(ToJson(finding, allocator), allocator);
    }
    json::Set(document, "findings", std::move(findings), allocator);
    session.PrintJson(document);
  } else {
    PrintFolder(session, *folder);
    PrintFindings(check ? session.out() : session.err(), session.style(), folder->findings);
    if (check && folder->findings.empty()) session.out() << "nothing is wrong with it\n";
  }
  return !check || sound ? kExitOk : kExitNegative;
}

// Where the options say the key is, below the folder.
Result<std::string> KeyPath(const std::string& folder, const KeyOptions& options) {
  if (options.revocations) return folder + "/" + std::string(kRevocationKeyName);
  if (!IsVendorId(options.vendor)) {
    return InvalidArgument(Quoted(options.vendor) +
                           " is no vendor id, which has lower-case letters, digits and '-'; "
                           "`stackport vendors` lists those of the catalog");
  }
  const bool plain = !options.name.empty() && !options.name.starts_with('.') &&
                     options.name.find_first_not_of(
                         "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                         "0123456789._-") == std::string::npos;
  if (!plain) {
    return InvalidArgument(Quoted(options.name) +
                           " cannot name a key; use letters, digits, '.', '_' and '-'");
  }
  return folder + "/keys/" + options.vendor + "/" + options.name + ".pub";
}

Result<int> RunAdd(Session& session, KeyOptions options) {
  if (options.revocations && options.file.empty()) std::swap(options.file, options.vendor);
  if (options.file.empty()) {
    return InvalidArgument(
        "name the vendor and the key: `stackport trust add VENDOR FILE.pub`, or `stackport trust "
        "add --revocations FILE.pub`");
  }
  if (options.revocations && !options.vendor.empty()) {
    return InvalidArgument("the key for revocations belongs to no vendor; name the file alone");
  }
  const auto folder = FolderToWrite(session);
  if (!folder) return folder.error();
  const auto text = ReadBoundedFile(options.file, kMaxPublicKeyBytes);
  if (!text) return text.error();
  const auto key = ParseMinisignPublicKey(*text);
  if (!key) return Error{key.error().code, key.error().message, Shown(options.file)};
  if (options.name.empty()) options.name = fs::path(options.file).stem().string();
  const auto path = KeyPath(*folder, options);
  if (!path) return path.error();
  std::error_code error;
  fs::create_directories(fs::path(*path).parent_path(), error);
  if (error) {
    return Unavailable("the trust folder cannot be written: " + error.message(), Shown(*folder));
  }
  // Written anew rather than copied: what lies in the folder is exactly what was understood.
  const std::string content =
      "untrusted comment: minisign public key " + KeyIdText(key->id) + "\n" + key->Base64() + "\n";
  if (const auto present = ReadBoundedFile(*path, kMaxPublicKeyBytes)) {
    const auto former = ParseMinisignPublicKey(*present);
    if (former && *former == *key) {
      session.out() << "key " << KeyIdText(key->id) << " is there already: " << Shown(*path)
                    << "\n";
      return kExitOk;
    }
    if (!options.revocations) {
      return Conflict(
          "another key is there already; name this one with --name NAME, or take the "
          "other away first with `stackport trust remove`",
          Shown(*path));
    }
  }
  if (Status written = ReplaceFile(*path, content); !written) return written.error();
  session.out() << "key " << KeyIdText(key->id)
                << (options.revocations ? " may revoke" : " may speak for " + options.vendor)
                << ": " << Shown(*path)
                << "\nIt counts from the next admission on (`stackport plugin admit`).\n";
  return kExitOk;
}

Result<int> RunRemove(Session& session, const KeyOptions& options) {
  const auto folder = FolderToWrite(session);
  if (!folder) return folder.error();
  if (options.vendor.empty() == !options.revocations ||
      options.name.empty() != options.revocations) {
    return InvalidArgument(
        "name the key as `stackport trust list` does: `stackport trust remove VENDOR NAME`, or "
        "`stackport trust remove --revocations`");
  }
  const auto path = KeyPath(*folder, options);
  if (!path) return path.error();
  std::error_code error;
  if (!fs::remove(*path, error)) {
    if (error) return Unavailable("the key cannot be removed: " + error.message(), Shown(*path));
    return NotFound("there is no such key; `stackport trust list` names those there are",
                    Shown(*path));
  }
  session.out()
      << "removed " << Shown(*path)
      << "\nIts plugins are judged anew at the next admission (`stackport plugin admit`).\n";
  return kExitOk;
}

}  // namespace

void AddTrustCommand(CLI::App& app, Invocation& invocation) {
  CLI::App* command = AddCommand(app, "trust", "Keys of vendors, revocations, affected answers",
                                 "stackport trust add acme acme.pub");
  command->footer(std::string(kLayout) + "\nAlso: --trust DIR (see `stackport --help`)\n");
  for (const bool check : {false, true}) {
    CLI::App* list = AddCommand(
        *command, check ? "check" : "list",
        check ? "Whether every file of the trust folder fits" : "The keys of the trust folder",
        check ? "stackport trust check" : "stackport trust list --json");
    AddJsonFlag(*list, invocation);
    list->callback([check, &invocation] {
      invocation.body = [check, &invocation](Session& session) {
        return RunList(session, check, invocation.json);
      };
    });
  }

  const auto options = std::make_shared<KeyOptions>();
  CLI::App* add = AddCommand(*command, "add", "Let a key speak for a vendor, or revoke",
                             "stackport trust add acme acme.pub --name 2026");
  add->add_option("VENDOR", options->vendor, "Vendor id; the key vouches for it alone")
      ->type_name("");
  add->add_option("FILE", options->file, "minisign public key")->type_name("");
  add->add_option("--name", options->name, "Name of the key here (default: the file's)")
      ->type_name("NAME");
  add->add_flag("--revocations", options->revocations,
                "The key may sign lists of revocations instead");
  add->callback([options, &invocation] {
    invocation.body = [options](Session& session) { return RunAdd(session, *options); };
  });

  CLI::App* remove =
      AddCommand(*command, "remove", "Take a key away again", "stackport trust remove acme 2026");
  remove->add_option("VENDOR", options->vendor, "Vendor id")->type_name("");
  remove->add_option("NAME", options->name, "Name of the key")->type_name("");
  remove->add_flag("--revocations", options->revocations, "The key that may revoke");
  remove->callback([options, &invocation] {
    invocation.body = [options](Session& session) { return RunRemove(session, *options); };
  });
  AddTrustRevocationsCommand(*command, invocation);
  AddTrustAffectedCommand(*command, invocation);
}

}  // namespace stackport::cli
