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
#include "catalog/match/sizings.h"
#include "catalog/match/verdict.h"
#include "catalog/match/workload.h"
#include "catalog/model/snapshot.h"

namespace stackport::match {

// Where a package stands: one candidate of the slot "deployment".
struct Site {
  DeploymentMode mode = DeploymentMode::kOnPremises;
  bool customer_site = true;          // hardware is bought and stands at the customer's
  std::string cloud;                  // token of the provider's cloud; empty at a customer's site
  std::string provider;               // component id of the provider; empty at a customer's site
  std::size_t provider_position = 0;  // likewise, in the snapshot; unused at a customer's site
  std::string country;                // where the machines stand
  std::vector<std::string> regions;
  std::string id;  // "on_premises", "cloud:aws@ZA", ...
};

// What is said of a part beside its figures.
struct PartWords {
  std::vector<std::string> regions;
  FigureWords money;
  FigureWords power;
  std::string lead_driver;
  Provenance lead_provenance;
  // Why it is eligible and what is open, by rules that hold wherever the package stands, at its
  // sites, and in this slot, in that order.
  std::vector<OpenQuestion> questions;
  std::vector<std::string> because;
  std::vector<ProgrammeNote> programme;
  std::vector<UsedFact> facts;
};

// One candidate, for people. Parallel to Problem's slots and candidates. Its figures are there from
// the start; what says where they come from and why the part is eligible is made on demand, by
// Wording.
struct Part {
  std::size_t component = 0;  // position in the snapshot; unused when !has_component
  bool has_component = false;
  bool licence_needed = false;
  bool hardware_value = false;   // counts in the U.S. content of layer A
  std::string_view role;         // "rented machine", "included in the region", ...
  std::string location_country;  // of a rented or hosted part
  UnitMoney money;
  UnitPower power;
  std::int64_t lead_days = 0;
  std::int64_t decisive_questions = 0;
  AskedSet decisive_asked;
  // What the rules ask about it, decisive or not: where unknown facts are rejected, any of it
  // leaves the part out.
  AskedSet asked_by_rules;
  Interval us_content_bp{0, 10'000};
  // Null until somebody asks.
  std::shared_ptr<const PartWords> words;
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
  kReplicaCapacity0,  // one per replica size follows
  kAttributes = kReplicaCapacity0 + kReplicaSizes
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

// Why a component that every rule lets through is no candidate, or none at any site.
struct Rejection {
  std::size_t component = 0;  // position in the snapshot
  std::string_view reason;
  std::vector<TagId> unmet;  // of the problem's tags: none of these is provided
};

struct CompiledMatch {
  Problem problem;
  std::vector<std::vector<Part>> parts;  // [slot][candidate]
  std::vector<Site> sites;               // parallel to the candidates of kDeploymentSlot
  Sizings sizings;
  std::vector<Rejection> rejected;  // by component, ascending
  Workload workload;
  std::vector<std::string> data_demands, application_demands, security_demands;  // cover bits
};

}  // namespace stackport::match

#endif  // STACKPORT_CATALOG_MATCH_COMPILED_H_
