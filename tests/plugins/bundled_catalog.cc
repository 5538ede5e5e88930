#include "tests/plugins/bundled_catalog.h"

#include <gtest/gtest.h>

#include "host/app/application.h"
#include "tests/support/fake_clock.h"
#include "tests/support/temp_folder.h"

namespace stackport {
namespace {

SnapshotPtr AdmitBundled() {
  const TempFolder folder;
  FakeClock clock;
  ApplicationSettings settings;
  settings.catalog_path = folder / "catalog.db";
  settings.plugin_folders = {STACKPORT_BUILT_PLUGINS};
  auto application = Application::Open(settings, clock);
  if (!application) {
    ADD_FAILURE() << application.error().ToString();
    return std::make_shared<const CatalogSnapshot>();
  }
  const auto report = (*application)->Admit();
  if (!report) {
    ADD_FAILURE() << report.error().ToString();
    return std::make_shared<const CatalogSnapshot>();
  }
  for (const AdmissionReport& plugin : report->plugins) {
    EXPECT_EQ(plugin.outcome, AdmissionOutcome::kAdmitted) << ToText(plugin);
  }
  return report->snapshot;
}

}  // namespace

const SnapshotPtr& BundledCatalog() {
  static const SnapshotPtr snapshot = AdmitBundled();
  return snapshot;
}

}  // namespace stackport
