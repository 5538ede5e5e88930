#include "host/http/match_service.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <utility>

#include "catalog/match/compiled_search.h"
#include "catalog/match/matcher.h"
#include "catalog/match/request.h"

namespace stackport::http {

namespace {

class MatcherService final : public MatchService {
 public:
  MatcherService(const Registry& registry, const CountryIndex& countries)
      : registry_(registry), countries_(countries) {}

  Result<MatchAnswer> Match(const SnapshotPtr& snapshot, const json::Value& request,
                            const MatchLimits& limits) override {
    return Compute(request, limits, [&](const match::Request& parsed) {
      return MatcherOf(snapshot)->Match(parsed, limits.cancel);
    });
  }

  Result<MatchAnswer> Explain(const SnapshotPtr& snapshot, const json::Value& request,
                              const std::string& component_id, const MatchLimits& limits) override {
    return Compute(request, limits, [&](const match::Request& parsed) {
      const auto matcher = MatcherOf(snapshot);
      return component_id.empty() ? matcher->ExplainBest(parsed, limits.cancel)
                                  : matcher->Explain(parsed, component_id, limits.cancel);
    });
  }

 private:
  // The matcher of a snapshot; the last one is kept, for nearly every request asks the same.
  std::shared_ptr<const match::Matcher> MatcherOf(const SnapshotPtr& snapshot) {
    const std::lock_guard lock(mutex_);
    if (snapshot_ != snapshot) {
      matcher_ = std::make_shared<const match::Matcher>(snapshot, countries_);
      snapshot_ = snapshot;
    }
    return matcher_;
  }

  template <typename Computation>
  Result<MatchAnswer> Compute(const json::Value& document, const MatchLimits& limits,
                              Computation computation) {
    match::ParsedRequest parsed = match::ParseRequest(document, registry_, countries_);
    MatchAnswer answer;
    answer.findings = std::move(parsed.findings);
    if (!parsed.request) return answer;
    // A request within the limit stays untouched: its answer's id must not depend on the host.
    const std::int64_t limit = limits.max_deadline.count();
    if (parsed.request->deadline_ms.value_or(match::kDefaultDeadlineMs) > limit) {
      parsed.request->deadline_ms = limit;
    }
    auto computed = computation(*parsed.request);
    if (!computed) return computed.error();
    answer.document = *std::move(computed);
    return answer;
  }

  const Registry& registry_;
  const CountryIndex& countries_;
  std::mutex mutex_;
  SnapshotPtr snapshot_;                           // guarded by mutex_
  std::shared_ptr<const match::Matcher> matcher_;  // guarded by mutex_; of snapshot_
};

}  // namespace

std::unique_ptr<MatchService> MakeMatchService(const Registry& registry,
                                               const CountryIndex& countries) {
  return std::make_unique<MatcherService>(registry, countries);
}

}  // namespace stackport::http
