// stackport trust revocations: the list in force, applying a new one, and signing one.
#include <fmt/format.h>

#include <memory>

#include "catalog/base/text.h"
#include "host/admission/refresh_trust.h"
#include "host/admission/revocation_list.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/findings_text.h"
#include "host/cli/key_files.h"
#include "host/cli/layout.h"
#include "host/cli/table.h"
#include "host/cli/trust_commands.h"

namespace stackport::cli {
namespace {

using json::Value;

struct ApplyOptions {
  std::string file;
  std::string signature;  // empty: beside the file
};

struct SignOptions {
  std::string file;
  SecretKeyFlags key;
};

Value ListJson(const RevocationList& list, json::Allocator& allocator) {
  Value object(rapidjson::kObjectType);
  json::Set(object, "serial", list.serial, allocator);
  if (list.serial == 0) return object;
  json::Set(object, "issued", list.issued, allocator);
  json::Set(object, "applied_at", list.at, allocator);
  json::Set(object, "key_id", list.key_id, allocator);
  Value entries(rapidjson::kArrayType);
  for (const Revocation& entry : list.entries) {
    Value item(rapidjson::kObjectType);
    json::Set(item, "grain", RevocationGrainName(entry.grain), allocator);
    json::Set(item, "revoked", entry.Subject(), allocator);
    json::Set(item, "reason", entry.reason, allocator);
    json::Set(item, "since", entry.since, allocator);
    entries.PushBack(item, allocator);
  }
  json::Set(object, "revocations", std::move(entries), allocator);
  return object;
}

Result<int> RunShow(Session& session, bool as_json) {
  auto application = session.OpenCatalogAsIs(OpenMode::kMustExist);
  if (!application) return application.error();
  const auto list = (*application)->store().Revocations();
  if (!list) return list.error();
  if (as_json) {
    json::Document document;
    session.PrintJson(ListJson(*list, document.GetAllocator()));
    return kExitOk;
  }
  if (list->serial == 0) {
    session.out() << "no list of revocations was ever applied\n";
    return kExitOk;
  }
  session.out() << fmt::format("serial {}, issued {}, applied {}, signed by key {}\n", list->serial,
                               list->issued, list->at, list->key_id);
  Table table({{"revoked", Align::kLeft, 20}, {"since"}, {"reason", Align::kLeft, 20}});
  for (const Revocation& entry : list->entries) {
    table.AddRow({entry.Subject(), entry.since, entry.reason});
  }
  if (table.empty()) {
    session.out() << "nothing is revoked\n";
  } else {
    session.out() << table.ToText(session.table_width(), session.style());
  }
  return kExitOk;
}

void PrintEffect(Session& session, const RevocationEffect& effect, const std::string& snapshot_id) {
  if (!effect.applied) {
    session.out() << "the list with the serial " << effect.serial << " is in force already\n";
    return;
  }
  session.out() << "the list with the serial " << effect.serial << " is in force; snapshot "
                << snapshot_id << "\n";
  const auto line = [&](std::string_view what, const std::vector<std::string>& names) {
    if (names.empty()) return;
    session.out() << Wrap(fmt::format("{}: {}", what, Shown(Join(names, ", "))), "  ", "    ",
                          session.text_width());
  };
  line("out of service", effect.removed_plugins);
  line("withheld", effect.withheld_components);
  line("returned", effect.restored_components);
  if (effect.flagged_answers > 0) {
    session.out() << "  " << Count(effect.flagged_answers, "given answer")
                  << " used what is revoked; `stackport trust affected` lists them\n";
  }
}

Result<int> RunApply(Session& session, ApplyOptions options, bool as_json) {
  if (options.signature.empty()) options.signature = options.file + std::string(kSignatureSuffix);
  const auto text = ReadBoundedFile(options.file, kMaxRevocationBytes);
  if (!text) return text.error();
  const auto signature = ReadBoundedFile(options.signature, kMaxSignatureBytes);
  if (!signature) return signature.error();
  auto application = session.OpenCatalogAsIs(OpenMode::kCreateIfMissing);
  if (!application) return application.error();
  const auto folder = ReadTrustFolder((*application)->settings().trust_folder);
  if (!folder) return folder.error();
  auto effect = ApplyRevocationList(*folder, *text, *signature, (*application)->store());
  if (!effect) return effect.error();
  // What the list no longer names returns from the plugin folders.
  const auto admitted = session.Admit(**application, /*verbose=*/false);
  if (!admitted) return admitted.error();
  if (as_json) {
    json::Document document;
    json::Value object = ToJson(*effect, document.GetAllocator());
    json::Set(object, "snapshot", admitted->snapshot->id, document.GetAllocator());
    session.PrintJson(object);
  } else {
    PrintEffect(session, *effect, admitted->snapshot->id);
  }
  return kExitOk;
}

Result<int> RunSign(Session& session, const SignOptions& options) {
  const auto text = ReadBoundedFile(options.file, kMaxRevocationBytes);
  if (!text) return text.error();
  const ParsedRevocations parsed = ParseRevocations(*text);
  PrintFindings(session.err(), session.error_style(), parsed.findings);
  if (!parsed.list) return InvalidArgument("nothing was signed: correct the list first");
  const auto key = ReadSecretKey(session, options.key);
  if (!key) return key.error();
  const auto signature =
      key->Sign(*text, fmt::format("stackport-revocations serial={} signed={}", parsed.list->serial,
                                   session.environment().clock.NowUtc()));
  if (!signature) return signature.error();
  const std::string path = options.file + std::string(kSignatureSuffix);
  if (Status written = ReplaceFile(path, *signature); !written) return written.error();
  session.out() << "list with the serial " << parsed.list->serial << ", "
                << Count(static_cast<std::int64_t>(parsed.list->entries.size()), "entry", "entries")
                << ", signed with key " << KeyIdText(key->public_key().id) << ": " << Shown(path)
                << "\n";
  return kExitOk;
}

}  // namespace

void AddTrustRevocationsCommand(CLI::App& trust, Invocation& invocation) {
  CLI::App* command = AddCommand(trust, "revocations", "The list of revocations: show, apply, sign",
                                 "stackport trust revocations apply revocations.json");
  CLI::App* show =
      AddCommand(*command, "show", "The list in force", "stackport trust revocations show");
  AddJsonFlag(*show, invocation);
  show->callback([&invocation] {
    invocation.body = [&invocation](Session& session) { return RunShow(session, invocation.json); };
  });

  CLI::App* apply =
      AddCommand(*command, "apply",
                 "Put a signed list into force; a server on the same catalog follows at once",
                 "stackport trust revocations apply revocations.json");
  const auto applied = std::make_shared<ApplyOptions>();
  apply->add_option("FILE", applied->file, "List (stackport.revocations/1)")
      ->type_name("")
      ->required();
  apply->add_option("--signature", applied->signature, "Its signature (default: FILE.minisig)")
      ->type_name("FILE");
  AddJsonFlag(*apply, invocation);
  apply->callback([applied, &invocation] {
    invocation.body = [applied, &invocation](Session& session) {
      return RunApply(session, *applied, invocation.json);
    };
  });

  CLI::App* sign = AddCommand(*command, "sign", "Check a list and sign it, as `minisign -S` would",
                              "stackport trust revocations sign revocations.json --key issuer.key");
  const auto signing = std::make_shared<SignOptions>();
  sign->add_option("FILE", signing->file, "List (stackport.revocations/1)")
      ->type_name("")
      ->required();
  signing->key.AddTo(*sign);
  sign->callback([signing, &invocation] {
    invocation.body = [signing](Session& session) { return RunSign(session, *signing); };
  });
}

}  // namespace stackport::cli
