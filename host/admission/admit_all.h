// Brings the catalog in line with the folders of plugins: what is new or changed is judged and
// admitted, what is gone is removed, all of it as one change.
#ifndef STACKPORT_HOST_ADMISSION_ADMIT_ALL_H_
#define STACKPORT_HOST_ADMISSION_ADMIT_ALL_H_

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "catalog/base/clock.h"
#include "catalog/model/component_diff.h"
#include "catalog/store/catalog_store.h"
#include "host/admission/admission.h"

namespace stackport {

// A folder that holds NAME.stackport folders, and what the operator has decided about it.
struct PluginSource {
  std::string folder;
  TrustPolicy trust;
};

struct AdmitAllSettings {
  ScanSettings scan;
  const Registry* registry = nullptr;  // null: the one compiled in
  const Clock* clock = nullptr;        // null: the system's; decides when a quarantine is over
  std::size_t threads = 0;             // plugins judged side by side; 0: as many as cores
  // Judges unchanged plugins that were refused again. Quarantined ones wait for their time or their
  // release.
  bool again = false;
};

// Told of each plugin, in order, one call at a time, from whichever thread judged it. Conflicts
// between plugins are found afterwards, so a report that says "admitted" here may say "refused" in
// the end.
struct AdmissionProgress {
  std::size_t done = 0;
  std::size_t total = 0;
  const AdmissionReport& report;
};
using AdmissionObserver = std::function<void(const AdmissionProgress&)>;

struct AdmitAllReport {
  std::vector<AdmissionReport> plugins;  // in the order of the sources, then by folder name
  std::vector<std::string> removed;      // ids of plugins whose folder is gone, sorted
  ComponentDifference difference;        // what the change means, component by component
  SnapshotPtr snapshot;                  // the current one after the change

  std::size_t Count(AdmissionOutcome outcome) const;
  // "2 admitted, 193 unchanged, 1 quarantined, 0 removed; 3 prices changed": outcomes that did not
  // occur are left out, but for the first.
  std::string Summary() const;
  // About the trust folder, and what a new list of revocations did; filled by whoever read it.
  std::vector<Finding> trust_findings;
  RevocationEffect revocations;
};

// {"snapshot", "summary", "counts", "plugins": every report but the unchanged ones, "removed",
// "difference", "revocations"?: of a list that was applied, "trust_findings"?}
json::Value ToJson(const AdmitAllReport& report, json::Allocator& allocator);
// {"serial", "applied", "removed_plugins", "withheld_components", "restored_components",
// "flagged_answers"}
json::Value ToJson(const RevocationEffect& effect, json::Allocator& allocator);
// "revocations with the serial 7 applied: 1 plugin removed, 2 components withheld, 0 restored, 3
// given answers flagged"
std::string ToText(const RevocationEffect& effect);

// How often a host may die while it judges the same bytes before they are refused: once may be a
// power cut, twice is a pattern.
inline constexpr int kMaxInterruptions = 2;

// Judges every plugin below `sources` and applies the outcome to `store` in one transaction.
//   - One plugin that fails keeps no other out. Its earlier version, if there is one in the
//   catalog,
//     stays in service and is marked stale with the reason.
//   - A content that was judged before is not judged again: admitted ones are not scanned, and
//   their
//     files are only read, and compared with the manifest, when the file system says that one was
//     touched since; refused ones are refused for the same reason, and quarantined ones are not
//     run before their time (see quarantine.h) or their release.
//   - Plugins are judged side by side. The outcome does not depend on how many.
//   - Of two folders with the same plugin id the first stays; of two plugins with the same
//   component
//     id the one that was in service, else the first. The other is refused, naming both.
//   - A note is in the store while a plugin is judged, so a host that dies meanwhile is laid at its
//     door at the next call. Where several were under way, each is then judged alone, so that a
//     second death names the one; that one is quarantined.
// An error (a source cannot be read, the store fails, settings.scan.cancel) means that the catalog
// is as it was before. One call at a time for each store.
Result<AdmitAllReport> AdmitAll(std::span<const PluginSource> sources, CatalogStore& store,
                                const AdmitAllSettings& settings,
                                const AdmissionObserver& observer = {});

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_ADMIT_ALL_H_
