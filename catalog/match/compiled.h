// What the compiler knows beyond the integers: the wall's other side. The engine sees only
// `problem`; the reporter turns the engine's answer back into words with the rest.
#ifndef STACKPORT_CATALOG_MATCH_COMPILED_H_
#define STACKPORT_CATALOG_MATCH_COMPILED_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catalog/match/money.h"
#include "catalog/match/problem.h"
#include "catalog/match/request.h"
#include "catalog/match/sizing.h"
#include "catalog/match/workload.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// A fact that is not known and that a rule needs.
struct OpenQuestion {
  std::string component;
  std::string fact;
  std::string rule;  // "offered in the country", "speaks sw"
  std::string text;  // one sentence
  // Whether the answer could make the package infeasible under this request; only these are ranked.
  bool decisive = true;
};

// A fact as a rule used it.
struct UsedFact {
  std::string component;
  std::string fact;
  std::string value;
  Provenance provenance;
};

// Reason of an exclusion that is no verdict: the request asks for nothing of the kind.
inline constexpr std::string_view kNotDemanded = "not_demanded";

// Why a component cannot be part of any package for this request: the first rule that excludes it.
struct Exclusion {
  std::string component;
  std::string reason;  // machine-readable: "member_rule", "not_offered", "language", ...
  std::string text;    // one sentence, both sides
  std::vector<UsedFact> facts;
  Provenance rule;  // of the rule itself, where it has a published source
};

// A check of the programme that a candidate passed or left open.
struct ProgrammeNote {
  std::string check;
  std::string status;  // "met", "not required", "required", "open"
  std::string rule;
  Provenance provenance;
};

// The judgement of a chain of rules on one component: excluded by the first false one, otherwise
// eligible with what stayed unknown.
struct Verdict {
  std::optional<Exclusion> exclusion;
  std::vector<OpenQuestion> questions;
  std::vector<std::string> because;  // why it is eligible, one clause each
  std::vector<ProgrammeNote> programme;
  std::vector<UsedFact> facts;
  bool licence_needed = false;

  bool eligible() const { return !exclusion.has_value(); }
  // Takes over what `other` found; its exclusion counts when there is none yet.
  void Merge(Verdict other);
};
using VerdictPtr = std::shared_ptr<const Verdict>;

// Where a package stands: one candidate of the slot "deployment".
struct Site {
  DeploymentMode mode = DeploymentMode::kOnPremises;
  bool customer_site = true;  // hardware is bought and stands at the customer's
  std::string cloud;          // token of the provider's cloud; empty at a customer's site
  std::string provider;       // component id of the provider; empty at a customer's site
  std::string country;        // where the machines stand
  std::vector<std::string> regions;
  std::string id;  // "on_premises", "cloud:aws@ZA", ...
};

// One candidate, for people. Parallel to Problem's slots and candidates.
struct Part {
  std::size_t component = 0;  // position in the snapshot; unused when !has_component
  bool has_component = false;
  std::string role;              // "rented machine", "included in the region", ...
  std::string location_country;  // of a rented or hosted part
  std::vector<std::string> regions;
  UnitMoney money;
  UnitPower power;
  std::int64_t lead_days = 0;
  std::string lead_driver;
  Provenance lead_provenance;
  bool licence_needed = false;
  bool hardware_value = false;  // counts in the U.S. content of layer A
  Interval us_content_bp{0, 10'000};

  // Why it is eligible and what is open: by rules that hold wherever the package stands, at its
  // sites, and in this slot. The first two are shared by all candidates that they hold for; either
  // may be null.
  VerdictPtr anywhere;
  VerdictPtr at_sites;
  std::vector<OpenQuestion> questions_here;
  std::vector<std::string> because_here;

  std::vector<OpenQuestion> Questions() const;
  std::int64_t DecisiveQuestions() const;
  std::vector<std::string> Because() const;
  std::vector<ProgrammeNote> Programme() const;
  std::vector<UsedFact> Facts() const;
};

// Role of a model that the provider of a region runs.
inline constexpr std::string_view kHostedModelRole = "called as a hosted interface";

// Replicas come in powers of two of accelerators: 1 to 64. A node holds floor(slots / size) of
// them.
inline constexpr int kReplicaSizes = 7;

// Positions of the slots the matcher builds.
enum SlotIndex : int {
  kDeploymentSlot,
  kModelSlot,
  kRuntimeSlot,
  kComputeSlot,
  kServerSlot,
  kNetworkSlot,
  kStorageSlot,
  kCloudServicesSlot,
  kEntitlementSlot,
  kDataSlot,
  kApplicationSlot,
  kSecuritySlot,
  kFixedSlots
};

// Attributes of candidates, in the problem's order.
enum AttributeIndex : int {
  kQuestions,
  kAbroad,
  kCapexLow,
  kCapexHigh,
  kOpexLow,
  kOpexHigh,
  kTcoLow,
  kTcoHigh,
  kPowerLow,
  kPowerHigh,
  kLeadDays,
  kLicence,
  kUsCredit,
  kSlotsFilled,
  kPorts,
  kRadix,
  kCapacityGb,
  kReadMbPerS,
  kLoadMbPerS,
  kAcceleratorsPerUnit,
  kReplicaCapacity0  // one per replica size follows
};

// Figures as rows of the problem's limits; every figure has one, bounded or not.
enum FigureRow : int {
  kRowQuestions,
  kRowAbroad,
  kRowCapexLow,
  kRowCapexHigh,
  kRowOpexLow,
  kRowOpexHigh,
  kRowTcoLow,
  kRowTcoHigh,
  kRowPowerLow,
  kRowPowerHigh,
  kRowLeadTime,
  kRowLicences,
  kRowVendors,
  kRowUsCredit
};

// Quantities, in the problem's order, which is an evaluation order.
enum QuantityIndex : int {
  kComputeNeeded,
  kReplicas0,  // one per replica size
  kNodes = kReplicas0 + kReplicaSizes,
  kComputeUnits,
  kAccelerators,
  kStorageUnits,
  kSwitches,
  kQuantities
};

// How a model is sized on the machines of a compute candidate.
class SizingTable {
 public:
  SizingTable() = default;
  // `machine_of`: by compute candidate, the number of its kind of machine below `machines`, or -1
  // where it is no machine (a hosted interface).
  SizingTable(std::size_t models, std::size_t machines, std::vector<int> machine_of)
      : machines_(machines), machine_of_(std::move(machine_of)), sizings_(models * machines) {}

  std::optional<Sizing>& At(std::size_t model, std::size_t machine) {
    return sizings_[model * machines_ + machine];
  }
  int MachineOf(std::size_t compute) const { return machine_of_[compute]; }
  // Null when the pair is not sized. Lives as long as the table.
  const Sizing* Find(int model, int compute) const;

 private:
  std::size_t machines_ = 0;
  std::vector<int> machine_of_;
  std::vector<std::optional<Sizing>> sizings_;
};

struct CompiledMatch {
  Problem problem;
  std::vector<std::vector<Part>> parts;  // [slot][candidate]
  std::vector<Site> sites;               // parallel to the candidates of kDeploymentSlot
  SizingTable sizing;
  std::vector<Exclusion> excluded;  // sorted by component id
  Workload workload;
  std::vector<std::string> data_demands, application_demands, security_demands;  // cover bits
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_COMPILED_H_
