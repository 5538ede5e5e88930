#include "host/app/application.h"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "host/admission/refresh_trust.h"
#include "host/app/admission_lock.h"

namespace stackport {
namespace {

// Folders that demand signatures come first, so that of two plugins with one id the signed one
// stays; and a folder that is named both ways, or is the default one too, demands them.
std::vector<PluginSource> SourcesOf(const ApplicationSettings& settings,
                                    const std::shared_ptr<const TrustedKeys>& keys) {
  std::vector<PluginSource> sources;
  for (const std::string& folder : settings.signed_plugin_folders) {
    sources.push_back({folder, TrustPolicy{.unsigned_allowed = false, .keys = keys}});
  }
  for (const std::string& folder : settings.plugin_folders) {
    const bool demands_signatures =
        std::any_of(settings.signed_plugin_folders.begin(), settings.signed_plugin_folders.end(),
                    [&](const std::string& strict) {
                      std::error_code error;
                      return std::filesystem::equivalent(strict, folder, error);
                    });
    if (demands_signatures) continue;
    sources.push_back({folder, TrustPolicy{.unsigned_allowed = true, .keys = keys}});
  }
  return sources;
}

}  // namespace

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
  const bool has_folders =
      !settings_.plugin_folders.empty() || !settings_.signed_plugin_folders.empty();
  const bool admits = has_folders && !options.revocations_only;
  std::optional<AdmissionLock> alone;
  if (admits || !settings_.trust_folder.empty()) {
    auto acquired = AdmissionLock::Acquire(settings_.catalog_path, options.cancel);
    if (!acquired) return acquired.error();
    alone = *std::move(acquired);
  }
  auto trust = RefreshTrust(settings_.trust_folder, *store_);
  if (!trust) return trust.error();
  AdmitAllReport report;
  if (admits) {
    AdmitAllSettings admission;
    admission.scan = settings_.scan;
    admission.scan.cancel = options.cancel;
    admission.clock = &clock_;
    admission.again = options.again;
    auto admitted = AdmitAll(SourcesOf(settings_, trust->keys), *store_, admission, observer);
    if (!admitted) return admitted.error();
    report = *std::move(admitted);
  } else {
    auto current = store_->Current();
    if (!current) return current.error();
    report.snapshot = *std::move(current);
  }
  report.trust_findings = std::move(trust->findings);
  report.revocations = std::move(trust->effect);
  const std::lock_guard swapping(snapshot_mutex_);
  snapshot_ = report.snapshot;
  return report;
}

SnapshotPtr Application::snapshot() const {
  const std::lock_guard reading(snapshot_mutex_);
  return snapshot_;
}

}  // namespace stackport
