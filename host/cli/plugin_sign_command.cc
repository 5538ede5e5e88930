// stackport plugin sign and keygen: a vendor's signature on a plugin.
#include <filesystem>
#include <memory>

#include "host/admission/manifest.h"
#include "host/admission/plugin_files.h"
#include "host/admission/plugin_folder.h"
#include "host/admission/trusted_comment.h"
#include "host/cli/exit_codes.h"
#include "host/cli/findings_text.h"
#include "host/cli/key_files.h"
#include "host/cli/layout.h"
#include "host/cli/plugin_commands.h"

namespace stackport::cli {
namespace {

struct SignOptions {
  std::string folder;
  SecretKeyFlags key;
};

struct KeygenOptions {
  std::string secret_file;
  std::string public_file;
  std::string password_file;
  bool no_password = false;
};

// The manifest when a host would take it as it lies there: a signature under anything else would
// only be refused later, by somebody else.
Result<std::optional<Manifest>> ReadManifest(Session& session, const PluginFolder& folder,
                                             std::string& text) {
  auto read = folder.ReadFile(kManifestName, kMaxManifestBytes);
  if (!read) return read.error();
  text = *std::move(read);
  ParsedManifest parsed = ParseManifest(text);
  std::vector<Finding> findings = std::move(parsed.findings);
  if (parsed.manifest) findings = ReadPluginFiles(folder, *parsed.manifest).findings;
  PrintFindings(session.err(), session.error_style(), findings);
  if (HasErrors(findings)) return std::optional<Manifest>();
  return std::move(parsed.manifest);
}

Result<int> RunSign(Session& session, const SignOptions& options, bool as_json) {
  auto folder = PluginFolder::Open(options.folder);
  if (!folder) return folder.error();
  std::string text;
  const auto manifest = ReadManifest(session, *folder, text);
  if (!manifest) return manifest.error();
  if (!*manifest) {
    return InvalidArgument(
        "nothing was signed: the files do not fit the manifest; run `stackport plugin pack` on the "
        "folder again, then sign");
  }
  const auto key = ReadSecretKey(session, options.key);
  if (!key) return key.error();
  const std::string comment = TrustedCommentFor(**manifest, session.environment().clock.NowUtc());
  const auto signature = key->Sign(text, comment);
  if (!signature) return signature.error();
  const std::string path =
      (std::filesystem::path(options.folder) / std::string(kSignatureName)).string();
  if (Status written = ReplaceFile(path, *signature); !written) return written.error();

  const std::string key_id = KeyIdText(key->public_key().id);
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "plugin", (*manifest)->id, allocator);
    json::Set(document, "version", (*manifest)->version, allocator);
    json::Set(document, "vendor", (*manifest)->vendor.id, allocator);
    json::Set(document, "content_hash", (*manifest)->content_hash, allocator);
    json::Set(document, "key_id", key_id, allocator);
    json::Set(document, "public_key", key->public_key().Base64(), allocator);
    json::Set(document, "signature", path, allocator);
    json::Set(document, "trusted_comment", comment, allocator);
    session.PrintJson(document);
    return kExitOk;
  }
  session.out() << (*manifest)->id << " " << (*manifest)->version << ": signed with key " << key_id
                << "\n  " << Shown(path) << "\n  trusted comment: " << comment
                << "\nAnybody can check it:\n  minisign -V -P " << key->public_key().Base64()
                << " -m " << Shown(options.folder) << "/manifest.json\n";
  return kExitOk;
}

Result<int> RunKeygen(Session& session, const KeygenOptions& options, bool as_json) {
  if (options.no_password && !options.password_file.empty()) {
    return InvalidArgument("--no-password and --password-file contradict each other; give one");
  }
  std::string password;
  if (!options.no_password) {
    auto read = ReadPassword(session, options.password_file);
    if (!read) {
      return Error{read.error().code,
                   read.error().message +
                       "; or pass --no-password if the file itself is safe "
                       "(a build server's secret store)",
                   {}};
    }
    password = *std::move(read);
  }
  const auto key = MinisignSecretKey::Generate();
  if (!key) return key.error();
  const auto file = key->FileText(password);
  if (!file) return file.error();
  if (Status made = CreateNewFile(options.secret_file, *file, /*secret=*/true); !made) {
    return made.error();
  }
  if (Status made = CreateNewFile(options.public_file, key->PublicFileText(), /*secret=*/false);
      !made) {
    return made.error();
  }
  const std::string key_id = KeyIdText(key->public_key().id);
  if (as_json) {
    json::Document document(rapidjson::kObjectType);
    auto& allocator = document.GetAllocator();
    json::Set(document, "key_id", key_id, allocator);
    json::Set(document, "public_key", key->public_key().Base64(), allocator);
    json::Set(document, "secret_file", options.secret_file, allocator);
    json::Set(document, "public_file", options.public_file, allocator);
    json::Set(document, "password", !password.empty(), allocator);
    session.PrintJson(document);
    return kExitOk;
  }
  session.out() << "key " << key_id << "\n  secret: " << Shown(options.secret_file)
                << " (keep it; whoever has it speaks for you)\n  public: "
                << Shown(options.public_file) << " " << key->public_key().Base64()
                << "\nSign with `stackport plugin sign FOLDER --key " << Shown(options.secret_file)
                << "`.\nOperators trust you with `stackport trust add VENDOR "
                << Shown(options.public_file) << "`.\n";
  return kExitOk;
}

}  // namespace

void AddPluginSignCommand(CLI::App& plugin, Invocation& invocation) {
  CLI::App* command =
      AddCommand(plugin, "sign", "Sign a plugin folder's manifest, as minisign does",
                 "stackport plugin sign build/plugins/acme-servers.stackport --key acme.key");
  const auto options = std::make_shared<SignOptions>();
  command->add_option("FOLDER", options->folder, "NAME.stackport folder")
      ->type_name("")
      ->required();
  options->key.AddTo(*command);
  AddJsonFlag(*command, invocation);
  command->callback([options, &invocation] {
    invocation.body = [options, &invocation](Session& session) {
      return RunSign(session, *options, invocation.json);
    };
  });
}

void AddPluginKeygenCommand(CLI::App& plugin, Invocation& invocation) {
  CLI::App* command = AddCommand(plugin, "keygen", "Make a pair of minisign keys",
                                 "stackport plugin keygen --secret acme.key --public acme.pub "
                                 "--password-file pass.txt");
  const auto options = std::make_shared<KeygenOptions>();
  command->add_option("--secret", options->secret_file, "Secret key to make, readable by you alone")
      ->type_name("FILE")
      ->required();
  command->add_option("--public", options->public_file, "Public key to make")
      ->type_name("FILE")
      ->required();
  AddPasswordFlag(*command, options->password_file);
  command->add_flag("--no-password", options->no_password, "Leave the secret key unprotected");
  AddJsonFlag(*command, invocation);
  command->callback([options, &invocation] {
    invocation.body = [options, &invocation](Session& session) {
      return RunKeygen(session, *options, invocation.json);
    };
  });
}

}  // namespace stackport::cli
