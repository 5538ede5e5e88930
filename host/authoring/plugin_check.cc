#include "host/authoring/plugin_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>
#include <utility>

#include "catalog/advice/advisor.h"
#include "catalog/base/text.h"
#include "host/admission/plugin_folder.h"
#include "host/admission/quarantine.h"
#include "host/admission/revoked.h"
#include "host/authoring/exported_symbols.h"

namespace stackport {
namespace {

constexpr std::string_view kEntry = "stackport_plugin_entry";
// Exported names that a message lists.
constexpr std::size_t kShownSymbols = 5;

std::string Plural(std::size_t count, const char* one) {
  return fmt::format("{} {}{}", count, one, count == 1 ? "" : "s");
}

// Whether the library did not come back, rather than answering wrongly.
bool IsCrash(ScanOutcome outcome) {
  return IsMisbehaviour(outcome) && outcome != ScanOutcome::kUnstable;
}

class Checker {
 public:
  Checker(const std::string& folder, const PluginCheckSettings& settings)
      : folder_(folder), settings_(settings) {}

  PluginCheck Run() {
    check_.report = AdmitFolder(folder_, settings_.admission);
    if (!RefuseRevoked(settings_.revocations, check_.report)) {
      WithholdRevoked(settings_.revocations, check_.report);
    }
    Manifest();
    Signature();
    Exports();
    Library();
    Documents();
    GiveAdvice();
    Grade();
    return std::move(check_);
  }

 private:
  bool refused() const { return check_.report.refused(); }

  void Add(std::string name, CheckStatus status, std::string says,
           std::vector<CheckFinding> findings = {}) {
    check_.checks.push_back({std::move(name), status, std::move(says), std::move(findings)});
  }

  // As the manifest names it; empty for documents alone, or without a manifest.
  std::string LibraryName() const {
    const auto folder = PluginFolder::Open(folder_);
    if (!folder) return {};
    const auto text = folder->ReadFile(kManifestName, kMaxManifestBytes);
    if (!text) return {};
    const ParsedManifest parsed = ParseManifest(*text);
    return parsed.manifest ? parsed.manifest->library : std::string();
  }

  // The findings of the report for which `wanted` holds, and what they come to.
  template <typename Wanted>
  std::pair<CheckStatus, std::vector<CheckFinding>> Take(Wanted wanted) const {
    std::vector<CheckFinding> findings;
    CheckStatus status = CheckStatus::kSuccess;
    for (const DocumentFindings& document : check_.report.documents) {
      if (!wanted(document.origin)) continue;
      for (const Finding& finding : document.findings) {
        if (finding.severity == Severity::kError) {
          status = CheckStatus::kFailure;
        } else if (status == CheckStatus::kSuccess) {
          status = CheckStatus::kWarning;
        }
        findings.push_back({document.origin, false, finding});
      }
    }
    return {status, std::move(findings)};
  }

  static bool IsDocument(const std::string& origin) {
    return origin.starts_with("documents/") || origin.starts_with("document ");  // of the library
  }

  void Manifest() {
    auto [status, findings] = Take([&](const std::string& origin) {
      return !IsDocument(origin) && origin != library_ && origin != kSignatureName;
    });
    Add("manifest", status,
        status == CheckStatus::kFailure ? "manifest, sizes or hashes do not hold"
                                        : "manifest, sizes and hashes hold",
        std::move(findings));
  }

  void Signature() {
    auto [status, findings] =
        Take([](const std::string& origin) { return origin == kSignatureName; });
    const PluginRecord& plugin = check_.report.plugin;
    if (status == CheckStatus::kFailure) {
      Add("signature", status, "the signature does not hold, so no host takes the plugin",
          std::move(findings));
    } else if (plugin.trust == PluginTrust::kSigned) {
      Add("signature", CheckStatus::kSuccess,
          "signed by " + plugin.vendor.id + " with the key " + plugin.key_id);
    } else if (!plugin.key_id.empty()) {
      Add("signature", CheckStatus::kSkipped,
          "signed with the key " + plugin.key_id +
              ", which no trust folder here has; `stackport trust add VENDOR FILE.pub` adds it");
    } else if (plugin.id.empty()) {
      Add("signature", CheckStatus::kSkipped, "there is no manifest to compare it with");
    } else {
      Add("signature", CheckStatus::kSkipped,
          "unsigned: hosts admit it only from folders whose content their operator vouches for; "
          "`stackport plugin sign` signs it");
    }
  }

  void Exports() {
    if (library_.empty()) {
      return Add("exports", CheckStatus::kSkipped, "there is no library");
    }
    const auto folder = PluginFolder::Open(folder_);
    const auto bytes =
        folder ? folder->ReadFile(library_, kMaxPluginBytes) : Result<std::string>(folder.error());
    if (!bytes) return Add("exports", CheckStatus::kSkipped, bytes.error().message);
    auto names = ExportedSymbols(*bytes);
    if (!names) return Add("exports", CheckStatus::kSkipped, names.error().message);
    std::erase(*names, kEntry);
    if (names->empty()) {
      return Add("exports", CheckStatus::kSuccess, "nothing but the entry is exported");
    }
    const std::size_t count = names->size();
    if (names->size() > kShownSymbols) names->resize(kShownSymbols);
    Finding finding{
        Severity::kWarning,
        "exported_symbols",
        "/library",
        fmt::format("the library exports {} besides the entry: {}{}", Plural(count, "symbol"),
                    Join(*names, ", "), count > names->size() ? ", …" : ""),
        "one exported symbol, stackport_plugin_entry",
        "build with stackport_add_plugin, or with -fvisibility=hidden and "
        "-Wl,--version-script=plugin.map of the SDK"};
    Add("exports", CheckStatus::kWarning, "more than the entry is exported",
        {{library_, false, std::move(finding)}});
  }

  void Library() {
    if (library_.empty()) {
      return Add("library", CheckStatus::kSkipped, "there is no library: no code runs");
    }
    if (!check_.report.evidence) {
      return Add("library", CheckStatus::kSkipped, "not loaded: something before it does not hold");
    }
    const ScanEvidence& scan = *check_.report.evidence;
    auto [status, findings] = Take([&](const std::string& origin) { return origin == library_; });
    if (status == CheckStatus::kFailure && IsCrash(scan.outcome)) status = CheckStatus::kCrash;
    std::string says =
        status == CheckStatus::kSuccess
            ? fmt::format("describes itself alike in two confined runs, {} ms of CPU time",
                          scan.cpu_ms)
            : fmt::format("scan: {} in stage {}", ScanOutcomeName(scan.outcome),
                          StageName(scan.stage));
    if (!scan.output_tail.empty() && status != CheckStatus::kSuccess) {
      says += "; it printed: " + Printable(scan.output_tail, 400);
    }
    Add("library", status, std::move(says), std::move(findings));
  }

  void Documents() {
    const bool manifest_holds = check_.checks.front().status != CheckStatus::kFailure;
    if (!manifest_holds ||
        (!library_.empty() &&
         (!check_.report.evidence || check_.report.evidence->outcome != ScanOutcome::kDescribed))) {
      return Add("documents", CheckStatus::kSkipped, "not all of them were read");
    }
    auto [status, findings] = Take(IsDocument);
    Add("documents", status,
        status == CheckStatus::kFailure
            ? "not every document can be admitted"
            : fmt::format("{} in form", Plural(check_.report.components.size(), "component")),
        std::move(findings));
  }

  void GiveAdvice() {
    std::vector<Advice> advice;
    if (!refused()) {
      advice = Advise(check_.report.components, settings_.catalog.get(), settings_.today);
    }
    for (const AdviceTopic topic : kAdviceTopics) {
      const std::string name(AdviceTopicName(topic));
      if (refused()) {
        Add(name, CheckStatus::kSkipped, "advice follows once the plugin can be admitted");
        continue;
      }
      if (topic == AdviceTopic::kNeeds && !settings_.catalog) {
        Add(name, CheckStatus::kSkipped, settings_.no_catalog);
        continue;
      }
      std::vector<CheckFinding> findings;
      std::size_t warnings = 0;
      for (Advice& one : advice) {
        if (one.topic != topic) continue;
        warnings += one.note ? 0U : 1U;
        findings.push_back({one.component, one.note, std::move(one.finding)});
      }
      const std::size_t notes = findings.size() - warnings;
      std::string says = "nothing to remark";
      if (!findings.empty()) {
        says = Plural(warnings, "warning") + ", " + Plural(notes, "note");
      }
      Add(name, warnings > 0 ? CheckStatus::kWarning : CheckStatus::kSuccess, std::move(says),
          std::move(findings));
    }
  }

  void Grade() {
    for (const CheckResult& result : check_.checks) {
      for (const CheckFinding& finding : result.findings) {
        if (finding.note) {
          ++check_.notes;
        } else if (finding.finding.severity == Severity::kWarning) {
          ++check_.warnings;
        }
      }
    }
    const std::size_t components = check_.report.components.size();
    const std::size_t warnings = check_.warnings;
    if (refused()) {
      check_.grade = CheckGrade::kF;
    } else if (warnings == 0) {
      check_.grade = CheckGrade::kA;
    } else if (warnings <= std::max<std::size_t>(1, components / 4)) {
      check_.grade = CheckGrade::kB;
    } else if (warnings <= std::max<std::size_t>(3, components)) {
      check_.grade = CheckGrade::kC;
    } else {
      check_.grade = CheckGrade::kD;
    }
  }

  const std::string& folder_;
  const PluginCheckSettings& settings_;
  const std::string library_ = LibraryName();
  PluginCheck check_;
};

}  // namespace

std::string_view CheckStatusName(CheckStatus status) {
  switch (status) {
    case CheckStatus::kSuccess:
      return "success";
    case CheckStatus::kWarning:
      return "warning";
    case CheckStatus::kFailure:
      return "failure";
    case CheckStatus::kCrash:
      return "crash";
    case CheckStatus::kSkipped:
      return "skipped";
  }
  return "skipped";
}

PluginCheck CheckPlugin(const std::string& folder, const PluginCheckSettings& settings) {
  try {
    return Checker(folder, settings).Run();
  } catch (const std::exception& error) {
    PluginCheck check;
    check.report.folder = folder;
    check.checks.push_back({"manifest",
                            CheckStatus::kFailure,
                            std::string("the check failed: ") + Printable(error.what()),
                            {}});
    return check;
  }
}

json::Value ToJson(const PluginCheck& check, json::Allocator& allocator) {
  json::Value object = ToJson(check.report, allocator);
  // The findings stand with the checks that made them.
  object.RemoveMember("documents");
  const char grade[] = {static_cast<char>(check.grade), '\0'};
  json::Set(object, "grade", grade, allocator);
  json::Set(object, "warnings", check.warnings, allocator);
  json::Set(object, "notes", check.notes, allocator);
  json::Value checks(rapidjson::kArrayType);
  for (const CheckResult& result : check.checks) {
    json::Value item(rapidjson::kObjectType);
    json::Set(item, "name", result.name, allocator);
    json::Set(item, "status", CheckStatusName(result.status), allocator);
    json::Set(item, "says", result.says, allocator);
    json::Value findings(rapidjson::kArrayType);
    for (const CheckFinding& one : result.findings) {
      json::Value finding = ToJson(one.finding, allocator);
      if (one.note) finding["severity"].SetString("note");
      json::Set(finding, "where", one.where, allocator);
      findings.PushBack(finding, allocator);
    }
    json::Set(item, "findings", std::move(findings), allocator);
    checks.PushBack(item, allocator);
  }
  json::Set(object, "checks", std::move(checks), allocator);
  return object;
}

}  // namespace stackport
