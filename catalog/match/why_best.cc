#include "catalog/match/why_best.h"

#include <algorithm>
#include <functional>
#include <map>
#include <set>
#include <utility>

#include "catalog/match/trials.h"
#include "catalog/match/wording.h"

namespace stackport::match {

namespace {

struct LimitRule {
  Figure figure;
  std::optional<std::int64_t> Request::*member;
  std::int64_t unlimited;  // above what any package has, and far from the end of 64 bits
};
constexpr std::int64_t kUnlimitedCents = 1'000'000'000'000'000'000;
constexpr std::int64_t kUnlimitedWatts = 1'000'000'000'000'000;
constexpr std::int64_t kUnlimitedCount = 1'000'000'000;
constexpr LimitRule kLimitRules[] = {
    {Figure::kTco, &Request::max_tco_cents, kUnlimitedCents},
    {Figure::kCapex, &Request::max_capex_cents, kUnlimitedCents},
    {Figure::kOpex, &Request::max_opex_cents, kUnlimitedCents},
    {Figure::kSitePower, &Request::max_site_power_w, kUnlimitedWatts},
    {Figure::kLeadTime, &Request::max_delivery_days, kUnlimitedCount},
    {Figure::kVendors, &Request::max_vendors, kUnlimitedCount},
};

using QuestionKey = std::pair<std::string, std::string>;  // component, fact

QuestionKey KeyOf(const OpenQuestion& question) {
  return {question.component, question.fact};
}

class Explainer {
 public:
  Explainer(const PreparedCatalog& catalog, const CountryIndex& countries, const Request& request,
            const CompiledMatch& compiled, const std::vector<Answer>& listed,
            const SearchOptions& options)
      : snapshot_(catalog.snapshot()),
        request_(request),
        compiled_(compiled),
        listed_(listed),
        trials_(catalog, countries, options),
        wording_(catalog, countries, request, compiled) {
    why_.best = ViewOf(snapshot_, request, compiled, listed.front());
    why_.listed = static_cast<int>(listed.size());
    if (listed.size() < 2) return;
    const auto& first = listed[0].evaluation.level_values;
    const auto& second = listed[1].evaluation.level_values;
    const auto [a, b] = std::mismatch(first.begin(), first.end(), second.begin());
    if (a == first.end()) return;
    const auto level = static_cast<std::size_t>(a - first.begin());
    why_.lead = {compiled.problem.levels[level].name, *a, *b};
  }

  WhyBest Run() {
    FindAlternatives();
    FindLimits();
    FindQuestions();
    return std::move(why_);
  }

 private:
  // By slot and candidate.
  using Chooser = std::function<bool(std::size_t, std::size_t)>;

  // The problem without the candidates that `without` chooses.
  Problem Without(const Chooser& without) {
    Problem problem = compiled_.problem;
    const auto never = static_cast<TagId>(problem.tags.size());
    problem.tags.emplace_back("left out");
    for (std::size_t s = 0; s < problem.slots.size(); ++s) {
      for (std::size_t c = 0; c < problem.slots[s].candidates.size(); ++c) {
        if (without(s, c)) {
          problem.slots[s].candidates[c].requires_.push_back({never});
        }
      }
    }
    return problem;
  }

  Outcome OutcomeOf(const Solution& solution, const CompiledMatch& compiled,
                    const Request& request) {
    Outcome outcome;
    if (solution.status == ProofStatus::kStopped) {
      why_.timed_out = true;
      return outcome;
    }
    if (solution.answers.empty()) {
      outcome.kind = Outcome::Kind::kNothingFits;
      return outcome;
    }
    PackageView view = ViewOf(snapshot_, request, compiled, solution.answers.front());
    const bool same = SamePackage(view, why_.best);
    outcome.kind = same ? Outcome::Kind::kSame : Outcome::Kind::kOther;
    if (!same) outcome.package = std::move(view);
    return outcome;
  }

  Outcome Try(Problem problem) {
    return OutcomeOf(trials_.Best(std::move(problem)), compiled_, request_);
  }

  Outcome Try(const LimitRule& rule, std::int64_t limit) {
    Request request = request_;
    request.*rule.member = limit;
    const Trial trial = trials_.Best(std::move(request));
    if (trial.fit == Fit::kUnknown) {
      why_.timed_out = true;
      return {};
    }
    return OutcomeOf(trial.solution, trial.compiled, trial.request);
  }

  bool IsPinned(const Component& component) const {
    const auto named = [](const std::vector<std::string>& list, const std::string& name) {
      return std::find(list.begin(), list.end(), name) != list.end();
    };
    return named(request_.pinned_components, component.id) ||
           named(request_.pinned_vendors, component.vendor_id);
  }

  void FindAlternatives() {
    for (const auto& [demand, parts] : why_.best.demands) {
      for (const PackageView::Part& part : parts) {
        const auto known =
            std::find_if(why_.alternatives.begin(), why_.alternatives.end(),
                         [&](const Alternative& each) { return each.component == part.component; });
        if (known != why_.alternatives.end()) {
          known->demands.push_back(demand);
          continue;
        }
        const Component& component = *snapshot_.Find(part.component);
        Alternative alternative;
        alternative.component = part.component;
        alternative.demands = {demand};
        alternative.pinned = IsPinned(component);
        if (!alternative.pinned) {
          alternative.outcome = Try(Without([&](std::size_t s, std::size_t c) {
            const Part& candidate = compiled_.parts[s][c];
            return candidate.has_component &&
                   &snapshot_.components[candidate.component] == &component;
          }));
        }
        why_.alternatives.push_back(std::move(alternative));
      }
    }
  }

  void FindLimits() {
    for (const LimitRule& rule : kLimitRules) {
      LimitEffect effect;
      effect.figure = rule.figure;
      effect.value = why_.best.FigureOf(rule.figure);
      effect.limit = request_.*rule.member;
      if (effect.value > 0) {
        effect.below = Try(rule, effect.value - 1);
      } else {
        effect.below.kind = Outcome::Kind::kSame;  // it cannot be lower
      }
      if (effect.limit) {
        FindAbove(rule, &effect);
      } else {
        effect.any = Try(rule, rule.unlimited);
      }
      why_.limits.push_back(std::move(effect));
    }
  }

  // From no limit at all downwards: each best package tells the limit from which on it counts, and
  // just below it the next one is the best, until that is the package at hand.
  void FindAbove(const LimitRule& rule, LimitEffect* effect) {
    std::int64_t limit = rule.unlimited;
    int step = 0;
    for (; step < kMaxStepsUp; ++step) {
      Outcome outcome = Try(rule, limit);
      if (outcome.kind == Outcome::Kind::kSame) return;
      if (outcome.kind != Outcome::Kind::kOther) break;
      const std::int64_t value = outcome.package.FigureOf(rule.figure);
      effect->above = std::move(outcome);
      effect->above_at = value;
      limit = value - 1;
      if (limit <= *effect->limit) return;
    }
    effect->above_known = false;
    effect->above_at.reset();
    effect->above = {};
    // Otherwise the last trial was stopped, and has said so.
    if (step == kMaxStepsUp) why_.steps_ran_out = true;
  }

  void FindQuestions() {
    std::map<QuestionKey, QuestionEffect> effects;
    for (const Answer& answer : listed_) {
      std::set<QuestionKey> counted;
      wording_.Prepare(answer.choice);
      for (std::size_t s = 0; s < answer.choice.picks.size(); ++s) {
        for (const int pick : answer.choice.picks[s]) {
          for (const OpenQuestion& question :
               wording_.Of(s, static_cast<std::size_t>(pick)).questions) {
            if (!question.decisive || !counted.insert(KeyOf(question)).second) continue;
            QuestionEffect& effect = effects[KeyOf(question)];
            effect.question = question;
            ++effect.packages;
          }
        }
      }
    }
    for (auto& [key, effect] : effects) {
      effect.if_met = Try(Settled(key));
      effect.if_not = Try(
          Without([&, &key = key](std::size_t s, std::size_t c) { return Asks(s, c, key) > 0; }));
      why_.questions.push_back(std::move(effect));
    }
    const auto changes = [](const QuestionEffect& effect) {
      return effect.if_met.kind == Outcome::Kind::kOther;
    };
    std::stable_sort(why_.questions.begin(), why_.questions.end(),
                     [&](const QuestionEffect& a, const QuestionEffect& b) {
                       return std::pair(changes(a), a.packages) > std::pair(changes(b), b.packages);
                     });
  }

  // How often a candidate asks the question; those of other components never do.
  std::int64_t Asks(std::size_t s, std::size_t c, const QuestionKey& key) {
    const Part& part = compiled_.parts[s][c];
    std::int64_t times = 0;
    if (part.decisive_questions == 0) return times;
    if (part.has_component && snapshot_.components[part.component].id != key.first) return times;
    for (const OpenQuestion& question : wording_.Of(s, c).questions) {
      if (question.decisive && KeyOf(question) == key) ++times;
    }
    return times;
  }

  // The problem were the question settled well.
  Problem Settled(const QuestionKey& key) {
    Problem problem = compiled_.problem;
    for (std::size_t s = 0; s < problem.slots.size(); ++s) {
      for (std::size_t c = 0; c < problem.slots[s].candidates.size(); ++c) {
        const std::int64_t times = Asks(s, c, key);
        if (times > 0) problem.slots[s].candidates[c].values[kQuestions] -= times;
      }
    }
    return problem;
  }

  const CatalogSnapshot& snapshot_;
  const Request& request_;
  const CompiledMatch& compiled_;
  const std::vector<Answer>& listed_;
  Trials trials_;
  Wording wording_;
  WhyBest why_;
};

}  // namespace

WhyBest ExplainBest(const PreparedCatalog& catalog, const CountryIndex& countries,
                    const Request& request, const CompiledMatch& compiled,
                    const std::vector<Answer>& listed, const SearchOptions& options) {
  return Explainer(catalog, countries, request, compiled, listed, options).Run();
}

}  // namespace stackport::match
