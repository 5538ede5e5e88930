// Brings the catalog in line with the folders of plugins: what is new or changed is judged and
// admitted, what is gone is removed, all of it as one change.
#ifndef STACKPORT_HOST_ADMISSION_ADMIT_ALL_H_
#define STACKPORT_HOST_ADMISSION_ADMIT_ALL_H_

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <vector>

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
};

// Told after each plugin was judged. Conflicts between plugins are found afterwards, so a report
// that says "admitted" here may say "refused" in the end.
struct AdmissionProgress {
  std::size_t done = 0;
  std::size_t total = 0;
  const AdmissionReport& report;
};
using AdmissionObserver = std::function<void(const AdmissionProgress&)>;

struct AdmitAllReport {
  std::vector<AdmissionReport> plugins;  // in the order of the sources, then by folder name
  std::vector<std::string> removed;      // ids of plugins whose folder is gone, sorted
  SnapshotPtr snapshot;                  // the current one after the change
};

// How often a host may die while it judges the same bytes before they are refused: once may be a
// power cut, twice is a pattern.
inline constexpr int kMaxInterruptions = 2;

// Judges every plugin below `sources` and applies the outcome to `store` in one change.
//   - One plugin that fails keeps no other out. Its earlier version, if there is one in the
//   catalog,
//     stays in service and is marked stale with the reason.
//   - A plugin whose content the catalog knows is not scanned again.
//   - Of two folders with the same plugin id the first stays; of two plugins with the same
//   component
//     id the one that was in service, else the first. The other is refused, naming both.
//   - A note is in the store while a plugin is judged, so a host that dies meanwhile is laid at
//   that
//     plugin's door at the next call.
// An error (a source cannot be read, the store fails) means that the catalog is as it was before.
// One call at a time for each store.
Result<AdmitAllReport> AdmitAll(std::span<const PluginSource> sources, CatalogStore& store,
                                const AdmitAllSettings& settings,
                                const AdmissionObserver& observer = {});

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_ADMIT_ALL_H_
