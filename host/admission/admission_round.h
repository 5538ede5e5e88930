// One round of admission: from the folders as they are to one change of the catalog.
//
//   open (parallel) -> decide from what is revoked and known -> judge the rest (parallel) ->
//   withhold what is revoked -> conflicts -> record (admission_round_record.cc)
//
// Private to host/admission.
#ifndef STACKPORT_HOST_ADMISSION_ADMISSION_ROUND_H_
#define STACKPORT_HOST_ADMISSION_ADMISSION_ROUND_H_

#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "host/admission/admit_all.h"

namespace stackport {

// A plugin folder of the round.
struct AdmissionTarget {
  std::string path;
  TrustPolicy trust;
};

// Used once. Run may throw what the standard library throws.
class AdmissionRoundRunner {
 public:
  AdmissionRoundRunner(CatalogStore& store, const AdmitAllSettings& settings, SnapshotPtr before,
                       RevocationList revocations, const AdmissionObserver& observer);

  Result<AdmitAllReport> Run(const std::vector<AdmissionTarget>& targets);

 private:
  // What a verdict hangs on beside the content: "files:STATE", "owner:PLUGIN@CONTENT".
  static constexpr std::string_view kWhileFilesStay = "files:";
  static constexpr std::string_view kWhileOwnerStays = "owner:";

  struct Item {
    AdmissionTarget target;
    AdmissionReport report;
    std::optional<PluginCandidate> candidate;  // absent when the manifest or the trust is refused
    std::string files;  // their state before any was read, see PluginFolder::StateOf
    std::optional<ContentVerdict> known;  // on this content, from an earlier round
    bool verified = false;  // touched since they were judged, read, and found to be as they were
    bool to_judge = false;
    bool alone = false;     // it was under way when the host died: nothing else runs beside it
    bool judged = false;    // in this round, to its end
    std::string condition;  // of a new verdict
    bool settled = false;   // the observer may be told
  };

  Status Open();
  Status Decide();
  bool ClaimId(Item& item);
  Status FetchVerdicts();
  bool Touched(const Item& item) const;
  Status VerifyTouched();
  Status DecideOne(Item& item);
  Status DecideAnew(Item& item);
  Status KeepFormer(const Item& item);
  static bool WasQuarantined(const Item& item);
  void SetQuarantine(Item& item) const;
  bool UseAdmitted(Item& item);
  bool Holds(const Item& item) const;
  Status JudgeAll();
  Status JudgeOne(Item& item);
  void Judge(Item& item);
  void Settle(Item& item);
  void FindRemoved();
  void FindConflicts();
  Result<AdmitAllReport> Finish();
  Status FillRound(AdmissionRound& round);
  void FillChange(AdmissionRound& round, ComponentDifference& difference);
  void MarkStale(AdmissionReport& report) const;
  std::string PluginIdOf(const AdmissionReport& report) const;
  bool Cancelled() const;
  std::size_t Threads() const;

  CatalogStore& store_;
  const AdmitAllSettings& settings_;
  const Registry& registry_;
  const std::string judge_;  // version
  const std::string now_;
  const SnapshotPtr before_;
  const RevocationList revocations_;  // in force
  const AdmissionObserver& observer_;
  std::map<std::string, const PluginRecord*> in_service_;  // by plugin id, in before_
  std::map<std::string, std::string> folder_of_;           // plugin id -> its folder in this round
  std::map<std::string, std::string> id_of_unjudged_;      // folder -> id it holds or held before
  std::map<std::string, std::string> content_of_;  // plugin id -> content hash in this round
  std::vector<Item> items_;                        // in the order of the targets
  std::vector<std::string> removed_;
  std::mutex settling_;   // guards what follows and `settled` while threads are at work
  std::size_t told_ = 0;  // items the observer was told about
};

}  // namespace stackport

#endif  // STACKPORT_HOST_ADMISSION_ADMISSION_ROUND_H_
