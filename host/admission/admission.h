// Judges one plugin: from a folder's name to components that may enter the catalog.
//
//   folder -> manifest -> trust -> verified bytes -> confined scanner -> documents -> components
//
// The same judge for the host that starts, for a reload, and for `stackport plugin check`.
#ifndef STACKPORT_HOST_ADMISSION_ADMISSION_H_
#define STACKPORT_HOST_ADMISSION_ADMISSION_H_

#include <optional>
#include <string>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/model/component.h"
#include "catalog/model/registry.h"
#include "catalog/model/snapshot.h"
#include "catalog/store/catalog_store.h"
#include "host/admission/manifest.h"
#include "host/admission/plugin_files.h"
#include "host/admission/scan.h"
#include "host/admission/trust.h"

namespace stackport {

enum class AdmissionOutcome {
  kAdmitted,
  kUnchanged,  // the content is in the catalog already, and its files are as they were
  kRefused,
  kQuarantined,  // refused, and its code is not run again before a stated time
};
std::string_view AdmissionOutcomeName(AdmissionOutcome outcome);  // "admitted", ...

// The findings about one document of a plugin.
struct DocumentFindings {
  // "manifest.json", "documents/x8.json", "document 3 of the library", or the folder's name.
  std::string origin;
  std::vector<Finding> findings;
};

// What is kept of a judgement that still holds.
struct EarlierJudgement {
  std::string at;        // RFC 3339
  std::string stage;     // where the plugin failed
  std::string evidence;  // JSON text
};

struct AdmissionReport {
  std::string folder;
  AdmissionOutcome outcome = AdmissionOutcome::kRefused;
  // From the manifest; plugin.id is empty when there is none that can be read.
  PluginRecord plugin;
  // Documents with findings alone, errors and warnings.
  std::vector<DocumentFindings> documents;
  std::optional<ScanEvidence> evidence;  // when a library was scanned
  std::vector<Component> components;     // empty unless admitted
  std::vector<Component> withheld;       // described, and revoked one by one
  // Set when the content was refused in an earlier round and was not judged again.
  std::optional<EarlierJudgement> earlier;
  std::optional<Quarantine> quarantine;  // when the outcome is kQuarantined
  // Version of the plugin that stays in service although this one was refused; empty: none.
  std::string stale_version;

  bool refused() const {
    return outcome == AdmissionOutcome::kRefused || outcome == AdmissionOutcome::kQuarantined;
  }
  // The first error in one line; empty when there is none.
  std::string Reason() const;
  // Adds a finding and, when it is an error, refuses.
  void Add(const std::string& origin, std::vector<Finding> findings);
};

json::Value ToJson(const AdmissionReport& report, json::Allocator& allocator);
// For people: one line for the outcome, then one for each finding.
std::string ToText(const AdmissionReport& report);

struct AdmissionSettings {
  TrustPolicy trust;
  ScanSettings scan;
  const Registry* registry = nullptr;  // null: the one compiled in
};

// A plugin whose manifest was read and whose source is trusted; nothing else was looked at yet.
// Holds no descriptor, so that a thousand of them can wait their turn.
struct PluginCandidate {
  std::string path;
  Manifest manifest;
};

// Reads the manifest and decides on trust. Nothing is returned when the plugin is refused; the
// reason is in `report`, which gets folder and plugin in any case.
std::optional<PluginCandidate> OpenCandidate(const std::string& path, const TrustPolicy& trust,
                                             AdmissionReport& report);

// Reads every file that the manifest lists and compares it; what does not fit is refused, with the
// reasons in `report`, and nothing is returned.
std::optional<PluginFiles> ReadVerified(const PluginCandidate& candidate, AdmissionReport& report);

// Verifies the bytes, scans the library, and parses every document; fills in the outcome.
void AdmitCandidate(const PluginCandidate& candidate, const AdmissionSettings& settings,
                    AdmissionReport& report);

// Both, one after the other. Thread-safe; never throws.
AdmissionReport AdmitFolder(const std::string& path, const AdmissionSettings& settings);

// The NAME.stackport entries of a folder of plugins, as paths, sorted by name. An error when the
// folder does not exist or cannot be read.
Result<std::vector<std::string>> DiscoverPlugins(const std::string& folder);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_ADMISSION_H_
