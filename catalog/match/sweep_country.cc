#include "catalog/match/sweep_country.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <utility>

#include "catalog/match/compiled_search.h"
#include "catalog/match/eligibility.h"
#include "catalog/match/sites.h"
#include "catalog/match/sweep_blocked.h"

namespace stackport::match {

namespace {

using std::chrono::milliseconds;

// Searched in one go, so that what they have in common is prepared once; few enough for another
// thread to find some left.
constexpr std::size_t kSitesTogether = 16;

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

// The first package at each of the problem's sites.
std::vector<Solution> SolveEach(const Problem& problem, std::size_t sites,
                                const SearchOptions& options) {
  if (sites == 1) return {Solve(problem, options)};
  SlotClasses each{kDeploymentSlot, std::vector<int>(sites), static_cast<int>(sites)};
  std::iota(each.of_candidate.begin(), each.of_candidate.end(), 0);
  return SolveClasses(problem, each, options);
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

std::string CountrySweeper::KeyOf(const Request& request) const {
  Request asked = request;
  // Where nothing fits, a row tells what would without this, and then blocs matter.
  if (asked.residency == Residency::kCountry) asked.residency = Residency::kAnywhere;
  const Eligibility eligibility(catalog_, asked, countries_, Words::kLater);
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

std::vector<CountrySweeper::SiteBestPtr> CountrySweeper::Search(
    const Request& request, const CompiledMatch& compiled, const SiteForms& forms,
    const std::vector<std::size_t>& sites, milliseconds* left) const {
  const auto start = std::chrono::steady_clock::now();
  const SiteForms::Part part = forms.At(sites);
  std::vector<std::shared_ptr<SiteBest>> found;
  for (std::size_t i = 0; i < sites.size(); ++i) found.push_back(std::make_shared<SiteBest>());
  if (EmptyDemands(part.problem).empty()) {
    SearchOptions options = OptionsOf(request, cancel_);
    options.deadline = *left / sites.size();
    const std::vector<Solution> solutions = SolveEach(part.problem, sites.size(), options);
    for (std::size_t i = 0; i < sites.size(); ++i) {
      SiteBest& best = *found[i];
      best.stopped = solutions[i].status == ProofStatus::kStopped;
      if (solutions[i].answers.empty()) continue;
      const Answer& answer = solutions[i].answers.front();
      best.package = PackageOf(catalog_.snapshot(), compiled, request, part.candidates, answer);
      best.level_values = answer.evaluation.level_values;
      best.ids = CanonicalIds(part.problem, answer.choice);
    }
  }
  const auto took = std::chrono::steady_clock::now() - start;
  *left = std::max(milliseconds(0), *left - std::chrono::duration_cast<milliseconds>(took));
  std::vector<SiteBestPtr> bests(found.begin(), found.end());
  for (std::size_t i = 0; sites.size() > 1 && i < sites.size(); ++i) {
    // It had only a share of the time.
    if (bests[i]->stopped) bests[i] = Search(request, compiled, forms, {sites[i]}, left).front();
  }
  return bests;
}

Result<std::vector<CountrySweeper::SiteBestPtr>> CountrySweeper::BestAt(
    const Request& request, const Sites& all, const std::vector<std::size_t>& sites) {
  std::set<std::string> ids;
  for (const std::size_t site : sites) ids.insert(all.list[site].id);
  const auto compiled = CompileAtChecked(catalog_, countries_, request, ids);
  if (!compiled) return compiled.error();
  std::map<std::string_view, std::size_t> number_of_site;
  for (std::size_t s = 0; s < compiled->sites.size(); ++s) {
    number_of_site.emplace(compiled->sites[s].id, s);
  }
  const SiteForms forms(catalog_, *compiled, numbers_);
  struct Wanted {
    std::size_t site = 0;  // number in the compilation
    std::string text;
    std::shared_future<SiteBestPtr> best;
    std::promise<SiteBestPtr> promise;
  };
  std::vector<Wanted> wanted(sites.size());
  for (std::size_t i = 0; i < sites.size(); ++i) {
    Wanted& each = wanted[i];
    const auto found = number_of_site.find(all.list[sites[i]].id);
    if (found != number_of_site.end()) {
      each.site = found->second;
      each.text = forms.TextAt(each.site);
    } else {
      // Nothing can stand there.
      each.promise.set_value(std::make_shared<SiteBest>());
      each.best = each.promise.get_future().share();
    }
  }
  // As long as a search for each class of sites would have.
  std::set<DeploymentMode> classes;
  for (const std::size_t site : sites) classes.insert(all.list[site].mode);
  milliseconds left = *OptionsOf(request, nullptr).deadline * classes.size();
  for (std::size_t i = 0; i < wanted.size();) {
    std::vector<Wanted*> mine;
    {
      const std::lock_guard lock(mutex_);
      for (; i < wanted.size() && mine.size() < kSitesTogether; ++i) {
        Wanted& each = wanted[i];
        if (each.best.valid()) continue;
        const auto [known, fresh] = best_of_text_.try_emplace(each.text);
        if (fresh) {
          known->second = each.promise.get_future().share();
          mine.push_back(&each);
        }
        each.best = known->second;
      }
    }
    if (mine.empty()) continue;
    std::sort(mine.begin(), mine.end(),
              [](const Wanted* a, const Wanted* b) { return a->site < b->site; });
    std::vector<std::size_t> together;
    for (const Wanted* each : mine) together.push_back(each->site);
    const std::vector<SiteBestPtr> found = Search(request, *compiled, forms, together, &left);
    for (std::size_t m = 0; m < mine.size(); ++m) {
      if (found[m]->stopped) {
        // With a deadline of its own, another country may come further.
        const std::lock_guard lock(mutex_);
        best_of_text_.erase(mine[m]->text);
      }
      mine[m]->promise.set_value(found[m]);
    }
  }
  std::vector<SiteBestPtr> best;
  for (const Wanted& each : wanted) best.push_back(each.best.get());
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
    Status told = TellWhyNothingFits(catalog_, countries_, request, cancel_, unlocks_, &row);
    if (!told) return told.error();
  }
  return row;
}

}  // namespace stackport::match
