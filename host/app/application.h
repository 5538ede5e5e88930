// The parts of the running program, wired once: the catalog, the folders of plugins, and the
// snapshot that answers are computed from. Shared by the command line and the HTTP API.
#ifndef STACKPORT_HOST_APP_APPLICATION_H_
#define STACKPORT_HOST_APP_APPLICATION_H_

#include <atomic>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "catalog/base/clock.h"
#include "catalog/base/result.h"
#include "catalog/model/snapshot.h"
#include "catalog/store/catalog_store.h"
#include "host/admission/admit_all.h"

namespace stackport {

struct ApplicationSettings {
  std::string catalog_path;
  OpenMode open_mode = OpenMode::kCreateIfMissing;
  // Folders that hold NAME.stackport folders. The operator named them as folders to vouch for, so
  // unsigned plugins in them are admitted, and labelled.
  std::vector<std::string> plugin_folders;
  // The same, but every plugin has to be signed by a key of the trust folder. Without folders of
  // either kind the catalog stays as it is, but for revocations.
  std::vector<std::string> signed_plugin_folders;
  std::string trust_folder;  // see trust_folder.h; empty: no key is trusted
  ScanSettings scan;         // an empty scanner_path means DefaultScannerPath()
};

struct AdmitOptions {
  bool again = false;  // see AdmitAllSettings
  // Applies revocations and looks at no folder of plugins.
  bool revocations_only = false;
  const std::atomic<bool>* cancel = nullptr;  // becomes true when nobody waits any more; not owned
};

// Thread-safe. A snapshot that was handed out stays valid and unchanged while it is held.
class Application {
 public:
  // Opens the catalog; admits nothing yet. `clock` must outlive the application.
  static Result<std::unique_ptr<Application>> Open(ApplicationSettings settings,
                                                   const Clock& clock);

  // Applies the trust folder's list of revocations, brings the catalog in line with the plugin
  // folders and makes its newest snapshot current. One call at a time; a second one waits. After an
  // error the former snapshot stays current. Without plugin folders it only applies revocations.
  Result<AdmitAllReport> Admit(const AdmissionObserver& observer = {},
                               const AdmitOptions& options = {});

  SnapshotPtr snapshot() const;
  CatalogStore& store() { return *store_; }
  const ApplicationSettings& settings() const { return settings_; }

 private:
  Application(ApplicationSettings settings, const Clock& clock, std::unique_ptr<CatalogStore> store,
              SnapshotPtr snapshot);

  const ApplicationSettings settings_;
  const Clock& clock_;
  const std::unique_ptr<CatalogStore> store_;
  std::mutex admission_;
  mutable std::mutex snapshot_mutex_;
  SnapshotPtr snapshot_;  // shared with every request that is being answered
};

}  // namespace stackport

#endif  // STACKPORT_HOST_APP_APPLICATION_H_
