#include "host/app/application.h"

#include <utility>

#include "host/app/admission_lock.h"

namespace stackport {

Result<std::unique_ptr<Application>> Application::Open(ApplicationSettings settings,
                                                       const Clock& clock) {
  if (settings.scan.scanner_path.empty()) settings.scan.scanner_path = DefaultScannerPath();
  auto store = CatalogStore::Open(settings.catalog_path, settings.open_mode, clock);
  if (!store) return store.error();
  auto snapshot = (*store)->Current();
  if (!snapshot) return snapshot.error();
  return std::unique_ptr<Application>(
      new Application(std::move(settings), clock, *std::move(store), *std::move(snapshot)));
}

Application::Application(ApplicationSettings settings, const Clock& clock,
                         std::unique_ptr<CatalogStore> store, SnapshotPtr snapshot)
    : settings_(std::move(settings)),
      clock_(clock),
      store_(std::move(store)),
      snapshot_(std::move(snapshot)) {}

Result<AdmitAllReport> Application::Admit(const AdmissionObserver& observer,
                                          const AdmitOptions& options) {
  const std::lock_guard admitting(admission_);
  AdmitAllReport report;
  if (settings_.plugin_folders.empty()) {
    auto current = store_->Current();
    if (!current) return current.error();
    report.snapshot = *std::move(current);
  } else {
    const auto alone = AdmissionLock::Acquire(settings_.catalog_path, options.cancel);
    if (!alone) return alone.error();
    std::vector<PluginSource> sources;
    for (const std::string& folder : settings_.plugin_folders) {
      sources.push_back({folder, TrustPolicy{.unsigned_allowed = true}});
    }
    AdmitAllSettings admission;
    admission.scan = settings_.scan;
    admission.scan.cancel = options.cancel;
    admission.clock = &clock_;
    admission.again = options.again;
    auto admitted = AdmitAll(sources, *store_, admission, observer);
    if (!admitted) return admitted.error();
    report = *std::move(admitted);
  }
  const std::lock_guard swapping(snapshot_mutex_);
  snapshot_ = report.snapshot;
  return report;
}

SnapshotPtr Application::snapshot() const {
  const std::lock_guard reading(snapshot_mutex_);
  return snapshot_;
}

}  // namespace stackport
