// stackport plugin check: the host's own judgement of one folder and a colleague's advice, changing
// nothing.
#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <system_error>

#include "catalog/base/text.h"
#include "host/admission/trust_folder.h"
#include "host/authoring/plugin_check.h"
#include "host/cli/exit_codes.h"
#include "host/cli/figures_text.h"
#include "host/cli/layout.h"
#include "host/cli/plugin_commands.h"

namespace stackport::cli {
namespace {

struct CheckFlags {
  std::string folder;
  bool strict = false;
  bool quiet = false;
};

Tone ToneOf(CheckStatus status) {
  switch (status) {
    case CheckStatus::kSuccess:
      return Tone::kGood;
    case CheckStatus::kWarning:
      return Tone::kWarn;
    case CheckStatus::kFailure:
    case CheckStatus::kCrash:
      return Tone::kBad;
    case CheckStatus::kSkipped:
      return Tone::kDim;
  }
  return Tone::kPlain;
}

void PrintFinding(std::ostream& out, const Style& style, const CheckFinding& one) {
  const Finding& finding = one.finding;
  const bool error = finding.severity == Severity::kError;
  const char* word = one.note ? "note" : error ? "error" : "warning";
  const Tone tone = one.note ? Tone::kDim : error ? Tone::kBad : Tone::kWarn;
  out << "    " << style.Paint(tone, word) << " in " << Shown(one.where)
      << (finding.pointer.empty() ? "" : " at " + Shown(finding.pointer)) << ": "
      << Shown(finding.message) << "\n";
  if (!finding.expected.empty()) out << "      expected: " << Shown(finding.expected) << "\n";
  if (!finding.remedy.empty()) out << "      mend: " << Shown(finding.remedy) << "\n";
}

void PrintCheck(Session& session, const PluginCheck& check, bool quiet) {
  const Style style = session.style();
  std::ostream& out = session.out();
  const AdmissionReport& report = check.report;
  out << style.Paint(Tone::kStrong, report.plugin.id.empty()
                                        ? Shown(report.folder)
                                        : report.plugin.id + " " + report.plugin.version)
      << ": "
      << style.Paint(check.passed() ? Tone::kGood : Tone::kBad,
                     check.passed() ? "would be admitted" : "would be refused")
      << fmt::format(", grade {}, ", static_cast<char>(check.grade))
      << Count(static_cast<std::int64_t>(report.components.size()), "component") << ", "
      << Count(static_cast<std::int64_t>(check.warnings), "warning") << ", "
      << Count(static_cast<std::int64_t>(check.notes), "note") << "\n";
  constexpr std::size_t kNameWidth = 14, kStatusWidth = 9;
  for (const CheckResult& result : check.checks) {
    out << "  " << PadRight(result.name, kNameWidth)
        << style.Paint(ToneOf(result.status),
                       PadRight(std::string(CheckStatusName(result.status)), kStatusWidth))
        << Shown(result.says) << "\n";
    for (const CheckFinding& finding : result.findings) {
      if (!finding.note || !quiet) PrintFinding(out, style, finding);
    }
  }
}

// Judges the signature as a host with this trust folder would.
Status FindTrust(Session& session, PluginCheckSettings& settings) {
  const auto named = session.Settings(OpenMode::kReadOnly);
  if (!named) return {};  // no catalog's place is known; FindCatalog says so
  auto folder = ReadTrustFolder(named->trust_folder);
  if (!folder) return folder.error();
  settings.admission.trust.keys = std::move(folder->keys);
  return {};
}

// The catalog as it is, where there is one; else why not.
void FindCatalog(Session& session, PluginCheckSettings& settings) {
  const auto named = session.Settings(OpenMode::kReadOnly);
  std::error_code error;
  if (!named || !std::filesystem::exists(named->catalog_path, error)) {
    settings.no_catalog =
        "there is no catalog to look for providers in; name one with --catalog, or fill the "
        "default one with `stackport plugin admit`";
    return;
  }
  const auto application = session.OpenCatalogAsIs(OpenMode::kReadOnly);
  if (application) {
    settings.catalog = (*application)->snapshot();
    if (auto revocations = (*application)->store().Revocations()) {
      settings.revocations = *std::move(revocations);
    }
  } else {
    settings.no_catalog = "the catalog cannot be read: " + application.error().ToString();
  }
  if (settings.catalog && settings.catalog->components.empty()) {
    settings.catalog = nullptr;
    settings.no_catalog = "the catalog is empty; fill it with `stackport plugin admit`";
  }
}

// A project is not a plugin folder yet; the folder inside it is.
Status NeedPluginFolder(const std::string& folder) {
  namespace fs = std::filesystem;
  std::error_code error;
  const fs::path path(folder);
  if (fs::exists(path / "manifest.json", error) || !fs::exists(path / "manifest.in.json", error)) {
    return {};
  }
  return InvalidArgument(
      "this is a project, not a plugin folder; run `stackport plugin pack` in it, then check the "
      "NAME.stackport folder that it writes",
      Printable(folder, kMaxShownText));
}

Result<int> RunCheck(Session& session, const CheckFlags& flags, bool as_json) {
  if (const Status fits = NeedPluginFolder(flags.folder); !fits) return fits.error();
  PluginCheckSettings settings;
  // Whoever checks a folder vouches for it, as a vendor does for the own build.
  settings.admission.trust.unsigned_allowed = true;
  settings.admission.scan.scanner_path = DefaultScannerPath();
  constexpr std::size_t kDateLength = 10;
  settings.today = session.environment().clock.NowUtc().substr(0, kDateLength);
  if (const Status trusted = FindTrust(session, settings); !trusted) return trusted.error();
  FindCatalog(session, settings);
  const PluginCheck check = CheckPlugin(flags.folder, settings);
  if (as_json) {
    json::Document document;
    session.PrintJson(ToJson(check, document.GetAllocator()));
  } else {
    PrintCheck(session, check, flags.quiet);
  }
  const bool passed = check.passed() && (!flags.strict || check.warnings == 0);
  return passed ? kExitOk : kExitNegative;
}

}  // namespace

void AddPluginCheckCommand(CLI::App& plugin, Invocation& invocation) {
  CLI::App* check =
      AddCommand(plugin, "check", "Judge a plugin folder as the host would, and give advice",
                 "stackport plugin check example-servers.stackport");
  const auto flags = std::make_shared<CheckFlags>();
  check->add_option("FOLDER", flags->folder, "NAME.stackport folder")->type_name("")->required();
  check->add_flag("--strict", flags->strict, "Exit with 1 for warnings as well");
  check->add_flag("--quiet", flags->quiet, "Leave the notes out");
  AddJsonFlag(*check, invocation);
  check->callback([flags, &invocation] {
    invocation.body = [flags, &invocation](Session& session) {
      return RunCheck(session, *flags, invocation.json);
    };
  });
}

}  // namespace stackport::cli
