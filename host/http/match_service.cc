#include "host/http/match_service.h"

#include <algorithm>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

#include "catalog/match/compiled_search.h"
#include "catalog/match/matcher.h"
#include "catalog/match/request.h"
#include "host/http/answer_cache.h"

namespace stackport::http {

namespace {

class MatcherService final : public MatchService {
 public:
  MatcherService(const Registry& registry, const CountryIndex& countries)
      : registry_(registry), countries_(countries) {}

  Result<MatchAnswer> Match(const SnapshotPtr& snapshot, const json::Value& request,
                            const MatchLimits& limits) override {
    return Compute(request, limits, [&](const match::Request& parsed) -> Result<json::Document> {
      const auto asked = AskedOf(snapshot);
      json::Document effective;
      effective.CopyFrom(match::EffectiveRequestJson(parsed, effective.GetAllocator()),
                         effective.GetAllocator());
      std::string question = json::WriteCanonical(effective);
      if (const auto known = asked->answers.Find(question)) return Copy(*known);
      auto answer = asked->matcher.Match(parsed, limits.cancel);
      // What a deadline cut short may come out otherwise the next time.
      if (answer && json::BoolOr(*answer, "reproducible", false)) {
        asked->answers.Put(std::move(question),
                           std::make_shared<const json::Document>(Copy(*answer)));
      }
      return answer;
    });
  }

  Result<MatchAnswer> Explain(const SnapshotPtr& snapshot, const json::Value& request,
                              const std::string& component_id, const MatchLimits& limits) override {
    return Compute(request, limits, [&](const match::Request& parsed) {
      const auto asked = AskedOf(snapshot);
      const match::Matcher& matcher = asked->matcher;
      return component_id.empty() ? matcher.ExplainBest(parsed, limits.cancel)
                                  : matcher.Explain(parsed, component_id, limits.cancel);
    });
  }

  PlannedSweep PlanSweep(const SnapshotPtr& snapshot, SweepOrder order,
                         const MatchLimits& limits) override {
    PlannedSweep planned;
    const auto judge = [&](const json::Value& request, const std::string& pointer) {
      json::Document one(rapidjson::kObjectType);
      one.CopyFrom(request, one.GetAllocator());
      if (one.IsObject()) json::Set(one, "country", order.codes.front(), one.GetAllocator());
      for (Finding& finding : match::ParseRequest(one, registry_, countries_).findings) {
        finding.pointer = pointer + finding.pointer;
        planned.findings.push_back(std::move(finding));
      }
    };
    if (order.scenarios.empty()) judge(order.request, "/request");
    for (std::size_t i = 0; i < order.scenarios.size(); ++i) {
      json::Document varied(rapidjson::kObjectType);
      varied.CopyFrom(order.request, varied.GetAllocator());
      match::MergePatch(varied, order.scenarios[i].patch, varied.GetAllocator());
      judge(varied, "/scenarios/" + std::to_string(i) + "/patch");
    }
    const bool wrong =
        std::any_of(planned.findings.begin(), planned.findings.end(),
                    [](const Finding& finding) { return finding.severity == Severity::kError; });
    if (wrong) return planned;
    const std::int64_t limit = limits.max_deadline.count();
    if (json::IntOr(order.request, "deadline_ms", match::kDefaultDeadlineMs) > limit) {
      json::Set(order.request, "deadline_ms", limit, order.request.GetAllocator());
    }
    // The server keeps cores for what does not take as long.
    const int threads = static_cast<int>(std::max(1U, std::thread::hardware_concurrency() / 2));
    planned.work = [this, snapshot, threads,
                    held = std::make_shared<const SweepOrder>(std::move(order))](
                       const SweepControl& control) -> Result<json::Document> {
      match::SweepOptions options;
      options.threads = threads;
      options.cancel = control.cancel;
      options.progress = control.progress;
      const auto sweeps = match::RunScenarios(snapshot, countries_, registry_, held->request,
                                              held->scenarios, held->codes, options);
      if (!sweeps) return sweeps.error();
      return match::ScenariosJson(*sweeps, countries_);
    };
    return planned;
  }

 private:
  // A snapshot that is asked, prepared, and what it answered.
  struct Asked {
    Asked(const SnapshotPtr& asked, const CountryIndex& countries)
        : snapshot(asked), matcher(asked, countries) {}

    SnapshotPtr snapshot;
    match::Matcher matcher;
    AnswerCache answers;
  };

  // The last one is kept, for nearly every request asks the same.
  std::shared_ptr<Asked> AskedOf(const SnapshotPtr& snapshot) {
    const std::lock_guard lock(mutex_);
    if (asked_ == nullptr || asked_->snapshot != snapshot) {
      asked_ = std::make_shared<Asked>(snapshot, countries_);
    }
    return asked_;
  }

  static json::Document Copy(const json::Document& document) {
    json::Document copy;
    copy.CopyFrom(document, copy.GetAllocator());
    return copy;
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
  std::shared_ptr<Asked> asked_;  // guarded by mutex_
};

}  // namespace

std::unique_ptr<MatchService> MakeMatchService(const Registry& registry,
                                               const CountryIndex& countries) {
  return std::make_unique<MatcherService>(registry, countries);
}

}  // namespace stackport::http
