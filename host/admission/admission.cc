#include "host/admission/admission.h"

#include <dirent.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <exception>
#include <map>
#include <memory>
#include <utility>

#include "catalog/base/text.h"
#include "catalog/model/component_parser.h"
#include "host/admission/plugin_files.h"
#include "host/admission/plugin_folder.h"
#include "host/admission/sealed_file.h"
#include "host/admission/tabulated_offers.h"

namespace stackport {
namespace {

Finding ErrorFinding(std::string code, std::string message, std::string expected,
                     std::string remedy, std::string pointer = {}) {
  return {Severity::kError,   std::move(code),     std::move(pointer),
          std::move(message), std::move(expected), std::move(remedy)};
}

std::string LastName(const std::string& path) {
  const std::size_t end = path.find_last_not_of('/');
  if (end == std::string::npos) return path;
  const std::size_t slash = path.rfind('/', end);
  return path.substr(slash == std::string::npos ? 0 : slash + 1,
                     end - (slash == std::string::npos ? 0 : slash + 1) + 1);
}

// Parses documents one by one and keeps ids apart.
class ComponentCollector {
 public:
  ComponentCollector(const Manifest& manifest, const Registry& registry, AdmissionReport& report)
      : manifest_(manifest), registry_(registry), report_(report) {}

  void Take(const std::string& origin, std::string_view document) {
    if (++documents_ > kMaxDocuments) {
      if (documents_ == kMaxDocuments + 1) {
        report_.Add(origin, {ErrorFinding("limit",
                                          "the plugin has more than " +
                                              std::to_string(kMaxDocuments) + " components",
                                          "at most that, from documents and library together",
                                          "split the plugin into several")});
      }
      return;
    }
    ParsedComponent parsed = ParseComponent(document, manifest_.vendor.id, registry_);
    report_.Add(origin, std::move(parsed.findings));
    if (!parsed.component) return;
    const auto [known, is_new] = origin_of_id_.emplace(parsed.component->id, origin);
    if (!is_new) {
      report_.Add(origin, {ErrorFinding("duplicate_component",
                                        "the component " + Quoted(known->first) +
                                            " is described in " + known->second + " already",
                                        "each component id once", "remove or rename one of the two",
                                        "/id")});
      return;
    }
    components_.push_back(std::move(*parsed.component));
  }

  std::vector<Component> Components() && { return std::move(components_); }

 private:
  const Manifest& manifest_;
  const Registry& registry_;
  AdmissionReport& report_;
  std::map<std::string, std::string> origin_of_id_;
  std::vector<Component> components_;
  std::size_t documents_ = 0;
};

Finding FindingOf(const ScanEvidence& evidence) {
  return ErrorFinding(std::string("scan_") + std::string(ScanOutcomeName(evidence.outcome)),
                      evidence.explanation, "a library that describes its components and returns",
                      evidence.remedy);
}

// A library that was forgotten in a rebuild still names the old version.
void CompareIdentity(const ScanResult& scan, const Manifest& manifest, AdmissionReport& report) {
  if (scan.plugin_id == manifest.id && scan.plugin_version == manifest.version) return;
  report.Add(
      manifest.library,
      {ErrorFinding("identity",
                    "the library says it is " + Quoted(scan.plugin_id) + " version " +
                        Quoted(scan.plugin_version) + ", the manifest says " + Quoted(manifest.id) +
                        " version " + Quoted(manifest.version),
                    "the same plugin id and version in both",
                    "state one id and one version in the source and in manifest.in.json, build "
                    "and pack again")});
}

void ScanInto(const PluginCandidate& candidate, const std::string& library,
              const AdmissionSettings& settings, AdmissionReport& report,
              ComponentCollector& collector) {
  const Manifest& manifest = candidate.manifest;
  const auto sealed = SealInMemory(library);
  if (!sealed) {
    report.Add(manifest.library,
               {ErrorFinding("scan_failed", sealed.error().message, "memory for the library",
                             "free memory on this machine and try again")});
    return;
  }
  ScanSettings scan_settings = settings.scan;
  // A signature says whose code it is, not that the operator wants it run unconfined.
  scan_settings.untrusted =
      scan_settings.untrusted || report.plugin.trust != PluginTrust::kUnsignedTrustedFolder;
  ScanResult scan = ScanLibrary(sealed->get(), scan_settings);
  report.evidence = std::move(scan.evidence);
  if (report.evidence->outcome != ScanOutcome::kDescribed) {
    report.Add(manifest.library, {FindingOf(*report.evidence)});
    return;
  }
  CompareIdentity(scan, manifest, report);
  AttachOffers(scan.offers, scan.documents);
  for (std::size_t i = 0; i < scan.documents.size(); ++i) {
    collector.Take("document " + std::to_string(i + 1) + " of the library", scan.documents[i]);
  }
}

bool HasErrors(const AdmissionReport& report) {
  return std::any_of(report.documents.begin(), report.documents.end(),
                     [](const auto& document) { return HasErrors(document.findings); });
}

}  // namespace

std::string_view AdmissionOutcomeName(AdmissionOutcome outcome) {
  switch (outcome) {
    case AdmissionOutcome::kAdmitted:
      return "admitted";
    case AdmissionOutcome::kUnchanged:
      return "unchanged";
    case AdmissionOutcome::kRefused:
      return "refused";
    case AdmissionOutcome::kQuarantined:
      return "quarantined";
  }
  return "refused";
}

std::string AdmissionReport::Reason() const {
  for (const DocumentFindings& document : documents) {
    for (const Finding& finding : document.findings) {
      if (finding.severity == Severity::kError) return document.origin + ": " + finding.message;
    }
  }
  return {};
}

void AdmissionReport::Add(const std::string& origin, std::vector<Finding> findings) {
  if (findings.empty()) return;
  if (stackport::HasErrors(findings)) outcome = AdmissionOutcome::kRefused;
  if (documents.empty() || documents.back().origin != origin) documents.push_back({origin, {}});
  auto& kept = documents.back().findings;
  kept.insert(kept.end(), std::make_move_iterator(findings.begin()),
              std::make_move_iterator(findings.end()));
}

std::optional<PluginCandidate> OpenCandidate(const std::string& path, const TrustPolicy& trust,
                                             AdmissionReport& report) {
  report.folder = path;
  auto folder = PluginFolder::Open(path);
  if (!folder) {
    report.Add(Printable(LastName(path)),
               {ErrorFinding("folder", folder.error().message, "a folder NAME.stackport/",
                             "name the plugin's folder itself")});
    return std::nullopt;
  }
  const std::string manifest_name(kManifestName);
  const auto text = folder->ReadFile(kManifestName, kMaxManifestBytes);
  if (!text) {
    report.Add(manifest_name,
               {ErrorFinding("manifest", text.error().message, "a manifest in every plugin folder",
                             "run `stackport plugin pack`, which writes it")});
    return std::nullopt;
  }
  ParsedManifest parsed = ParseManifest(*text);
  report.Add(manifest_name, std::move(parsed.findings));
  if (!parsed.manifest) return std::nullopt;

  Manifest& manifest = *parsed.manifest;
  report.plugin.id = manifest.id;
  report.plugin.version = manifest.version;
  report.plugin.content_hash = manifest.content_hash;
  report.plugin.vendor = manifest.vendor;
  report.plugin.form = manifest.form();
  TrustVerdict verdict = trust.Judge(*folder, manifest, *text);
  report.plugin.key_id = std::move(verdict.key_id);
  report.Add(std::string(kSignatureName), std::move(verdict.findings));
  if (!verdict.trust) return std::nullopt;
  report.plugin.trust = *verdict.trust;
  return PluginCandidate{path, std::move(manifest)};
}

std::optional<PluginFiles> ReadVerified(const PluginCandidate& candidate, AdmissionReport& report) {
  // Opened anew: whatever folder is there now, only bytes that the manifest names are used.
  const auto folder = PluginFolder::Open(candidate.path);
  if (!folder) {
    report.Add(Printable(LastName(candidate.path)),
               {ErrorFinding("folder", folder.error().message, "the folder that was there before",
                             "put the folder back, then reload")});
    return std::nullopt;
  }
  PluginFiles files = ReadPluginFiles(*folder, candidate.manifest);
  const bool fits = !stackport::HasErrors(files.findings);
  report.Add(std::string(kManifestName), std::move(files.findings));
  if (!fits) return std::nullopt;
  return files;
}

void AdmitCandidate(const PluginCandidate& candidate, const AdmissionSettings& settings,
                    AdmissionReport& report) {
  // Bytes that are not what the manifest says are not parsed, and above all not loaded.
  const std::optional<PluginFiles> files = ReadVerified(candidate, report);
  if (!files) return;

  const Manifest& manifest = candidate.manifest;
  const Registry& registry = settings.registry ? *settings.registry : Registry::Builtin();
  ComponentCollector collector(manifest, registry, report);
  for (const std::string& document : manifest.documents) {
    collector.Take(document, files->bytes_by_path.at(document));
  }
  if (!manifest.library.empty()) {
    ScanInto(candidate, files->bytes_by_path.at(manifest.library), settings, report, collector);
  }
  if (HasErrors(report)) return;
  report.components = std::move(collector).Components();
  if (report.components.empty()) {
    report.Add(manifest.library, {ErrorFinding("empty_plugin", "the plugin describes no component",
                                               "at least one", "emit a component in describe")});
    return;
  }
  report.outcome = AdmissionOutcome::kAdmitted;
}

AdmissionReport AdmitFolder(const std::string& path, const AdmissionSettings& settings) {
  AdmissionReport report;
  try {
    if (const auto candidate = OpenCandidate(path, settings.trust, report)) {
      AdmitCandidate(*candidate, settings, report);
    }
  } catch (const std::exception& error) {
    report.components.clear();
    report.Add(
        Printable(LastName(path)),
        {ErrorFinding("internal",
                      std::string("the plugin could not be judged: ") + Printable(error.what()),
                      "a verdict", "report this fault with the plugin")});
  }
  return report;
}

Result<std::vector<std::string>> DiscoverPlugins(const std::string& folder) {
  const std::unique_ptr<DIR, int (*)(DIR*)> entries(opendir(folder.c_str()), closedir);
  if (!entries) {
    const std::string why = std::strerror(errno);
    const auto code = errno == ENOENT ? ErrorCode::kNotFound : ErrorCode::kUnavailable;
    return Error{code,
                 "the plugin folder cannot be read: " + why +
                     "; name a folder that holds NAME.stackport/ folders",
                 Printable(folder, 400)};
  }
  std::vector<std::string> plugins;
  while (true) {
    errno = 0;
    const dirent* entry = readdir(entries.get());
    if (!entry) break;
    const std::string_view name = entry->d_name;
    if (name.size() > kPluginFolderSuffix.size() && name.ends_with(kPluginFolderSuffix)) {
      plugins.push_back(folder + (folder.ends_with('/') ? "" : "/") + std::string(name));
    }
  }
  if (errno != 0) {
    return Unavailable(
        std::string("the plugin folder cannot be read to its end: ") + std::strerror(errno),
        Printable(folder, 400));
  }
  std::sort(plugins.begin(), plugins.end());
  return plugins;
}

}  // namespace stackport
