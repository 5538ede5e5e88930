// The catalog that this tree ships with, as a host has it: the built plugins, admitted.
#ifndef STACKPORT_TESTS_SUPPORT_BUNDLED_CATALOG_H_
#define STACKPORT_TESTS_SUPPORT_BUNDLED_CATALOG_H_

#include <stdexcept>
#include <string>
#include <vector>

#include "catalog/base/clock.h"
#include "host/admission/admit_all.h"
#include "tests/support/temp_folder.h"

namespace stackport::testing {

// Admits the plugins below `folder` into a catalog of its own, which is gone afterwards. Throws
// when one of them is not admitted. Needs the program stackport-scanner beside the caller's.
inline SnapshotPtr AdmitBundled(const std::string& folder) {
  const TempFolder temporary;
  const SystemClock clock;
  const auto store =
      CatalogStore::Open(temporary / "catalog.db", OpenMode::kCreateIfMissing, clock);
  if (!store) throw std::runtime_error(store.error().ToString());
  AdmitAllSettings settings;
  settings.scan.scanner_path = DefaultScannerPath();
  const std::vector<PluginSource> sources = {{folder, TrustPolicy{.unsigned_allowed = true}}};
  const auto report = AdmitAll(sources, **store, settings);
  if (!report) throw std::runtime_error(report.error().ToString());
  for (const AdmissionReport& plugin : report->plugins) {
    if (plugin.refused()) throw std::runtime_error(plugin.Reason());
  }
  return report->snapshot;
}

}  // namespace stackport::testing

#endif  // STACKPORT_TESTS_SUPPORT_BUNDLED_CATALOG_H_
