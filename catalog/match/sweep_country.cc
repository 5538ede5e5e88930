#include "catalog/match/sweep_country.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "catalog/match/compiled_search.h"
#include "catalog/match/eligibility.h"
#include "catalog/match/relaxation.h"
#include "catalog/match/sites.h"
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

// What decides about parts at a customer's site: only what stands there draws power that is paid
// for, at a price that an assumption gives.
std::string AtCustomers(const Eligibility::CountryKey& country, const Request& request) {
  std::string key = country.at_customers;
  for (const auto& [name, assumption] : request.assumptions) {
    key += ' ' + std::to_string(assumption.value);
  }
  return key;
}

}  // namespace

// Why there is no package.
Status CountrySweeper::TellWhy(const Request& request, SweepRow* row) const {
  const auto compiled = CompileChecked(catalog_, countries_, request);
  if (!compiled) return compiled.error();
  row->empty_demands = EmptyDemands(compiled->problem);
  // Where a demand has no candidate at all, that says more than what could be given up for it.
  if (row->empty_demands.empty()) {
    row->conflict = FirstConflict(catalog_, countries_, request, OptionsOf(request, cancel_));
  }
  std::map<std::string, std::int64_t> counts;
  for (const LeftOut& left_out : FindLeftOut(catalog_, countries_, request, *compiled)) {
    if (left_out.reason != kNotDemanded) ++counts[std::string(left_out.reason)];
  }
  row->reasons.assign(counts.begin(), counts.end());
  std::stable_sort(row->reasons.begin(), row->reasons.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  if (row->reasons.size() > kMaxReasons) row->reasons.resize(kMaxReasons);
  return {};
}

std::string CountrySweeper::KeyOf(const Request& request) const {
  const Eligibility eligibility(catalog_, request, countries_, Words::kLater);
  const Eligibility::CountryKey country = eligibility.KeyOfCountry();
  return country.sites + ' ' + country.in_regions + ' ' + AtCustomers(country, request);
}

CountrySweeper::Sites CountrySweeper::SitesOf(const Request& request) {
  const Eligibility eligibility(catalog_, request, countries_, Words::kLater);
  Sites sites;
  sites.list = FindSites(catalog_, request, eligibility);
  // Candidates are named after the sites that they can and cannot stand at.
  std::string all;
  for (const Site& site : sites.list) all += site.id + ' ';
  const Eligibility::CountryKey country = eligibility.KeyOfCountry();
  const std::vector<std::int32_t> numbers =
      numbers_.Of({all + country.in_regions, all + AtCustomers(country, request)});
  for (const Site& site : sites.list) {
    const bool own = site.country == request.country;
    sites.keys.push_back(fmt::format("{} {} {}", site.id, own ? "own" : "abroad",
                                     numbers[site.customer_site ? 1 : 0]));
  }
  return sites;
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

Result<std::vector<CountrySweeper::SiteBestPtr>> CountrySweeper::BestAt(
    const Request& request, const Sites& all, const std::vector<std::size_t>& sites) {
  std::set<std::string> ids;
  for (const std::size_t site : sites) ids.insert(all.list[site].id);
  const auto compiled = CompileAtChecked(catalog_, countries_, request, ids);
  if (!compiled) return compiled.error();
  // A site may be gone: nothing can stand there.
  std::map<std::string_view, std::size_t> number_of_site;
  for (std::size_t s = 0; s < compiled->sites.size(); ++s) {
    number_of_site.emplace(compiled->sites[s].id, s);
  }
  const SiteForms forms(catalog_, *compiled, numbers_);
  // A class of sites has the deadline for all of them together.
  Deadlines left;
  std::vector<std::shared_future<SiteBestPtr>> futures;
  for (const std::size_t site : sites) {
    const auto found = number_of_site.find(all.list[site].id);
    std::promise<SiteBestPtr> promise;
    if (found == number_of_site.end()) {
      promise.set_value(std::make_shared<SiteBest>());
      futures.push_back(promise.get_future().share());
      continue;
    }
    const std::string text = forms.TextAt(found->second);
    {
      const std::lock_guard lock(mutex_);
      const auto [known, fresh] = best_of_text_.try_emplace(text);
      if (fresh) known->second = promise.get_future().share();
      futures.push_back(known->second);
      if (!fresh) continue;
    }
    const auto deadline =
        left.try_emplace(all.list[site].mode, *OptionsOf(request, nullptr).deadline).first;
    const SiteBestPtr best = Search(request, *compiled, forms, found->second, &deadline->second);
    if (best->stopped) {
      // With a deadline of its own, another country may come further.
      const std::lock_guard lock(mutex_);
      best_of_text_.erase(text);
    }
    promise.set_value(best);
  }
  std::vector<SiteBestPtr> best;
  for (const auto& future : futures) best.push_back(future.get());
  return best;
}

Result<std::vector<CountrySweeper::SiteBestPtr>> CountrySweeper::BestOfSites(const Request& request,
                                                                             const Sites& all) {
  std::vector<SiteBestPtr> best(all.list.size());
  std::vector<std::size_t> unknown;
  {
    const std::lock_guard lock(mutex_);
    for (std::size_t site = 0; site < best.size(); ++site) {
      const auto known = best_of_key_.find(all.keys[site]);
      if (known == best_of_key_.end()) {
        unknown.push_back(site);
      } else {
        best[site] = known->second;
      }
    }
  }
  if (unknown.empty()) return best;
  auto found = BestAt(request, all, unknown);
  if (!found) return found.error();
  const std::lock_guard lock(mutex_);
  for (std::size_t i = 0; i < unknown.size(); ++i) {
    const SiteBestPtr& each = (*found)[i];
    best[unknown[i]] = each;
    if (!each->stopped) best_of_key_.emplace(all.keys[unknown[i]], each);
  }
  return best;
}

Result<SweepRow> CountrySweeper::RowOf(const Request& request) {
  SweepRow row;
  row.country = request.country;
  const Sites all = SitesOf(request);
  const auto best_of_sites = BestOfSites(request, all);
  if (!best_of_sites) return best_of_sites.error();
  const auto order = [](const SiteBestPtr& best) {
    return std::tie(best->level_values, best->ids);
  };
  std::map<DeploymentMode, SiteBestPtr> best_of_class;
  bool stopped = false;
  for (std::size_t site = 0; site < best_of_sites->size(); ++site) {
    const SiteBestPtr& best = (*best_of_sites)[site];
    stopped = stopped || best->stopped;
    if (!best->package) continue;
    SiteBestPtr& so_far = best_of_class[all.list[site].mode];
    if (so_far == nullptr || order(best) < order(so_far)) so_far = best;
  }
  std::vector<std::pair<DeploymentMode, SiteBestPtr>> found(best_of_class.begin(),
                                                            best_of_class.end());
  std::sort(found.begin(), found.end(),
            [&](const auto& a, const auto& b) { return order(a.second) < order(b.second); });
  for (const auto& [mode, best] : found) {
    row.packages.push_back(*best->package);
    row.packages.back().deployment = DeploymentModeName(mode);
  }
  row.status = stopped         ? SweepStatus::kStopped
               : found.empty() ? SweepStatus::kNothingFits
                               : SweepStatus::kFits;
  if (row.status == SweepStatus::kNothingFits) {
    if (Status told = TellWhy(request, &row); !told) return told.error();
  }
  return row;
}

}  // namespace stackport::match
