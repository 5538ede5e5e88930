#include "catalog/match/sweep_country.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "catalog/match/compiled_search.h"
#include "catalog/match/eligibility.h"
#include "catalog/match/relaxation.h"
#include "catalog/match/wording.h"

namespace stackport::match {

namespace {

using std::chrono::milliseconds;

// Reasons told for a country without a package.
constexpr std::size_t kMaxReasons = 3;

// `candidates`: [slot], the numbers that the answer's picks have in `compiled`.
SweepPackage PackageOf(const CatalogSnapshot& snapshot, const CompiledMatch& compiled,
                       const Request& request,
                       const std::vector<std::vector<std::size_t>>& candidates,
                       const Answer& answer) {
  SweepPackage package;
  const auto row = [&](FigureRow figure) {
    return answer.evaluation.limit_values[static_cast<std::size_t>(figure)];
  };
  package.tco_low_cents = row(kRowTcoLow);
  package.tco_high_cents = row(kRowTcoHigh);
  package.site_power_high_w = SitePower(row(kRowPowerHigh), request);
  package.lead_days = row(kRowLeadTime);
  package.licences = row(kRowLicences);
  package.open_questions = row(kRowQuestions);
  std::set<std::size_t> seen;
  for (std::size_t s = 0; s < answer.choice.picks.size(); ++s) {
    for (const int pick : answer.choice.picks[s]) {
      const std::size_t candidate = candidates[s][static_cast<std::size_t>(pick)];
      if (s == kDeploymentSlot) package.site = compiled.sites[candidate].id;
      const Part& part = compiled.parts[s][candidate];
      if (!part.has_component) {
        if (part.words == nullptr) continue;
        for (const OpenQuestion& question : part.words->questions) {
          if (question.decisive) package.questions.emplace_back(question.component, question.fact);
        }
        continue;
      }
      const std::string& id = snapshot.components[part.component].id;
      for (const std::string_view fact : part.decisive_asked.Facts()) {
        package.questions.emplace_back(id, fact);
      }
      if (seen.insert(part.component).second) package.components.push_back(id);
    }
  }
  return package;
}

}  // namespace

void CountrySweeper::TellWhy(const Request& request, const CompiledMatch& compiled,
                             SweepRow* row) const {
  // Where a demand has no candidate at all, that says more than what could be given up for it.
  if (row->empty_demands.empty()) {
    row->conflict = FirstConflict(catalog_, countries_, request, OptionsOf(request, cancel_));
  }
  std::map<std::string, std::int64_t> counts;
  for (const LeftOut& left_out : FindLeftOut(catalog_, countries_, request, compiled)) {
    if (left_out.reason != kNotDemanded) ++counts[std::string(left_out.reason)];
  }
  row->reasons.assign(counts.begin(), counts.end());
  std::stable_sort(row->reasons.begin(), row->reasons.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (row->reasons.size() > kMaxReasons) row->reasons.resize(kMaxReasons);
}

std::string CountrySweeper::KeyOf(const Request& request) const {
  std::string key = Eligibility(catalog_, request, countries_, Words::kLater).CountryKey();
  for (const auto& [name, assumption] : request.assumptions) {
    key += ' ' + std::to_string(assumption.value);
  }
  return key;
}

CountrySweeper::SiteBestPtr CountrySweeper::Search(const Request& request,
                                                   const CompiledMatch& compiled,
                                                   const SiteForms& forms, std::size_t site,
                                                   milliseconds* left) const {
  const auto start = std::chrono::steady_clock::now();
  auto best = std::make_shared<SiteBest>();
  const SiteForms::Part part = forms.At(site);
  if (!EmptyDemands(part.problem).empty()) return best;
  SearchOptions options = OptionsOf(request, cancel_);
  options.deadline = *left;
  const Solution solution = Solve(part.problem, options);
  best->stopped = solution.status == ProofStatus::kStopped;
  if (!solution.answers.empty()) {
    const Answer& answer = solution.answers.front();
    best->package = PackageOf(catalog_.snapshot(), compiled, request, part.candidates, answer);
    best->level_values = answer.evaluation.level_values;
    best->ids = CanonicalIds(part.problem, answer.choice);
  }
  const auto took = std::chrono::steady_clock::now() - start;
  *left = std::max(milliseconds(0), *left - std::chrono::duration_cast<milliseconds>(took));
  return best;
}

CountrySweeper::SiteBestPtr CountrySweeper::BestAt(const Request& request,
                                                   const CompiledMatch& compiled,
                                                   const SiteForms& forms, const std::string& text,
                                                   std::size_t site, milliseconds* left) {
  std::promise<SiteBestPtr> promise;
  std::shared_future<SiteBestPtr> known;
  {
    const std::lock_guard lock(mutex_);
    const auto [found, fresh] = known_.try_emplace(text);
    if (fresh) {
      found->second = promise.get_future().share();
    } else {
      known = found->second;
    }
  }
  if (known.valid()) return known.get();
  const SiteBestPtr best = Search(request, compiled, forms, site, left);
  if (best->stopped) {
    // With a deadline of its own, another country may come further.
    const std::lock_guard lock(mutex_);
    known_.erase(text);
  }
  promise.set_value(best);
  return best;
}

Result<SweepRow> CountrySweeper::RowOf(const Request& request) {
  SweepRow row;
  row.country = request.country;
  const auto compiled = CompileChecked(catalog_, countries_, request);
  if (!compiled) return compiled.error();
  row.empty_demands = EmptyDemands(compiled->problem);
  if (!row.empty_demands.empty()) {
    TellWhy(request, *compiled, &row);
    return row;
  }
  const SiteForms forms(catalog_, *compiled);
  const std::vector<std::string> texts = forms.Texts(numbers_);
  const NamedClasses named = ClassesFor(catalog_.snapshot(), *compiled, "deployment");
  // A class has the deadline for all its sites together.
  std::vector<milliseconds> left(named.names.size(), *OptionsOf(request, nullptr).deadline);
  std::vector<SiteBestPtr> best_of_class(named.names.size());
  const auto order = [](const SiteBestPtr& best) {
    return std::tie(best->level_values, best->ids);
  };
  bool stopped = false;
  for (std::size_t site = 0; site < texts.size(); ++site) {
    const auto number = static_cast<std::size_t>(named.classes.of_candidate[site]);
    const SiteBestPtr best = BestAt(request, *compiled, forms, texts[site], site, &left[number]);
    stopped = stopped || best->stopped;
    SiteBestPtr& so_far = best_of_class[number];
    if (!best->package) continue;
    if (so_far == nullptr || order(best) < order(so_far)) so_far = best;
  }
  std::vector<std::pair<SiteBestPtr, std::string>> found;
  for (std::size_t number = 0; number < best_of_class.size(); ++number) {
    if (best_of_class[number]) found.emplace_back(best_of_class[number], named.names[number]);
  }
  std::sort(found.begin(), found.end(),
            [&](const auto& a, const auto& b) { return order(a.first) < order(b.first); });
  for (const auto& [best, deployment] : found) {
    row.packages.push_back(*best->package);
    row.packages.back().deployment = deployment;
  }
  row.status = stopped         ? SweepStatus::kStopped
               : found.empty() ? SweepStatus::kNothingFits
                               : SweepStatus::kFits;
  if (row.status == SweepStatus::kNothingFits) TellWhy(request, *compiled, &row);
  return row;
}

}  // namespace stackport::match
