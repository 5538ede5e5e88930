// A result document as the verifier reads it: what it claims, typed.
#ifndef STACKPORT_CATALOG_VERIFY_CLAIM_H_
#define STACKPORT_CATALOG_VERIFY_CLAIM_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/model/component.h"

namespace stackport::verify {

// Candidates that one result can hold: ten times what the matcher gives, and a bound on the work.
inline constexpr std::size_t kMaxClaimedCandidates = 3'000;
// Parts of one candidate; the matcher's packages have some twenty.
inline constexpr std::size_t kMaxClaimedParts = 200;
// Open questions of one candidate; some dozen are usual.
inline constexpr std::size_t kMaxClaimedQuestions = 2'000;

struct UseCaseAsked {
  std::string task;
  std::vector<std::string> languages;
  std::int64_t users = 0;
  std::optional<std::int64_t> peak_tokens_per_s;
};

// The effective request that a result repeats.
struct Asked {
  std::string country;
  std::vector<UseCaseAsked> use_cases;
  std::vector<std::string> deployment;
  std::string residency;
  bool research = false;  // no service for people: asked of licences of weights
  bool open_weights = false, air_gap = false, us_content_required = false;
  std::optional<std::int64_t> least_parameters, least_context_tokens;  // of the model
  std::vector<std::string> certifications, controls;
  // "capex", "opex", "tco" in US cents; "site_power" in W; "delivery" in days; "vendors".
  std::map<std::string, std::int64_t> limits;
  bool no_licence = false;
  std::vector<std::string> pinned_components, pinned_vendors, banned_components, banned_vendors;
  std::vector<std::string> cooling, platforms;
  std::string end_user;
  bool reject_unknown = false, reject_missing_prices = false;
  std::vector<std::vector<std::pair<std::string, std::int64_t>>> objective;
  std::int64_t top = 0, min_difference = 0;
  std::map<std::string, std::int64_t> assumptions;  // thousandths of their unit
  std::vector<std::string> not_understood;          // members that this reader does not know

  // Thousandths; 0 for a name that the result does not state.
  std::int64_t Milli(const std::string& name) const;
  std::optional<std::int64_t> Limit(const std::string& name) const;
  // Whether the request limits money in any way.
  bool LimitsMoney() const;
};

struct ClaimedThroughput {
  std::int64_t tokens_per_1000s_per_replica = 0;
  std::int64_t replicas = 0;
  std::int64_t accelerators_per_replica = 0;
  std::string precision, basis;
};

struct ClaimedPart {
  std::vector<std::string> demands;
  std::string component, name, vendor, kind, layer, role, location;
  std::vector<std::string> regions;
  std::int64_t quantity = 0;
  Interval capex_cents, opex_cents_per_year;  // of all units
  std::string cost_basis;
  Interval power_w;  // of all units; 0 where none is stated
  std::int64_t lead_days = 0;
  std::int64_t open_questions = 0;
  std::optional<ClaimedThroughput> throughput;
};

struct ClaimedCandidate {
  std::int64_t rank = 0;
  std::string standing, deployment, site, location;
  std::vector<ClaimedPart> parts;
  std::map<std::string, Interval> figures;  // of those with one value, low equals high
  std::vector<std::string> deciding;  // the component of each open question that decides, or empty
  std::string us_presumption;         // "true", "false", "unknown", "not applicable"
};

struct Claim {
  std::string id, snapshot, engine, country, country_name, proof;
  std::vector<std::string> levels;  // of the proof
  std::vector<std::int64_t> bound;  // of a search that was stopped, by level
  bool reproducible = true;
  Asked asked;
  std::vector<ClaimedCandidate> candidates;
  std::vector<std::pair<std::string, ClaimedCandidate>> best_per;  // by class
  std::vector<std::string> front_figures;
  std::vector<std::pair<std::vector<std::int64_t>, ClaimedCandidate>> front;
  std::map<std::string, std::int64_t> workload;                // the whole numbers of it
  double peak_tokens_per_s = 0;                                // of the workload
  std::map<std::string, std::vector<std::string>> exclusions;  // components by reason
  std::int64_t excluded = 0;
};

// Reads a result of form stackport.result/1. The error is InvalidArgument and points at the member
// that is missing or of the wrong form.
Result<Claim> ReadClaim(const json::Value& document);

}  // namespace stackport::verify

#endif  // STACKPORT_CATALOG_VERIFY_CLAIM_H_
