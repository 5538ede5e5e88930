// Everything `stackport plugin check` says about a plugin folder: the host's own judgement, then
// advice, as named checks with one result each and a grade over all.
#ifndef STACKPORT_HOST_AUTHORING_PLUGIN_CHECK_H_
#define STACKPORT_HOST_AUTHORING_PLUGIN_CHECK_H_

#include <string>
#include <string_view>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"
#include "catalog/model/revocation.h"
#include "catalog/model/snapshot.h"
#include "host/admission/admission.h"

namespace stackport {

enum class CheckStatus {
  kSuccess,
  kWarning,  // admitted, and probably not what was meant
  kFailure,  // refused
  kCrash,    // refused: the library did not come back
  kSkipped,  // not looked at, for the reason given
};
std::string_view CheckStatusName(CheckStatus status);  // "success", ...

struct CheckFinding {
  std::string where;  // a document ("documents/x8.json"), a component id, or a file
  bool note = false;  // right as it is, and worth knowing; counts for nothing
  Finding finding;
};

struct CheckResult {
  std::string name;  // stable: "manifest", "library", "documents", "magnitudes", ...
  CheckStatus status = CheckStatus::kSuccess;
  std::string says;  // one sentence
  std::vector<CheckFinding> findings;
};

// Admitted with no warning; at most one warning for each four components (or one in all); at most
// one for each component (or three in all); more; refused.
enum class CheckGrade : char { kA = 'A', kB = 'B', kC = 'C', kD = 'D', kF = 'F' };

struct PluginCheck {
  AdmissionReport report;
  std::vector<CheckResult> checks;  // always the same, in the order in which they are made
  std::size_t warnings = 0;
  std::size_t notes = 0;
  CheckGrade grade = CheckGrade::kF;

  bool passed() const { return grade != CheckGrade::kF; }
};

struct PluginCheckSettings {
  AdmissionSettings admission;
  RevocationList revocations;  // in force; serial 0: none
  // What else there is to meet needs with; null: needs are skipped, for `no_catalog`.
  SnapshotPtr catalog;
  std::string no_catalog;
  std::string today;  // YYYY-MM-DD
};

// Judges the folder, changing nothing. Never throws; thread-safe.
PluginCheck CheckPlugin(const std::string& folder, const PluginCheckSettings& settings);

// {"folder", "plugin", "version", "outcome", "grade", "components", "warnings", "notes",
//  "checks": [{"name", "status", "says", "findings": [...]}], "evidence"}
json::Value ToJson(const PluginCheck& check, json::Allocator& allocator);

}  // namespace stackport

#endif  // STACKPORT_HOST_AUTHORING_PLUGIN_CHECK_H_
