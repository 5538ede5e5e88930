// What admission writes into the store, and reads back from it.
#ifndef STACKPORT_HOST_ADMISSION_ADMISSION_RECORDS_H_
#define STACKPORT_HOST_ADMISSION_ADMISSION_RECORDS_H_

#include <optional>
#include <string>
#include <string_view>

#include "catalog/store/catalog_store.h"
#include "host/admission/admission.h"

namespace stackport {

// The evidence of a report as JSON text: scanner version, reason, the first findings, the scan.
// Bounded, whatever the plugin had to say.
std::string EvidenceText(const AdmissionReport& report);

// "folder", "manifest", "files", "scan" or "documents": where a refused plugin failed.
// "interrupted" when it was not judged because the host died of it before.
std::string StageOf(const AdmissionReport& report);

// The last name of a path, escaped: what a plugin is called while its id is unknown.
std::string FolderName(const std::string& path);

// Reads and writes of one round of admission. One thread at a time.
class AdmissionRecords {
 public:
  explicit AdmissionRecords(CatalogStore& store) : store_(store) {}

  // Takes over the notes of a host that died: each becomes an attempt "interrupted".
  Status CloseUnfinishedSteps();

  // How many of the newest attempts at this content were interrupted, one after the other.
  Result<int> Interruptions(const std::string& folder, const std::string& content_hash);

  // The stored components of this content, if a scanner of this version admitted it.
  Result<std::optional<AdmittedPlugin>> Known(const PluginRecord& plugin,
                                              const std::string& folder);

  // Id of the plugin that the folder held when its manifest was last readable; empty: never.
  Result<std::string> FormerId(const std::string& folder);

  // Runs `judge` between a note that is begun and one that is ended.
  template <typename Judge>
  Status WithNote(const AdmissionReport& report, Judge judge) {
    const auto note = store_.BeginRiskyStep(report.folder, report.plugin.content_hash, "admission");
    if (!note) return note.error();
    judge();
    return store_.EndRiskyStep(*note);
  }

  Status RecordAttempt(const AdmissionReport& report);
  Status RecordRemoval(const PluginRecord& plugin);
  // The problem of a refused plugin, under the name `key`.
  Status RecordProblem(const AdmissionReport& report, const std::string& key);

 private:
  CatalogStore& store_;
};

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_ADMISSION_RECORDS_H_
