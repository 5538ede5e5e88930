// Admission as rows of the store: what a report becomes, and what a row says to the next round.
#ifndef STACKPORT_HOST_ADMISSION_ADMISSION_RECORDS_H_
#define STACKPORT_HOST_ADMISSION_ADMISSION_RECORDS_H_

#include <string>

#include "catalog/store/catalog_store.h"
#include "host/admission/admission.h"

namespace stackport {

// Version of the judge, for the cache of verdicts: scanner and registry. A verdict of another one
// is judged again.
std::string JudgeVersion(const Registry& registry);

// The evidence of a report as JSON text: scanner version, reason, the first findings, the scan.
// Bounded, whatever the plugin had to say.
std::string EvidenceText(const AdmissionReport& report);

// "folder", "manifest", "signature", "revocation", "files", "scan" or "documents": where a refused
// plugin failed. "interrupted" when it was not judged because the host died of it before.
std::string StageOf(const AdmissionReport& report);

// The last name of a path, escaped: what a plugin is called while its id is unknown.
std::string FolderName(const std::string& path);

AdmissionAttempt AttemptOf(const AdmissionReport& report);
// That a plugin left because its folder is gone.
AdmissionAttempt RemovalOf(const PluginRecord& plugin);
// The problem of a refused plugin, under the name `key`.
PluginProblem ProblemOf(const AdmissionReport& report, const std::string& key);
// The verdict on the content of a report that was judged to its end.
ContentVerdict VerdictOf(const AdmissionReport& report, const std::string& judge);

// Refuses with what an earlier round found out: outcome, findings, times.
void RefuseAsBefore(const ContentVerdict& verdict, AdmissionReport& report);

// Takes over the notes of a host that died: each becomes an attempt "interrupted".
Status CloseUnfinishedSteps(CatalogStore& store);

// How many of the newest attempts at this content were interrupted, since it was last judged,
// quarantined or released.
Result<int> Interruptions(CatalogStore& store, const std::string& folder,
                          const std::string& content_hash);

// Id of the plugin that the folder held when its manifest was last readable; empty: never.
Result<std::string> FormerId(CatalogStore& store, const std::string& folder);

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_ADMISSION_RECORDS_H_
