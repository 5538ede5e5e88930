// The matcher as the HTTP API uses it, behind an interface so that tests bring their own.
#ifndef STACKPORT_HOST_HTTP_MATCH_SERVICE_H_
#define STACKPORT_HOST_HTTP_MATCH_SERVICE_H_

#include <atomic>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "catalog/base/findings.h"
#include "catalog/base/json.h"
#include "catalog/base/result.h"
#include "catalog/countries/country_index.h"
#include "catalog/match/scenarios.h"
#include "catalog/model/registry.h"
#include "catalog/model/snapshot.h"
#include "host/http/sweep_jobs.h"

namespace stackport::http {

// What bounds one computation.
struct MatchLimits {
  // Longest a search may take; a request that asks for more, or does not say, gets this.
  std::chrono::milliseconds max_deadline{30'000};
  // Becomes true when the answer is no longer wanted. Not owned.
  const std::atomic<bool>* cancel = nullptr;
};

struct MatchAnswer {
  std::optional<json::Document> document;  // absent when the request has findings that are errors
  std::vector<Finding> findings;           // pointers into the request
};

// What a sweep is asked for.
struct SweepOrder {
  json::Document request;  // its country is replaced
  std::vector<match::Scenario> scenarios;
  std::vector<std::string> codes;  // of countries, known ones
};

// A sweep that is ready to run, or why it cannot.
struct PlannedSweep {
  SweepJobs::Work work;           // empty when there are findings that are errors
  std::vector<Finding> findings;  // pointers into the order: "/request/…", "/scenarios/0/patch"
};

// Thread-safe in every implementation.
class MatchService {
 public:
  virtual ~MatchService() = default;

  // A request document (stackport.request/1) to a result document (stackport.result/1).
  virtual Result<MatchAnswer> Match(const SnapshotPtr& snapshot, const json::Value& request,
                                    const MatchLimits& limits) = 0;
  // Why a component is not in the best package; NotFound for an unknown component. An empty id:
  // why the best package is the best.
  virtual Result<MatchAnswer> Explain(const SnapshotPtr& snapshot, const json::Value& request,
                                      const std::string& component_id,
                                      const MatchLimits& limits) = 0;
  // Judges the order; its work answers with stackport.sweep/1 or stackport.scenarios/1.
  virtual PlannedSweep PlanSweep(const SnapshotPtr& snapshot, SweepOrder order,
                                 const MatchLimits& limits) = 0;
};

// Over match::Matcher. Both arguments must outlive it.
std::unique_ptr<MatchService> MakeMatchService(const Registry& registry,
                                               const CountryIndex& countries);

}  // namespace stackport::http

#endif  // STACKPORT_HOST_HTTP_MATCH_SERVICE_H_
